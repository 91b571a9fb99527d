"""What cost an agency its points: the way from the maximum of a direction to its result, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from toolkit.formula.interval import Bound
from toolkit.rules.outcome import Score, Scores

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way.

    Attributes:
        label: what happened, in words.
        code: code of the indicator, empty for caps and penalties.
        start: points before the step.
        end: points after it.
        kind: `maximum loss gain unknown cap result`.
    """

    label: str
    code: str
    start: Fraction
    end: Fraction
    kind: str

    @property
    def change(self) -> Fraction:
        """Return the points won, or lost with a minus."""
        return self.end - self.start


def way(scores: Scores, agency: str, direction: str) -> tuple[Step, ...]:
    """Return the steps from the maximum of the base indicators to the result of a direction.

    Parameters:
        scores: scores of the campaign.
        agency: code of the agency.
        direction: `hr` or `it`.

    Returns:
        The steps; each starts where the one before it ends. What is missing stands as `unknown` and the
        result is then the most that can still be reached.

    Raises:
        ToolkitError: there is no such agency or direction.

    Source:
        Convention G4: formula, cap, penalties, floor.

    Example:
        >>> way.__name__
        'way'
    """
    total = scores.find(agency, direction)
    path = _Path()
    indicators = [
        score
        for score in scores.of(agency)
        if score.rule.direction == direction
        and score.rule.level == "indicator"
        and score.status != "not_applicable"
    ]
    base = [score for score in indicators if score.rule.kind == "base"]
    path.add(
        "Максимум базовых показателей",
        "",
        sum((score.maximum or NOTHING for score in base), NOTHING),
        "maximum",
    )
    for score in sorted(base, key=_lost, reverse=True):
        _lose(path, score)
    for score in indicators:
        if score.rule.kind == "bonus":
            _win(path, score)
    for score in indicators:
        if score.rule.kind == "deduction":
            _deduct(path, score)
    if total.points is not None:
        _finish(path, scores, total)
        path.steps.append(Step("Результат", direction, NOTHING, path.at, "result"))
    elif total.interval is not None:
        _leave_open(path, scores, total, total.interval.high)
    return tuple(path.steps)


class _Path:
    """Steps added one after another."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.at = NOTHING

    def add(self, label: str, code: str, change: Fraction, kind: str) -> None:
        self.steps.append(Step(label, code, self.at, self.at + change, kind))
        self.at += change


def _lost(score: Score) -> Fraction:
    return (score.maximum or NOTHING) - (score.points or NOTHING)


def _lose(path: _Path, score: Score) -> None:
    if score.points is None:
        # Nothing is taken off: the way goes on to the most that can still be reached.
        path.steps.append(
            Step(score.rule.title, score.code, path.at, path.at - (score.maximum or NOTHING), "unknown")
        )
    elif _lost(score):
        path.add(score.rule.title, score.code, -_lost(score), "loss")


def _win(path: _Path, score: Score) -> None:
    if score.points:
        path.add(f"{score.rule.title} (бонус)", score.code, score.points, "gain")
    elif score.points is None:
        path.steps.append(
            Step(score.rule.title, score.code, path.at, path.at + (score.maximum or NOTHING), "unknown")
        )


def _deduct(path: _Path, score: Score) -> None:
    if score.points is None:
        path.steps.append(
            Step(score.rule.title, score.code, path.at, path.at - (score.maximum or NOTHING), "unknown")
        )
    elif score.points:
        path.add(score.rule.title, score.code, -score.points, "loss")


def _leave_open(path: _Path, scores: Scores, total: Score, highest: Bound) -> None:
    """Add what is known to be taken from a partial total, and the most it can still reach."""
    for score in scores.of(total.agency.code):
        if score.rule.level == "penalty" and score.rule.direction == total.code:
            _deduct(path, score)
    if isinstance(highest, float):
        return
    if path.at != highest:
        path.add("Пределы и остальные вычеты", "", highest - path.at, "cap")
    path.steps.append(Step("Наибольший достижимый итог", total.code, NOTHING, path.at, "result"))


def _finish(path: _Path, scores: Scores, total: Score) -> None:
    """Add the caps of the criteria and of the direction, its penalties and its floor, as they acted."""
    for code in total.rule.children:
        for traced in scores.find(total.agency.code, code).trace.lines:
            if traced.limited and scores.find(total.agency.code, code).rule.total:
                title = scores.find(total.agency.code, code).rule.title
                path.add(f"Предел критерия «{title}»", code, traced.value - traced.raw, "cap")
    for traced in total.trace.lines:
        if traced.limited:
            path.add("Предел итога направления", "", traced.value - traced.raw, "cap")
    for taken in total.trace.penalties:
        if taken.points:
            path.add(f"Штраф: {taken.penalty.title}", "", -taken.points, "loss")
    if total.points is not None and path.at != total.points:
        _reach(path, total.points)


def _reach(path: _Path, result: Fraction) -> None:
    """Add what is left between the way and a result: the floor, else a formula that is not the order's."""
    if result == 0 and path.at < 0:
        path.add("Итог не бывает ниже нуля", "", -path.at, "cap")
    else:
        kind = "gain" if result > path.at else "cap"
        path.add("Своя формула итога", "", result - path.at, kind)
