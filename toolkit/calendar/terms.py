"""The deadlines of the orders as records: what the file of the law says, checked field by field.

`DAYS` leads from the day that a term names or is counted from (the event, or the first day after the quarter)
to its first and last day. When ten calendar days after an event have run out, it is the eleventh. The records
say by their annotations how their fields are read, so here annotations are no mere texts.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from inspect import Parameter, signature
from typing import Any, NamedTuple

from toolkit.calendar.working import WorkingCalendar
from toolkit.rules.fields import Fields
from toolkit.rules.loader import read_toml

YEARS = range(2023, 2091)
Days = tuple[date | None, date | None]

_DAY = timedelta(days=1)


class Document(NamedTuple):
    """A text in which deadlines stand.

    Attributes:
        code: its name in the file of the law.
        title: its name in words.
        short: its name where there is little room.
        order: year of the order.
        part: the part of the coverage lists in which its points stand.
        issued: the day of the order that gives it its words.
        corps: `a` or `b` when it concerns one corps alone.
        relations_from: the first day of the relations to which it applies, long ago when it names none.
    """

    code: str
    title: str
    short: str
    order: str
    part: str
    issued: date
    corps: str = ""
    relations_from: date = date.min


class Event(NamedTuple):
    """What a term can be counted from.

    Attributes:
        code: how a user names it.
        title: what happens, in words.
        words: how a term goes on after its number of days.
        latest: code of the deadline by whose last day it happens, or empty.
    """

    code: str
    title: str
    words: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline as the order states it and, once it is listed for a year, its days.

    Attributes:
        code: its name in the file of the law, with the quarter where it has several.
        document: where it stands.
        point: the point as it is cited.
        title: what is to be done.
        concerns: whose deadline it is.
        kind: how the term is stated, one of `DAYS`.
        value: with which number, or with the day of a year as a function.
        term: the term in words; in the law with gaps for what depends on the year.
        provenance: `text` or `ambiguous`.
        years: the first and the last evaluated year that has it.
        corps: `a` or `b` when it concerns one corps alone.
        event: what it is counted from; without a code when it is counted from nothing.
        role: `deadline`; `as_of` (the data speak of this day); `in_force` and `keep` (how long).
        quarters: the quarters that have a row of their own.
        instead_of: code of the deadline that it replaces for those appointed after its last day.
        within: code of the text in force that it should not outlive.
        about: name of an event that says whose quarter it is.
        ends_by: code of the deadline after which it should not end.
        flag: what is said beside its date; with `ends_by` only when it ends later.
        note: how a silence of the order is read.
        year: the evaluated year.
        event_day: the day of the event, when it is given.
        first: the first day, where the deadline is a span.
        last: the last day; None when it is not known or there is none.
        state: `overdue`, `today`, `ahead`, `running` or `ended`; `dated` when nobody said what day it is,
            `undated` when there is no date.
        days_left: calendar days from today to the last day, below zero when it has passed.
        flags: what is doubtful about the date.
        notes: how silences of the order are read.
    """

    code: str
    document: Document
    point: str
    title: str
    concerns: str
    kind: str
    value: Any
    term: str
    provenance: str
    years: tuple[int, ...]
    corps: str
    event: Event
    role: str = "deadline"
    quarters: tuple[int, ...] = ()
    instead_of: str = ""
    within: str = ""
    about: str = ""
    ends_by: str = ""
    flag: str = ""
    note: str = ""
    year: int = 0
    event_day: date | None = None
    first: date | None = None
    last: date | None = None
    state: str = "undated"
    days_left: int | None = None
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class DeadlineLaw(NamedTuple):
    """The months in words, every event and deadline, in the order of the file."""

    months: Sequence[str]
    events: Mapping[str, Event]
    terms: Mapping[str, Deadline]


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
    whole = Fields(read_toml(path), path.name, ("months", "terms", "documents", "events", "deadlines"))
    kinds = Fields(whole.need("terms"), f"{path.name}, terms", (*DAYS, "recurring"))
    allowed = dict.fromkeys(("latest", "instead_of", "within", "ends_by"), ("", *whole.need("deadlines")))
    allowed |= {"about": ("", *whole.need("events")), "corps": ("", "a", "b")}
    allowed |= {"role": ("deadline", "as_of", "in_force", "keep"), "provenance": ("text", "ambiguous")}

    def make(record: Callable[..., Any], code: str, raw: Mapping[str, Any], **given: Any) -> Any:
        """Make a record of a table; what is not given is read as the record declares it."""
        declared = signature(record).parameters
        known = [name for name, it in declared.items() if it.annotation in (*_READ, Document, Event)]
        table = Fields(raw, f"{path.name}, {code}", known)
        for name in known:
            if name not in {"code", *given} and (name in table or declared[name].default is Parameter.empty):
                given[name] = _READ[declared[name].annotation](table, name)
                table.one_of(name, given[name], allowed.get(name, (given[name],)))
        return record(code=code, **given)

    documents = {code: make(Document, code, raw) for code, raw in whole.need("documents").items()}
    events = {code: make(Event, code, raw) for code, raw in whole.need("events").items()}
    terms = {}
    for code, raw in whole.need("deadlines").items():
        table = Fields(raw, f"{path.name}, {code}", raw)
        document = documents[table.choice("document", documents, "")]
        stated = {"corps": document.corps, "years": [int(document.order), YEARS[-1]]} | raw
        event = events[table.choice("event", events, "")] if "event" in table else Event("", "")
        terms[code] = make(Deadline, code, stated, document=document, event=event, **_measure(table, kinds))
    return DeadlineLaw(whole.text("months").split(), events, terms)


