"""What cost an agency its points: the way from the maximum of a direction to its result, step by step."""

from dataclasses import dataclass
from fractions import Fraction

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
    total, path = scores.find(agency, direction), _Path()
    its = [score for score in scores.of(agency) if score.rule.direction == direction]
    applied = [score for score in its if score.rule.level == "indicator" and score.status != "not_applicable"]
    base, bonuses, deductions = (
        [score for score in applied if score.rule.kind == kind] for kind in ("base", "bonus", "deduction")
    )
    most = sum((score.maximum or NOTHING for score in base), NOTHING)
    path.add("Максимум базовых показателей", "", most, "maximum")
    for score in sorted(base, key=_lost, reverse=True):
        path.take(score, _lost(score))
    for score in bonuses:
        path.win(score)
    for score in deductions:
        path.take(score, score.points or NOTHING)
    if total.points is not None:
        _finish(path, scores, total, total.points)
    elif total.interval is not None:
        # What is known to be taken from a partial total, and the most it can still reach.
        for score in its:
            if score.rule.level == "penalty":
                path.take(score, score.points or NOTHING)
        highest = total.interval.high
        if not isinstance(highest, float):
            path.reach(highest, "Пределы и остальные вычеты", "cap")
            path.end("Наибольший достижимый итог", direction)
    return tuple(path.steps)


class _Path:
    """Steps added one after another."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.at = NOTHING

    def add(self, label: str, code: str, change: Fraction, kind: str) -> None:
        self.steps.append(Step(label, code, self.at, self.at + change, kind))
        self.at += change

    def take(self, score: Score, lost: Fraction) -> None:
        if score.points is None:
            self._leave_open(score, -(score.maximum or NOTHING))
        elif lost:
            self.add(score.rule.title, score.code, -lost, "loss")

    def win(self, score: Score) -> None:
        if score.points is None:
            self._leave_open(score, score.maximum or NOTHING)
        elif score.points:
            self.add(f"{score.rule.title} (бонус)", score.code, score.points, "gain")

    def _leave_open(self, score: Score, change: Fraction) -> None:
        # Nothing is added or taken off: the way goes on to the most that can still be reached.
        self.steps.append(Step(score.rule.title, score.code, self.at, self.at + change, "unknown"))

    def reach(self, result: Fraction, label: str, kind: str) -> None:
        if self.at != result:
            self.add(label, "", result - self.at, kind)

    def end(self, label: str, code: str) -> None:
        self.steps.append(Step(label, code, NOTHING, self.at, "result"))


def _lost(score: Score) -> Fraction:
    return (score.maximum or NOTHING) - (score.points or NOTHING)


def _finish(path: _Path, scores: Scores, total: Score, result: Fraction) -> None:
    """Add the caps of the criteria and of the direction, its penalties and its floor, as they acted."""
    children = [scores.find(total.agency.code, code) for code in total.rule.children]
    for score in [*(child for child in children if child.rule.total), total]:
        label, code = f"Предел критерия «{score.rule.title}»", score.code
        if score is total:
            label, code = "Предел итога направления", ""
        for traced in score.trace.lines:
            if traced.limited:
                path.add(label, code, traced.value - traced.raw, "cap")
    for taken in total.trace.penalties:
        if taken.points:
            path.add(f"Штраф: {taken.penalty.title}", "", -taken.points, "loss")
    # What is left between the way and the result: the floor, else a formula that is not the order's.
    floored = result == 0 and path.at < 0
    label = "Итог не бывает ниже нуля" if floored else "Своя формула итога"
    path.reach(result, label, "cap" if floored or result < path.at else "gain")
    path.end("Результат", total.code)
