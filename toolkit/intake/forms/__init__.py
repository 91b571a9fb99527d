"""Forms of the annexes as workbooks: what they look like, and how filled ones are read."""
