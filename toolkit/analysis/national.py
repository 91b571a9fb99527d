"""What the scores of a campaign say together: a board for each type of agencies and direction."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from toolkit.analysis.places import complete
from toolkit.analysis.readings import ReadingStudy
from toolkit.rules.agency import AGENCY_TYPES
from toolkit.rules.apply import NOTHING
from toolkit.rules.outcome import Score, Scores
from toolkit.rules.rule import Rule


class Column(NamedTuple):
    """One indicator or reporting penalty over all agencies of a type.

    Figures are over the scores that have points.

    Attributes:
        rule: the indicator.
        maximum: most points, or None where there is no bound or it is not applied.
        scores: score of each agency by its code.
        points: known points, the fewest first.
        lost: points it costs an agency on average; None for a bonus, which costs nothing.
        share: mean share of the maximum of a base indicator.
    """

    rule: Rule
    maximum: Fraction | None
    scores: Mapping[str, Score]
    points: tuple[Fraction, ...]
    lost: Fraction | None
    share: Fraction | None


class Board(NamedTuple):
    """The totals of one direction over all agencies of a type, and the indicators below them.

    Attributes:
        kind: type of the agencies.
        direction: code of the direction.
        ranked: complete totals, the most points first.
        partial: totals that are not complete, by the names of their agencies; they have no place.
        columns: indicators and reporting penalties, in the order of the order.
        doubtful: for each of these totals the readings that change it under some choice of the others.
    """

    kind: str
    direction: str
    ranked: tuple[Score, ...]
    partial: tuple[Score, ...]
    columns: tuple[Column, ...]
    doubtful: tuple[tuple[str, ...], ...]


def make_boards(scores: Scores, study: ReadingStudy) -> list[Board]:
    """Return a board for every type of agencies and every direction that is applied to it.

    Parameters:
        scores: scores of the whole campaign.
        study: what readings do to them.

    Returns:
        The boards, central agencies first, directions in the order of the order.

    Raises:
        ToolkitError: the study is of other scores or rules.

    Source:
        Types are compared among themselves; partial totals are never ranked (convention G7).

    Example:
        >>> from toolkit import evaluate, read_campaign
        >>> scores = evaluate(read_campaign("tests/samples/drawn_2023"))
        >>> [(board.kind, board.direction) for board in make_boards(scores, ReadingStudy(scores))][:2]
        [('central', 'hr'), ('central', 'it')]
    """
    groups: defaultdict[tuple[str, str], list[Score]] = defaultdict(list)
    for score in scores:
        groups[score.agency.type, score.rule.direction].append(score)
    # The sort keeps the directions in the order of the order.
    boards = [_board(group, study) for group in groups.values()]
    boards.sort(key=lambda board: AGENCY_TYPES.index(board.kind))
    return [board for board in boards if board.ranked or board.partial]


def _board(group: list[Score], study: ReadingStudy) -> Board:
    totals = [it for it in group if it.rule.level == "direction" and it.status != "not_applicable"]
    totals.sort(key=lambda it: it.agency.name)
    ranked = [it for it in totals if it.points is not None]
    columns: defaultdict[str, list[Score]] = defaultdict(list)
    for score in (it for it in group if not it.rule.total):
        columns[score.code].append(score)
    return Board(
        group[0].agency.type,
        group[0].rule.direction,
        tuple(sorted(ranked, key=lambda it: -(it.points or NOTHING))),
        tuple(it for it in totals if it.points is None),
        tuple(map(_column, columns.values())),
        tuple(study.spreads(total.agency.code)[total.code].matters for total in totals),
    )


def _column(scores: list[Score]) -> Column:
    rule, points = scores[0].rule, complete(scores)
    maximum = next((it.maximum for it in scores if it.maximum is not None), None)
    mean = sum(points, NOTHING) / max(len(points), 1)
    share = mean / maximum if points and maximum and rule.kind == "base" else None
    lost = maximum - mean if share is not None and maximum else None
    if points and rule.kind in ("deduction", "penalty"):
        lost = mean
    return Column(rule, maximum, {it.agency.code: it for it in scores}, tuple(points), lost, share)
