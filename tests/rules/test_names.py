"""Every name of a rule is declared, used and printed as in the order; every line says where it comes from."""

from fractions import Fraction

import pytest

from tests.rules.specification import CODES, INDICATORS, LETTERS, LINES, NUMBERS
from toolkit.formula.tree import Number, names, nodes
from toolkit.rules.agency import AGENCY_TYPES
from toolkit.rules.rule import used_names


@pytest.mark.parametrize("code", INDICATORS)
def test_over_all_readings_an_indicator_uses_the_inputs_of_the_specification(code, law):
    used = {name for rule in law.versions(code) for name in rule.inputs}
    assert used == set(INDICATORS[code]["inputs"].split(";"))


def test_every_input_is_used_by_some_rule_and_every_rule_uses_declared_inputs(law):
    assert {name for rule in law.variants for name in rule.inputs} == set(law.methodology.inputs)


def trees(law, code):
    """Return every formula, cap, floor and condition of a rule, wherever its penalties are taken from."""
    own = [line for rule in law.versions(code) for line in rule.lines]
    sent = [penalty for rule in law.variants for penalty in rule.penalties if penalty.owner == code]
    lines = [*own, *(line for penalty in sent for line in penalty.lines)]
    found = [tree for line in lines for tree in (line.tree, line.maximum, line.floor) if tree is not None]
    return found + [flag.condition for rule in law.versions(code) for flag in rule.flags]


@pytest.mark.parametrize("code", CODES)
def test_every_name_in_a_formula_is_declared(code, law):
    known = {line.letter for rule in law.versions(code) for line in rule.lines}
    sent = [penalty for rule in law.variants for penalty in rule.penalties if penalty.owner == code]
    known |= {line.letter for penalty in sent for line in penalty.lines}
    for rule in law.versions(code):
        scope = rule.scope
        known |= {*scope.inputs, *scope.children, *scope.constants, *scope.words}
    assert {name for tree in trees(law, code) for name in names(tree)} <= known


@pytest.mark.parametrize("code", CODES)
def test_every_declared_letter_constant_and_empty_divisor_is_used(code, law):
    used = {name for tree in trees(law, code) for name in names(tree)}
    for rule in law.versions(code):
        scope = rule.scope
        assert {*scope.constants, *scope.inputs, *scope.children, *scope.empty} <= used
        assert set(scope.symbols) <= used | set(scope.words) | {line.letter for line in rule.lines}


@pytest.mark.parametrize("code", CODES)
def test_every_line_but_the_last_is_used_by_a_line_below_it(code, law):
    for rule in law.versions(code):
        letters = [line.letter for line in rule.lines]
        for at, letter in enumerate(letters[:-1]):
            assert letter in used_names(rule.lines[at + 1 :])


@pytest.mark.parametrize("code", CODES)
def test_a_line_uses_no_line_below_it(code, law):
    for rule in law.versions(code):
        for at, line in enumerate(rule.lines):
            assert not set(used_names((line,))) & {below.letter for below in rule.lines[at:]}


@pytest.mark.parametrize("code", CODES)
def test_every_constant_is_the_number_the_order_prints(code, law):
    for kind in ("central", "local"):
        constants = law.defaults[kind][code].scope.constants
        expected = NUMBERS.get(code, {})
        assert set(constants) == set(expected)
        for name, printed in expected.items():
            text = printed[kind] if isinstance(printed, dict) else printed
            assert constants[name].value == constants[name].printed == Fraction(text)


def test_every_number_in_a_formula_but_0_and_1_is_a_named_constant(law):
    found = (node for code in CODES for tree in trees(law, code) for node in nodes(tree))
    assert {node.value for node in found if isinstance(node, Number)} <= {0, 1}


@pytest.mark.parametrize("code", CODES)
def test_every_name_is_printed_as_the_order_prints_it(code, law):
    expected = LETTERS.get(code, {})
    for kind in AGENCY_TYPES:
        scope = law.defaults[kind][code].scope
        constants = {name: item.symbol for name, item in scope.constants.items() if item.symbol}
        assert dict(scope.symbols) == expected.get("names", {})
        assert constants == expected.get("constants", {})


@pytest.mark.parametrize("code", CODES)
def test_every_line_says_whether_it_is_printed_or_rebuilt(code, law):
    for rule in law.versions(code):
        alone = {rule.letter or code: rule.provenance}
        found = [(line.letter, line.provenance) for line in rule.lines]
        assert found == list(LINES.get(code, {}).get("lines", alone).items())


@pytest.mark.parametrize("code", CODES)
def test_every_penalty_says_whether_it_is_printed_or_rebuilt(code, law):
    expected = LINES.get(code, {}).get("penalties", {})
    for kind in AGENCY_TYPES:
        penalties = law.defaults[kind][code].penalties
        assert [penalty.code for penalty in penalties] == list(expected)
        for penalty in penalties:
            row = expected[penalty.code]
            lines = [(line.letter, line.provenance) for line in penalty.lines]
            assert penalty.provenance == row["provenance"]
            assert lines == [*row.get("lines", {}).items(), (penalty.code, row["provenance"])]


@pytest.mark.parametrize("code", CODES)
def test_whatever_a_reader_is_shown_has_words(code, law):
    for rule in law.versions(code):
        assert all(line.title for line in rule.lines[:-1])  # the last line is the rule itself
        assert all(constant.title for constant in rule.scope.constants.values())
        assert all(empty.note for empty in rule.scope.empty.values())
        assert all(flag.text for flag in rule.flags)
        assert all(penalty.title for penalty in rule.penalties)
        assert all(line.title for penalty in rule.penalties for line in penalty.lines[:-1])


@pytest.mark.parametrize("code", INDICATORS)
def test_an_input_with_a_letter_of_the_order_has_that_letter_in_the_rule(code, law):
    for rule in law.versions(code):
        lines = {rule.letter, *(line.letter for line in rule.lines)}
        for name, source in rule.scope.inputs.items():
            letter = law.methodology.inputs[source].letter
            printed = rule.scope.symbols.get(name, name).replace("_", "")
            # An entered score and a band have the letter of the line that is made of them.
            assert not letter or letter == printed or letter in lines
