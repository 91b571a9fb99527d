"""Deadlines as a table for a terminal and for the page, and as a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from toolkit.calendar.terms import Deadline
from toolkit.display.markup import Html, render, render_text
from toolkit.display.numbers import plural
from toolkit.display.words import DEADLINES

if TYPE_CHECKING:
    from toolkit.display.drawing import Chart

_COUNTED = "Рабочие дни считаются со следующего рабочего дня после события"

_NARROWEST, _WIDEST = 60, 160
_ROOM = timedelta(days=8)


def deadlines_text(found: Sequence[Deadline], width: int) -> str:
    """Return deadlines as a table for a terminal, a heading for each document, and what is still to be said.

    Parameters:
        found: deadlines of one year.
        width: columns of the terminal, in characters.

    Returns:
        Lines not longer than the width, which is taken between 60 and 160; in a document those with a date
        stand first, by date.

    Raises:
        Nothing.

    Source:
        Section "Deadlines" of the methodology.

    Example:
        >>> deadlines_text([], 80)
        'Сроков: 0.'
    """
    return render_text("deadlines", width=min(max(width, _NARROWEST), _WIDEST), **_context(found))


def deadlines_table(found: Sequence[Deadline]) -> Html:
    """Return deadlines as a table of the page.

    Parameters:
        found: deadlines of one year.

    Returns:
        HTML, grouped by document; whatever stands in it is escaped.

    Raises:
        Nothing.

    Source:
        Section "Deadlines" of the methodology.

    Example:
        >>> from toolkit.calendar.deadlines import deadlines
        >>> "20.01.2027" in deadlines_table(deadlines(2026)).text
        True
    """
    return render("deadlines", **_context(found))


def deadline_chart(found: Sequence[Deadline], *, today: date | None = None) -> Chart | None:
    """Draw the deadlines of a year along its months, the earliest first.

    Parameters:
        found: deadlines of one year.
        today: the day on which they were judged; a line stands there. Without it nothing is marked.

    Returns:
        The chart: for each deadline with a last day a mark on that day, coloured and shaped by its state; a
        span has a line from its first day. Years of keeping, which would press the others together, are left
        out. None where no deadline has a date.

    Raises:
        Nothing.

    Source:
        Section "Deadlines" of the methodology.

    Example:
        >>> from toolkit.calendar.deadlines import deadlines
        >>> deadline_chart(deadlines(2026)).to_dict()["title"]["text"][0]
        'За 2026 год с датой 19 сроков: с 20.01.2026 по 01.03.2027'
    """
    from toolkit.display.drawing import draw

    kept = (it for it in sort_by_day(found) if it.role != "keep")
    shown = [it for it in kept if it.last and it.last.year - it.year in (0, 1)]
    if not shown:
        return None
    days = [day for it in shown for day in (it.first, it.last, today) if day and 0 <= day.year - it.year <= 1]
    lines = [f"{it.last:%d.%m.%Y} · {it.document.short} · {it.title}" for it in shown]
    ends = [str(min(days) - _ROOM), str(max(days) + _ROOM)]
    return draw("deadlines", shown=shown, lines=lines, ends=ends, today=today, write_state=write_state)


def sort_by_day(found: Iterable[Deadline]) -> list[Deadline]:
    """Return deadlines by their last day, then those without one in the order of the text."""
    return sorted(found, key=lambda it: it.last or it.first or date.max)


def conclude(found: Sequence[Deadline]) -> Iterator[str]:
    """Yield what is said under a table: counts, the state of the marks, what could be given.

    Parameters:
        found: deadlines of one year.

    Returns:
        Sentences.

    Raises:
        Nothing.

    Source:
        Section "Deadlines" of the methodology.

    Example:
        >>> list(conclude([]))
        ['Сроков: 0.']
    """
    counted = Counter(it.state for it in found)
    counts = len(found) - counted["undated"], counted["overdue"], counted["today"]
    words = ("с датой", "истекло", "последний день сегодня")
    told = ", ".join(f"{word} {count}" for word, count in zip(words, counts, strict=True) if count)
    yield f"Сроков: {len(found)}{'; ' if told else ''}{told}."
    if counted["dated"]:
        yield "День не назван, поэтому истекшее не отмечено."
    if found:
        yield f"{_COUNTED}: с какого дня считать, приказы молчат."
    asked = [it.event for it in found if it.event.code and it.event_day is None]
    lines = dict.fromkeys(f"{event.code} — {event.title}" for event in asked)
    yield from ["Дату получат сроки, если назвать день события:", *lines] if lines else []


def write_days(it: Deadline) -> str:
    """Return the days of a deadline as they are written in a table: `20.01.2026`, `с 01.07.2025`."""
    if it.first and it.last:
        return f"{it.first:%d.%m.%Y} – {it.last:%d.%m.%Y}"
    if it.last:
        return f"{'по ' if it.role == 'in_force' else ''}{it.last:%d.%m.%Y}"
    return f"с {it.first:%d.%m.%Y}" if it.first else "—"


def write_state(it: Deadline) -> str:
    """Return the state of a deadline in words, with the days that are left or have passed."""
    words = DEADLINES[it.role].get(it.state, "")
    if it.days_left is None or it.state not in ("overdue", "ahead"):
        return words
    counted = f"{abs(it.days_left)}\u00a0{plural(abs(it.days_left), 'день', 'дня', 'дней')}"
    return f"{words} {counted} назад" if it.state == "overdue" else f"через {counted}"


def _context(found: Sequence[Deadline]) -> dict[str, Any]:
    groups = [(key, sort_by_day(group)) for key, group in groupby(found, key=lambda it: it.document)]
    writers = {"write_days": write_days, "write_state": write_state}
    return {"groups": groups, "remarks": list(conclude(found)), **writers}
