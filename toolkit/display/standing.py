"""Where a score stands among its peers: place, ties, those above."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from toolkit.analysis.places import takes_away
from toolkit.display.numbers import plural
from toolkit.display.words import PEERS
from toolkit.rules.outcome import Score, Scores


@dataclass(frozen=True, slots=True)
class Standing:
    """The place of a complete score among the complete scores of agencies of the same type.

    Attributes:
        place: 1 for the best; equal points share a place.
        among: number of complete scores, its own included.
        tied: number of others with the same points.
    """

    place: int
    among: int
    tied: int

    def __str__(self) -> str:
        """Return the place in words."""
        shared = f", вместе с ещё {self.tied}" if self.tied else ""
        return f"{self.place}-е место из {self.among}{shared}"


def standing(score: Score, scores: Scores) -> Standing | None:
    """Return the standing of a score, or None where it has no points to compare.

    Parameters:
        score: the score.
        scores: scores of the whole campaign.

    Returns:
        The standing; a penalty or a deduction stands better the fewer points it takes.

    Raises:
        Nothing.

    Source:
        Ties share a place; partial totals are never ranked (convention G7).

    Example:
        >>> standing.__name__
        'standing'
    """
    if score.points is None:
        return None
    values = complete(scores.peers(score))
    better = sum((value < score.points) if takes_away(score) else (value > score.points) for value in values)
    return Standing(better + 1, len(values), sum(value == score.points for value in values) - 1)


def complete(scores: Iterable[Score]) -> list[Fraction]:
    """Return the points of the scores that have them."""
    return [score.points for score in scores if score.points is not None]


def count_of_peers(count: int, agency_type: str) -> str:
    """Return a number of agencies with its words, for example `4 территориальных подразделения`."""
    one, few, many, _ = PEERS[agency_type]
    return f"{count} {plural(count, one, few, many)}"


def out_of_peers(count: int, agency_type: str) -> str:
    """Return the same after «из»: `21 центрального органа`, `4 центральных органов`."""
    *_, many, one = PEERS[agency_type]
    return f"{count} {plural(count, one, many, many)}"
