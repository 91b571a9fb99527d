"""Where a score stands among its peers, or what it lacks to stand there, in words."""

from collections.abc import Iterator

from toolkit.analysis.places import Place, find_place, peer_points
from toolkit.display.numbers import plural
from toolkit.display.words import PEERS
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Score, Scores


def standing(score: Score, scores: Scores) -> Place | None:
    """Return the standing of a score, or None where it has no points to compare.

    Parameters:
        score: the score.
        scores: scores of the whole campaign.

    Returns:
        The place; a penalty or a deduction stands better the fewer points it takes.

    Raises:
        Nothing.

    Source:
        Ties share a place; partial totals are never ranked (convention G7).

    Example:
        >>> standing.__name__
        'standing'
    """
    return find_place(score, peer_points(score, scores))


def place_text(place: Place) -> str:
    """Return a place in words, for example `2-е место из 4, вместе с ещё 1`."""
    if place.among == 1:
        return "сравнить не с кем"
    shared = f", вместе с ещё {place.tied}" if place.tied else ""
    return f"{place.place}-е место из {place.among}{shared}"


def count_of_peers(count: int, agency_type: str) -> str:
    """Return a number of agencies with its words, for example `4 территориальных подразделения`."""
    one, few, many, _ = PEERS[agency_type]
    return f"{count} {plural(count, one, few, many)}"


def out_of_peers(count: int, agency_type: str) -> str:
    """Return the same after «из»: `21 центрального органа`, `4 центральных органов`."""
    *_, many, one = PEERS[agency_type]
    return f"{count} {plural(count, one, many, many)}"


def lacking(total: Score, methodology: Methodology) -> Iterator[str]:
    """Yield the titles of what a total lacks, of the parts of a criterion instead of the criterion."""
    for code in total.lacks:
        if code not in methodology.rules:
            yield methodology.inputs[code].title
        elif total.children[code].rule.total:
            yield from lacking(total.children[code], methodology)
        else:
            yield total.children[code].rule.title
