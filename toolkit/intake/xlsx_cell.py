"""One cell of a workbook: its exact number, its text, or why it cannot be used."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from toolkit.errors import one_line
from toolkit.intake.decoding import DAMAGE
from toolkit.intake.numbers import LONGEST_NUMBER, Figure
from toolkit.intake.table import EMPTY, Cell

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def read_cell(cell: Any, twin: Any) -> Cell:
    """Read one cell.

    Parameters:
        cell: the cell as openpyxl reads computed values.
        twin: the same cell as openpyxl reads formulas.

    Returns:
        The cell; a formula that was never computed has a fault, so that it is not taken for an empty cell.
    """
    value = cell.value
    if value is None or value == "":
        # A formula that gave an empty text is of type `str`; one that was never computed has no type.
        return _refuse_formula(twin) if twin.data_type == "f" and cell.data_type != "str" else EMPTY
    address = cell.coordinate
    fault = _find_fault(value, cell.data_type)
    if fault:
        return Cell(one_line(str(value)), fault=fault, address=address, day=_read_day(value))
    if isinstance(value, int | float):
        return _read_number(value, address, percent=_is_percent(cell.number_format))
    return Cell(str(value).strip(), address=address)


def _refuse_formula(twin: Any) -> Cell:
    fault = "формула без сохранённого значения: пересчитайте и сохраните книгу или впишите значение"
    return Cell("формула", fault=fault, address=twin.coordinate)


def _find_fault(value: object, kind: str) -> str:
    if kind == "e":
        return f"ошибка вычисления {one_line(str(value), 20)}"
    if isinstance(value, bool):
        return f"логическое значение {'ИСТИНА' if value else 'ЛОЖЬ'}"
    if isinstance(value, date | time | timedelta):
        return f"дата или время ({one_line(str(value), 20)})"
    if isinstance(value, int | float) and not (math.isfinite(value) and abs(value) < 10**LONGEST_NUMBER):
        return "число слишком велико"
    return "ячейка повреждена" if DAMAGE in str(value) else ""


def _read_day(value: object) -> date | None:
    """Return the day of a date cell; the time of day that a workbook keeps with it must be midnight."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else None
    return value if isinstance(value, date) else None


def _read_number(value: float, address: str, *, percent: bool) -> Cell:
    # The shortest decimal that gives this binary number is what was typed: 0.1 is one tenth.
    exact = Fraction(repr(value))
    if percent:
        return Cell(f"{100 * value:g}%", Figure(100 * exact, percent=True), address=address)
    text = str(exact) if exact.denominator == 1 else repr(value)
    return Cell(text, Figure(exact), address=address)


def _is_percent(number_format: str) -> bool:
    """Say whether a number format multiplies by a hundred: it has a percent sign outside quotation marks."""
    return "%" in _LITERAL.sub("", number_format)
