"""The chart of what readings could do: how far below and above its present points a score can go."""

from __future__ import annotations

from typing import Any

import altair as alt

from toolkit.analysis.readings import ReadingStudy, Spread
from toolkit.display import theme
from toolkit.display.charts import Chart
from toolkit.display.doubt import amount, depending, nearest_combination
from toolkit.display.numbers import span, two_decimals
from toolkit.formula.interval import Bound, Interval

_ROW = 38
# Room beside the longest line for the figure at its end, as a part of what the lines need.
_ROOM = 0.2
_AXIS = "datum.value == 0 ? 'сейчас' : format(datum.value, '+~f')"


def doubt_chart(study: ReadingStudy, agency: str) -> Chart | None:
    """Draw how far the totals of an agency, and the indicators that readings move, can go.

    Parameters:
        study: the study of a campaign.
        agency: code of the agency.

    Returns:
        The chart: for each score a line from its lowest to its highest points over all combinations of
        readings, measured from the present ones, where a mark stands; None where no reading moves any score.

    Raises:
        ToolkitError: there is no such agency.

    Source:
        Section "Readings" of the methodology.

    Example:
        >>> from toolkit import evaluate, read_campaign
        >>> study = ReadingStudy(evaluate(read_campaign("data_samples/2023")))
        >>> doubt_chart(study, "gardens-ministry").to_dict()["title"]["text"]
        'Итог «Управление персоналом» зависит от прочтений: от 65,12 до 69,60 балла'
    """
    spreads = depending(study, agency)
    if not any(it.matters for it in spreads):
        return None
    rows = [_line(number, it, study) for number, it in enumerate(spreads)]
    low, high = min(row["start"] for row in rows), max(row["end"] for row in rows)
    room = _ROOM * ((high - low) or 1)
    across = alt.Scale(domain=[low - room, high + room], nice=False)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))
    )
    title = _finding(spreads)
    return alt.layer(*_ends(base, across), _words(base)).properties(
        width=theme.WIDTH,
        height=_ROW * len(rows),
        title=alt.TitleParams(title, subtitle="черта — сейчас; концы линии — наименьший и наибольший балл"),
        description=f"{title}. " + "; ".join(_said(it) for it in spreads),
    )


def _line(number: int, spread: Spread, study: ReadingStudy) -> dict[str, Any]:
    now = spread.score.interval or Interval(spread.low, spread.high)
    start, end = _difference(spread.low, now.low), _difference(spread.high, now.high)
    # Where readings decide what is open, its ends may stay where they are: no line then shows them.
    still = "" if start or end else f": {_far(spread)}"
    return {
        "row": number,
        "label": spread.score.rule.title,
        "line": f"{amount(spread.score)}  {spread.score.rule.title}{still}",
        "start": start,
        "end": end,
        "now": 0,
        "below": two_decimals(spread.low) if start else "",
        "above": two_decimals(spread.high) if end else "",
        "lowest": nearest_combination(spread.lowest, study),
        "highest": nearest_combination(spread.highest, study),
    }


def _said(spread: Spread) -> str:
    return f"{spread.score.rule.title}: сейчас {amount(spread.score)}, {_far(spread)}"


def _far(spread: Spread) -> str:
    return span(Interval(spread.low, spread.high)) if spread.matters else "не зависит"


def _difference(bound: Bound, now: Bound) -> float:
    # An open end is open under every reading.
    return 0.0 if bound == now else float(bound - now)


def _ends(base: alt.Chart, across: alt.Scale) -> list[alt.Chart]:
    """Return the two halves of each line, the mark between them and the figures at the ends."""
    axis = alt.Axis(
        title="на сколько баллов ниже или выше, чем сейчас", orient="bottom", tickCount=6, labelExpr=_AXIS
    )
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("lowest:N", title="наименьший"),
        alt.Tooltip("highest:N", title="наибольший"),
    ]
    layers: list[alt.Chart] = []
    for side, colour in (("start", theme.LOSS), ("end", theme.GAIN)):
        bar = base.mark_bar(height=7, color=colour, yOffset=8)
        x = alt.X(f"{side}:Q", axis=axis, scale=across)
        layers.append(bar.encode(x=x, x2="now:Q", tooltip=tooltip))
    below = base.mark_text(align="right", baseline="middle", dx=-5, dy=1, yOffset=8)
    above = base.mark_text(align="left", baseline="middle", dx=5, dy=1, yOffset=8)
    layers.append(below.encode(x=alt.X("start:Q", scale=across), text="below:N"))
    layers.append(above.encode(x=alt.X("end:Q", scale=across), text="above:N"))
    mark = base.mark_tick(orient="vertical", thickness=3, height=15, color=theme.INK, opacity=1, yOffset=8)
    return [*layers, mark.encode(x=alt.X("now:Q", scale=across), tooltip=tooltip)]


def _words(base: alt.Chart) -> alt.Chart:
    words: alt.Chart = base.mark_text(
        align="left", baseline="middle", dy=-9, limit=alt.ExprRef("width")
    ).encode(x=alt.value(0), text="line:N")
    return words


def _finding(spreads: list[Spread]) -> str:
    moved = [it for it in spreads if it.score.rule.level == "direction" and it.matters]
    if not moved:
        return "Прочтения меняют отдельные показатели, но не итоги направлений"
    widest = max(moved, key=lambda it: it.high - it.low)
    whole = "Итог" if widest.score.points is not None else "Неполный итог"
    far = span(Interval(widest.low, widest.high))
    return f"{whole} «{widest.score.rule.title}» зависит от прочтений: {far}"
