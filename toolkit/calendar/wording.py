"""A term in words, as the order states it, and what is said beside its days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from toolkit.calendar.measures import find_quarter_end
from toolkit.calendar.terms import Term, YearDay

MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
BEFORE_DATE = "«До» дня по умолчанию кончается накануне: прочтение before_date."


def word(term: Term, year: int, quarter: int) -> str:
    """Return a term in words.

    Parameters:
        term: the term of the order.
        year: the evaluated year.
        quarter: the quarter, 0 where the term has none.

    Returns:
        A phrase, with the year where the term is a date.

    Raises:
        Nothing.

    Source:
        Section "Deadlines" of the methodology.

    Example:
        >>> from toolkit.calendar.terms import load_deadlines
        >>> word(load_deadlines().terms["a_agreement_category_2"], 2026, 0)
        'до 1 февраля 2026 года'
        >>> word(load_deadlines().terms["b_session"], 2026, 0)
        'в течение 10 рабочих дней со дня поступления заявления'
    """
    if term.event is not None:
        return f"{_COUNTED[term.kind].format(term.value)}{term.event.words}"
    return _DATED[term.kind](term.value, year, quarter)


def write_day(day: date) -> str:
    """Return a day in words, with its year.

    Example:
        >>> write_day(date(2026, 1, 20))
        '20 января 2026 года'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} года"


def _said(words: str) -> Callable[[date | YearDay, int, int], str]:
    def say(value: date | YearDay, year: int, _: int) -> str:
        return f"{words} {write_day(value.of(year) if isinstance(value, YearDay) else value)}"

    return say


def _month_after(year: int, quarter: int) -> str:
    """Return the month after a quarter in the genitive, with its year."""
    month = find_quarter_end(year, quarter).month % 12
    return f"{MONTHS[month]} {year + (quarter == 4)} года"  # noqa: PLR2004 - the last quarter ends the year


_DATED: Mapping[str, Callable[[Any, int, int], str]] = {
    "not_later_than": _said("не позднее"),
    "before": _said("до"),
    "on": _said("по состоянию на"),
    "from": _said("с"),
    "day_after_quarter": lambda day, year, quarter: f"не позднее {day} {_month_after(year, quarter)}",
    "month_after_quarter": lambda _, year, quarter: f"в течение {_month_after(year, quarter)}",
    "recurring": lambda *_: "ежемесячно",
}
_COUNTED: Mapping[str, str] = {
    "working_days": "в течение {} рабочих дней ",
    "working_days_before": "за {} рабочих дней ",
    "after_calendar_days": "по истечении {} календарных дней ",
    "from_event": "",
    "on_event": "",
    "years": "в течение {} лет ",
}
