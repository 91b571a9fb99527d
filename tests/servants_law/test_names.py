"""Every name of a rule of servants is declared, used and shown as the order or the specification names it."""

from fractions import Fraction

import pytest

from tests.servants_law.specification import RULES, SUBJECTS
from toolkit.formula.tree import Number, names, nodes
from toolkit.rules.rule import used_names


def trees(law, code):
    lines = [line for rule in law.versions(code) for line in rule.lines]
    return [tree for line in lines for tree in (line.tree, line.maximum, line.floor) if tree is not None]


@pytest.mark.parametrize("code", RULES)
def test_a_letter_stands_for_the_input_of_the_specification(code, law):
    for rule in law.versions(code):
        assert dict(rule.scope.inputs) == RULES[code]["inputs"]
        assert dict(rule.scope.children) == {}


@pytest.mark.parametrize("code", RULES)
def test_every_declared_letter_constant_and_empty_divisor_is_used(code, law):
    used = {name for tree in trees(law, code) for name in names(tree)}
    for rule in law.versions(code):
        scope = rule.scope
        assert {*scope.inputs, *scope.constants, *scope.empty} <= used
        assert set(scope.symbols) <= used | {line.letter for line in rule.lines}


@pytest.mark.parametrize("code", RULES)
def test_every_line_but_the_last_is_used_by_a_line_below_it(code, law):
    for rule in law.versions(code):
        letters = [line.letter for line in rule.lines]
        assert all(letter in used_names(rule.lines[at + 1 :]) for at, letter in enumerate(letters[:-1]))


@pytest.mark.parametrize("code", RULES)
def test_every_constant_is_the_number_the_order_prints(code, law):
    for kind in SUBJECTS:
        constants = law.defaults[kind][code].scope.constants
        expected = RULES[code].get("constants", {})
        assert {name: item.value for name, item in constants.items()} == {
            name: Fraction(text) for name, text in expected.items()
        }
        assert not any(item.changed for item in constants.values())


def test_every_number_in_a_formula_but_0_and_1_is_a_named_constant(law):
    found = (node for code in RULES for tree in trees(law, code) for node in nodes(tree))
    assert {node.value for node in found if isinstance(node, Number)} <= {0, 1}


@pytest.mark.parametrize("code", RULES)
def test_every_name_is_shown_in_the_words_of_the_specification(code, law):
    scope, row = law.defaults["leader"][code].scope, RULES[code]
    assert dict(scope.symbols) == row.get("names", {})
    symbols = {name: item.symbol for name, item in scope.constants.items() if item.symbol}
    assert symbols == row.get("symbols", {})


@pytest.mark.parametrize("code", RULES)
def test_every_line_says_whether_it_is_printed_or_rebuilt(code, law):
    expected = list(RULES[code]["lines"].items())
    for rule in law.versions(code):
        assert [(line.letter, line.provenance) for line in rule.lines] == expected


@pytest.mark.parametrize("code", RULES)
def test_whatever_a_reader_is_shown_has_words(code, law):
    for rule in law.versions(code):
        assert all(line.title for line in rule.lines[:-1])  # the last line is the rule itself
        assert all(constant.title for constant in rule.scope.constants.values())
        assert all(empty.note for empty in rule.scope.empty.values())
