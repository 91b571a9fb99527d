import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formula.exact import UndefinedError, evaluate
from toolkit.formula.parse import parse
from toolkit.formula.tree import substitute

CASES = tomllib.loads(Path(__file__).with_name("exact.toml").read_text("utf-8"))["cases"]
NUMBERS = st.sampled_from(["0", "1", "2", "0.5", "8", "184", "0.25", "3"])
NAMES = ("a", "b", "c", "d")
VALUES = st.fixed_dictionaries({name: st.fractions(-3, 3, max_denominator=4) for name in NAMES})
EMPTY = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([Fraction(0), Fraction(1)]))
SIGNS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}


def exact(table):
    return {name: Fraction(text) for name, text in table.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["formula"])
def test_a_formula_has_the_value_computed_by_hand(case):
    values, empty = exact(case.get("values", {})), exact(case.get("empty", {}))
    if "undefined" in case:
        with pytest.raises(UndefinedError) as caught:
            evaluate(parse(case["formula"]), values, empty)
        assert list(caught.value.letters) == case["undefined"]
        return
    found = evaluate(parse(case["formula"]), values, empty)
    assert found.number == Fraction(case["value"])
    assert list(found.emptied) == case.get("emptied", [])


def test_a_name_without_a_value_is_an_error_and_never_zero():
    with pytest.raises(KeyError):
        evaluate(parse("a + b"), {"a": Fraction(1)})


def grow(inner):
    comparison = st.tuples(st.sampled_from(sorted(SIGNS)), inner, inner)
    return st.one_of(
        st.tuples(st.just("-"), inner),
        st.tuples(st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.tuples(st.just("if"), inner, comparison, inner),
        st.tuples(st.just("share"), inner, inner),
        st.tuples(st.sampled_from(["min", "max", "sum", "mean"]), st.lists(inner, min_size=1, max_size=4)),
    )


FORMULAS = st.recursive(st.sampled_from(NAMES) | NUMBERS, grow, max_leaves=12)


def write(formula):
    match formula:
        case str():
            return formula
        case ("if", then, (sign, left, right), otherwise):
            return f"({write(then)} if {write(left)} {sign} {write(right)} else {write(otherwise)})"
        case (function, list() as arguments):
            return f"{function}({', '.join(write(argument) for argument in arguments)})"
        case ("share", left, right):
            return f"share({write(left)}, {write(right)})"
        case (sign, operand):
            return f"({sign}{write(operand)})"
        case (sign, left, right):
            return f"({write(left)} {sign} {write(right)})"
    raise AssertionError(formula)


def letters(formula):
    if isinstance(formula, str):
        return [formula] if formula in NAMES else []
    parts = formula if isinstance(formula, list) else formula[1:]
    return [letter for part in parts for letter in letters(part)]


def compute(formula, values, empty):
    """Compute a formula with no code of the toolkit; ZeroDivisionError where a division has no value."""

    def inner(part):
        return compute(part, values, empty)

    match formula:
        case str():
            return values[formula] if formula in values else Fraction(formula)
        case ("if", then, (sign, left, right), otherwise):
            holds = getattr(inner(left), f"__{SIGNS[sign]}__")(inner(right))
            return inner(then) if holds else inner(otherwise)
        case (function, list() as arguments):
            numbers = [inner(argument) for argument in arguments]
            return {"min": min, "max": max, "sum": sum, "mean": lambda n: sum(n) / Fraction(len(n))}[
                function
            ](numbers)
        case ("share", part, divisor):
            return share(inner(part), inner(divisor), [empty[n] for n in letters(divisor) if n in empty])
        case ("-", operand):
            return 0 - inner(operand)
        case (sign, left, right):
            one, two = inner(left), inner(right)
            return {"+": one + two, "-": one - two, "*": one * two}[sign] if sign != "/" else one / two
    raise AssertionError(formula)


def share(part, divisor, declared):
    if divisor > 0:
        return part / divisor
    if divisor < 0 or not declared:
        raise ZeroDivisionError
    return declared[0]


@given(FORMULAS, VALUES, EMPTY)
def test_a_random_formula_has_the_value_of_an_independent_computation(formula, values, empty):
    tree = parse(write(formula))
    try:
        expected = compute(formula, values, empty)
    except ZeroDivisionError:
        with pytest.raises(UndefinedError):
            evaluate(tree, values, empty)
        return
    found = evaluate(tree, values, empty).number
    assert found == expected
    assert isinstance(found, Fraction)


@given(FORMULAS, VALUES)
def test_putting_numbers_in_for_names_does_not_change_the_value(formula, values):
    tree = parse(write(formula))
    try:
        expected = evaluate(tree, values).number
    except UndefinedError:
        return
    assert evaluate(substitute(tree, values), {}).number == expected
