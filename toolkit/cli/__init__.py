"""The command line: thin, one function for a command."""

import sys
from importlib import import_module
from io import TextIOWrapper
from pkgutil import iter_modules

import typer

from toolkit.cli.app import UNUSABLE, app
from toolkit.errors import ToolkitError, one_line, why

# Each module adds its commands when it is imported; the help lists them by the names of the modules.
for _module in iter_modules(__path__, "toolkit.cli."):
    import_module(_module.name)


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
