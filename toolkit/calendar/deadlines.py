"""Every deadline of an evaluated year: its days, its state on a given day, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from toolkit.calendar.dates import ALLOWED, read_option
from toolkit.calendar.flags import flag
from toolkit.calendar.measures import Days, When, find_quarter_end, measure
from toolkit.calendar.terms import Document, Event, Term, load_deadlines
from toolkit.calendar.wording import BEFORE_DATE, word
from toolkit.calendar.working import WorkingCalendar
from toolkit.errors import ToolkitError, nearest, one_line
from toolkit.rules.loader import load_methodology
from toolkit.rules.reading import Reading, choose

SERVANTS_2025 = "servants_2025"
FIRST_EVALUATED, LAST_EVALUATED = 2023, 2090
CORPS = ("a", "b")
STATES = ("overdue", "today", "ahead", "running", "ended", "dated", "undated")

Day = date | str


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline of one year.

    Attributes:
        code: its name in the file of the law, with the quarter where it has several.
        year: the evaluated year.
        document: where it stands.
        corps: `a` or `b` when it concerns one corps alone.
        point: the point as it is cited.
        title: what is to be done.
        concerns: whose deadline it is.
        term: the term in words.
        event: what it is counted from, if anything.
        event_day: the day of that event, when it is given.
        first: the first day, where the deadline is a span.
        last: the last day; None when it is not known or there is none.
        role: `deadline`; `as_of` (the data speak of this day); `in_force` and `keep` (how long).
        state: one of `STATES`; `dated` when nobody said what day it is, `undated` when there is no date.
        days_left: calendar days from today to the last day, below zero when it has passed.
        flags: what is doubtful about the date.
        provenance: `text` or `ambiguous`.
        notes: how silences of the order are read.
    """

    code: str
    year: int
    document: Document
    corps: str
    point: str
    title: str
    concerns: str
    term: str
    event: Event | None
    event_day: date | None
    first: date | None
    last: date | None
    role: str
    state: str
    days_left: int | None
    flags: tuple[str, ...]
    provenance: str
    notes: tuple[str, ...]


def deadlines(
    year: int,
    events: Mapping[str, Day] | None = None,
    calendar: WorkingCalendar | None = None,
    *,
    before_date: str | None = None,
    today: Day | None = None,
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
    if not FIRST_EVALUATED <= year <= LAST_EVALUATED:
        raise ToolkitError(f"оцениваемый год {year}", f"годы {FIRST_EVALUATED}–{LAST_EVALUATED}")
    chosen = choose(find_readings(), {} if before_date is None else {"before_date": before_date})
    known = read_events(events or {})
    if (appointed := known.get("appointed")) and appointed.year > year:
        what = f"назначение {appointed:%d.%m.%Y} позже оцениваемого {year} года"
        raise ToolkitError(what, f"день до {year + 1} года")
    listing = _Listing(
        year=year,
        events=known,
        calendar=calendar or WorkingCalendar(),
        inclusive=chosen["before_date"] == "inclusive",
        today=None if today is None else read_day(today, "today"),
    )
    return tuple(listing.make())


def of_corps(found: Iterable[Deadline], corps: str) -> tuple[Deadline, ...]:
    """Return the deadlines of one corps, and those of the order of 2025 that concern both.

    Parameters:
        found: deadlines.
        corps: `a` or `b`.

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
    if corps not in CORPS:
        raise ToolkitError(f"нет корпуса «{one_line(corps)}»", ", ".join(CORPS))
    return tuple(it for it in found if it.corps == corps or (it.document.order == "2025" and not it.corps))


def find_readings() -> dict[str, Reading]:
    """Return the readings on which deadlines depend."""
    readings = load_methodology(SERVANTS_2025).readings
    return {"before_date": readings["before_date"]}


def read_events(events: Mapping[str, Day]) -> dict[str, date]:
    """Return the days of events.

    Raises:
        ToolkitError: an unknown event, or no date.
    """
    known = load_deadlines().events
    for name in events:
        if name not in known:
            raise ToolkitError(f"нет события «{one_line(name)}»{nearest(name, known)}", ", ".join(known))
    return {name: read_day(day, name) for name, day in events.items()}


def read_day(day: Day, name: str) -> date:
    """Return a day that is given as a date or as a text.

    Raises:
        ToolkitError: it is no date; the message begins with the name.
    """
    if isinstance(day, str):
        return read_option(day, name)
    if not isinstance(day, date):
        raise ToolkitError(f"{name}: «{day}» — не дата", ALLOWED)
    return day.date() if isinstance(day, datetime) else day


@dataclass(frozen=True, slots=True)
class _Listing:
    """The deadlines of one year, with what is known of it."""

    year: int
    events: Mapping[str, date]
    calendar: WorkingCalendar
    inclusive: bool
    today: date | None

    def make(self) -> Iterator[Deadline]:
        """Yield every deadline, one for each quarter that has its own."""
        for term in load_deadlines().terms.values():
            for quarter in term.quarters or (0,):
                if self._applies(term, quarter):
                    yield self._make(term, quarter)

    def _applies(self, term: Term, quarter: int) -> bool:
        begins = term.document.relations_from
        if self.year < term.since or (term.years and self.year not in term.years):
            return False
        if begins is not None and find_quarter_end(self.year, quarter) < begins:
            return False
        return not self._is_replaced(term)

    def _is_replaced(self, term: Term) -> bool:
        """Say whether the day of the appointment leaves only the other one of two deadlines."""
        appointed, terms = self.events.get("appointed"), load_deadlines().terms
        if appointed is None:
            return False
        if term.instead_of:
            return appointed <= self.last(terms[term.instead_of])
        replaced = any(other.instead_of == term.code for other in terms.values())
        return replaced and appointed > self.last(term)

    def last(self, term: Term) -> date:
        """Return the last day of a term that has one whatever the events."""
        day = self.days(term)[1]
        if day is None:
            raise ToolkitError(f"deadlines.toml, {term.code}: последнего дня нет, а на него ссылаются")
        return day

    def days(self, term: Term, quarter: int = 0, event: date | None = None) -> Days:
        """Return the first and the last day of a term."""
        event = event or self.events.get(term.event.name if term.event else "")
        return measure(term, When(self.year, quarter, event, self.calendar, self.inclusive))

    def _make(self, term: Term, quarter: int) -> Deadline:
        first, last = self.days(term, quarter)
        notes = (term.note, BEFORE_DATE if term.kind == "before" else "")
        return Deadline(
            code=f"{term.code}_{quarter}" if len(term.quarters) > 1 else term.code,
            year=self.year,
            document=term.document,
            corps=term.corps,
            point=term.point,
            title=term.title.format(quarter=quarter),
            concerns=term.concerns,
            term=word(term, self.year, quarter),
            event=term.event,
            event_day=self.events.get(term.event.name) if term.event else None,
            first=first,
            last=last,
            role=term.role,
            state=judge(term.role, first, last, self.today),
            days_left=(last - self.today).days if last and self.today else None,
            flags=tuple(flag(term, quarter, self)),
            provenance=term.provenance,
            notes=tuple(filter(None, notes)),
        )


def judge(role: str, first: date | None, last: date | None, today: date | None) -> str:
    """Return the state of a deadline on a day, one of `STATES`."""
    if first is None and last is None:
        return "undated"
    if today is None:
        return "dated"
    if last is not None and today > last:
        return "overdue" if role == "deadline" else "ended"
    if role in ("in_force", "keep"):
        return "ahead" if first is not None and today < first else "running"
    return "today" if today == last else "ahead"
