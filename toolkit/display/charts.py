"""The charts of scores: each has a title that says what it shows, and a description in words."""

from collections import Counter
from fractions import Fraction
from statistics import median
from typing import Any

from toolkit.display import theme
from toolkit.display.drawing import Chart, draw
from toolkit.display.losses import Step, way
from toolkit.display.numbers import points, points_of, span
from toolkit.display.standing import complete, count_of_peers, standing
from toolkit.display.words import DIRECTIONS
from toolkit.rules.outcome import Score, Scores

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
    return draw(
        "waterfall",
        rows=[_bar(number, step) for number, step in enumerate(steps)],
        title=_finding(steps, scores.find(agency, direction)),
        subtitle=DIRECTIONS[direction],
        longest=float(max(max(step.start, step.end) for step in steps)),
    )


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
    place = standing(score, scores)
    title = "Нет данных: места среди сопоставимых органов нет" if place is None else str(place)
    others = list(values)
    if score.points is not None:
        others.remove(score.points)
    return draw(
        "peers",
        rule=score.rule.title,
        title=title[0].upper() + title[1:],
        subtitle=count_of_peers(len(values), score.agency.type),
        highest=float(highest),
        dots=_stacked(others, highest),
        marks=_marks(Fraction(median(values)) if values else None, score.points, highest),
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


def _stacked(values: list[Fraction], highest: Fraction) -> list[dict[str, Any]]:
    """Pile up dots that would hide one another, so that every peer is seen."""
    piles: Counter[int] = Counter()
    dots: list[dict[str, Any]] = []
    for value in sorted(values):
        slot = round(float(value / highest) * _DOTS_ACROSS)
        dots.append({"points": float(value), "level": piles[slot], "text": points(value)})
        piles[slot] += 1
    return dots


def _marks(middle: Fraction | None, own: Fraction | None, highest: Fraction) -> list[dict[str, Any]]:
    """Return the lines of the median and of the agency; `top` is where each begins, in pixels."""
    lines = (
        (middle, own, {"text": "медиана", "colour": theme.MUTED, "dash": [4, 3], "top": 14}),
        (own, middle, {"text": "этот орган:", "colour": theme.AGENCY, "dash": [1, 0], "top": 0}),
    )
    return [
        {
            **look,
            "points": float(value),
            "text": f"{look['text']} {points(value)}",
            "align": _align(value, other, highest),
        }
        for value, other, look in lines
        if value is not None
    ]


def _align(value: Fraction, other: Fraction | None, highest: Fraction) -> str:
    """Turn the words beside a line away from the other line and from the edges."""
    if value > highest * (1 - _EDGE):
        return "right"
    near_left = value < highest * _EDGE
    return "right" if not near_left and other is not None and value <= other else "left"
