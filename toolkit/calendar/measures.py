"""From a term of an order to its days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from toolkit.calendar.terms import Term, YearDay
from toolkit.calendar.working import WorkingCalendar

# The first day and the last one; None where a term has no such day or it is not known.
Days = tuple[date | None, date | None]

_UNKNOWN: Days = (None, None)


@dataclass(frozen=True, slots=True)
class When:
    """For what the days of a term are asked.

    Attributes:
        year: the evaluated year.
        quarter: the quarter, 0 where the term has none.
        event: the day of its event, when it is known.
        calendar: the working days.
        inclusive: whether "before" a day takes that day in.
    """

    year: int
    quarter: int
    event: date | None
    calendar: WorkingCalendar
    inclusive: bool


def measure(term: Term, when: When) -> Days:
    """Return the first and the last day of a term.

    Parameters:
        term: the term of the order.
        when: the year, the event and the calendar.

    Returns:
        The two days; a term that is a single day has no first one, and without its event it has neither.

    Raises:
        ToolkitError: the term leaves the years of the calendar.

    Source:
        Section "Deadlines" of the methodology; reading AM-19.

    Example:
        >>> from toolkit.calendar.terms import load_deadlines
        >>> when = When(2026, 0, None, WorkingCalendar(), inclusive=False)
        >>> measure(load_deadlines().terms["a_agreement_category_2"], when)
        (None, datetime.date(2026, 1, 31))
    """
    if term.event is None:
        return _BY_DATE[term.kind](term.value, when)
    return _BY_EVENT[term.kind](term.value, when.event, when.calendar) if when.event else _UNKNOWN


def find_quarter_end(year: int, quarter: int) -> date:
    """Return the last day of a quarter, or of the year for quarter 0."""
    month = quarter * 3 or 12
    return date(year, month, monthrange(year, month)[1])


def _day(value: date | YearDay, year: int) -> date:
    return value.of(year) if isinstance(value, YearDay) else value


def _before(value: date | YearDay, when: When) -> Days:
    day = _day(value, when.year)
    return None, day if when.inclusive else day - timedelta(days=1)


def _month_after(when: When) -> tuple[date, date]:
    first = find_quarter_end(when.year, when.quarter) + timedelta(days=1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _years_later(day: date, count: int) -> date:
    # A year without 29 February ends on the 28th.
    last = monthrange(day.year + count, day.month)[1]
    return day.replace(year=day.year + count, day=min(day.day, last))


_BY_DATE: Mapping[str, Callable[[Any, When], Days]] = {
    "not_later_than": lambda value, when: (None, _day(value, when.year)),
    "before": _before,
    "on": lambda value, when: (None, _day(value, when.year)),
    "from": lambda value, when: (_day(value, when.year), None),
    "day_after_quarter": lambda value, when: (None, _month_after(when)[0].replace(day=value)),
    "month_after_quarter": lambda _, when: _month_after(when),
    "recurring": lambda *_: _UNKNOWN,
}
_BY_EVENT: Mapping[str, Callable[[Any, date, WorkingCalendar], Days]] = {
    "working_days": lambda count, day, calendar: (None, calendar.add_working_days(day, count)),
    "working_days_before": lambda count, day, calendar: (None, calendar.subtract_working_days(day, count)),
    # When ten days after the day of the event have run out, it is the eleventh.
    "after_calendar_days": lambda count, day, _: (day + timedelta(days=count + 1), None),
    "from_event": lambda _, day, __: (day, None),
    "on_event": lambda _, day, __: (None, day),
    "years": lambda count, day, _: (day, _years_later(day, count)),
}
