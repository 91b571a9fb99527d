"""The rules of one agency type as assignments that hold under every reading."""
