"""Places of agencies among their peers, under one choice of readings."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from toolkit.rules.outcome import Score


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
        self._points: dict[str, list[Fraction]] = {}

    def place(self, score: Score) -> Place | None:
        """Return the place of one of the scores, or None where it has no points to compare."""
        if score.code not in self._points:
            self._points[score.code] = complete(own[score.code] for own in self.scores.values())
        return find_place(score, self._points[score.code])


def find_place(score: Score, points: Sequence[Fraction]) -> Place | None:
    """Return the place of a score among sorted points, its own included, or None without points."""
    if score.points is None:
        return None
    fewer, more = bisect_left(points, score.points), len(points) - bisect_right(points, score.points)
    # Of what takes points away the smallest is the best.
    better = fewer if score.rule.kind in ("penalty", "deduction") else more
    return Place(better + 1, len(points), len(points) - fewer - more - 1)


def complete(scores: Iterable[Score]) -> list[Fraction]:
    """Return the points of the scores that have them, the fewest first."""
    return sorted(score.points for score in scores if score.points is not None)
