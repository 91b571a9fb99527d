"""Two years of the same agencies: who rose and fell, and which indicators moved."""

from collections import defaultdict
from fractions import Fraction
from statistics import median
from typing import NamedTuple

from toolkit.analysis.places import Place, complete, find_place
from toolkit.formula.interval import Interval
from toolkit.rules.agency import AGENCY_TYPES
from toolkit.rules.apply import NOTHING
from toolkit.rules.outcome import Score, Scores
from toolkit.rules.rule import Rule


class Pair(NamedTuple):
    """One score of an agency in two years.

    Attributes:
        before: the score of the earlier year.
        now: the score of the later year.
        places: its place among all complete totals of its type, in each of the two years.
        parts: the indicators and penalties below a total, the largest change first.
    """

    before: Score
    now: Score
    places: tuple[Place | None, Place | None] = (None, None)
    parts: tuple["Pair", ...] = ()

    @property
    def change(self) -> Fraction | None:
        """Return what the total gains by the change, or None where one of the years has no points."""
        before, now = worth(self.before), worth(self.now)
        return None if before is None or now is None else now - before

    @property
    def reach(self) -> Interval | None:
        """Return the smallest and largest change of points that what is missing leaves possible."""
        before, now = self.before.interval, self.now.interval
        return before and now and Interval(now.low - before.high, now.high - before.low)


class Shift(NamedTuple):
    """One rule over the agencies that have its points in both years.

    Attributes:
        rule: the rule.
        compared: number of these agencies.
        before: median of the earlier year, None where there are none; what is taken away has a minus.
        now: median of the later year.
        rose: number of agencies to which it gives more than before, or from which it takes less.
        fell: number of those with less.
    """

    rule: Rule
    compared: int
    before: Fraction | None
    now: Fraction | None
    rose: int
    fell: int

    @property
    def change(self) -> Fraction | None:
        """Return how the median moved."""
        return None if self.before is None or self.now is None else self.now - self.before


class YearBoard(NamedTuple):
    """The totals of one direction in two years, over the agencies of a type that both years have.

    Attributes:
        kind: type of the agencies.
        direction: code of the direction.
        pairs: totals that are complete in both years, the greatest rise first.
        partial: totals that are not complete in one of the years, by name; they have no change.
        total: how the median of the pairs moved.
        shifts: indicators and penalties, the largest move of the median first.
        everyone: median of all complete totals and their number, for each of the two years.
    """

    kind: str
    direction: str
    pairs: tuple[Pair, ...]
    partial: tuple[Pair, ...]
    total: Shift
    shifts: tuple[Shift, ...]
    everyone: tuple[tuple[Fraction | None, int], ...]

    def movers(self, count: int) -> tuple[Pair, ...]:
        """Return the pairs that changed most, at most so many, in the order of the pairs."""
        chosen = sorted(range(len(self.pairs)), key=lambda at: -abs(self.pairs[at].change or NOTHING))
        return tuple(self.pairs[at] for at in sorted(chosen[:count]))


def compare_years(before: Scores, now: Scores) -> list[YearBoard]:
    """Return the scores of two years beside each other.

    Parameters:
        before: scores of the earlier year.
        now: scores of the later year, by the same rules and readings.

    Returns:
        A board for each type of agencies and direction, central agencies first; an agency of one year alone,
        or of another type than before, has no pair.

    Source:
        Types are compared among themselves; partial totals are never ranked (convention G7).

    Example:
        >>> from toolkit import evaluate, read_campaign
        >>> scores = evaluate(read_campaign("tests/samples/drawn_2023"))
        >>> boards = compare_years(scores, scores)
        >>> [(board.kind, board.direction, len(board.partial)) for board in boards][:2]
        [('central', 'hr', 2), ('central', 'it', 1)]
        >>> {pair.change for board in boards for pair in board.pairs}
        {Fraction(0, 1)}
    """
    earlier = {(it.agency.code, it.agency.type, it.code): it for it in before}
    groups: defaultdict[tuple[str, str], list[Pair]] = defaultdict(list)
    for score in now:
        past = earlier.get((score.agency.code, score.agency.type, score.code))
        if past is not None and score.status != "not_applicable":
            groups[score.agency.type, score.rule.direction].append(Pair(past, score))
    # The sort keeps the directions in the order of the order.
    keys = sorted(groups, key=lambda key: AGENCY_TYPES.index(key[0]))
    return [_board(*key, groups[key], before, now) for key in keys]


def worth(score: Score) -> Fraction | None:
    """Return the points of a score as its total has them: what is taken away has a minus."""
    sign = -1 if score.rule.kind in ("penalty", "deduction") else 1
    return None if score.points is None else sign * score.points


def _board(kind: str, direction: str, group: list[Pair], before: Scores, now: Scores) -> YearBoard:
    parts: defaultdict[str, list[Pair]] = defaultdict(list)
    columns: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in group:
        columns[pair.now.code].append(pair)
        if not pair.now.rule.total:
            parts[pair.now.agency.code].append(pair)
    totals = sorted(columns[direction], key=lambda it: it.now.agency.name)
    old, new = complete(before.peers(totals[0].before)), complete(now.peers(totals[0].now))
    for at, pair in enumerate(totals):
        places = find_place(pair.before, old), find_place(pair.now, new)
        own = sorted(parts[pair.now.agency.code], key=_size)
        totals[at] = Pair(pair.before, pair.now, places, tuple(own))
    return YearBoard(
        kind,
        direction,
        tuple(sorted((it for it in totals if it.change is not None), key=lambda it: -(it.change or NOTHING))),
        tuple(it for it in totals if it.change is None),
        _shift(totals),
        tuple(sorted((_shift(it) for it in columns.values() if not it[0].now.rule.total), key=_size)),
        ((_median(old), len(old)), (_median(new), len(new))),
    )


def _shift(pairs: list[Pair]) -> Shift:
    known = [(worth(it.before) or NOTHING, it.change) for it in pairs if it.change is not None]
    before, now = _median([old for old, _ in known]), _median([old + change for old, change in known])
    rose, fell = sum(change > 0 for _, change in known), sum(change < 0 for _, change in known)
    return Shift(pairs[0].now.rule, len(known), before, now, rose, fell)


def _median(points: list[Fraction]) -> Fraction | None:
    return median(points) if points else None


def _size(moved: Pair | Shift) -> tuple[bool, Fraction]:
    """Return the place of a change in a list that begins with the largest and ends with what has none."""
    return moved.change is None, -abs(moved.change or NOTHING)
