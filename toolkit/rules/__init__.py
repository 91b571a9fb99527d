"""What a rule is: ordered, lettered lines with readings, caps, floors and penalties."""
