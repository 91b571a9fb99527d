import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formula.exact import UndefinedError, evaluate
from toolkit.formula.notation import LaTeX, MathML
from toolkit.formula.parse import parse
from toolkit.formula.text import PlainText
from toolkit.formula.tree import Call, Choice, Comparison, Name, Negation, Number, Operation

NAMES = ("a", "b", "c", "d")
VALUES = st.fixed_dictionaries({name: st.fractions(-3, 3, max_denominator=4) for name in NAMES})
NUMBERS = ["0", "1", "2", "0.5", "0.25", "184", "12345.5", "-3", "-0.5"]
LEAVES = st.builds(Name, st.sampled_from(NAMES)) | st.builds(
    lambda text: Number(Fraction(text)), st.sampled_from(NUMBERS)
)


def grow(inner):
    signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Negation, inner),
        st.builds(Operation, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.builds(Choice, inner, st.builds(Comparison, signs, inner, inner), inner),
        st.builds(Call, st.just("share"), st.tuples(inner, inner)),
        st.builds(Call, st.sampled_from(["min", "max", "sum", "mean"]), several),
    )


TREES = st.recursive(LEAVES, grow, max_leaves=10)
# What each mark of the text is in a formula as typed; the comma before «если» goes before a decimal one.
SIGNS = {
    ", если ": " if ",
    ";\n": " else ",
    " в остальных случаях": "",
    " = ": " == ",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "·": "*",
    "−": "-",
    ",": ".",
    ";": ",",
    "\u202f": "",
}


def translate(text):
    for mark, sign in SIGNS.items():
        text = text.replace(mark, sign)
    return text


@given(TREES, VALUES)
def test_a_text_read_back_has_the_value_of_its_formula(tree, values):
    try:
        expected = evaluate(tree, values).number
    except UndefinedError:
        return
    assert evaluate(parse(translate(PlainText().show(tree))), values).number == expected


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("k * (1 - 8 * share(a - b, b))", "k · (1 − 8 · (a − b) / b)"),
        ("a / b * c", "a / b · c"),
        ("a / (b * c)", "a / (b · c)"),
        ("a / (b / c)", "a / (b / c)"),
        ("a / b / c", "a / b / c"),
        ("(a * b) / c", "a · b / c"),
        ("a * (b / c)", "a · b / c"),
        ("a * (b * c)", "a · (b · c)"),
        ("(a + b) / (c - d)", "(a + b) / (c − d)"),
        ("a + b / c", "a + b / c"),
        ("a / b + c / d", "a / b + c / d"),
        ("a - b / c", "a − b / c"),
        ("a - (b - c)", "a − (b − c)"),
        ("a + (b - c)", "a + b − c"),
        ("-a / b", "(−a) / b"),
        ("-(a / b)", "−a / b"),
        ("-(a + b)", "−(a + b)"),
        ("a + -b", "a + (−b)"),
        ("a + (-b + c)", "a + (−b) + c"),
        ("a / -b", "a / (−b)"),
        ("mean(a, b, c)", "(a + b + c) / 3"),
        ("k * mean(a, b)", "k · (a + b) / 2"),
        ("c / mean(a, b)", "c / ((a + b) / 2)"),
        ("sum(a, b) * c", "(a + b) · c"),
        ("min(1, share(a + b, c))", "min(1; (a + b) / c)"),
        ("12345.5 * a", "12\u202f345,5 · a"),
    ],
)
def test_a_formula_on_one_line_has_the_brackets_it_needs(formula, text):
    assert PlainText().show(parse(formula)) == text


def test_the_bands_of_a_scale_take_a_line_each():
    shown = PlainText().show(parse("2 if s > 184 else 1 if s >= 9 else 0"))
    assert shown.split("\n") == ["2, если s > 184;", "1, если s ≥ 9;", "0 в остальных случаях"]


def test_a_scale_inside_something_else_stands_in_brackets():
    inner = "1 if a > b else 0"
    shown = [PlainText().show(parse(text)) for text in (f"2 * ({inner})", f"min(2, {inner})", f"-({inner})")]
    band = "(1, если a > b;\n0 в остальных случаях)"
    assert shown == [f"2 · {band}", f"min(2; {band})", f"−{band}"]


def test_a_negative_number_stands_in_brackets_behind_a_sign_only():
    minus = Number(Fraction(-1, 2))
    assert PlainText().show(minus) == "−0,5"
    assert PlainText().show(Operation("*", Name("k"), minus)) == "k · (−0,5)"
    assert PlainText().show(Operation("+", minus, minus)) == "−0,5 + (−0,5)"


def test_names_are_printed_as_the_order_prints_them():
    shown = PlainText({"B_sum": "B_сум", "merit": "меритократия"})
    tree = parse("B_sum + merit + N1")
    assert shown.equation("B_sum", shown.show(tree)) == "B_сум = B_сум + меритократия + N1"


def test_a_number_that_was_rounded_has_the_places_asked_for():
    third = Number(Fraction(1, 3))
    assert [PlainText(places=places).show(third) for places in (2, 6)] == ["0,33", "0,333333"]


@given(TREES)
def test_all_notations_show_the_same_numbers_and_letters_in_the_same_order(tree):
    pages = re.findall(r"<m[ni]>([\w,\u202f]+)</m[ni]>", MathML().show(tree))
    terminal = re.findall(r"[a-z\d,\u202f]*[a-z\d]", re.sub(", если", " ", PlainText().show(tree)))
    assert [mark.lstrip(",") for mark in terminal] == pages


def test_only_a_formula_in_its_place_has_marks_around_it():
    assert [notation().block("x") for notation in (PlainText, LaTeX)] == ["x", "$$x$$"]
    assert [notation().inline("x") for notation in (PlainText, LaTeX)] == ["x", "$x$"]
