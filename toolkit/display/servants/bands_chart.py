"""The charts of bands: what annexes 4 and 5 allow, and where marks lie on the scale of corps B."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import altair as alt

from toolkit.analysis.servants import Outcome
from toolkit.display import theme
from toolkit.display.charts import Chart
from toolkit.display.numbers import points
from toolkit.display.servants.shares_chart import LABELS
from toolkit.display.servants.tally import name_period, short
from toolkit.servants.agreement import Kpi
from toolkit.servants.bands import Table

_HIGHEST = 5
_BAND, _LANE = 52, 34


def allowed_chart(tables: Sequence[Table], kpis: Iterable[Kpi]) -> Chart:
    """Draw what annexes 4 and 5 allow for each percent, and the marks that were given.

    Parameters:
        tables: annex 4 and annex 5.
        kpis: rows of sheets whose marks may be shown; none on a page for everybody.

    Returns:
        A line of maxima, a staircase of ranges, a dot for each mark.

    Raises:
        Nothing.

    Source:
        Point 19, annexes 4 and 5 of corps A.

    Example:
        >>> allowed_chart.__name__
        'allowed_chart'
    """
    most, ranged = tables
    across = alt.Scale(domain=[0, 110], nice=False)
    x = alt.X(
        "start:Q", scale=across, axis=alt.Axis(title="реализация КЦИ, %", values=list(range(0, 101, 10)))
    )
    y = alt.Y("low:Q", scale=alt.Scale(domain=[0, 5.2]), axis=alt.Axis(title="оценка, баллы"))
    steps = alt.Chart(alt.InlineData(values=_steps(ranged)))
    box = steps.mark_rect(color=LABELS[1], opacity=0.75, stroke=LABELS[1], strokeWidth=1.5).encode(
        x=x, x2="end:Q", y=y, y2="high:Q", tooltip=alt.Tooltip("said:N", title="Приложение 5")
    )
    tops = alt.Chart(alt.InlineData(values=_steps(most)))
    line = tops.mark_rule(color=theme.INK, strokeWidth=2).encode(
        x=x, x2="end:Q", y=alt.Y("high:Q"), tooltip=alt.Tooltip("said:N", title="Приложение 4")
    )
    dots = [_dot(kpi) for kpi in kpis if kpi.percent is not None and kpi.mark is not None]
    marks = alt.Chart(alt.InlineData(values=dots)).mark_point(
        shape="diamond", size=60, filled=True, color=theme.LOSS, opacity=0.8
    )
    shown = marks.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), tooltip=alt.Tooltip("said:N", title="КЦИ"))
    wrong = sum(dot["wrong"] for dot in dots)
    title = "Что приложения разрешают при каждом проценте реализации"
    if dots:
        title = (
            f"Вне допустимого оценок: {wrong} из {len(dots)}" if wrong else "Все оценки в допустимых границах"
        )
    said = "чёрные ступени — наибольшая оценка за исполнение поручений, голубые — диапазон для остальных КЦИ"
    return alt.layer(box, line, *([shown] if dots else [])).properties(
        width=theme.WIDTH,
        height=320,
        title=alt.TitleParams(title, subtitle=said + ("; ромбы — выставленные оценки" if dots else "")),
        description=f"{title}. {said}.",
    )


def scale_chart(scale: Table, caps: Mapping[str, Fraction], found: Sequence[Outcome], capped: str) -> Chart:
    """Draw the scale of corps B with the caps of sanctions, and the marks that may be shown.

    Parameters:
        scale: the labels, from the highest.
        caps: name of each sanction group with its cap.
        found: evaluated outcomes; none on a page for everybody.
        capped: what the caps limit under the chosen reading, in words.

    Returns:
        Coloured bands, a dashed line for each cap, a lane of dots for each period.

    Raises:
        Nothing.

    Source:
        Point 8 and row 5 of annexes 1 and 2 of corps B.

    Example:
        >>> scale_chart.__name__
        'scale_chart'
    """
    periods = list(dict.fromkeys(one.period for one in found))
    height = _BAND + _LANE * len(periods)
    bands = _bands(scale)
    across = alt.Scale(domain=[0, _HIGHEST], nice=False)
    x = alt.X("start:Q", scale=across, axis=alt.Axis(title="оценка, баллы", tickCount=10))
    base = alt.Chart(alt.InlineData(values=bands))
    boxes = base.mark_rect(opacity=0.35).encode(
        x=x,
        x2="end:Q",
        y=alt.value(0),
        y2=alt.value(height),
        color=alt.Color("colour:N", scale=None),
        tooltip=[alt.Tooltip("label:N", title="результат"), alt.Tooltip("said:N", title="баллы")],
    )
    # Two rows of names, so that neighbours do not meet on a narrow page.
    names = [
        base.mark_text(baseline="top")
        .transform_filter(f"datum.row == {row}")
        .encode(x=alt.X("middle:Q"), y=alt.value(6 + 16 * row), text="label:N")
        for row in (0, 1)
    ]
    lines = [{"x": float(cap), "said": f"{points(cap)}: {name}"} for name, cap in caps.items()]
    limits = alt.Chart(alt.InlineData(values=lines)).mark_rule(
        color=theme.LOSS, strokeDash=[5, 4], strokeWidth=2
    )
    rules = limits.encode(x=alt.X("x:Q"), tooltip=alt.Tooltip("said:N", title="предел при взыскании"))
    title = f"При взыскании {capped}: не больше " + " или ".join(points(cap) for cap in caps.values())
    return alt.layer(boxes, *names, rules, *_lanes(periods, found)).properties(
        width=theme.WIDTH,
        height=height,
        title=alt.TitleParams(
            title, subtitle="пунктир — пределы при взыскании" + ("; точки — оценки служащих" if found else "")
        ),
        description=f"{title}. " + "; ".join(f"{band['label']}: {band['said']}" for band in bands),
    )


def _bands(scale: Table) -> list[dict[str, Any]]:
    """Return the rows of the scale, each up to the lower bound of the row above it."""
    tops = [Fraction(_HIGHEST), *(row.start for row in scale.rows)]
    return [
        {
            "start": float(row.start),
            "end": float(top),
            "label": short(row.label),
            "middle": float((row.start + top) / 2),
            "colour": colour,
            "said": row.printed,
            "row": number % 2,
        }
        for number, (row, top, colour) in enumerate(zip(scale.rows, tops, LABELS, strict=False))
    ]


def _lanes(periods: Sequence[str], found: Sequence[Outcome]) -> list[alt.Chart]:
    """Return the dots of the marks, a lane for each period, and the names of the lanes."""
    if not periods:
        return []
    dots = [
        {
            "x": float(one.decision.exact),
            "y": _BAND + _LANE * periods.index(one.period) + 8,
            "said": f"{one.servant}, {name_period(one.period)}: {points(one.decision.exact)}",
        }
        for one in found
        if one.decision.exact is not None
    ]
    heads = [
        {"y": _BAND + _LANE * number - 7, "said": name_period(period)}
        for number, period in enumerate(periods)
    ]
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[_BAND + _LANE * len(periods), 0], nice=False))
    marks = alt.Chart(alt.InlineData(values=dots)).mark_circle(size=55, color=theme.INK, opacity=0.55)
    words = alt.Chart(alt.InlineData(values=heads)).mark_text(align="left", baseline="middle", dx=4)
    return [
        marks.encode(x=alt.X("x:Q"), y=y, tooltip=alt.Tooltip("said:N", title="оценка")),
        words.encode(x=alt.value(0), y=y, text="said:N"),
    ]


def _steps(table: Table) -> list[dict[str, Any]]:
    above = [110.0, *(float(row.start) for row in table.rows)]
    return [
        {
            "start": float(row.start),
            "end": end,
            "low": float(row.low),
            # A single mark is drawn as a thin line, not as nothing.
            "high": float(row.high or 0) + (0.03 if row.low == row.high else 0),
            "said": f"{row.printed} %: {row.allowed}",
        }
        for row, end in zip(table.rows, above, strict=False)
    ]


def _dot(kpi: Kpi) -> dict[str, Any]:
    percent, mark = kpi.percent or Fraction(0), kpi.mark or Fraction(0)
    return {
        "x": float(min(percent, Fraction(110))),
        "y": float(mark),
        "wrong": kpi.band is None or not kpi.band.allows(mark),
        "said": f"{kpi.record.servant}, КЦИ {kpi.name}: {points(percent)} %, оценка {points(mark)}",
    }