def _measure(table: Fields, kinds: Fields) -> dict[str, Any]:
    """Return how a term is stated, with which value and in which words."""
    raw = table.need("term")
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise table.mistake("поле term — не один срок")
    [kind] = raw
    term = Fields(raw, f"{table.place}, term", kinds.raw)
    stated = Fields(kinds.need(kind), f"{kinds.place}, {kind}", ("counts", "since", "words", "note"))
    for key, what in (("event", "событие не названо"), ("quarters", "кварталы не названы")):
        if (key in table) != (stated.text("since", "") == key):
            raise table.mistake(f"срок {kind}: {what} или здесь не нужны")
    value = _READ[stated.choice("counts", ("day", "number", "nothing"), "")](term, kind)
    notes = tuple(filter(None, (table.text("note", ""), stated.text("note", ""))))
    return {"kind": kind, "value": value, "term": stated.text("words"), "notes": notes}


def _date(table: Fields, key: str) -> date:
    if not isinstance(found := table.need(key), date):
        raise table.mistake(f"поле {key} — не дата")
    return found


def _numbers(table: Fields, key: str) -> tuple[int, ...]:
    found, allowed = table.need(key), range(1, 5) if key == "quarters" else YEARS
    if not isinstance(found, list) or any(item not in allowed for item in found):
        raise table.mistake(f"поле {key}: {found} — не список целых чисел", ", ".join(map(str, allowed)))
    return tuple(found)


def _day(table: Fields, key: str) -> Callable[[int], date]:
    """Return which day is meant in an evaluated year: always the same, or one that every year has."""
    raw = table.need(key)
    if not isinstance(raw, Mapping):
        printed = _date(table, key)
        return lambda _: printed
    try:
        date(2023, raw["month"], raw["day"])
    except (KeyError, TypeError, ValueError):
        raise table.mistake(f"нет дня {raw.get('day')} в месяце {raw.get('month')}") from None
    return lambda year: date(year + raw.get("years_later", 0), raw["month"], raw["day"])


_READ: Mapping[Any, Callable[[Fields, str], Any]] = {
    str: Fields.text,
    date: _date,
    tuple[int, ...]: _numbers,
    "number": lambda table, key: int(table.number(key)),
    "day": _day,
    "nothing": lambda table, key: table.one_of(key, str(table.need(key)), ("True", "monthly")),
}


def _clip(year: int, month: int, day: int = 31) -> date:
    """Return a day of a month, or its last one when it is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


DAYS: Mapping[str, Callable[[date, Any, WorkingCalendar], Days]] = {
    **dict.fromkeys(("not_later_than", "on", "on_event"), lambda day, *_: (None, day)),
    **dict.fromkeys(("from", "from_event"), lambda day, *_: (day, None)),
    "before": lambda day, *_: (None, day - _DAY),
    "working_days": lambda day, count, calendar: (None, calendar.add_working_days(day, count)),
    "working_days_before": lambda day, count, calendar: (None, calendar.subtract_working_days(day, count)),
    "after_calendar_days": lambda day, count, _: (day + _DAY * (count + 1), None),
    "years": lambda day, count, _: (day, _clip(day.year + count, day.month, day.day)),
    "day_after_quarter": lambda day, count, _: (None, day.replace(day=count)),
    "month_after_quarter": lambda day, *_: (day, _clip(day.year, day.month)),
}
