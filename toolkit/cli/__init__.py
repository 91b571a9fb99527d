"""The command line: thin, one function for a command."""

import sys
from io import TextIOWrapper

import typer

# Each module adds its commands when it is imported; the help lists them in this order.
from toolkit.cli import campaigns, orders, pages, servants  # noqa: F401
from toolkit.cli.app import UNUSABLE, app
from toolkit.errors import ToolkitError, one_line, why


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
