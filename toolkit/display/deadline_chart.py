"""The chart of a year's deadlines: when each of them ends, and what has passed on a given day."""

from collections.abc import Sequence
from datetime import date, timedelta
from textwrap import wrap

from toolkit.calendar.deadlines import Deadline
from toolkit.display.deadlines import sort_by_day, write_state
from toolkit.display.drawing import Chart, draw
from toolkit.display.numbers import plural

_ROOM, _TITLE = timedelta(days=8), 66


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
    kept = (it for it in sort_by_day(found) if it.role != "keep")
    shown = [it for it in kept if it.last and it.last.year - it.year in (0, 1)]
    if not shown:
        return None
    days = [day for it in shown for day in (it.first, it.last, today) if day and 0 <= day.year - it.year <= 1]
    return draw(
        "deadlines",
        shown=shown,
        lines=[f"{it.last:%d.%m.%Y} · {it.document.short} · {it.title}" for it in shown],
        said=[write_state(it) for it in shown],
        title=wrap(_finding(shown), _TITLE),
        ends=[str(min(days) - _ROOM), str(max(days) + _ROOM)],
        today=today,
    )


def _finding(shown: Sequence[Deadline]) -> str:
    """Say the finding of the chart in one sentence."""
    if all(it.state == "dated" for it in shown):
        count = f"{len(shown)} {plural(len(shown), 'срок', 'срока', 'сроков')}"
        days = f"с {shown[0].last:%d.%m.%Y} по {shown[-1].last:%d.%m.%Y}"
        return f"За {shown[0].year} год с датой {count}: {days}"
    overdue = sum(it.state == "overdue" for it in shown)
    passed = f"Истекло сроков: {overdue}" if overdue else "Ничего не истекло"
    due = next((it for it in shown if it.role == "deadline" and it.state in ("today", "ahead")), None)
    if due is None:
        return f"{passed}; предстоящих нет"
    word = "сегодня последний день" if due.state == "today" else "ближайший"
    return f"{passed}; {word} — {due.last:%d.%m.%Y}: {due.title}"
