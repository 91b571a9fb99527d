"""Places of agencies among their peers, under one choice of readings."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from toolkit.rules.outcome import Score, Scores
from toolkit.shared import Kept


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a complete score among the complete scores of agencies of its type.

    Attributes:
        place: 1 for the best; equal points share a place, and a penalty is better the fewer points it takes.
        among: number of complete scores, its own included.
        tied: number of others with the same points; a place stays the same one whoever else shares it.
    """

    place: int
    among: int
    tied: int = field(default=0, compare=False)


class World:
    """The scores of all agencies of one type under one choice, by agency and code."""

    def __init__(self, scores: Mapping[str, Mapping[str, Score]]) -> None:
        """Take the scores; those of each agency may be of some codes alone."""
        self.scores = scores
        self._once = Kept().once

    def place(self, score: Score) -> Place | None:
        """Return the place of one of the scores, or None where it has no points to compare."""
        its = (own[score.code] for own in self.scores.values())
        return find_place(score, self._once(score.code, lambda: complete(its)))


def find_place(score: Score, points: Sequence[Fraction]) -> Place | None:
    """Return the place of a score among sorted points, its own included, or None without points."""
    if score.points is None:
        return None
    fewer, more = bisect_left(points, score.points), len(points) - bisect_right(points, score.points)
    # Of what takes points away the smallest is the best.
    better = fewer if score.rule.kind in ("penalty", "deduction") else more
    return Place(better + 1, len(points), len(points) - fewer - more - 1)


def peer_points(score: Score, scores: Scores) -> list[Fraction]:
    """Return the points of the peers of a score that have them, its own included, the fewest first."""
    key = peer_points, score.agency.type, score.code
    return scores.once(key, lambda: complete(scores.peers(score)))


def other_points(score: Score, scores: Scores) -> list[Fraction]:
    """Return the same without the points of its own agency."""
    others = list(peer_points(score, scores))
    if score.points is not None:
        del others[bisect_left(others, score.points)]
    return others


def quantile(points: Sequence[Fraction], part: int, parts: int) -> Fraction:
    """Return the point below which so many parts of sorted points lie, as `statistics.quantiles` does.

    Example:
        >>> [str(quantile([Fraction(1), Fraction(2), Fraction(5)], quarter, 4)) for quarter in range(5)]
        ['1', '3/2', '2', '7/2', '5']
    """
    # Those who call have them sorted; to sort them for each chart anew would take longer the more there are.
    at, rest = divmod(part * (len(points) - 1), parts)
    if not rest or points[at] == points[at + 1]:
        return points[at]
    return (points[at] * (parts - rest) + points[at + 1] * rest) / parts


def complete(scores: Iterable[Score]) -> list[Fraction]:
    """Return the points of the scores that have them, the fewest first."""
    return sorted(score.points for score in scores if score.points is not None)
