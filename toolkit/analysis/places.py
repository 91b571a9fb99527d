"""Places of agencies among their peers, under one choice of readings."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from toolkit.rules.outcome import Score


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a complete score among the complete scores of agencies of its type.

    Attributes:
        place: 1 for the best; equal points share a place, and a penalty is better the fewer points it takes.
        among: number of complete scores, its own included.
    """

    place: int
    among: int


class World:
    """The scores of all agencies of one type under one choice, by agency and code."""

    def __init__(self, scores: Mapping[str, Mapping[str, Score]]) -> None:
        """Take the scores; those of each agency may be of some codes alone."""
        self.scores = scores
        self._points: dict[str, list[Fraction]] = {}

    def place(self, score: Score) -> Place | None:
        """Return the place of one of the scores, or None where it has no points to compare."""
        if score.points is None:
            return None
        if score.code not in self._points:
            every = (own[score.code].points for own in self.scores.values())
            self._points[score.code] = sorted(points for points in every if points is not None)
        points = self._points[score.code]
        fewer, more = bisect_left(points, score.points), len(points) - bisect_right(points, score.points)
        return Place((fewer if takes_away(score) else more) + 1, len(points))


def takes_away(score: Score) -> bool:
    """Say whether fewer points are better."""
    return score.rule.kind in ("penalty", "deduction")
