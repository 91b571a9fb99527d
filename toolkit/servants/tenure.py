"""Who is evaluated at all: months on the position within the period, and days really worked."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.servants.regulation import Minimum

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """An evaluated period: its first and last day."""

    start: date
    end: date


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or the last one of a month that is too short.

    Example:
        >>> add_months(date(2025, 11, 30), 3)
        datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, _MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def decide(
    minimum: Minimum,
    period: Period | None,
    appointed: date | None,
    left: date | None,
    days: int | None,
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
        return start <= end and add_months(start, minimum.months) - timedelta(days=1) <= end
    except (ValueError, OverflowError):  # the calendar ends with the year 9999
        return False
