import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formula.exact import evaluate
from toolkit.formula.interval import Interval, enclose
from toolkit.formula.parse import parse

INF = math.inf
SPANS = {
    "a": Interval(Fraction(1), Fraction(3)),
    "b": Interval(Fraction(-2), Fraction(5)),
    "z": Interval(0, 0),
}
OPEN = {"x": Interval(Fraction(0), INF), "a": SPANS["a"], "n": Interval(-INF, Fraction(4))}


@pytest.mark.parametrize(
    ("formula", "low", "high"),
    [
        ("a", 1, 3),
        ("2.5", Fraction(5, 2), Fraction(5, 2)),
        ("-b", -5, 2),
        ("a + b", -1, 8),
        ("a - b", -4, 5),
        ("b - a", -5, 4),
        ("a * b", -6, 15),
        ("b * b", -10, 25),  # the name stands twice: wider than the truth, but never narrower
        ("-2 * b", -10, 4),
        ("min(a, b)", -2, 3),
        ("max(a, b)", 1, 5),
        ("sum(a, b, 1)", 0, 9),
        ("min(2, a + b)", -1, 2),
        ("z * b", 0, 0),
    ],
)
def test_an_interval_is_the_one_computed_by_hand(formula, low, high):
    assert enclose(parse(formula), SPANS) == (low, high)


@pytest.mark.parametrize(
    ("formula", "low", "high"),
    [
        ("a + x", 1, INF),
        ("a - x", -INF, 3),
        ("x - a", -3, INF),
        ("-x", -INF, 0),
        ("0 * x", 0, 0),
        ("2 * x", 0, INF),
        ("-2 * x", -INF, 0),
        ("min(a, x)", 0, 3),
        ("max(a, x)", 1, INF),
        ("n - x", -INF, 4),
        ("n * x", -INF, INF),
        ("100 + a - x", -INF, 103),
    ],
)
def test_an_open_end_stays_open(formula, low, high):
    assert enclose(parse(formula), OPEN) == (low, high)


@pytest.mark.parametrize("formula", ["a / b", "share(a, b)", "1 if a > b else 0"])
def test_what_totals_do_not_use_has_no_interval(formula):
    with pytest.raises(TypeError):
        enclose(parse(formula), SPANS)


BOUNDS = st.fractions(-20, 20, max_denominator=6)


@st.composite
def spans(draw, open_ends):
    low, high = sorted([draw(BOUNDS), draw(BOUNDS)])
    if open_ends and draw(st.booleans()):
        return Interval(low, INF) if draw(st.booleans()) else Interval(-INF, high)
    return Interval(low, high)


@st.composite
def totals(draw, open_ends):
    """Draw a formula in which every child stands once, with an interval for each child."""
    count = draw(st.integers(1, 5))
    children = {f"c{number}": draw(spans(open_ends)) for number in range(count)}
    texts = [*children, *draw(st.lists(st.sampled_from(["0", "1", "30", "0.5"]), max_size=2))]
    while len(texts) > 1:
        one = texts.pop(draw(st.integers(0, len(texts) - 1)))
        two = texts.pop(draw(st.integers(0, len(texts) - 1)))
        shape = draw(st.sampled_from(["{0} + {1}", "{0} - {1}", "{0} * {1}", "-{0} + {1}"]))
        call = draw(st.sampled_from(["({})", "min({0}, {1})", "max({0}, {1})", "sum({0}, {1}, 2)"]))
        texts.append(call.format(one, two) if "{0}" in call else call.format(shape.format(one, two)))
    return texts[0], children


def inside(draw, span):
    step = draw(st.fractions(0, 1, max_denominator=8))
    if span.low == -INF:
        return span.high - 50 * step
    return span.low + step * (50 if span.high == INF else span.high - span.low)


@given(st.data(), totals(open_ends=True))
def test_the_value_for_numbers_inside_the_intervals_lies_in_the_enclosure(data, total):
    text, children = total
    values = {name: inside(data.draw, span) for name, span in children.items()}
    low, high = enclose(parse(text), children)
    assert low <= evaluate(parse(text), values).number <= high


@given(totals(open_ends=False))
def test_the_enclosure_is_exact_because_every_child_stands_once(total):
    text, children = total
    tree = parse(text)
    corners = [dict(zip(children, corner, strict=True)) for corner in product(*children.values())]
    reached = [evaluate(tree, corner).number for corner in corners]
    assert enclose(tree, children) == (min(reached), max(reached))
