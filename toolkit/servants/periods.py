"""Periods and dates as files write them."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from toolkit.intake.numbers import CellError, quote
from toolkit.intake.table import Cell
from toolkit.servants.tenure import Period

_QUARTER = re.compile(r"(20[0-9]{2})-?[qQ]([1-4])")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?")
_RUSSIAN_DAY = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
DAY_ALLOWED = "дата вида 2025-07-01 или 01.07.2025"
QUARTER_ALLOWED = "год и квартал вида 2025Q3"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year; quarters are ordered by time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        """Return it as files write it."""
        return f"{self.year}Q{self.number}"

    @property
    def period(self) -> Period:
        """Return its first and last day."""
        return _period(self.year, self.number)


@cache
def _period(year: int, quarter: int) -> Period:
    following = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return Period(date(year, 3 * quarter - 2, 1), following - timedelta(days=1))


def read_quarter(cell: Cell) -> Quarter:
    """Return the quarter of a cell that is not empty.

    Raises:
        CellError: it is written otherwise.

    Example:
        >>> read_quarter(Cell("2025Q3")).period.end
        datetime.date(2025, 9, 30)
    """
    if cell.fault:
        raise CellError(cell.fault, QUARTER_ALLOWED)
    match = _QUARTER.fullmatch(cell.text)
    if match is None:
        raise CellError(f"{quote(cell.text)} — не квартал", QUARTER_ALLOWED)
    return Quarter(int(match[1]), int(match[2]))


def read_day(cell: Cell) -> date:
    """Return the date of a cell that is not empty: written as text, or kept as a date by a workbook.

    Raises:
        CellError: it is no date, or could be read in two ways as 03/04/2025 can.

    Example:
        >>> read_day(Cell("01.07.2025"))
        datetime.date(2025, 7, 1)
    """
    if cell.day is not None:
        return cell.day
    if cell.fault:
        raise CellError(cell.fault, DAY_ALLOWED)
    iso, russian = _DAY.fullmatch(cell.text), _RUSSIAN_DAY.fullmatch(cell.text)
    with suppress(ValueError):  # a day that the calendar does not have
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if russian:
            return date(int(russian[3]), int(russian[2]), int(russian[1]))
    raise CellError(f"{quote(cell.text)} — не дата", DAY_ALLOWED)
