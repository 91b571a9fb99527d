"""Deadlines as a file: the binding columns, one row for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from toolkit.calendar.deadlines import Deadline
from toolkit.publish.output import write_output

COLUMNS = (
    *("year", "document", "point", "code", "title", "concerns", "term", "event", "event_day"),
    *("first_day", "last_day", "role", "state", "days_left", "provenance", "flags", "notes"),
)


def deadlines_csv(found: Iterable[Deadline]) -> str:
    r"""Return deadlines as CSV text with a header.

    Parameters:
        found: deadlines of one year or of several.

    Returns:
        Comma separated UTF-8 text; days are written 2026-01-20 and are empty where there is none, phrases of
        `flags` and `notes` are separated by semicolons.

    Raises:
        Nothing.

    Source:
        Binding columns of the deadlines.

    Example:
        >>> deadlines_csv([]).count(",")
        16
    """
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(_row(it) for it in found)
    return text.getvalue()


def write_deadlines(found: Iterable[Deadline], out: Path) -> None:
    """Write deadlines to a file, or to the screen when `out` is `-`.

    Raises:
        ToolkitError: the file cannot be written; the message says why.
    """
    write_output(deadlines_csv(found).encode("utf-8"), out)


def _row(it: Deadline) -> dict[str, object]:
    return {
        "year": it.year,
        "document": it.document.title,
        "point": it.point,
        "code": it.code,
        "title": it.title,
        "concerns": it.concerns,
        "term": it.term,
        "event": it.event.name if it.event else "",
        "event_day": _write(it.event_day),
        "first_day": _write(it.first),
        "last_day": _write(it.last),
        "role": it.role,
        "state": it.state,
        "days_left": "" if it.days_left is None else it.days_left,
        "provenance": it.provenance,
        "flags": "; ".join(it.flags),
        "notes": "; ".join(it.notes),
    }


def _write(day: date | None) -> str:
    return day.isoformat() if day else ""
