"""A fast engine for papermill: each notebook runs in a fork of this process, with all it needs imported."""

# Papermill imports its engines while it is imported itself: first here, or it would find `fork` half made.
import papermill as papermill
