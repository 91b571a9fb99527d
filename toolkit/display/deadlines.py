"""Deadlines as a table: for a terminal and for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

from toolkit.calendar.deadlines import Deadline
from toolkit.display.numbers import plural
from toolkit.display.words import PROVENANCE

if TYPE_CHECKING:
    from toolkit.display.markup import Html

NARROWEST, WIDEST = 60, 160
COUNTING = (
    "Рабочие дни считаются со следующего рабочего дня после события: с какого дня считать, приказы молчат."
)
NO_TODAY = "День не назван, поэтому истекшее не отмечено."

_STATES = {
    "overdue": "истёк",
    "today": "последний день",
    "ahead": "впереди",
    "running": "действует",
    "ended": "прошло",
    "dated": "",
    "undated": "",
}
_BY_ROLE = {
    ("as_of", "today"): "этот день",
    ("as_of", "ended"): "день прошёл",
    ("in_force", "ended"): "не действует",
    ("in_force", "ahead"): "ещё не действует",
    ("keep", "running"): "хранить",
    ("keep", "ended"): "срок вышел",
}
_GAP = "  "
_DAYS, _POINT = 14, 17


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
    width = min(max(width, NARROWEST), WIDEST)
    lines = [f"Сроки за оцениваемый {found[0].year} год", ""] if found else []
    for document, group in groupby(found, key=lambda it: it.document):
        lines += [*wrap(document.title, width), *_table(sort_by_day(group), width), ""]
    return "\n".join([*lines, *(line for said in conclude(found) for line in wrap(said, width))])


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
    # The page's templates are not needed in a terminal.
    from toolkit.display.markup import render

    groups = [(key, sort_by_day(group)) for key, group in groupby(found, key=lambda it: it.document)]
    context = {"groups": groups, "write_days": write_days, "write_state": write_state}
    return render("deadlines", **context, remarks=list(conclude(found)))


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
    parts = {
        "с датой": len(found) - counted["undated"],
        "истекло": counted["overdue"],
        "последний день сегодня": counted["today"],
    }
    told = ", ".join(f"{words} {count}" for words, count in parts.items() if count)
    yield f"Сроков: {len(found)}; {told}." if told else f"Сроков: {len(found)}."
    if counted["dated"]:
        yield NO_TODAY
    if found:
        yield COUNTING
    missing = {it.event.name: it.event.title for it in found if it.event and it.event_day is None}
    if missing:
        yield "Дату получат сроки, если назвать день события:"
        yield from (f"{name} — {title}" for name, title in missing.items())


def write_days(it: Deadline) -> str:
    """Return the days of a deadline as they are written in a table: `20.01.2026`, `с 01.07.2025`."""
    if it.first and it.last:
        return f"{it.first:%d.%m.%Y} – {it.last:%d.%m.%Y}"
    if it.last:
        return f"{'по ' if it.role == 'in_force' else ''}{it.last:%d.%m.%Y}"
    return f"с {it.first:%d.%m.%Y}" if it.first else "—"


def write_state(it: Deadline) -> str:
    """Return the state of a deadline in words, with the days that are left or have passed."""
    words = _BY_ROLE.get((it.role, it.state), _STATES[it.state])
    if it.days_left is None or it.state not in ("overdue", "ahead"):
        return words
    days = abs(it.days_left)
    counted = f"{days}\u00a0{plural(days, 'день', 'дня', 'дней')}"
    return f"{words} {counted} назад" if it.state == "overdue" else f"через {counted}"


def _table(found: list[Deadline], width: int) -> Iterator[str]:
    """Yield the lines of one document."""
    widths = (_DAYS, _POINT, width - _DAYS - _POINT - 2 * len(_GAP))
    yield from _row((["Срок"], ["Пункт"], ["Что сделать"]), widths)
    yield _GAP.join("─" * size for size in widths)
    for it in found:
        days = [*wrap(write_days(it), _DAYS), *wrap(write_state(it), _DAYS)]
        yield from _row((days, wrap(it.point, _POINT), list(_cell(it, widths[2]))), widths)


def _row(cells: tuple[list[str], list[str], list[str]], widths: tuple[int, int, int]) -> Iterator[str]:
    for line in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(text.ljust(size) for text, size in zip(line, widths, strict=True)).rstrip()


def _cell(it: Deadline, width: int) -> Iterator[str]:
    yield from wrap(it.title, width)
    yield from wrap(f"{it.term}; {it.concerns}", width, initial_indent="  ", subsequent_indent="  ")
    for phrase in it.flags:
        yield from wrap(phrase, width, initial_indent="! ", subsequent_indent="  ")
    ambiguous = [f"{PROVENANCE['ambiguous'].capitalize()}."] if it.provenance == "ambiguous" else []
    notes = " ".join([*ambiguous, *it.notes])
    yield from wrap(notes, width, initial_indent="  ", subsequent_indent="  ")
