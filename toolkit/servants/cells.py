"""The cells of a file of servants: texts, codes, words, dates, quarters, numbers and marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from toolkit.errors import one_line
from toolkit.intake.identity import RowError, read_code
from toolkit.intake.numbers import CellError, quote
from toolkit.intake.table import Cell
from toolkit.intake.values import explain, read_value
from toolkit.rules.agency import Input
from toolkit.servants.periods import read_day, read_quarter

LONGEST_TEXT = 200
# A code that begins with one of these would be a formula in a spreadsheet of the results.
SIGNS = "=+-@ \t"
_DECIMALS = 100
_DAYS = ("appointed_on", "left_on", "period_start", "period_end")
_TEXTS = ("name", "kpi", "title", "evaluator", "position", "grade", "role", "comment")


def make_reader(name: str, inputs: Mapping[str, Input]) -> Callable[[Cell], Any]:
    """Return how the cells of a column are read."""
    if name in _DAYS:
        return read_day
    if name == "quarter":
        return read_quarter
    if name == "servant":
        return _read_code
    if name in _TEXTS:
        return _read_text
    if name == "agency":
        return _read_agency
    column = inputs[name]
    if name == "sanction":
        return lambda cell: _read_sanctions(cell, column)
    return lambda cell: _read_input(cell, column)


def _read_text(cell: Cell) -> str:
    if cell.fault and cell.figure is None:
        raise CellError(cell.fault, "текст")
    if len(cell.text) > LONGEST_TEXT:
        raise CellError(f"{quote(cell.text)} длиннее {LONGEST_TEXT} знаков", f"до {LONGEST_TEXT} знаков")
    return " ".join(one_line(cell.text).split())


def _read_code(cell: Cell) -> str:
    code = _read_text(cell)
    if code[:1] in tuple(SIGNS):
        raise CellError(f"{quote(code)} начинается со знака формулы", "условный код служащего")
    return code


def _read_agency(cell: Cell) -> str:
    try:
        return read_code(cell)
    except RowError as error:
        raise CellError(error.what, error.allowed) from None


def _read_input(cell: Cell, column: Input) -> Any:
    try:
        value = read_value(cell, column)
    except CellError as error:
        raise CellError(error.what, explain(error, column)) from None
    if column.options:
        return list(column.options)[int(value)]
    if column.unit == "points" and (_DECIMALS * value).denominator != 1:
        raise CellError(f"{quote(cell.text)} — больше двух знаков после запятой", "оценка до сотых")
    return value


def _read_sanctions(cell: Cell, column: Input) -> tuple[str, ...]:
    """Return the sanctions of a cell, several of them parted by semicolons; `none` stands alone."""
    if cell.fault:
        raise CellError(cell.fault, column.domain)
    words = tuple(
        str(_read_input(Cell(word.strip()), column)) for word in cell.text.split(";") if word.strip()
    )
    if not words or ("none" in words and len(words) > 1):
        what = f"{quote(cell.text)} — none рядом с взысканием" if words else f"{quote(cell.text)} — нет слова"
        raise CellError(what, f"{column.domain}; несколько через точку с запятой")
    return () if words == ("none",) else tuple(sorted(words, key=list(column.options).index))
