"""The charts of a report: each has a title that says what it shows, and a description in words."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from statistics import median
from typing import Any, NamedTuple

import altair as alt

from toolkit.display import theme
from toolkit.display.losses import Step, way
from toolkit.display.numbers import points, points_of, span
from toolkit.display.standing import complete, count_of_peers, standing
from toolkit.display.words import DIRECTIONS
from toolkit.rules.outcome import Score, Scores

_ROW = 38
_PEERS_HEIGHT = 96
_COLOURS = {
    "maximum": theme.FAINT,
    "loss": theme.LOSS,
    "gain": theme.GAIN,
    "cap": theme.LOSS,
    "unknown": theme.UNKNOWN,
    "result": theme.AGENCY,
}
_DOTS_ACROSS = 80
# The words beside a line are at most about a third of the narrowest chart wide.
_EDGE = Fraction(7, 20)

Chart = alt.LayerChart | alt.FacetChart


def waterfall(scores: Scores, agency: str, direction: str) -> Chart:
    """Draw the way from the maximum to the result of a direction.

    Parameters:
        scores: scores of the campaign.
        agency: code of the agency.
        direction: `hr` or `it`.

    Returns:
        The chart; points stand on the axis, one row for each loss, gain, cap and penalty.

    Raises:
        ToolkitError: there is no such agency or direction.

    Source:
        Convention G4.

    Example:
        >>> waterfall.__name__
        'waterfall'
    """
    steps = way(scores, agency, direction)
    rows = [_bar(number, step) for number, step in enumerate(steps)]
    title = _finding(steps, scores.find(agency, direction))
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))
    )
    longest = max(max(step.start, step.end) for step in steps)
    axis = alt.Axis(title="баллы", orient="bottom", tickCount=6)
    across = alt.Scale(domain=[0, float(longest)], nice=False)
    bars = base.mark_bar(height=13, yOffset=8, cornerRadius=2).encode(
        x=alt.X("start:Q", axis=axis, scale=across),
        x2="end:Q",
        color=alt.Color("colour:N", scale=None),
        fillOpacity=alt.condition("datum.unknown", alt.value(0.35), alt.value(1)),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("text:N", title="баллы")],
    )
    words = base.mark_text(align="left", baseline="middle", dy=-9, limit=alt.ExprRef("width")).encode(
        x=alt.value(0), text="line:N"
    )
    return (
        alt.layer(bars, words)
        .properties(
            width=theme.WIDTH,
            height=_ROW * len(rows),
            title=alt.TitleParams(title, subtitle=DIRECTIONS[direction]),
            description=f"{title}. " + "; ".join(row["line"] for row in rows),
        )
    )  # fmt: skip


def peers(score: Score, scores: Scores) -> Chart:
    """Draw where a score stands among the agencies of the same type.

    Parameters:
        score: a score of the agency; a missing one shows its peers alone.
        scores: scores of the campaign.

    Returns:
        The chart: a dot for each peer, a line at the median, the agency marked and named.

    Raises:
        Nothing.

    Source:
        Convention G7: a missing score has no place.

    Example:
        >>> peers.__name__
        'peers'
    """
    values = complete(scores.peers(score))
    highest = max([*values, score.maximum or Fraction(1)])
    # Parameters may leave nothing to be reached; an axis needs a length all the same.
    highest = highest if highest > 0 else Fraction(1)
    across = alt.Scale(domain=[0, float(highest)], nice=False)
    title = _place_title(score, scores)
    others = list(values)
    if score.points is not None:
        others.remove(score.points)
    dots = _stacked(others, highest)
    tallest = max((dot["level"] for dot in dots), default=0)
    # Dots grow upwards from the axis; a pile higher than the chart is drawn closer, never cut.
    level = alt.Y("level:Q", axis=None, scale=alt.Scale(domain=[-1, max(6, tallest + 1)]))
    axis = alt.Axis(title="баллы", tickCount=6)
    layers = [
        alt.Chart(alt.InlineData(values=dots))
        .mark_circle(size=62, color=theme.MUTED, opacity=0.45)
        .encode(
            x=alt.X("points:Q", axis=axis, scale=across),
            y=level,
            tooltip=alt.Tooltip("text:N", title="баллы"),
        )
    ]
    middle = Fraction(median(values)) if values else None
    if middle is not None:
        mark = _Mark(middle, f"медиана {points(middle)}", theme.MUTED, (4, 3), 14)
        layers += _marked(mark, highest, away_from=score.points)
    if score.points is not None:
        mark = _Mark(score.points, f"этот орган: {points(score.points)}", theme.AGENCY, (1, 0), 0)
        layers += _marked(mark, highest, away_from=middle)
    return alt.layer(*layers).properties(
        width=theme.WIDTH,
        height=_PEERS_HEIGHT,
        title=alt.TitleParams(title, subtitle=count_of_peers(len(values), score.agency.type), fontSize=13.5),
        description=f"{score.rule.title}: {title}",
    )


def _bar(number: int, step: Step) -> dict[str, Any]:
    shown = points(step.end) if step.kind in ("maximum", "result") else points(step.change)
    if step.kind == "unknown":
        shown = f"нет данных: до {points(abs(step.change))}" if step.change else "нет данных"
    elif step.change > 0 and step.kind == "gain":
        shown = f"+{shown}"
    return {
        "row": number,
        "label": step.label,
        "text": shown,
        "line": f"{shown}  {step.label}",
        "start": float(step.start),
        "end": float(step.end),
        "colour": _COLOURS[step.kind],
        "unknown": step.kind == "unknown",
    }


def _finding(steps: tuple[Step, ...], total: Score) -> str:
    """Say the finding of the waterfall in one sentence."""
    losses = [step for step in steps if step.kind == "loss"]
    if total.points is None and total.interval is not None:
        return f"Итог неполный: {span(total.interval)}"
    if not losses:
        return f"Потерь нет: {points_of(total.points or Fraction(0))}"
    worst = max(losses, key=lambda step: -step.change)
    return f"Больше всего потеряно: {worst.label} — {points_of(-worst.change)}"


def _place_title(score: Score, scores: Scores) -> str:
    place = standing(score, scores)
    if place is None:
        return "Нет данных: места среди сопоставимых органов нет"
    return str(place)[0].upper() + str(place)[1:]


def _stacked(values: list[Fraction], highest: Fraction) -> list[dict[str, Any]]:
    """Pile up dots that would hide one another, so that every peer is seen."""
    piles: Counter[int] = Counter()
    dots: list[dict[str, Any]] = []
    for value in sorted(values):
        slot = round(float(value / highest) * _DOTS_ACROSS)
        dots.append({"points": float(value), "level": piles[slot], "text": points(value)})
        piles[slot] += 1
    return dots


class _Mark(NamedTuple):
    """A vertical line with words beside it; `top` is how far from the upper edge it begins, in pixels."""

    value: Fraction
    words: str
    colour: str
    dash: tuple[int, int]
    top: int


def _marked(mark: _Mark, highest: Fraction, *, away_from: Fraction | None) -> list[alt.Chart]:
    """Return the line and its words, turned away from the other line and from the edges."""
    across = alt.Scale(domain=[0, float(highest)], nice=False)
    place = alt.InlineData(values=[{"points": float(mark.value), "text": mark.words}])
    base = alt.Chart(place).encode(x=alt.X("points:Q", scale=across))
    near_left, near_right = mark.value < highest * _EDGE, mark.value > highest * (1 - _EDGE)
    left = near_right or (not near_left and away_from is not None and mark.value <= away_from)
    line = base.mark_rule(color=mark.colour, strokeWidth=2, strokeDash=list(mark.dash))
    text = base.mark_text(
        align="right" if left else "left",
        dx=-5 if left else 5,
        color=mark.colour,
        fontWeight=600,
        baseline="top",
    )
    return [
        line.encode(y=alt.value(mark.top), y2=alt.value(_PEERS_HEIGHT)),
        text.encode(text="text:N", y=alt.value(mark.top)),
    ]
