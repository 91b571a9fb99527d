"""The command line: thin, one function for a command."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from toolkit.cli import coverage, deadlines, explain, pages, readings, scores, servants, workbook
from toolkit.cli.app import UNUSABLE, app
from toolkit.errors import ToolkitError, one_line, why

__all__ = ["app", "coverage", "deadlines", "explain", "main", "pages", "readings", "scores", "servants"]
__all__ += ["workbook"]


def main() -> None:
    """Run the command line; whatever stops it ends in one sentence and an exit status, never a traceback."""
    # A screen or file that cannot show a letter shows its number instead of stopping the command.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except ToolkitError as error:
        typer.echo(f"Ошибка: {error}", err=True)
        sys.exit(UNUSABLE)
    except OSError as error:
        typer.echo(f"Ошибка: {one_line(str(error.filename or 'файл'))}: {why(error)}", err=True)
        sys.exit(UNUSABLE)
