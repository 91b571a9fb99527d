"""Every deadline of an evaluated year: its days, its state on a given day, and what is doubtful about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from toolkit.calendar.overrides import read_day
from toolkit.calendar.terms import DAYS, YEARS, Days, Deadline, DeadlineLaw, load_deadlines
from toolkit.calendar.working import WorkingCalendar
from toolkit.errors import ToolkitError, nearest, one_line
from toolkit.rules.loader import SERVANTS_2025, load_methodology
from toolkit.rules.reading import choose


def deadlines(
    year: int,
    events: Mapping[str, date | str] | None = None,
    calendar: WorkingCalendar | None = None,
    *,
    before_date: str | None = None,
    today: date | str | None = None,
) -> tuple[Deadline, ...]:
    """Return every deadline of an evaluated year.

    Parameters:
        year: the evaluated year; the deadlines themselves reach into the next one.
        events: days of events by name, for example `{"appointed": "2026-02-03"}`.
        calendar: the working days; without one, what the `holidays` package knows.
        before_date: `exclusive` or `inclusive`, the default of the order's readings when left out.
        today: the day on which states are judged; without one nothing is marked.

    Returns:
        The deadlines in the order of the texts; one whose event is not given has no date.

    Raises:
        ToolkitError: an unknown event or option, a bad date, a year outside 2023-2090, or an appointment
            after the evaluated year.

    Source:
        Section "Deadlines" of the methodology; reading AM-19.

    Example:
        >>> found = deadlines(2026, {"appeal": "2027-01-25"}, today="2027-01-26")
        >>> session = next(it for it in found if it.code == "b_session")
        >>> session.point, session.state
        ('21', 'ahead')
    """
    if year not in YEARS:
        raise ToolkitError(f"оцениваемый год {year}", f"годы {YEARS[0]}–{YEARS[-1]}")
    law, days = load_deadlines(), {name: read_day(day, name) for name, day in (events or {}).items()}
    for name in sorted(days.keys() - law.events.keys()):
        what = f"нет события «{one_line(name)}»{nearest(name, law.events)}"
        raise ToolkitError(what, ", ".join(law.events))
    if (day := days.get("appointed")) and day.year > year:
        what = f"назначение {day:%d.%m.%Y} позже оцениваемого {year} года"
        raise ToolkitError(what, f"день до {year + 1} года")
    now = None if today is None else read_day(today, "today")
    inclusive = choose_before({} if before_date is None else {"before_date": before_date}) == "inclusive"
    listing = _Listing(year, law, days, calendar or WorkingCalendar(), inclusive, now)
    quarters = ((it, quarter) for it in law.terms.values() for quarter in it.quarters or (4,))
    return tuple(listing.make(it, quarter) for it, quarter in quarters if listing.applies(it, quarter))


def of_corps(found: Iterable[Deadline], corps: str) -> tuple[Deadline, ...]:
    """Return the deadlines of one corps, and those of the order of 2025 that concern both.

    Parameters:
        found: deadlines.
        corps: `a` or `b`, or the letters of the order.

    Returns:
        Those that concern it, in their order.

    Raises:
        ToolkitError: there is no such corps.

    Source:
        The order of 2025 approves one methodology for each corps.

    Example:
        >>> {it.document.code for it in of_corps(deadlines(2026), "b")} == {"order_2025", "corps_b"}
        True
    """
    if (letter := corps.casefold().replace("а", "a").replace("б", "b")) not in ("a", "b"):
        raise ToolkitError(f"нет корпуса «{one_line(corps)}»", "a, b")
    return tuple(it for it in found if it.document.order == "2025" and it.corps in ("", letter))


def choose_before(readings: Mapping[str, str]) -> str:
    """Return whether "before" a day takes that day in: `exclusive` or `inclusive`.

    Raises:
        ToolkitError: another reading is named, or another option.
    """
    known = {"before_date": load_methodology(SERVANTS_2025).readings["before_date"]}
    return choose(known, readings)["before_date"]


class _Listing(NamedTuple):
    """What is known of the year whose deadlines are listed."""

    year: int
    law: DeadlineLaw
    events: Mapping[str, date]
    calendar: WorkingCalendar
    inclusive: bool
    today: date | None

    def applies(self, it: Deadline, quarter: int) -> bool:
        """Say whether the year has a deadline; the day of the appointment leaves only one of two."""
        begins, appointed = it.document.relations_from, self.events.get("appointed")
        begun = (self.year, quarter) >= (begins.year, (begins.month + 2) // 3)
        if not (begun and it.years[0] <= self.year <= it.years[-1]):
            return False
        early = it.instead_of or it.code
        if appointed is None or all(other.instead_of != early for other in self.law.terms.values()):
            return True
        return (appointed > (self.last(early) or date.max)) == bool(it.instead_of)

    def start(self, it: Deadline, quarter: int = 4) -> date | None:
        """Return the day that a term names, or from which it is counted."""
        after = date(self.year + quarter // 4, 3 * quarter % 12 + 1, 1) if it.quarters else None
        named = it.value(self.year) if callable(it.value) else after
        return self.events.get(it.event.code) if it.event.code else named

    def days(self, it: Deadline, quarter: int = 4) -> Days:
        """Return the first and the last day of a deadline."""
        start = self.start(it, quarter)
        kind = "not_later_than" if self.inclusive and it.kind == "before" else it.kind
        return DAYS[kind](start, it.value, self.calendar) if start else (None, None)

    def last(self, code: str) -> date | None:
        """Return the last day of a deadline by its code, which may be empty."""
        return self.days(self.law.terms[code])[1] if code else None

    def make(self, it: Deadline, quarter: int) -> Deadline:
        """Return a deadline with its days."""
        start, (first, last) = self.start(it, quarter), self.days(it, quarter)
        month = f"{self.law.months[start.month - 1]} {start.year} года" if start else ""
        return replace(
            it,
            code=f"{it.code}_{quarter}" if len(it.quarters) > 1 else it.code,
            title=it.title.format(quarter=quarter),
            term=it.term.format(number=it.value, day=start and start.day, month=month, event=it.event.words),
            year=self.year,
            event_day=start if it.event.code else None,
            first=first,
            last=last,
            state=judge(it.role, first, last, self.today),
            days_left=(last - self.today).days if last and self.today else None,
            flags=tuple(self.flag(it, quarter, start, last)),
        )

    def flag(self, it: Deadline, quarter: int, start: date | None, last: date | None) -> Iterator[str]:
        """Yield what is doubtful about the last day of a deadline, in phrases without a stop at the end."""
        for other in self.law.terms.values():
            if other.ends_by and it.code in (other.code, other.ends_by):
                yield from self.oppose(other)
        if start is None or last is None:
            return
        if it.flag and not it.ends_by:
            yield it.flag
        if it.kind.startswith("working_days"):
            yield from self.calendar.doubt(min(start, last), max(start, last))
        if it.role == "deadline":
            if day_off := self.calendar.name_day_off(last):
                yield f"последний день — выходной ({day_off}): о переносе срока приказ молчит"
            if last < it.document.issued:
                yield f"срок раньше издания приказа ({it.document.issued:%d.%m.%Y})"
            if last > (ends := self.last(it.within) or last):
                yield f"срок позже последнего дня действия этих норм ({ends:%d.%m.%Y})"
        if (day := self.events.get(it.about)) and (day.year, (day.month + 2) // 3) == (self.year, quarter):
            yield f"увольнение {day:%d.%m.%Y} — в этом квартале"

    def oppose(self, it: Deadline) -> Iterator[str]:
        """Say that a deadline can end after the one before whose end it should; both of them say so."""
        listing, condition, event = self, "", it.event
        if event.code not in self.events and (latest := self.last(event.latest)):
            listing = self._replace(events={**self.events, event.code: latest})
            condition = f"при обращении в последний день ({latest:%d.%m.%Y}) "
        limit, last = self.last(it.ends_by), listing.last(it.code)
        if limit and last and last > limit:
            yield condition + it.flag.format(last=last, limit=limit)


def judge(role: str, first: date | None, last: date | None, today: date | None) -> str:
    """Return the state of a deadline on a day."""
    if today is None or not (first or last):
        return "dated" if first or last else "undated"
    if last and today > last:
        return "overdue" if role == "deadline" else "ended"
    if role in ("in_force", "keep"):
        return "ahead" if first and today < first else "running"
    return "today" if today == last else "ahead"
