"""The score of one rule for one agency: complete with its trace, missing, or not applicable."""

from collections.abc import Mapping

from toolkit.formula.exact import UndefinedError
from toolkit.formula.interval import Interval
from toolkit.rules.agency import Agency
from toolkit.rules.apply import NOTHING, most, numbers_of, result, run
from toolkit.rules.notes import changes, emptied, lack, observations, undefined
from toolkit.rules.outcome import Score
from toolkit.rules.rule import Rule
from toolkit.rules.total import measure_total


def measure(rule: Rule, agency: Agency, known: Mapping[str, Score]) -> Score:
    """Score one agency by one rule.

    Parameters:
        rule: the rule, resolved for the agency's type.
        agency: the agency with its inputs.
        known: scores of the rules it puts together, by code.

    Returns:
        The score; missing data gives a status, never an error and never zero.

    Raises:
        KeyError: a child of a total has not been scored before it.

    Source:
        Conventions G4-G8.

    Example:
        >>> from toolkit import load_methodology
        >>> rules = load_methodology().resolve("central")
        >>> rule = next(rule for rule in rules if rule.code == "career_growth")
        >>> measure(rule, Agency("a", "A", "central", {}), {}).status
        'missing'
    """
    if not rule.applies:
        note = "Не применяется для этого типа органа."
        return Score(agency, rule, "not_applicable", None, None, None, notes=(note,))
    if rule.total:
        return measure_total(rule, agency, known)
    lacks = tuple(name for name in rule.inputs if name not in agency.values)
    if lacks:
        return _missing(rule, agency, lacks, tuple(lack(name, agency) for name in lacks))
    numbers = numbers_of(rule.scope, agency, {})
    try:
        trace = run(rule, numbers, {})
    except UndefinedError as error:
        return _missing(rule, agency, (), (undefined(rule.scope, error),))
    assumed = any(rule.scope.empty[name].assumed for name in emptied(trace))
    points = result(rule, trace)
    return Score(
        agency=agency,
        rule=rule,
        status="entered" if rule.entered else "assumed" if assumed else "computed",
        points=points,
        maximum=most(rule.lines[-1].maximum, rule.scope),
        interval=Interval.at(points),
        notes=(*observations(rule, agency, numbers, trace), *changes(rule.changed)),
        trace=trace,
        readings=rule.readings,
        changed=rule.changed,
        assumptions=(rule.code,) if assumed else (),
    )


def _missing(rule: Rule, agency: Agency, lacks: tuple[str, ...], notes: tuple[str, ...]) -> Score:
    maximum = most(rule.lines[-1].maximum, rule.scope)
    return Score(
        agency=agency,
        rule=rule,
        status="missing",
        points=None,
        maximum=maximum,
        interval=Interval(NOTHING, float("inf") if maximum is None else maximum),
        lacks=lacks,
        notes=(*notes, *changes(rule.changed)),
        readings=rule.readings,
        changed=rule.changed,
    )
