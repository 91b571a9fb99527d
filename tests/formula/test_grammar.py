import dataclasses
from fractions import Fraction

import pytest

from toolkit.formula.parse import FormulaError, parse, parse_condition
from toolkit.formula.tree import (
    Call,
    Choice,
    Comparison,
    Name,
    Negation,
    Number,
    Operation,
    names,
    nodes,
    parts,
    rebuild,
)

A, B, ONE, ZERO = Name("a"), Name("b"), Number(Fraction(1)), Number(Fraction(0))
TREES = {
    "1": ONE,
    "0.5": Number(Fraction(1, 2)),
    "12.50": Number(Fraction(25, 2)),
    "a": A,
    "w_a2": Name("w_a2"),
    "-a": Negation(A),
    "(a)": A,
    "a + b": Operation("+", A, B),
    "a - b": Operation("-", A, B),
    "a*b": Operation("*", A, B),
    "a / b": Operation("/", A, B),
    "a + b * a": Operation("+", A, Operation("*", B, A)),
    "(a + b) * a": Operation("*", Operation("+", A, B), A),
    "a - b - a": Operation("-", Operation("-", A, B), A),
    "-a * b": Operation("*", Negation(A), B),
    "min(a)": Call("min", (A,)),
    "max(a, b, 1)": Call("max", (A, B, ONE)),
    "sum(a, b)": Call("sum", (A, B)),
    "mean(a, b,)": Call("mean", (A, B)),
    "share(a, b)": Call("share", (A, B)),
    "1 if a > b else 0": Choice(ONE, Comparison(">", A, B), ZERO),
    "1 if a > b else a if b > a else 0": Choice(
        ONE, Comparison(">", A, B), Choice(A, Comparison(">", B, A), ZERO)
    ),
    "a\n  + b": Operation("+", A, B),
    "\n\ta + b\n": Operation("+", A, B),
}


@pytest.mark.parametrize("text", TREES)
def test_an_allowed_text_gives_its_tree(text):
    assert parse(text) == TREES[text]


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">=", "==", "!="])
def test_every_comparison_stands_in_a_condition(sign):
    condition = Comparison(sign, A, B)
    assert parse(f"1 if a {sign} b else 0") == Choice(ONE, condition, ZERO)
    assert parse_condition(f"a {sign} b") == condition


@pytest.mark.parametrize("text", ["a", "1", "a + b", "1 if a > b else 0", "(a > b) > 0", "a > b > 1", ""])
def test_a_condition_is_exactly_one_comparison(text):
    with pytest.raises(FormulaError):
        parse_condition(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 1_999,
        "(" * 40 + "a" + ")" * 40,
        "123456789012345",
        "123.123456789012",
        "a" * 60,
        "-" * 19 + "a",
        "+".join(["a"] * 40),
        f"sum({', '.join(['a'] * 99)})",
    ],
    ids=len,
)
def test_a_text_just_inside_a_limit_is_allowed(text):
    parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 2_000,
        "(" * 41 + "a" + ")" * 41,
        "1234567890123456",
        "12.1234567890123",
        "a" * 61,
        "+".join(["a"] * 60),
        f"sum({', '.join(['a'] * 100)})",
    ],
    ids=len,
)
def test_a_text_just_outside_a_limit_is_refused(text):
    with pytest.raises(FormulaError):
        parse(text)


def test_the_message_says_what_is_wrong_what_is_allowed_and_where():
    with pytest.raises(FormulaError) as caught:
        parse("k * share(a, b) ** 2")
    error = caught.value
    assert error.text == "k * share(a, b) ** 2"
    assert "+ - * /" in error.allowed
    assert str(error).split("\n") == [
        f"{error.what}; допускается: {error.allowed}",
        "  k * share(a, b) ** 2",
        "      ^ знак 5",
    ]


def test_the_message_about_a_long_text_shows_only_the_neighbourhood_of_the_place():
    with pytest.raises(FormulaError) as caught:
        parse(" + ".join(["a"] * 30) + " + é + " + " + ".join(["b"] * 300))
    _, shown, caret = str(caught.value).split("\n")
    assert shown[caret.index("^")] == "é"
    assert len(shown) <= 110


def test_a_tree_cannot_be_changed():
    tree = parse("a + b")
    with pytest.raises(dataclasses.FrozenInstanceError):
        tree.left = B
    assert hash(tree) == hash(parse("a + b"))


def test_names_come_once_in_the_order_of_first_use():
    assert names(parse("k * share(b, a) + (a if d > k else c)")) == ("k", "b", "a", "d", "c")


@pytest.mark.parametrize("text", TREES)
def test_a_tree_rebuilt_from_its_own_parts_is_the_same_tree(text):
    for node in nodes(parse(text)):
        assert rebuild(node, parts(node)) == node
