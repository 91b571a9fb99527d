"""The charts of scores: each has a title that says what it shows, and a description in words."""

from collections import Counter
from fractions import Fraction
from typing import Any

from toolkit.analysis.next_points import InputStudy
from toolkit.analysis.places import other_points, peer_points, quantile
from toolkit.display.drawing import Chart, draw
from toolkit.display.losses import way
from toolkit.display.numbers import points
from toolkit.display.sliders import Explorer
from toolkit.display.standing import count_of_peers, place_text, standing
from toolkit.display.words import DIRECTIONS, UNITS
from toolkit.rules.apply import NOTHING
from toolkit.rules.outcome import Score, Scores

_DOTS_ACROSS = 80
_WIDEST = 12  # bars of a tornado
_ROWS = 10  # of the table of a curve, at least
# What is taken away is no point won.
_NAMES = {"penalty": "штраф", "deduction": "вычет"}
_MOST_DOTS = 100  # more peers are shown as so many quantiles
_SPREAD = "Наименьший балл", "Нижняя четверть", "Медиана", "Верхняя четверть", "Наибольший балл"


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
    steps, total = way(scores, agency, direction), scores.find(agency, direction)
    return draw("waterfall", steps=steps, total=total, subtitle=DIRECTIONS[direction])


def peers(score: Score, scores: Scores) -> Chart:
    """Draw where a score stands among the agencies of the same type.

    Parameters:
        score: a score of the agency; a missing one shows its peers alone.
        scores: scores of the campaign.

    Returns:
        The chart: a dot for each peer, or for each hundredth of them where they are more than a hundred, a
        line at the median, the agency marked and named.

    Raises:
        Nothing.

    Source:
        Convention G7: a missing score has no place.

    Example:
        >>> peers.__name__
        'peers'
    """
    values, place = peer_points(score, scores), standing(score, scores)
    # Parameters may leave nothing to be reached; an axis needs a length all the same.
    highest = max([NOTHING, *values, score.maximum or Fraction(1)]) or Fraction(1)
    others = other_points(score, scores)
    alike = ""
    if len(others) > _MOST_DOTS:
        others = [quantile(others, part, _MOST_DOTS + 1) for part in range(1, _MOST_DOTS + 1)]
        alike = "; точка — сотая их часть"
    spread = [quantile(values, part, 4) for part in range(5)] if values else []
    partial = score.interval if score.status == "partial" else None
    unplaced = f"{'Балл неполный' if partial else 'Нет данных'}: места среди сопоставимых органов нет"
    return draw(
        "peers",
        main=score.rule.level == "direction",
        rule=score.rule.title,
        title=place_text(place).capitalize() if place else unplaced,
        subtitle=count_of_peers(len(values), score.agency.type) + alike,
        highest=highest,
        dots=_stacked(others, highest),
        middle=spread[2] if spread else None,
        own=score.points,
        partial=partial,
        spread=zip(_SPREAD, spread, strict=False),
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
    called, reached = _NAMES.get(score.rule.kind, "балл"), [Fraction(it["y"]) for it in curve]
    # What is missing has an unseen mark: a scale over nothing would be an endless one.
    own = {"x": curve[0]["x"], "y": 0, "shown": False}
    if slider.value is not None and score.points is not None:
        own = {"x": float(slider.value), "y": float(score.points), "shown": True}
    return draw(
        "response",
        code=score.code,
        rule=score.rule.title,
        title=f"На этом отрезке {called} меняется от {points(min(reached))} до {points(max(reached))}",
        axis=slider.title + (f", {slider.unit}" if slider.unit else ""),
        curve=curve,
        rows=[(Fraction(str(it["x"])), Fraction(it["y"])) for it in _told(curve)],
        own=[own],
        most=max([*reached, score.maximum or NOTHING]),
    )


def _told(curve: list[dict[str, float]]) -> list[dict[str, float]]:
    """Choose the rows of the table of a curve: as even as its points allow, and the last."""
    apart, told = (curve[-1]["x"] - curve[0]["x"]) / _ROWS, curve[:1]
    for it in curve[1:]:
        if it["x"] - told[-1]["x"] >= apart * (1 - 1e-9) or it is curve[-1]:
            told.append(it)
    return told


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
    known = [(it, peer_points(it, scores)) for it in its if it.rule.kind not in ("deduction", "penalty")]
    # Who is alone is not compared with itself.
    parts = [(it, peers if it.points is None or len(peers) > 1 else []) for it, peers in known]
    return draw("bullets", subtitle=DIRECTIONS[direction], parts=parts)


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
    pairs = [pair for pair in moves.tenths(direction) if any(it.gain for it in pair)]
    known = {"subtitle": DIRECTIONS[direction], "units": UNITS, "among": len(pairs)}
    return draw("tornado", pairs=pairs[:_WIDEST], **known) if pairs else None


def _stacked(values: list[Fraction], highest: Fraction) -> list[dict[str, Any]]:
    """Pile up dots that would hide one another, so that every peer is seen; no eye sees a ten-thousandth."""
    piles: Counter[int] = Counter()
    dots: list[dict[str, Any]] = []
    for value in values:
        slot = round(float(value / highest) * _DOTS_ACROSS)
        dots.append({"points": round(float(value), 4), "level": piles[slot]})
        piles[slot] += 1
    return dots
