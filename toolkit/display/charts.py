"""The charts of scores: each has a title that says what it shows, and a description in words."""

from collections import Counter
from fractions import Fraction
from statistics import median
from typing import Any

from toolkit.analysis.next_points import InputStudy
from toolkit.analysis.places import complete
from toolkit.display.drawing import Chart, draw
from toolkit.display.losses import Step, way
from toolkit.display.markup import render
from toolkit.display.numbers import amount, genitive, points, points_of, span, two_decimals
from toolkit.display.sliders import Explorer
from toolkit.display.standing import count_of_peers, place_text, standing
from toolkit.display.words import DIRECTIONS, UNITS
from toolkit.formula.notation import number_text
from toolkit.rules.apply import NOTHING
from toolkit.rules.outcome import Score, Scores

_DOTS_ACROSS = 80
_WIDEST = 12  # bars of a tornado


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
        steps=steps,
        title=_finding(steps, scores.find(agency, direction)),
        subtitle=DIRECTIONS[direction],
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
    values, place = complete(scores.peers(score)), standing(score, scores)
    # Parameters may leave nothing to be reached; an axis needs a length all the same.
    highest = max([NOTHING, *values, score.maximum or Fraction(1)]) or Fraction(1)
    others = complete(peer for peer in scores.peers(score) if peer.agency.code != score.agency.code)
    return draw(
        "peers",
        points=points,
        rule=score.rule.title,
        title=place_text(place) if place else "Нет данных: места среди сопоставимых органов нет",
        subtitle=count_of_peers(len(values), score.agency.type),
        highest=highest,
        dots=_stacked(others, highest),
        middle=median(values) if values else None,
        own=score.points,
    )


def response(score: Score, explorer: Explorer) -> Chart | None:
    """Draw how the points of a rule follow one of its numbers.

    Parameters:
        score: a score of the agency.
        explorer: its sliders; the first that is no word and moves the points lies along the axis.

    Returns:
        The chart: a curve, a ring at the points of the agency and a dot that sliders move; None where no
        number moves anything or something else is missing.

    Raises:
        Nothing.

    Source:
        The lines of the rule; the track of a slider is ours.

    Example:
        >>> response.__name__
        'response'
    """
    found = explorer.axis(score.code)
    if found is None:
        return None
    slider, curve = found
    reached = [Fraction(it["y"]) for it in curve]
    # What is missing has an unseen mark: a scale over nothing would be an endless one.
    own = {"x": curve[0]["x"], "y": 0, "shown": False}
    if slider.value is not None and score.points is not None:
        own = {"x": float(slider.value), "y": float(score.points), "shown": True}
    return draw(
        "response",
        code=score.code,
        rule=score.rule.title,
        title=f"На этом отрезке балл меняется от {points(min(reached))} до {points(max(reached))}",
        axis=slider.title + (f", {slider.unit}" if slider.unit else ""),
        curve=curve,
        own=[own],
        most=max([*reached, score.maximum or NOTHING]),
    )


def bullets(scores: Scores, agency: str, direction: str) -> Chart:
    """Draw each part of a direction against its maximum, with the median and the best of the peers.

    Parameters:
        scores: scores of the campaign.
        agency: code of the agency.
        direction: `hr` or `it`.

    Returns:
        The chart: a bar for each criterion, or indicator where there are none, in shares of its maximum.

    Raises:
        ToolkitError: there is no such agency or direction.

    Source:
        Convention G7: the median and the best are of complete scores alone.

    Example:
        >>> bullets.__name__
        'bullets'
    """
    codes = [direction, *scores.find(agency, direction).rule.children]
    its = [it for it in (scores.find(agency, code) for code in codes) if it.maximum and it.interval]
    parts = [(it, complete(scores.peers(it))) for it in its if it.rule.kind not in ("deduction", "penalty")]
    shown = {"parts": parts, "points": points, "amount": amount, "median": median}
    table = render("chart_data/bullets", **shown).text
    return draw("bullets", title=_behind(parts), subtitle=DIRECTIONS[direction], table=table, **shown)


def tornado(moves: InputStudy, direction: str) -> Chart | None:
    """Draw what a tenth less and a tenth more of each number do to the total of a direction.

    Parameters:
        moves: what the inputs of the agency do.
        direction: `hr` or `it`.

    Returns:
        The chart: two bars for each of the twelve numbers that move the total most; None for a partial total.

    Raises:
        Nothing.

    Source:
        The tenth is ours; domains and limits are those of intake.

    Example:
        >>> tornado.__name__
        'tornado'
    """
    pairs = [pair for pair in moves.tenths(direction) if any(it.gain for it in pair)][:_WIDEST]
    if not pairs:
        return None
    shown = {"number": number_text, "signed": _signed, "units": UNITS}
    most = max(abs(it.gain or NOTHING) for it in pairs[0])
    title = f"Сильнее всего на итог влияет: {pairs[0][0].input.title} — до {points(most)} {genitive(most)}"
    table = render("chart_data/tornado", pairs=pairs, **shown).text
    return draw("tornado", pairs=pairs, title=title, subtitle=DIRECTIONS[direction], table=table, **shown)


def _signed(gain: Fraction | None) -> str:
    """Return a gain or a loss with its sign; what cannot be computed has none."""
    return "не вычисляется" if gain is None else ("+" if gain > 0 else "") + two_decimals(gain)


def _behind(parts: list[tuple[Score, list[Fraction]]]) -> str:
    """Say the finding of the bullets: what is furthest behind the median, in shares of its maximum."""
    known = [(median(peers) - it.points, it) for it, peers in parts[1:] if it.points is not None]
    if not known:
        return "Сравнивать нечего: полных баллов нет"
    gap, part = max(known, key=lambda pair: pair[0] / (pair[1].maximum or 1))
    said = f"Дальше всего от медианы: {part.rule.title} — ниже на {points_of(gap)}"
    return said if gap > 0 else "Ни одна часть не ниже медианы сопоставимых органов"


def _finding(steps: tuple[Step, ...], total: Score) -> str:
    """Say the finding of the waterfall in one sentence."""
    losses = [step for step in steps if step.kind == "loss"]
    if total.points is None and total.interval is not None:
        return f"Итог неполный: {span(total.interval)}"
    if not losses:
        return f"Потерь нет: {points_of(total.points or NOTHING)}"
    worst = max(losses, key=lambda step: -step.change)
    return f"Больше всего потеряно: {worst.label} — {points_of(-worst.change)}"


def _stacked(values: list[Fraction], highest: Fraction) -> list[dict[str, Any]]:
    """Pile up dots that would hide one another, so that every peer is seen."""
    piles: Counter[int] = Counter()
    dots: list[dict[str, Any]] = []
    for value in values:
        slot = round(float(value / highest) * _DOTS_ACROSS)
        dots.append({"points": float(value), "level": piles[slot], "text": points(value)})
        piles[slot] += 1
    return dots
