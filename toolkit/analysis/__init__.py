"""What scores do when something changes: arrays over agencies and scenarios, readings."""
