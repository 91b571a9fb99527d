"""The chart of a year's deadlines: when each of them ends, and what has passed on a given day."""

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

_ROW = 38
# The letters that fit into one line of the title.
_TITLE = 66
# What a mark is called, its colour and its shape: told apart in grey print too.
_MARKS = {
    "overdue": ("срок истёк", theme.LOSS, "triangle-up"),
    "today": ("последний день", theme.INK, "square"),
    "ahead": ("впереди", theme.AGENCY, "circle"),
    "running": ("действует", theme.GAIN, "diamond"),
    "ended": ("прошло", theme.UNKNOWN, "cross"),
    "dated": ("срок", theme.AGENCY, "circle"),
}
_MONTHS = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
# A year is written where it begins; the time is UTC, so that no clock of a reader moves a day.
_AXIS = f"{_MONTHS}[utcmonth(datum.value)] + (utcmonth(datum.value) ? '' : ' ' + utcyear(datum.value))"


def deadline_chart(found: Sequence[Deadline], *, today: date | None = None) -> Chart | None:
    """Draw the deadlines of a year along its months, the earliest first.

    Parameters:
        found: deadlines of one year.
        today: the day on which they were judged; a line stands there. Without it nothing is marked.

    Returns:
        The chart: for each deadline with a last day a mark on that day, coloured and shaped by its state; a
        span has a line from its first day. None where no deadline has a date.

    Raises:
        Nothing.

    Source:
        Section "Deadlines" of the methodology.

    Example:
        >>> from toolkit.calendar.deadlines import deadlines
        >>> deadline_chart(deadlines(2026)).to_dict()["title"]["text"][0]
        'За 2026 год с датой 19 сроков: с 20.01.2026 по 01.03.2027'
    """
    shown = [it for it in sort_by_day(found) if _is_drawn(it)]
    if not shown:
        return None
    rows = [_line(number, it) for number, it in enumerate(shown)]
    title = wrap(_finding(shown), _TITLE)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0)),
        # What is read aloud would otherwise be an English date, by the clock of the reader.
        description="told:N",
    )
    across = _scale(shown, today)
    # The line of the day stands behind the words, which it would strike out.
    layers = [*_today(today, across), *_marks(base, across, shown), _words(base)]
    return alt.layer(*layers).properties(
        width=theme.WIDTH,
        height=_ROW * len(rows),
        title=alt.TitleParams(title, subtitle=_explain(today)),
        description=f"{' '.join(title)}. " + "; ".join(row["line"] for row in rows),
    )


def _is_drawn(it: Deadline) -> bool:
    """Say whether a deadline ends in the evaluated year or the next: years of keeping would press them."""
    return it.last is not None and it.year <= it.last.year <= it.year + 1 and it.role != "keep"


def _line(number: int, it: Deadline) -> dict[str, Any]:
    last = it.last or date.max
    line = f"{last:%d.%m.%Y} · {it.document.short} · {it.title}"
    return {
        "row": number,
        "line": line,
        "told": f"{line}; {write_state(it)}".rstrip("; "),
        "first": (it.first or last).isoformat(),
        "last": last.isoformat(),
        "state": _MARKS[it.state][0],
        "said": write_state(it) or "—",
        "document": f"{it.document.title}, пункт {it.point}",
        "term": it.term,
        "flags": "; ".join(it.flags) or "—",
    }


def _scale(shown: Sequence[Deadline], today: date | None) -> alt.Scale:
    year, room = shown[0].year, timedelta(days=8)
    days = [day for it in shown for day in (it.first, it.last, today) if day and year <= day.year <= year + 1]
    ends = [(min(days) - room).isoformat(), (max(days) + room).isoformat()]
    return alt.Scale(type="utc", domain=ends, nice=False)


def _marks(base: alt.Chart, across: alt.Scale, shown: Sequence[Deadline]) -> list[alt.Chart]:
    """Return the spans and the marks of the last days, with the legend when there is more than one state."""
    states = [key for key in _MARKS if any(it.state == key for it in shown)]
    names, colours, shapes = zip(*(_MARKS[key] for key in states), strict=True)
    legend = alt.Legend(title=None, orient="top", symbolSize=90, symbolOpacity=1) if len(states) > 1 else None
    colour = alt.Color("state:N", scale=alt.Scale(domain=list(names), range=list(colours)), legend=legend)
    shape = alt.Shape("state:N", scale=alt.Scale(domain=list(names), range=list(shapes)), legend=legend)
    every_month = {"interval": "month", "step": 1}
    axis = alt.Axis(title=None, orient="bottom", tickCount=every_month, labelExpr=_AXIS, aria=False)
    tooltip = [
        alt.Tooltip("line:N", title=" "),
        alt.Tooltip("document:N", title="где"),
        alt.Tooltip("term:N", title="срок"),
        alt.Tooltip("said:N", title="сейчас"),
        alt.Tooltip("flags:N", title="внимание"),
    ]
    x = alt.X("last:T", axis=axis, scale=across)
    span = base.mark_bar(height=5, yOffset=7, opacity=0.35, aria=False).encode(
        x=alt.X("first:T", axis=axis, scale=across), x2="last:T", color=colour
    )
    mark = base.mark_point(filled=True, size=90, opacity=1, yOffset=7)
    return [span, mark.encode(x=x, color=colour, shape=shape, tooltip=tooltip)]


def _words(base: alt.Chart) -> alt.Chart:
    words: alt.Chart = base.mark_text(
        align="left", baseline="middle", dy=-7, limit=alt.ExprRef("width"), aria=False
    ).encode(x=alt.value(0), text="line:N")
    return words


def _today(today: date | None, across: alt.Scale) -> list[alt.Chart]:
    """Return the line of the present day, when it lies inside the chart."""
    if today is None or not across["domain"][0] <= today.isoformat() <= across["domain"][1]:
        return []
    base = alt.Chart(alt.InlineData(values=[{"day": today.isoformat()}]))
    rule = base.mark_rule(color=theme.UNKNOWN, strokeWidth=1.5, strokeDash=[4, 3], aria=False)
    return [rule.encode(x=alt.X("day:T", scale=across))]


def _finding(shown: Sequence[Deadline]) -> str:
    """Say the finding of the chart in one sentence."""
    overdue = sum(it.state == "overdue" for it in shown)
    due = [it for it in shown if it.role == "deadline" and it.state in ("today", "ahead")]
    if all(it.state == "dated" for it in shown):
        count = f"{len(shown)} {plural(len(shown), 'срок', 'срока', 'сроков')}"
        return (
            f"За {shown[0].year} год с датой {count}: с {shown[0].last:%d.%m.%Y} по {shown[-1].last:%d.%m.%Y}"
        )
    passed = f"Истекло сроков: {overdue}" if overdue else "Ничего не истекло"
    if not due:
        return f"{passed}; предстоящих нет"
    word = "сегодня последний день" if due[0].state == "today" else "ближайший"
    return f"{passed}; {word} — {due[0].last:%d.%m.%Y}: {due[0].title}"


def _explain(today: date | None) -> str:
    line = f"; пунктир — {today:%d.%m.%Y}" if today else ""
    return f"знак стоит на последнем дне срока{line}"
