"""The options that several commands have, and what `KEY=VALUE` in them means."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.errors import ToolkitError, one_line
from toolkit.intake.numbers import CellError, read_number

_NUMBER = "число, например 0,6 или 3/5"


def option(metavar: str, text: str, *names: str) -> Any:
    """Return an option of a command, named like its parameter unless it has names of its own."""
    return typer.Option(*names, metavar=metavar, help=text)


FOLDER = typer.Argument(metavar="КАМПАНИЯ", help="Папка с agencies.csv или agencies.xlsx.")
Folder = Annotated[Path, FOLDER]
Agencies = Annotated[list[str] | None, option("КОД", "Только этот орган; можно повторять.")]
Readings = Annotated[list[str] | None, option("КЛЮЧ=ВАРИАНТ", "Прочтение спорного места; можно повторять.")]
Parameters = Annotated[list[str] | None, option("КОД.ИМЯ=ЧИСЛО", "Изменить постоянную; можно повторять.")]
Table = Annotated[Path | None, option("ФАЙЛ", "Записать таблицей CSV; «-» — на экран.")]


def given(reading: Readings, parameter: Parameters) -> tuple[dict[str, str], dict[str, Fraction]]:
    """Read the chosen readings and the changed parameters of a command."""
    readings, parameters = pairs(reading, "--reading"), pairs(parameter, "--parameter")
    return readings, {key: _read_number(key, text) for key, text in parameters.items()}


def pairs(written: list[str] | None, name: str) -> dict[str, str]:
    """Read `KEY=VALUE` options; a key given twice is refused, since only one of its values could act."""
    found: dict[str, str] = {}
    for text in written or []:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not (key and equals and value):
            what = f"{name} {one_line(text)}: нужны ключ, знак равенства и значение"
            raise ToolkitError(what, "КЛЮЧ=ЗНАЧЕНИЕ")
        if key in found:
            raise ToolkitError(f"{name} {key} дано дважды", "каждый ключ один раз")
        found[one_line(key)] = one_line(value)
    return found


def _read_number(key: str, text: str) -> Fraction:
    """Read the number of a parameter exactly."""
    try:
        figure = read_number(text)
    except CellError as error:
        raise ToolkitError(f"--parameter {key}: {error}", _NUMBER) from None
    if figure.percent:
        raise ToolkitError(f"--parameter {key}: {text} — со знаком процента", _NUMBER)
    return figure.number
