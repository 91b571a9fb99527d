"""Where the result of a command goes: to the screen, or into a file that is none of those it has read."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from toolkit.errors import ToolkitError

Table = Annotated[Path | None, typer.Option(metavar="ФАЙЛ", help="Записать таблицей CSV; «-» — на экран.")]


def refuse_over(given: Path, what: str, out: Path) -> None:
    """Refuse to write over a file that the command has read."""
    if out.exists() and out.samefile(given):
        raise ToolkitError(f"{out} — {what}, поверх него не пишется", "другое имя файла")


def save(result: str | bytes, out: Path, told: str) -> None:
    """Write a result and tell of it, unless it goes to the screen."""
    from toolkit.publish.output import write_output

    write_output(result, out)
    if str(out) != "-":
        typer.echo(told)


def screen_width(usual: int = 100) -> int:
    """Return how many characters a line of the screen holds."""
    return shutil.get_terminal_size((usual, 24)).columns
