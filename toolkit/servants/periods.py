"""Periods of time, and who is evaluated in them at all: months on the position, days really worked."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from toolkit.servants.regulation import Minimum

_DAY = timedelta(days=1)


class Period(NamedTuple):
    """An evaluated period: its first and last day."""

    start: date
    end: date


class Quarter(NamedTuple):
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
        start = date(self.year, 3 * self.number - 2, 1)
        return Period(start, add_months(start, 3) - _DAY)


def name_days(start: date, end: date | None) -> str:
    """Return a span of days in words, that of a method without an end too."""
    return f"с {start:%d.%m.%Y}" + (f" по {end:%d.%m.%Y}" if end else "")


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or the last one of a month that is too short.

    Example:
        >>> add_months(date(2025, 11, 30), 3)
        datetime.date(2026, 2, 28)
    """
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def decide(
    minimum: Minimum,
    period: Period | None,
    appointed: date | None,
    left: date | None,
    days: Fraction | int | None,
) -> tuple[bool | None, tuple[str, ...]]:
    """Decide whether a servant is evaluated.

    The months are counted within the period from the day of appointment, to the day of leaving if there is
    one. One criterion that fails decides, whatever else is missing.

    Parameters:
        minimum: the least months and days.
        period: the evaluated period, or None when it is not known.
        appointed: day of appointment, or None when it is not known.
        left: last day on the position, or None when the servant has not left.
        days: days really worked, or None when they are not known.

    Returns:
        Whether the servant is evaluated, None when that cannot be told; and why not, in words.

    Raises:
        Nothing.

    Source:
        Point 3 of corps A, point 6 of corps B: exactly the months and exactly the days are enough.

    Example:
        >>> minimum, year = Minimum("3", 3, 15), Period(date(2025, 1, 1), date(2025, 12, 31))
        >>> decide(minimum, year, date(2025, 10, 1), None, 15)
        (True, ())
        >>> decide(minimum, year, date(2025, 10, 2), None, 15)[0]
        False
    """
    reasons = []
    served = None if period is None or appointed is None else _served(minimum, period, appointed, left)
    if served is False:
        reasons.append(f"на должности меньше {minimum.months} мес. оцениваемого периода")
    if days is not None and days < minimum.days:
        reasons.append(f"отработано дней: {days}, а нужно не меньше {minimum.days}")
    if reasons:
        return False, tuple(f"{reason} (пункт {minimum.point.rpartition(' ')[2]})" for reason in reasons)
    return (None if served is None or days is None else True), ()


def _served(minimum: Minimum, period: Period, appointed: date, left: date | None) -> bool:
    start = max(appointed, period.start)
    end = period.end if left is None else min(left, period.end)
    try:
        return start <= end and add_months(start, minimum.months) - _DAY <= end
    except (ValueError, OverflowError):  # the calendar ends with the year 9999
        return False
