"""Working days and days off: the law as the `holidays` package knows it, and a file that decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from toolkit.errors import Problem, ToolkitError

if TYPE_CHECKING:
    from holidays import HolidayBase

FIRST_YEAR, LAST_YEAR = 2000, 2099

_DAY = timedelta(days=1)
_WEEKEND = {5: "суббота", 6: "воскресенье"}


class Override(NamedTuple):
    """What a file says of one day.

    Attributes:
        day: the day.
        working: whether it is a working day.
        note: why, in words, or empty.
    """

    day: date
    working: bool
    note: str = ""


class WorkingCalendar:
    """The working days of Kazakhstan.

    Weekends, public holidays, days off in lieu and working Saturdays come from the `holidays` package; what
    an override says of a day decides. A year that has an override counts as confirmed.

    Parameters:
        overrides: what is known better than the package knows it, one for a day.
        problems: what was wrong with the file of the overrides.
    """

    def __init__(self, overrides: Iterable[Override] = (), problems: Iterable[Problem] = ()) -> None:
        self.overrides: Mapping[date, Override] = {it.day: it for it in overrides}
        self.problems = tuple(problems)

    def is_working(self, day: date) -> bool:
        """Say whether a day is a working day.

        Parameters:
            day: a day of the years 2000-2099.

        Returns:
            What the override says; without one, what the package knows.

        Raises:
            ToolkitError: the day lies outside these years.

        Source:
            The calendar of holidays is not in the orders.

        Example:
            >>> WorkingCalendar().is_working(date(2025, 1, 5))  # a Sunday that was worked for 3 January
            True
        """
        return self.overrides[day].working if day in self.overrides else _read(day.year).is_working_day(day)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the last day of a term of working days; the first of them is the next one after the event.

        Parameters:
            day: the day of the event, itself not counted.
            count: how many working days, from 0.

        Returns:
            The last day.

        Raises:
            ToolkitError: the count is below zero, or the term leaves the years 2000-2099.

        Source:
            "Deadlines" of the methodology: the orders do not say from which day a term runs.

        Example:
            >>> WorkingCalendar().add_working_days(date(2025, 1, 3), 2)
            datetime.date(2025, 1, 6)
        """
        return self._walk(day, count, _DAY)

    def subtract_working_days(self, day: date, count: int) -> date:
        """Return the last day on which "so many working days before" is still kept.

        Parameters:
            day: the day of the event, itself not counted.
            count: how many working days before it, from 0.

        Returns:
            The day.

        Raises:
            ToolkitError: the count is below zero, or the term leaves the years 2000-2099.

        Source:
            Points 22 and 49 of the methodology of Corps A; the mirror of `add_working_days`.

        Example:
            >>> WorkingCalendar().subtract_working_days(date(2025, 1, 6), 2)
            datetime.date(2024, 12, 31)
        """
        return self._walk(day, count, -_DAY)

    def name_day_off(self, day: date) -> str:
        """Return in words why a day is a day off, or nothing when it is a working day."""
        if self.is_working(day):
            return ""
        note = self.overrides[day].note if day in self.overrides else ""
        return note or _WEEKEND.get(day.weekday(), "нерабочий день")

    def doubt(self, first: date, last: date) -> tuple[str, ...]:
        """Say why a term between two days is not certain.

        Parameters:
            first: the earlier of the event and the last day.
            last: the later of them.

        Returns:
            A phrase for each feast whose day is an estimate, in the term or just beside it, since the feast
            may be a day away; and one for each year whose transfers of days off nobody has confirmed.

        Raises:
            ToolkitError: a day lies outside the years 2000-2099.

        Source:
            The government moves days off by decree, year by year; the package names those it holds.

        Example:
            >>> WorkingCalendar().doubt(date(2025, 3, 3), date(2025, 3, 7))
            ()
        """
        near = (first - _DAY + _DAY * step for step in range((last - first).days + 3))
        feasts = [it for it in near if it not in self.overrides and "estimated" in _read(it.year).get(it, "")]
        known = max(getattr(_read(first.year), "special_public_holidays", {}), default=0)
        years = {*range(max(first.year, known + 1), last.year + 1)} - {day.year for day in self.overrides}
        return (
            *(f"день подвижного праздника ({day:%d.%m.%Y}) предположителен" for day in feasts),
            *(f"о переносе выходных дней в {year} году сведений нет" for year in sorted(years)),
        )

    def _walk(self, day: date, count: int, step: timedelta) -> date:
        if count < 0:
            raise ToolkitError(f"рабочих дней {count}", "число ≥ 0")
        while count:
            day += step
            count -= self.is_working(day)
        return day


@cache
def _read(year: int) -> HolidayBase:
    """Return what the package knows of a year.

    The decree of the next year may have moved a day of this one. The package takes a tenth of a second to
    load, and most commands count no days.
    """
    from holidays import country_holidays

    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ToolkitError(f"год {year} вне календаря", f"годы {FIRST_YEAR}–{LAST_YEAR}")
    return country_holidays("KZ", years=(year, year + 1), language="en_US")
