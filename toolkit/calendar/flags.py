"""What is doubtful about the date of a deadline, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Protocol

from toolkit.calendar.measures import Days
from toolkit.calendar.terms import COUNTED, Term, load_deadlines
from toolkit.calendar.working import WorkingCalendar


class Listing(Protocol):
    """What is known of the year whose deadlines are listed."""

    @property
    def year(self) -> int:
        """The evaluated year."""

    @property
    def events(self) -> Mapping[str, date]:
        """The days of events by name."""

    @property
    def calendar(self) -> WorkingCalendar:
        """The working days."""

    def days(self, term: Term, quarter: int = 0, event: date | None = None) -> Days:
        """Return the first and the last day of a term."""


def flag(term: Term, quarter: int, listing: Listing) -> Iterator[str]:
    """Yield what is doubtful about the date of a term.

    Parameters:
        term: the term of the order.
        quarter: the quarter, 0 where the term has none.
        listing: the year, the events and the calendar.

    Returns:
        Phrases without a stop at the end; none for a term without a date.

    Raises:
        ToolkitError: a day lies outside the years of the calendar.

    Source:
        Section "Deadlines" of the methodology: silences and the conflict of the fourth quarter.

    Example:
        >>> flag.__name__
        'flag'
    """
    last = listing.days(term, quarter)[1]
    yield from _conflicts(term, listing)
    if last is None:
        return
    if term.flag:
        yield term.flag
    if term.kind in COUNTED and term.event:
        days = sorted((listing.events[term.event.name], last))
        yield from listing.calendar.doubt(days[0], days[1])
    if term.role == "deadline":
        yield from _beside(term, last, listing)
    yield from _about(term, quarter, listing)


def _beside(term: Term, last: date, listing: Listing) -> Iterator[str]:
    """Yield what is strange about the last day itself."""
    day_off = listing.calendar.name_day_off(last)
    if day_off:
        yield f"последний день — выходной ({day_off}): о переносе срока приказ молчит"
    if last < term.document.issued:
        yield f"срок раньше издания приказа ({term.document.issued:%d.%m.%Y})"
    ends = listing.days(load_deadlines().terms[term.within])[1] if term.within else None
    if ends and last > ends:
        yield f"срок позже последнего дня действия этих норм ({ends:%d.%m.%Y})"


def _about(term: Term, quarter: int, listing: Listing) -> Iterator[str]:
    day = listing.events.get(term.about)
    if day and day.year == listing.year and (day.month - 1) // 3 + 1 == quarter:
        yield f"увольнение {day:%d.%m.%Y} — в этом квартале"


def _conflicts(term: Term, listing: Listing) -> Iterator[str]:
    """Say on both deadlines that one can end after the other, by which it should have ended."""
    for other in load_deadlines().terms.values():
        if not other.ends_by or term.code not in (other.code, other.ends_by):
            continue
        limit = listing.days(load_deadlines().terms[other.ends_by])[1]
        condition, last = _find_latest(other, listing)
        if limit and last and last > limit:
            yield (
                f"{condition}калибровочная сессия может пройти до {last:%d.%m.%Y}, позже {limit:%d.%m.%Y}: "
                "итоговая оценка тогда считается заново, о чем приказ молчит"
            )


def _find_latest(term: Term, listing: Listing) -> tuple[str, date | None]:
    """Return the last day of a term, and on what condition when its event is still to come."""
    if term.event is None or term.event.name in listing.events or not term.event.latest:
        return "", listing.days(term)[1]
    latest = listing.days(load_deadlines().terms[term.event.latest])[1]
    if latest is None:
        return "", None
    return f"при обращении в последний день ({latest:%d.%m.%Y}) ", listing.days(term, event=latest)[1]
