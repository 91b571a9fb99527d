"""The deadlines of the orders as records: what the file of the law says, checked field by field."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, TypeVar

from toolkit.errors import Place, ToolkitError
from toolkit.rules.fields import Fields

ROLES = ("deadline", "as_of", "in_force", "keep")
PROVENANCES = ("text", "ambiguous")
QUARTERS = (1, 2, 3, 4)

_DATED = ("not_later_than", "before", "on", "from")
_NUMBERED = ("working_days", "working_days_before", "after_calendar_days", "years", "day_after_quarter")
_BARE = {"from_event": True, "on_event": True, "month_after_quarter": True, "recurring": "monthly"}
# Terms that are counted from an event, and those that are counted from the end of a quarter.
COUNTED: Final = ("working_days", "working_days_before")
FROM_EVENT = (*COUNTED, "after_calendar_days", "from_event", "on_event", "years")
FROM_QUARTER = ("day_after_quarter", "month_after_quarter")
_FIELDS = (
    *("document", "corps", "point", "title", "concerns", "event", "term", "role"),
    *("quarters", "years", "since", "instead_of", "within", "about", "ends_by"),
    *("provenance", "flag", "note"),
)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Document:
    """A text in which deadlines stand.

    Attributes:
        code: its name in the file of the law.
        title: its name in words.
        short: its name where there is little room.
        order: year of the order.
        part: the part of the coverage lists in which its points stand.
        corps: `a` or `b` when it concerns one corps alone.
        issued: the day of the order that gives it its words.
        relations_from: the first day of the relations to which it applies, when it names one.
    """

    code: str
    title: str
    short: str
    order: str
    part: str
    corps: str
    issued: date
    relations_from: date | None


@dataclass(frozen=True, slots=True)
class Event:
    """What a term can be counted from.

    Attributes:
        name: how a user names it.
        title: what happens, in words.
        words: how a term goes on after its number of days.
        latest: code of the deadline by whose last day it happens, or empty.
    """

    name: str
    title: str
    words: str
    latest: str


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of every evaluated year, or of a year after it."""

    month: int
    day: int
    years_later: int

    def of(self, year: int) -> date:
        """Return the day for one evaluated year."""
        return date(year + self.years_later, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Term:
    """One deadline as the order states it.

    Attributes:
        code: its name.
        document: where it stands.
        corps: `a`, `b` or empty.
        point: the point as it is cited.
        title: what is to be done.
        concerns: whose deadline it is.
        event: what it is counted from, if anything.
        kind: how it is stated, one of the fields of `term`.
        value: with which number or date.
        role: `deadline`, `as_of`, `in_force` or `keep`.
        quarters: the quarters that have a row of their own.
        years: the evaluated years that have it; every one when empty.
        since: the first evaluated year that has it.
        instead_of: code of the deadline that it replaces for those appointed after its last day.
        within: code of the text in force that it should not outlive.
        about: name of an event that says whose quarter it is.
        ends_by: code of the deadline after which it should not end.
        provenance: `text` or `ambiguous`.
        flag: what is said beside its date.
        note: how a silence of the order is read.
    """

    code: str
    document: Document
    corps: str
    point: str
    title: str
    concerns: str
    event: Event | None
    kind: str
    value: Any
    role: str
    quarters: tuple[int, ...]
    years: tuple[int, ...]
    since: int
    instead_of: str
    within: str
    about: str
    ends_by: str
    provenance: str
    flag: str
    note: str


@dataclass(frozen=True, slots=True)
class DeadlineLaw:
    """Every document, event and term, in the order of the file."""

    documents: Mapping[str, Document]
    events: Mapping[str, Event]
    terms: Mapping[str, Term]


@cache
def load_deadlines(path: Traversable | None = None) -> DeadlineLaw:
    """Load the deadlines of both orders.

    Parameters:
        path: the file of the law; that of the package unless another is given.

    Returns:
        The deadlines, the same object at every call.

    Raises:
        ToolkitError: the file has a mistake; the message names the table.

    Source:
        Both orders; the rows are those of the section "Deadlines" of the methodology.

    Example:
        >>> load_deadlines().terms["b_session"].value
        10
    """
    path = path or files("toolkit") / "law" / "deadlines.toml"
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ToolkitError(f"не читается: {error}", place=Place(path.name)) from None
    whole = Fields(raw, path.name, ("documents", "events", "deadlines"))
    documents = _tables(whole, "documents", _document)
    events = _tables(whole, "events", _event)
    terms = _tables(whole, "deadlines", lambda code, fields: _term(code, fields, documents, events))
    _refuse_unknown_codes(path.name, events, terms)
    return DeadlineLaw(documents, events, terms)


def _tables(whole: Fields, key: str, make: Callable[[str, Fields], Made]) -> dict[str, Made]:
    raw, known = whole.need(key), {"documents": _DOCUMENT, "events": _EVENT, "deadlines": _FIELDS}[key]
    return {code: make(code, Fields(item, f"{whole.place}, {code}", known)) for code, item in raw.items()}


_DOCUMENT = ("title", "short", "order", "part", "corps", "issued", "relations_from")
_EVENT = ("title", "words", "latest")


def _document(code: str, fields: Fields) -> Document:
    texts = {key: fields.text(key) for key in ("title", "short", "order", "part")}
    corps = fields.choice("corps", ("", "a", "b"), "")
    begins = _date(fields, "relations_from") if "relations_from" in fields else None
    return Document(code, **texts, corps=corps, issued=_date(fields, "issued"), relations_from=begins)


def _event(name: str, fields: Fields) -> Event:
    return Event(name, fields.text("title"), fields.text("words", ""), fields.text("latest", ""))


def _term(code: str, fields: Fields, documents: Mapping[str, Document], events: Mapping[str, Event]) -> Term:
    document = documents[fields.one_of("document", fields.text("document"), documents)]
    event = events[fields.one_of("event", fields.text("event"), events)] if "event" in fields else None
    kind, value = _measure(fields)
    quarters = _numbers(fields, "quarters", QUARTERS)
    if (kind in FROM_EVENT) != (event is not None):
        raise fields.mistake(f"срок {kind}: событие не названо или лишнее")
    if (kind in FROM_QUARTER) != bool(quarters):
        raise fields.mistake(f"срок {kind}: кварталы не названы или лишние")
    return Term(
        code=code,
        document=document,
        corps=fields.choice("corps", ("", "a", "b"), document.corps),
        point=fields.text("point"),
        title=fields.text("title"),
        concerns=fields.text("concerns"),
        event=event,
        kind=kind,
        value=value,
        role=fields.choice("role", ROLES, "deadline"),
        quarters=quarters,
        years=_numbers(fields, "years"),
        since=fields.raw.get("since", int(document.order)),
        provenance=fields.one_of("provenance", fields.text("provenance"), PROVENANCES),
        **{key: fields.text(key, "") for key in ("instead_of", "within", "about", "ends_by", "flag", "note")},
    )


def _measure(fields: Fields) -> tuple[str, Any]:
    """Return how a term is stated and with which value."""
    raw = fields.need("term")
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise fields.mistake("поле term — не один срок")
    kind, value = next(iter(raw.items()))
    term = Fields(raw, f"{fields.place}, term", (*_DATED, *_NUMBERED, *_BARE))
    if kind in _DATED:
        return kind, value if isinstance(value, date) else _year_day(value, term)
    if kind in _NUMBERED:
        return kind, int(term.number(kind))
    if value != _BARE[kind]:
        raise term.mistake(f"поле {kind}: неизвестное «{value}»", str(_BARE[kind]))
    return kind, value


def _year_day(raw: Any, term: Fields) -> YearDay:
    if not isinstance(raw, Mapping):
        raise term.mistake("не дата и не таблица с month и day")
    fields = Fields(raw, term.place, ("month", "day", "years_later"))
    later = int(fields.number("years_later")) if "years_later" in fields else 0
    found = YearDay(int(fields.number("month")), int(fields.number("day")), later)
    try:
        found.of(QUIET_YEAR)
    except ValueError:
        raise term.mistake(f"нет дня {found.day} в месяце {found.month}") from None
    return found


# A year without 29 February: a day of every year must exist in it.
QUIET_YEAR: Final = 2023


def _date(fields: Fields, key: str) -> date:
    value = fields.need(key)
    if not isinstance(value, date):
        raise fields.mistake(f"поле {key} — не дата")
    return value


def _numbers(fields: Fields, key: str, allowed: Collection[int] = ()) -> tuple[int, ...]:
    value = fields.raw.get(key, [])
    if not (isinstance(value, list) and all(isinstance(item, int) for item in value)):
        raise fields.mistake(f"поле {key} — не список целых чисел")
    if allowed and not set(value) <= set(allowed):
        raise fields.mistake(f"поле {key}: {value}", ", ".join(map(str, allowed)))
    return tuple(value)


def _refuse_unknown_codes(file: str, events: Mapping[str, Event], terms: Mapping[str, Term]) -> None:
    for event in events.values():
        Fields({}, f"{file}, {event.name}", ()).one_of("latest", event.latest, ("", *terms))
    for term in terms.values():
        fields = Fields({}, f"{file}, {term.code}", ())
        for key in ("instead_of", "within", "ends_by"):
            fields.one_of(key, getattr(term, key), ("", *terms))
        fields.one_of("about", term.about, ("", *events))
