"""Applies the lines and penalties of a rule: exactly with a trace, or as the interval still open."""

from collections.abc import Mapping
from fractions import Fraction

from toolkit.formula.exact import evaluate
from toolkit.formula.interval import Interval, enclose
from toolkit.formula.tree import Tree
from toolkit.rules.agency import Agency
from toolkit.rules.outcome import LineTrace, PenaltyTrace, Score, Trace
from toolkit.rules.rule import Line, Penalty, Rule, Scope

NOTHING = Fraction(0)


def run(rule: Rule, values: Mapping[str, Fraction], sent: Mapping[str, Mapping[str, Fraction]]) -> Trace:
    """Apply a rule to numbers: lines, caps, penalties, floor at 0 (convention G4).

    Parameters:
        rule: the resolved rule.
        values: number of every input, child and constant the rule uses, by name.
        sent: the same for each penalty that another rule sends here, by the owner's code.

    Returns:
        The trace; its last value is the result.

    Raises:
        UndefinedError: a divisor is empty and the rule says the result is not computable.

    Source:
        Conventions G1 and G4.

    Example:
        >>> from toolkit import load_methodology
        >>> rules = load_methodology().resolve("central")
        >>> rule = next(rule for rule in rules if rule.code == "career_growth")
        >>> values = {"a": Fraction(4), "b": Fraction(5), "k": Fraction(10), "threshold": Fraction(4, 5)}
        >>> run(rule, values, {}).lines[-1].value
        Fraction(10, 1)
    """
    known = dict(values)
    lines: list[LineTrace] = []
    penalties: list[PenaltyTrace] = []
    for line in rule.lines:
        traced = _line(line, known, rule.scope)
        lines.append(traced)
        known[line.letter] = traced.value
        for penalty in rule.penalties:
            last = line is rule.lines[-1]
            if penalty.target == line.letter or (last and penalty.target == "self"):
                given = sent[penalty.owner] if penalty.owner != rule.code else known
                taken = _penalty(penalty, given, known[line.letter])
                penalties.append(taken)
                known[line.letter] = taken.after
    return Trace(tuple(lines), tuple(penalties))


def result(rule: Rule, trace: Trace) -> Fraction:
    """Return the points of a traced rule: after the last penalty on its result, never below 0."""
    targets = "self", rule.lines[-1].letter
    on_result = [taken for taken in trace.penalties if taken.penalty.target in targets]
    points = on_result[-1].after if on_result else trace.lines[-1].value
    return max(NOTHING, points)


def most(tree: Tree | None, scope: Scope) -> Fraction | None:
    """Return the value of a cap that is made of constants alone, or None where there is no cap."""
    if tree is None:
        return None
    return evaluate(tree, {name: constant.value for name, constant in scope.constants.items()}).number


def reach(rule: Rule, values: Mapping[str, Interval], sent: Mapping[str, Interval]) -> Interval:
    """Return the interval a total can still reach: formula, cap, penalties, floor (convention G7).

    Parameters:
        rule: a criterion or a direction.
        values: interval of every child by the name it has in the formula.
        sent: interval of the points of each penalty, by its code.

    Returns:
        The interval of the total.

    Raises:
        TypeError: the formula has an operation that totals do not use.

    Source:
        Convention G7.

    Example:
        >>> from toolkit import load_methodology
        >>> rule = next(rule for rule in load_methodology().resolve("central") if rule.code == "hr")
        >>> reach(rule, {"c1": Interval(0, 30), "O": Interval(9, 9), "c3": Interval(0, 40)}, {})
        Interval(low=Fraction(9, 1), high=Fraction(79, 1))
    """
    known = dict(values)
    for name, constant in rule.scope.constants.items():
        known[name] = Interval.at(constant.value)
    for line in rule.lines:
        low, high = enclose(line.tree, known)
        cap = most(line.maximum, rule.scope)
        known[line.letter] = Interval(low, high) if cap is None else Interval(min(low, cap), min(high, cap))
    low, high = known[rule.lines[-1].letter]
    for penalty in rule.penalties:
        taken = sent.get(penalty.code, Interval(NOTHING, NOTHING))
        low, high = max(NOTHING, low - taken.high), max(NOTHING, high - taken.low)
    return Interval(max(NOTHING, low), max(NOTHING, high))


def numbers_of(scope: Scope, agency: Agency, known: Mapping[str, Score]) -> dict[str, Fraction]:
    """Return the number of every name of a scope that has one; a rule that is not applied adds nothing."""
    numbers = {name: constant.value for name, constant in scope.constants.items()} | dict(scope.words)
    for name, source in scope.inputs.items():
        if source in agency.values:
            numbers[name] = agency.values[source]
    for name, code in scope.children.items():
        if code in known:
            numbers[name] = known[code].points or NOTHING
    return numbers


def points_of(penalty: Penalty, values: Mapping[str, Fraction]) -> Fraction:
    """Return the points that a penalty takes, before they are taken from anything."""
    return _penalty(penalty, values, NOTHING).points


def _line(line: Line, known: Mapping[str, Fraction], scope: Scope) -> LineTrace:
    meaning = {name: empty.value for name, empty in scope.empty.items() if empty.value is not None}
    found = evaluate(line.tree, known, meaning)
    value, limited = found.number, ""
    if line.maximum is not None and value > (cap := evaluate(line.maximum, known).number):
        value, limited = cap, "maximum"
    if line.floor is not None and value < (floor := evaluate(line.floor, known).number):
        value, limited = floor, "floor"
    used = {name: known[name] for name in line.names}
    return LineTrace(line, used, found.number, value, limited, found.emptied)


def _penalty(penalty: Penalty, values: Mapping[str, Fraction], before: Fraction) -> PenaltyTrace:
    known = dict(values)
    traced: list[LineTrace] = []
    for line in penalty.lines:
        traced.append(_line(line, known, penalty.scope))
        known[line.letter] = traced[-1].value
    points = traced[-1].value
    return PenaltyTrace(penalty, tuple(traced), points, before, max(NOTHING, before - points))
