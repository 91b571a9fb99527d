"""The worked sheet of one servant: the rows as the form has them, every step, the row of the scale."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from importlib.resources import as_file, files
from typing import NamedTuple

from toolkit.analysis.servants import Outcome, ServantStudy, evaluate_servants
from toolkit.display.equations import Equation, Equations
from toolkit.display.markup import Html, render
from toolkit.formula.notation import MathML
from toolkit.rules.loader import SERVANTS_2025, load_methodology
from toolkit.rules.outcome import decimal
from toolkit.rules.rule import Rule
from toolkit.servants.agreement import number_kpi, show_percent
from toolkit.servants.bands import cut, find_row
from toolkit.servants.corps_a import Evaluation, number_marks
from toolkit.servants.corps_b import add_up
from toolkit.servants.decision import apply_rule
from toolkit.servants.records import read_servants
from toolkit.servants.regulation import load_regulation
from toolkit.servants.sheet import Sheet, count_sanctions


class Worked(NamedTuple):
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
        judged = (kpi for kpi in outcome.kpis if kpi.percent is not None)
        worked = [_work(kpi.rule, number_kpi(kpi.record)) for kpi in judged if kpi.rule][:1]
        context = {"worked": worked, "study": study, "show_percent": show_percent}
        yield render("servants/sheet_a", outcome=outcome, **context)
        scale = outcome.composition.scale if outcome.composition else scale
    else:
        for sheet in outcome.sheets:
            form = load_regulation().forms.get(sheet.record.values.get("form", ""))
            yield render("servants/sheet_b", sheet=sheet, form=form, worked=_work_sheet(sheet, rules))
    exact, steps = outcome.decision.exact, _work_outcome(outcome, rules)
    band = None if exact is None else find_row(exact, scale, study.readings)
    yield render("servants/sheet_result", outcome=outcome, worked=steps, band=band, cut=cut, decimal=decimal)


def find_example(corps: str, readings: Mapping[str, str]) -> Outcome:
    """Return the worked example of the law folder, which is nobody's sheet."""
    with as_file(files("toolkit") / "law" / SERVANTS_2025 / f"example_{corps}.csv") as path:
        found: Outcome = evaluate_servants(read_servants(path), readings=readings).outcomes[0]
    return found


def _work(rule: Rule, numbers: Mapping[str, Fraction]) -> Worked:
    inputs, scope = load_methodology(SERVANTS_2025).inputs, rule.scope
    # The marks stand in the table above under their own numbers.
    named = {key: name for key, name in scope.inputs.items() if key != name and not name.startswith("mark_")}
    where = [(scope.symbols.get(letter, letter), inputs[name].title) for letter, name in named.items()]
    where += [(one.symbol, one.title) for one in scope.constants.values() if one.symbol]
    lines = apply_rule(rule, numbers).lines
    return Worked(rule, Equations(rule, MathML).lines(lines), tuple(where))


def _work_sheet(sheet: Sheet, rules: Mapping[str, Rule]) -> Iterator[Worked]:
    """Yield the mean of a sheet and, where there is a sanction, its cap."""
    if sheet.mean is not None:
        yield _work(rules["sheet_mark"], sheet.marks)
    if sheet.sanctions:
        yield _work(rules["sanction_cap"], count_sanctions(sheet.sanctions))


def _work_outcome(outcome: Outcome, rules: Mapping[str, Rule]) -> Iterator[Worked]:
    """Yield how the mark of a period came out; one sheet without a cap needs no further step."""
    if outcome.decision.exact is None:
        return
    if isinstance(outcome, Evaluation):
        if outcome.composition:
            yield _work(rules[outcome.composition.rule], number_marks(outcome.kpis))
    elif outcome.yearly:
        yield _work(rules["year_mark"], add_up(term.decision.exact for term in outcome.quarters))
    else:
        held = [sheet for sheet in outcome.sheets if sheet.eligible]
        if len(held) > 1 or held[0].sanctions:
            cap = min(sheet.cap for sheet in outcome.sheets)
            yield _work(rules["quarter_mark"], add_up((sheet.mean for sheet in held), o=cap))
