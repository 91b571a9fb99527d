"""The chart of shares: how many servants got which label, period by period."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import altair as alt

from toolkit.display import theme
from toolkit.display.charts import Chart
from toolkit.display.numbers import points
from toolkit.display.servants.tally import HIDDEN, NOT_ACCEPTED, NOT_HELD, TOGETHER, Tally, name_period, short
from toolkit.servants.bands import Table

# From the best label down; each is darker or lighter than its neighbour, so grey print keeps them apart.
LABELS = ("#1b7f5c", "#6fb7d6", "#e2b33c", "#c2571a")
_OTHERS = {NOT_HELD: "#c3ccd5", NOT_ACCEPTED: "#66727f", TOGETHER: "#9aa5b1", HIDDEN: "#eef1f4"}
_ROW = 44
_LIGHT = {"#9aa5b1", "#6fb7d6", "#e2b33c", "#c3ccd5", "#eef1f4"}
_NARROWEST = 6.0


def shares_chart(found: Sequence[Tally], scale: Table) -> Chart:
    """Draw the share of each label in each period.

    Parameters:
        found: the counts; what is withheld is drawn as one grey part.
        scale: the labels, from the highest.

    Returns:
        One bar for each period, from the highest label to what was not evaluated.

    Raises:
        Nothing.

    Source:
        Points 21 and 48 of corps A, point 8 of corps B.

    Example:
        >>> shares_chart.__name__
        'shares_chart'
    """
    colours = dict(zip([short(row.label) for row in scale.rows], LABELS, strict=False)) | _OTHERS
    rows = [part for number, one in enumerate(found) for part in _parts(number, one, colours)]
    across = alt.X(
        "start:Q", axis=alt.Axis(title="доля служащих периода, %"), scale=alt.Scale(domain=[0, 100])
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))
    )
    legend = alt.Legend(
        title=None, orient="bottom", columns=2, symbolType="square", labelLimit=300, labelFontSize=12
    )
    used = [group for group in colours if any(row["group"] == group for row in rows)]
    bars = base.mark_bar(height=18, yOffset=9, stroke="white", strokeWidth=1).encode(
        x=across,
        x2="end:Q",
        color=alt.Color(
            "group:N",
            legend=legend,
            scale=alt.Scale(domain=used, range=[colours[group] for group in used]),
        ),
        tooltip=[
            alt.Tooltip("period:N", title=" "),
            alt.Tooltip("group:N", title="оценка"),
            alt.Tooltip("said:N", title="служащих"),
        ],
    )
    figures = base.mark_text(baseline="middle", yOffset=9).encode(
        x=alt.X("middle:Q"), text="figure:N", color=alt.Color("ink:N", scale=None)
    )
    titles = base.mark_text(align="left", baseline="middle", dy=-9).encode(x=alt.value(0), text="head:N")
    title = _finding(found)
    return alt.layer(bars, figures, titles).properties(
        width=theme.WIDTH,
        height=_ROW * len(found),
        title=alt.TitleParams(title, subtitle="доли от всех служащих периода, внутри — число служащих"),
        description=f"{title}. " + "; ".join(_said(one) for one in found),
    )


def _parts(number: int, one: Tally, colours: dict[str, str]) -> list[dict[str, Any]]:
    """Return the parts of one bar; what is withheld stands last, as one."""
    sizes = {group: count for group, count in one.counts.items() if count}
    hidden = one.whole - sum(sizes.values())
    if hidden:
        sizes[TOGETHER if one.together else HIDDEN] = hidden
    parts: list[dict[str, Any]] = []
    start = 0.0
    for group, count in sizes.items():
        share = 100 * count / one.whole
        said = f"{count} ({points(Fraction(100 * count, one.whole))} %)"
        if group == HIDDEN:
            said = HIDDEN
        figure = said.partition(" (")[0] if share >= _NARROWEST else ""
        parts.append(
            {
                "row": number,
                "period": name_period(one.period),
                "head": "" if parts else f"{name_period(one.period)}: {one.shown}",
                "group": group,
                "said": said,
                "figure": figure,
                "ink": theme.INK if colours[group] in _LIGHT else "white",
                "start": start,
                "end": start + share,
                "middle": start + share / 2,
            }
        )
        start += share
    return parts


def _finding(found: Sequence[Tally]) -> str:
    last = found[-1]
    shown = {group: count for group, count in last.counts.items() if count}
    if not shown:
        return f"{name_period(last.period)}: группы меньше пяти человек, доли скрыты"
    group = max(shown, key=lambda name: shown[name])
    return f"{name_period(last.period)}: чаще всего «{group}» — {shown[group]} из {last.shown}"


def _said(one: Tally) -> str:
    parts = (f"{group} {HIDDEN if count is None else count}" for group, count in one.counts.items())
    return f"{name_period(one.period)}: " + ", ".join(parts)
