"""Working days and days off: the law as the `holidays` package knows it, and a file that decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from toolkit.errors import Problem, ToolkitError

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Override:
    """What a file says of one day.

    Attributes:
        day: the day.
        working: whether it is a working day.
        note: why, in words, or empty.
    """

    day: date
    working: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Year:
    """What the package knows of one year: holidays, working weekends, feasts whose day is an estimate."""

    holidays: frozenset[date]
    working: frozenset[date]
    estimated: frozenset[date]


class WorkingCalendar:
    """The working days of Kazakhstan.

    Weekends, public holidays, days off in lieu and working Saturdays come from the `holidays` package; what
    an override says of a day decides. A year that has an override counts as confirmed.

    Parameters:
        overrides: what is known better than the package knows it, one for a day.
        problems: what was wrong with the file of the overrides.
        source: name of that file, or empty.
    """

    def __init__(
        self, overrides: Iterable[Override] = (), problems: Iterable[Problem] = (), source: str = ""
    ) -> None:
        self.overrides: Mapping[date, Override] = {it.day: it for it in overrides}
        self.problems, self.source = tuple(problems), source
        self._confirmed = {day.year for day in self.overrides}

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
        known = _read_year(day.year)
        if day in self.overrides:
            return self.overrides[day].working
        return day in known.working or (day.weekday() < _SATURDAY and day not in known.holidays)

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

    def count_working_days(self, after: date, until: date) -> int:
        """Return how many working days lie after one day and not after another.

        Parameters:
            after: the day before the first that counts.
            until: the last that counts.

        Returns:
            The number, 0 when the second day is not later.

        Raises:
            ToolkitError: a day lies outside the years 2000-2099.

        Source:
            The same counting as in `add_working_days`.

        Example:
            >>> WorkingCalendar().count_working_days(date(2025, 1, 3), date(2025, 1, 6))
            2
        """
        days = range((until - after).days)
        return sum(self.is_working(after + _DAY * (step + 1)) for step in days)

    def name_day_off(self, day: date) -> str:
        """Return in words why a day is a day off, or nothing when it is a working day."""
        if self.is_working(day):
            return ""
        if day in self.overrides and self.overrides[day].note:
            return self.overrides[day].note
        return WEEKDAYS[day.weekday()] if day.weekday() >= _SATURDAY else "нерабочий день"

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
            The government moves days off by decree, year by year.

        Example:
            >>> WorkingCalendar().doubt(date(2025, 3, 3), date(2025, 3, 7))
            ()
        """
        around = [first - _DAY + _DAY * step for step in range((last - first).days + 3)]
        feasts = [
            day for day in around if day in _read_year(day.year).estimated and day not in self.overrides
        ]
        years = [year for year in range(first.year, last.year + 1) if not self._knows(year)]
        return (
            *(f"день подвижного праздника ({day:%d.%m.%Y}) предположителен" for day in feasts),
            *(f"о переносе выходных дней в {year} году сведений нет" for year in years),
        )

    def _knows(self, year: int) -> bool:
        return year in self._confirmed or year <= _last_known_year()

    def _walk(self, day: date, count: int, step: timedelta) -> date:
        if count < 0:
            raise ToolkitError(f"рабочих дней {count}", "число ≥ 0")
        while count:
            day += step
            count -= self.is_working(day)
        return day


@cache
def _read_year(year: int) -> _Year:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ToolkitError(f"год {year} вне календаря", f"годы {FIRST_YEAR}–{LAST_YEAR}")
    # Takes a tenth of a second, and most commands count no days.
    from holidays import country_holidays

    # A decree of the next year may have moved a day of this one.
    known = country_holidays("KZ", years=(year, year + 1), language="en_US")
    return _Year(
        holidays=frozenset(day for day in known if day.year == year),
        working=frozenset(day for day in known.weekend_workdays if day.year == year),
        estimated=frozenset(day for day, name in known.items() if day.year == year and "estimated" in name),
    )


def _is_estimated(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR and day in _read_year(day.year).estimated


@cache
def _last_known_year() -> int:
    """Return the last year whose decree on transferred days off the package holds."""
    from holidays import country_holidays

    return max(getattr(country_holidays("KZ"), "special_public_holidays", {}), default=0)
