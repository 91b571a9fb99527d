"""The evaluation of civil servants: sheets of corps A and corps B become marks, decisions and labels."""
