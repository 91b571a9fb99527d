"""The cells of a file of servants: texts, codes, words, dates, quarters, numbers and marks."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from toolkit.errors import one_line
from toolkit.intake.numbers import CellError, quote
from toolkit.intake.table import Cell
from toolkit.intake.values import read_code, read_day, read_declared
from toolkit.rules.agency import Input
from toolkit.servants.periods import Quarter

Reader = Callable[[Cell], Any]
LONGEST_TEXT = 200
# A code that begins with one of these would be a formula in a spreadsheet of the results.
SIGNS = ("=", "+", "-", "@", " ", "\t")
_QUARTER = re.compile(r"(20[0-9]{2})-?[qQ]([1-4])")
QUARTER_ALLOWED = "год и квартал вида 2025Q3"


def read_quarter(cell: Cell) -> Quarter:
    """Return the quarter of a cell that is not empty.

    Raises:
        CellError: it is written otherwise.

    Example:
        >>> read_quarter(Cell("2025Q3")).period.end
        datetime.date(2025, 9, 30)
    """
    if not (match := _QUARTER.fullmatch(cell.sound(QUARTER_ALLOWED))):
        raise CellError(f"{quote(cell.text)} — не квартал", QUARTER_ALLOWED)
    return Quarter(int(match[1]), int(match[2]))


def _read_text(cell: Cell) -> str:
    if cell.fault and cell.figure is None:
        raise CellError(cell.fault, "текст")
    if len(cell.text) > LONGEST_TEXT:
        raise CellError(f"{quote(cell.text)} длиннее {LONGEST_TEXT} знаков", f"до {LONGEST_TEXT} знаков")
    return " ".join(one_line(cell.text).split())


def _read_servant(cell: Cell) -> str:
    if (code := _read_text(cell)).startswith(SIGNS):
        raise CellError(f"{quote(code)} начинается со знака формулы", "условный код служащего")
    return code


_READERS: Mapping[str, Reader] = {
    "servant": _read_servant,
    "agency": read_code,
    "quarter": read_quarter,
    **dict.fromkeys(("appointed_on", "left_on", "period_start", "period_end"), read_day),
}


def make_reader(name: str, inputs: Mapping[str, Input]) -> Reader:
    """Return how the cells of a column are read: as the input of its name, in its own way, else as a text.

    What it returns raises `CellError`.
    """
    if name not in inputs:
        return _READERS.get(name, _read_text)
    return partial(_read_sanctions if name == "sanction" else _read_input, column=inputs[name])


def _read_input(cell: Cell, column: Input) -> Any:
    value = read_declared(cell, column)
    if column.options:
        return list(column.options)[int(value)]
    if column.unit == "points" and (100 * value).denominator != 1:
        raise CellError(f"{quote(cell.text)} — больше двух знаков после запятой", "оценка до сотых")
    return value


def _read_sanctions(cell: Cell, column: Input) -> tuple[str, ...]:
    """Return the sanctions of a cell, several of them parted by semicolons; `none` stands alone."""
    parts = (word.strip() for word in cell.sound(column.domain).split(";"))
    words = [str(_read_input(Cell(word), column)) for word in parts if word]
    if not words or ("none" in words and len(words) > 1):
        what = f"{quote(cell.text)} — none рядом с взысканием" if words else f"{quote(cell.text)} — нет слова"
        raise CellError(what, f"{column.domain}; несколько через точку с запятой")
    return () if words == ["none"] else tuple(sorted(words, key=list(column.options).index))
