"""The score of a criterion or a direction: exact when nothing is missing, else partial with its interval."""

from collections.abc import Mapping

from toolkit.formula.exact import UndefinedError
from toolkit.formula.interval import Interval
from toolkit.rules.agency import Agency
from toolkit.rules.apply import NOTHING, most, numbers_of, points_of, reach, result, run
from toolkit.rules.notes import changes, limits
from toolkit.rules.outcome import Score, Trace
from toolkit.rules.rule import Penalty, Rule

OPEN_END = float("inf")


def measure_total(rule: Rule, agency: Agency, known: Mapping[str, Score]) -> Score:
    """Score one agency by a rule that puts other rules together.

    Parameters:
        rule: a criterion or a direction, resolved for the agency's type.
        agency: the agency with its inputs.
        known: scores of its children, by code.

    Returns:
        The complete score with its trace, or the partial one with what it lacks and its interval.

    Raises:
        KeyError: a child has not been scored before its total.

    Source:
        Conventions G4 and G7.

    Example:
        >>> from toolkit import evaluate
        >>> evaluate([Agency("a", "A", "central", {})]).find("a", "hr").interval
        Interval(low=Fraction(0, 1), high=Fraction(100, 1))
    """
    children = _children(rule, known)
    owed = {penalty.code: _owed(penalty, agency, known) for penalty in rule.penalties}
    lacks = tuple(code for code, child in children.items() if child.status in ("missing", "partial"))
    lacks += tuple(name for _, missing in owed.values() for name in missing if name not in lacks)
    spans = {name: known[code] for name, code in rule.scope.children.items()}
    ceiling = reach(rule, {name: _possible(child) for name, child in spans.items()}, {}).high
    if lacks:
        trace, points, notes = Trace(), None, [f"Не хватает: {', '.join(lacks)}."]
        sent = {code: interval for code, (interval, _) in owed.items()}
        interval = reach(rule, {name: _span(child) for name, child in spans.items()}, sent)
    else:
        sent_here = {penalty.owner: penalty for penalty in rule.penalties if penalty.owner != rule.code}
        given = {owner: numbers_of(penalty.scope, agency, known) for owner, penalty in sent_here.items()}
        trace = run(rule, numbers_of(rule.scope, agency, known), given)
        points = result(rule, trace)
        interval, notes = Interval.at(points), limits(rule, trace)
    changed = _together(rule.changed, *(child.changed for child in children.values()))
    assumptions = _together(*(child.assumptions for child in children.values()))
    if assumptions:
        notes.append(f"Допущения: {', '.join(assumptions)}.")
    return Score(
        agency=agency,
        rule=rule,
        status="partial" if lacks else "computed",
        points=points,
        maximum=None if isinstance(ceiling, float) else ceiling,
        interval=interval,
        lacks=lacks,
        notes=(*notes, *changes(changed)),
        trace=trace,
        readings=_readings(rule, children),
        changed=changed,
        assumptions=assumptions,
        children=children,
    )


def _children(rule: Rule, known: Mapping[str, Score]) -> dict[str, Score]:
    """Return the scores that stand in the formula or in a penalty of the rule."""
    in_penalties = (code for penalty in rule.penalties for code in penalty.children)
    return {code: known[code] for code in (*rule.children, *in_penalties)}


def _owed(penalty: Penalty, agency: Agency, known: Mapping[str, Score]) -> tuple[Interval, tuple[str, ...]]:
    """Return the points a penalty takes or can still take, and what is missing to know them."""
    children = [known[code] for code in penalty.children]
    lacks = tuple(name for name in penalty.inputs if name not in agency.values)
    lacks += tuple(child.code for child in children if child.points is None)
    if not lacks:
        try:
            return Interval.at(points_of(penalty, numbers_of(penalty.scope, agency, known))), ()
        except UndefinedError:
            lacks = penalty.inputs
    caps = [child.maximum for child in children] + [most(penalty.lines[-1].maximum, penalty.scope)]
    return Interval(NOTHING, max((cap for cap in caps if cap is not None), default=OPEN_END)), lacks


def _span(score: Score) -> Interval:
    """Return what a score can still be; a rule that is not applied adds nothing."""
    return score.interval or Interval.at(NOTHING)


def _possible(score: Score) -> Interval:
    """Return everything a score can be for this type of agency, whatever its data."""
    if score.status == "not_applicable":
        return Interval.at(NOTHING)
    return Interval(NOTHING, OPEN_END if score.maximum is None else score.maximum)


def _readings(rule: Rule, children: Mapping[str, Score]) -> dict[str, str]:
    met = {key: option for child in children.values() for key, option in child.readings.items()}
    return met | dict(rule.readings)


def _together(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))
