"""The intake: a campaign folder becomes agencies with exact inputs and a list of problems."""
