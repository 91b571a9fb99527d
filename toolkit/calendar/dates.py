"""Dates as people write them in this country, read strictly or refused with a reason."""

from __future__ import annotations

import re
from datetime import date

from toolkit.calendar.working import FIRST_YEAR, LAST_YEAR
from toolkit.errors import ToolkitError
from toolkit.intake.numbers import CellError, quote

ALLOWED = "дата вида 2026-01-20 или 20.01.2026"

_WRITTEN = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{2})\.(?P<month>[0-9]{2})\.(?P<year>[0-9]{4})"),
)


def read_date(text: str) -> date:
    """Read one date.

    Parameters:
        text: `2026-01-20` or `20.01.2026`.

    Returns:
        The date.

    Raises:
        CellError: it is no date, there is no such day, or its year lies outside 2000-2099.

    Source:
        The format is ours.

    Example:
        >>> read_date("20.01.2026")
        datetime.date(2026, 1, 20)
    """
    found = next(filter(None, (pattern.fullmatch(text.strip()) for pattern in _WRITTEN)), None)
    if found is None:
        raise CellError(f"{quote(text)} — не дата", ALLOWED)
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise CellError(f"{quote(text)} — такого дня нет", ALLOWED) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellError(f"{quote(text)} — год вне календаря", f"годы {FIRST_YEAR}–{LAST_YEAR}")
    return day


def read_option(text: str, option: str) -> date:
    """Read the date of an option of a command; a bad one stops the command with a sentence."""
    try:
        return read_date(text)
    except CellError as error:
        raise ToolkitError(f"{option}: {error.what}", error.allowed) from None
