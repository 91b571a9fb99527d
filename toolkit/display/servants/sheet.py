"""The worked sheet of one servant: the rows as the form has them, every step, the row of the scale."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import as_file, files

from toolkit.analysis.servants import Outcome, ServantStudy, evaluate_servants
from toolkit.display.equations import Equation, Equations
from toolkit.display.markup import Html, render
from toolkit.formula.notation import MathML
from toolkit.rules.loader import SERVANTS_2025, load_methodology
from toolkit.rules.outcome import Trace, decimal
from toolkit.rules.rule import Rule
from toolkit.servants.agreement import show_percent
from toolkit.servants.bands import cut, find_row
from toolkit.servants.corps_a import Evaluation
from toolkit.servants.corps_b import Term, number_quarter, number_year
from toolkit.servants.decision import apply_rule
from toolkit.servants.records import read_servants
from toolkit.servants.regulation import load_regulation
from toolkit.servants.sheet import Sheet, count_sanctions


@dataclass(frozen=True, slots=True)
class Worked:
    """One rule at work: the rule, its lines with the numbers put in, and what its letters mean."""

    rule: Rule
    equations: tuple[Equation, ...]
    where: tuple[tuple[str, str], ...]


def explain_sheet(outcome: Outcome, study: ServantStudy) -> Iterator[Html]:
    """Yield the worked sheet of one period of one servant.

    Parameters:
        outcome: what came out.
        study: the study it belongs to, for readings and rules.

    Returns:
        Tables and formulas as HTML; whatever stands in them is escaped.

    Raises:
        Nothing.

    Source:
        Annex 3 and 9 of corps A, annexes 1 and 2 of corps B.

    Example:
        >>> explain_sheet.__name__
        'explain_sheet'
    """
    rules, scale = study.results.rules, load_regulation().tables["scale_corps_b"]
    if isinstance(outcome, Evaluation):
        worked = [_work(kpi.rule, kpi.trace) for kpi in outcome.kpis if kpi.rule and kpi.trace][:1]
        context = {"kinds": study.methodology.inputs["kind"].options, "show_percent": show_percent}
        yield render("servants/sheet_a", outcome=outcome, worked=worked, **context)
        steps = [_work(outcome.rule, outcome.trace)] if outcome.rule and outcome.trace else []
        scale = outcome.composition.scale if outcome.composition else scale
    else:
        for sheet in outcome.sheets:
            worked = list(_work_sheet(sheet, rules))
            form = load_regulation().forms.get(sheet.record.values.get("form", ""))
            yield render("servants/sheet_b", sheet=sheet, form=form, worked=worked)
        steps = _work_term(outcome, rules)
    exact = outcome.decision.exact
    band = None if exact is None else find_row(exact, scale, study.readings)
    yield render("servants/sheet_result", outcome=outcome, worked=steps, band=band, cut=cut, decimal=decimal)


@cache
def find_example(corps: str, readings: tuple[tuple[str, str], ...] = ()) -> Outcome:
    """Return the worked example of the law folder, which is nobody's sheet."""
    with as_file(files("toolkit") / "law" / SERVANTS_2025 / f"example_{corps}.csv") as path:
        found: Outcome = evaluate_servants(read_servants(path), readings=dict(readings)).outcomes[0]
    return found


def _work(rule: Rule, trace: Trace) -> Worked:
    inputs, scope = load_methodology(SERVANTS_2025).inputs, rule.scope
    # The marks stand in the table above under their own numbers.
    named = {key: name for key, name in scope.inputs.items() if key != name and not name.startswith("mark_")}
    where = [(scope.symbols.get(letter, letter), inputs[name].title) for letter, name in named.items()]
    where += [(one.symbol, one.title) for one in scope.constants.values() if one.symbol]
    return Worked(rule, Equations(rule, MathML).lines(trace.lines), tuple(where))


def _apply(rule: Rule, numbers: Mapping[str, Fraction]) -> Worked:
    return _work(rule, apply_rule(rule, numbers))


def _work_sheet(sheet: Sheet, rules: Mapping[str, Rule]) -> Iterator[Worked]:
    """Yield the mean of a sheet and, where there is a sanction, its cap."""
    if sheet.mean is not None:
        yield _apply(rules["sheet_mark"], sheet.marks)
    if sheet.sanctions:
        yield _apply(rules["sanction_cap"], count_sanctions(sheet.sanctions))


def _work_term(term: Term, rules: Mapping[str, Rule]) -> list[Worked]:
    """Return how the mark of a quarter or a year came out; one sheet without a cap needs no further step."""
    held = [sheet for sheet in term.sheets if sheet.eligible]
    if term.decision.exact is None or (len(held) == 1 and not held[0].sanctions):
        return []
    if term.yearly:
        return [_apply(rules["year_mark"], number_year(term.quarters))]
    numbers = number_quarter(held, min(sheet.cap for sheet in term.sheets))
    return [_apply(rules["quarter_mark"], numbers)]
