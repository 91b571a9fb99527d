"""The chart of a year's deadlines: when each of them ends, and what has passed on a given day.

States differ in shape as well as in colour, so that grey print keeps them apart. Days are drawn in UTC, and
what is read aloud is the Russian line of a mark, so that neither the clock nor the language of a reader moves
or renames a day. A year is written where it begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from textwrap import wrap
from typing import Any

import altair as alt

from toolkit.calendar.deadlines import Deadline
from toolkit.display import theme
from toolkit.display.charts import Chart
from toolkit.display.deadlines import sort_by_day, write_state
from toolkit.display.numbers import plural

_ROW, _ROOM, _TITLE = 38, timedelta(days=8), 66
_MARKS = {
    "overdue": ("срок истёк", theme.LOSS, "triangle-up"),
    "today": ("последний день", theme.INK, "square"),
    "ahead": ("впереди", theme.AGENCY, "circle"),
    "running": ("действует", theme.GAIN, "diamond"),
    "ended": ("прошло", theme.UNKNOWN, "cross"),
    "dated": ("срок", theme.AGENCY, "circle"),
}
_POINTED = ("где", "срок", "сейчас", "внимание")
_MONTHS = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
_AXIS = f"{_MONTHS}[utcmonth(datum.value)] + (utcmonth(datum.value) ? '' : ' ' + utcyear(datum.value))"


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
    ends = ((it, (it.last or date.max).year - it.year) for it in sort_by_day(found) if it.role != "keep")
    shown = [it for it, later in ends if later in (0, 1)]
    if not shown:
        return None
    rows = [_row(number, it) for number, it in enumerate(shown)]
    title = wrap(_finding(shown), _TITLE)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=y, description="told:N")
    words = base.mark_text(align="left", baseline="middle", dy=-7, limit=alt.ExprRef("width"), aria=False)
    line = f"; пунктир — {today:%d.%m.%Y}" if today else ""
    return alt.layer(*_marks(base, shown, today), words.encode(x=alt.value(0), text="line:N")).properties(
        width=theme.WIDTH,
        height=_ROW * len(rows),
        title=alt.TitleParams(title, subtitle=f"знак стоит на последнем дне срока{line}"),
        description=f"{' '.join(title)}. " + "; ".join(row["line"] for row in rows),
    )


def _row(number: int, it: Deadline) -> dict[str, Any]:
    line, last, said = f"{it.last:%d.%m.%Y} · {it.document.short} · {it.title}", str(it.last), write_state(it)
    return {
        "row": number,
        "line": line,
        "told": f"{line}; {said}" if said else line,
        "first": str(it.first or last),
        "last": last,
        "state": _MARKS[it.state][0],
        "где": f"{it.document.title}, пункт {it.point}",
        "срок": it.term,
        "сейчас": said or "—",
        "внимание": "; ".join(it.flags) or "—",
    }


def _marks(base: alt.Chart, shown: Sequence[Deadline], today: date | None) -> list[alt.Chart]:
    """Return the spans and the marks of the last days, and behind them the present day if it lies there."""
    days = [day for it in shown for day in (it.first, it.last, today) if day and 0 <= day.year - it.year <= 1]
    ends = [min(days) - _ROOM, max(days) + _ROOM]
    across = alt.Scale(type="utc", domain=[str(day) for day in ends], nice=False)
    axis = alt.Axis(title=None, tickCount={"interval": "month", "step": 1}, labelExpr=_AXIS, aria=False)
    states = [state for state in _MARKS if any(it.state == state for it in shown)]
    names, colours, shapes = (list(part) for part in zip(*(_MARKS[it] for it in states), strict=True))
    key = alt.Legend(title=None, orient="top", symbolSize=90, symbolOpacity=1) if len(states) > 1 else None
    base = base.encode(color=alt.Color("state:N", scale=alt.Scale(domain=names, range=colours), legend=key))
    shape = alt.Shape("state:N", scale=alt.Scale(domain=names, range=shapes), legend=key)
    pointed = [alt.Tooltip("line:N", title=" "), *(f"{name}:N" for name in _POINTED)]
    first, last = (alt.X(f"{name}:T", axis=axis, scale=across) for name in ("first", "last"))
    span = base.mark_bar(height=5, yOffset=7, opacity=0.35, aria=False).encode(x=first, x2="last:T")
    mark = base.mark_point(filled=True, size=90, opacity=1, yOffset=7)
    charts = [span, mark.encode(x=last, shape=shape, tooltip=pointed)]
    if today and ends[0] <= today <= ends[1]:
        line = alt.Chart(alt.InlineData(values=[{"day": str(today)}]))
        line = line.mark_rule(color=theme.UNKNOWN, strokeWidth=1.5, strokeDash=[4, 3], aria=False)
        charts.insert(0, line.encode(x=alt.X("day:T", scale=across)))
    return charts


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
