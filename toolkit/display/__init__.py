"""What a reader sees of scores: words, numbers, charts and explanations; never a computed score."""
