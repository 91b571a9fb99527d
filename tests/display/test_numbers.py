from fractions import Fraction

import pytest

from toolkit.display.numbers import points, points_of, signed, span, two_decimals
from toolkit.display.standing import count_of_peers, out_of_peers
from toolkit.formula.interval import Interval
from toolkit.formula.notation import number_text, rounded


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.7", "0,7"),
        ("0.69996", "0,7000"),
        ("1/3", "0,3333"),
        ("12345.5", "12\u202f345,5"),
        ("-1/2", "−0,5"),
    ],
)
def test_a_rounded_number_keeps_its_zeros_and_an_exact_one_has_none(value, text):
    assert number_text(Fraction(value)) == text


def test_a_small_number_keeps_as_many_significant_digits():
    assert number_text(Fraction(1, 3000)) == "0,0003333"
    assert rounded(Fraction(1, 3000))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1", "1 балл"),
        ("2", "2 балла"),
        ("5", "5 баллов"),
        ("11", "11 баллов"),
        ("21", "21 балл"),
        ("2.5", "2,50 балла"),
    ],
)
def test_points_stand_with_the_right_word(value, text):
    assert points_of(Fraction(value)).replace("\u00a0", " ") == text


def test_halves_of_a_hundredth_are_rounded_up():
    assert points(Fraction("2.345")) == "2,35"
    assert points(Fraction("-2.345")) == "−2,35"
    assert points(Fraction("-0.001")) == "0,00"


def test_a_column_of_points_has_two_decimals_everywhere():
    assert [two_decimals(Fraction(value)) for value in ("30", "7.5", "2.345")] == ["30,00", "7,50", "2,35"]
    assert two_decimals(float("inf")) == "∞"


@pytest.mark.parametrize(
    ("high", "text"),
    [
        ("49.9", "от 0 до 49,90 балла"),
        ("50", "от 0 до 50 баллов"),
        ("21", "от 0 до 21 балла"),
        ("11", "от 0 до 11 баллов"),
    ],
)
def test_an_interval_stands_with_the_right_case(high, text):
    assert span(Interval(Fraction(0), Fraction(high))) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "1 территориальное подразделение"),
        (2, "2 территориальных подразделения"),
        (5, "5 территориальных подразделений"),
        (21, "21 территориальное подразделение"),
    ],
)
def test_agencies_are_counted_with_the_right_words(count, text):
    assert count_of_peers(count, "territorial") == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 центрального органа"), (2, "2 центральных органов"), (21, "21 центрального органа")],
)
def test_agencies_after_out_of_stand_in_the_right_case(count, text):
    assert out_of_peers(count, "central") == text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Fraction(3, 2), "+1,50"),
        (Fraction(-3, 2), "−1,50"),
        (Fraction(0), "0,00"),
        (float("inf"), "+∞"),
        (float("-inf"), "−∞"),
        (None, "не вычисляется"),
    ],
)
def test_a_change_has_its_sign_also_where_it_has_no_bound(change, said):
    assert signed(change) == said
