"""The sliders of a published page agree with the exact scores, and fall into their bands."""

import math
import random
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.publish.conftest import AGENCIES
from tests.renderings.rows import DEFAULT, draw_parameters, draw_row, edge_rows, read_row
from toolkit.display.signals import spelled
from toolkit.formula.exact import UndefinedError, compare
from toolkit.formula.exact import evaluate as calculate
from toolkit.formula.tree import names

pytestmark = pytest.mark.browser
ALIKE = 1e-9


def find_edges(explorer, known):
    """Return for each crossing whether its condition holds exactly, None where it cannot be told."""
    found = []
    for _, condition, *_ in explorer.crossings:
        values = {name: known[name] for name in names(condition)}
        if None in values.values():
            found.append(None)
            continue
        try:
            sides = [calculate(side, values).number for side in (condition.left, condition.right)]
            # Floats cannot tell a gap below their tolerance from none; the points on both sides agree to it.
            near = 0 < abs(sides[0] - sides[1]) <= ALIKE
            found.append(compare(condition.sign, *(sides[:1] * 2 if near else sides)))
        except UndefinedError:
            found.append(None)
    return found


def assert_same(page, explorer, rows):
    """Compare points and crossings of the page with the exact ones for every row of inputs and parameters."""
    program = explorer.program
    states = [
        {name: float(values.get(name, math.nan)) for name in program.inputs}
        | {spelled(name): float(value) for name, value in parameters.items()}
        for values, parameters in rows
    ]
    answers = page.evaluate("states => states.map((state) => JSON.stringify(window.whatIf(state)))", states)
    answers = page.evaluate("texts => texts.map((text) => JSON.parse(text))", answers)
    for answer, (values, parameters) in zip(answers, rows, strict=True):
        changed = replace(program, parameters={**program.parameters, **parameters})
        known = changed.calculate(values)
        for code, number in answer["points"].items():
            exact = known[code]
            # JSON has no NaN: what is missing arrives as nothing.
            assert (number is None) == (exact is None), (code, values)
            assert number is None or math.isclose(number, exact, rel_tol=0, abs_tol=ALIKE), (code, values)
        edges = zip(explorer.crossings, answer["edges"], find_edges(explorer, known), strict=True)
        for (code, condition, *_), told, holds in edges:
            assert told == holds, (code, condition, {name: known[name] for name in names(condition)})


def draw_states(explorer, chance, count):
    """Draw states of each indicator: its inputs anywhere in their domain, some of its constants."""
    for score in explorer.own.values():
        for _ in range(0 if score.rule.total else count):
            anywhere = draw_row(chance)
            moved = {name: anywhere[name] for name in score.rule.inputs}
            constants = [name for name in explorer.program.parameters if name.startswith(f"{score.code}.")]
            changed = {
                name: explorer.program.parameters[name] * Fraction(chance.randrange(0, 41), 20)
                for name in constants
                if chance.random() < 0.3
            }
            yield dict(explorer.agency.values) | moved, changed


@pytest.mark.parametrize("kind", AGENCIES)
def test_fifty_states_of_every_indicator_give_the_exact_points_and_bands(kind, explorers, open_report, heard):
    chance = random.Random(f"sliders {kind}")  # noqa: S311  a seeded draw, nothing secret
    explorer = explorers[kind]
    states = list(draw_states(explorer, chance, 50))
    indicators = [score for score in explorer.own.values() if not score.rule.total]
    assert len(states) == 50 * len(indicators) >= 50 * 18
    assert_same(open_report(kind, lambda report: [report.what_if()]), explorer, states)
    assert heard == []


@pytest.mark.proof
@pytest.mark.parametrize("kind", AGENCIES)
def test_states_on_an_edge_and_a_millionth_beside_it_give_the_exact_points_and_bands(
    kind, explorers, open_report
):
    chance = random.Random(f"edges {kind}")  # noqa: S311  a seeded draw, nothing secret
    starts = [read_row("full"), read_row("empty_handed"), *(draw_row(chance) for _ in range(12))]
    rows = [(row.values, {}) for row in edge_rows(kind, DEFAULT, starts)]
    rows += [(draw_row(chance), draw_parameters(chance, explorers[kind].program)) for _ in range(50)]
    assert len(rows) > 150
    assert_same(open_report(kind, lambda report: [report.what_if()]), explorers[kind], rows)
