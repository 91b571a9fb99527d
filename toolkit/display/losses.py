"""What cost an agency its points: the way from the maximum of a direction to its result, step by step."""

from fractions import Fraction
from typing import NamedTuple

from toolkit.display.numbers import points
from toolkit.rules.apply import NOTHING
from toolkit.rules.outcome import Score, Scores


class Step(NamedTuple):
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

    @property
    def shown(self) -> str:
        """Return the figure of the step."""
        if self.kind in ("maximum", "result"):
            return points(self.end)
        if self.kind == "unknown":
            return f"нет данных: до {points(abs(self.change))}" if self.change else "нет данных"
        return ("+" if self.kind == "gain" and self.change > 0 else "") + points(self.change)

    @property
    def line(self) -> str:
        """Return what is written beside the bar of the step."""
        return f"{self.shown}  {self.label}"


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
    kinds = "base", "bonus", "deduction"
    base, bonuses, deductions = ([it for it in applied if it.rule.kind == kind] for kind in kinds)
    most = sum((score.maximum or NOTHING for score in base), NOTHING)
    path.add("Максимум базовых показателей", "", most, "maximum")
    for score in (*sorted(base, key=_change), *bonuses, *deductions):
        path.count(score)
    if total.points is not None:
        path.limit(total)
        # What is left between the way and the result: the floor, else a formula that is not the order's.
        floored = total.points == 0 and path.at < 0
        label = "Итог не бывает ниже нуля" if floored else "Своя формула итога"
        path.reach(total.points, label, "cap" if floored or total.points < path.at else "gain")
        path.end("Результат", direction)
    elif total.interval is not None:
        # What is known to be taken from a partial total, and the most it can still reach.
        for score in its:
            if score.rule.level == "penalty":
                path.count(score)
        if not isinstance(total.interval.high, float):
            path.reach(total.interval.high, "Пределы и остальные вычеты", "cap")
            path.end("Наибольший достижимый итог", direction)
    return tuple(path.steps)


class _Path:
    """Steps added one after another."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.at = NOTHING

    def add(self, label: str, code: str, change: Fraction, kind: str) -> None:
        self.steps.append(Step(label, code, self.at, self.at + change, kind))
        # Nothing is added or taken off by what is unknown: the way goes on to the most that can be reached.
        if kind != "unknown":
            self.at += change

    def count(self, score: Score) -> None:
        """Add what an indicator or a penalty wins or loses."""
        title, change, bonus = score.rule.title, _change(score), score.rule.kind == "bonus"
        if score.points is None:
            self.add(title, score.code, change, "unknown")
        elif change:
            self.add(f"{title} (бонус)" if bonus else title, score.code, change, "gain" if bonus else "loss")

    def limit(self, total: Score) -> None:
        """Add the caps of the criteria and of the direction, and its penalties, as they acted."""
        criteria = [child for child in total.children.values() if child.rule.total]
        limits = [(f"Предел критерия «{child.rule.title}»", child.code, child) for child in criteria]
        for label, code, score in (*limits, ("Предел итога направления", "", total)):
            for traced in score.trace.lines:
                if traced.limited:
                    self.add(label, code, traced.value - traced.raw, "cap")
        for taken in total.trace.penalties:
            if taken.points:
                self.add(f"Штраф: {taken.penalty.title}", "", -taken.points, "loss")

    def reach(self, result: Fraction, label: str, kind: str) -> None:
        if self.at != result:
            self.add(label, "", result - self.at, kind)

    def end(self, label: str, code: str) -> None:
        self.steps.append(Step(label, code, NOTHING, self.at, "result"))


def _change(score: Score) -> Fraction:
    """Return what a score adds to the way, or what one that is not known can add or cost at most."""
    most = score.maximum or NOTHING
    if score.rule.kind == "bonus":
        return most if score.points is None else score.points
    if score.points is None:
        return -most
    return score.points - most if score.rule.kind == "base" else -score.points
