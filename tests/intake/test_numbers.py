"""Numbers as people and programs write them are read exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.numbers import CellError, read_number

SPACES = [" ", "\u00a0", "\u2009", "\u202f"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", Fraction(0)),
        ("-0", Fraction(0)),
        ("+7", Fraction(7)),
        ("007", Fraction(7)),
        ("0.1", Fraction(1, 10)),
        ("0,1", Fraction(1, 10)),
        ("-12,50", Fraction(-25, 2)),
        ("1 250", Fraction(1250)),
        ("1\u00a0250\u00a0000,5", Fraction(2500001, 2)),
        ("12\u2009500", Fraction(12500)),
        ("12\u202f500", Fraction(12500)),
        ("3001/12", Fraction(3001, 12)),
        ("3 001 / 12", Fraction(3001, 12)),
        ("-6/4", Fraction(-3, 2)),
        ("1e-05", Fraction(1, 100000)),
        ("1.2E+05", Fraction(120000)),
        ("5e12", Fraction(5_000_000_000_000)),
        ("  8\t", Fraction(8)),
        ("1111111111111111111111111111111111111111", Fraction(1111111111111111111111111111111111111111)),
    ],
)
def test_a_number_is_read_exactly(text, expected):
    figure = read_number(text)
    assert figure.number == expected
    assert not figure.percent


@pytest.mark.parametrize("text", ["80%", "80 %", "80\u00a0%", "80,0%", "160/2 %"])
def test_a_percent_sign_means_percents_or_a_share_and_nothing_else(text):
    figure = read_number(text)
    assert figure.number == 80
    assert figure.measure("percent") == 80
    assert figure.measure("index") == Fraction(4, 5)
    with pytest.raises(CellError):
        figure.measure("persons")


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        ",5",
        "5.",
        "1e",
        "e5",
        "%",
        "5%%",
        "1/2/3",
        "1,5/2",
        "--5",
        "+-5",
        "- 5",
        "5 -",
        "1 2",
        "12 34 567",
        "1  000",
        "1 000 00",
        "1 00",
        "1,000,000",
        "1'000",
        "0b1",
        "1j",
        "٣",
        "१२",
        "𝟓",
        "½",
        "1\u200b0",
        "5\x00",
    ],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(CellError):
        read_number(text)


@pytest.mark.parametrize(
    "text", ["1e10000000", "1e-10000000", "9" * 1_000_000, "1" + " 000" * 500_000, "1/" * 500_000]
)
def test_a_huge_literal_is_refused_before_it_is_worked_out(text):
    with pytest.raises(CellError):
        read_number(text)


def group(digits, space):
    first = len(digits) % 3 or 3
    return space.join([digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))])


@given(
    whole=st.integers(0, 10**15),
    decimals=st.from_regex(r"[0-9]{0,9}", fullmatch=True),
    sign=st.sampled_from(["", "+", "-"]),
    point=st.sampled_from([".", ","]),
    space=st.sampled_from(["", *SPACES]),
)
def test_a_decimal_written_with_point_comma_or_groups_is_read_equal(whole, decimals, sign, point, space):
    digits = group(str(whole), space) if space else str(whole)
    text = f"\u00a0{sign}{digits}{point + decimals if decimals else ''}\t"
    size = whole + (Fraction(int(decimals), 10 ** len(decimals)) if decimals else 0)
    assert read_number(text).number == (-size if sign == "-" else size)


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_a_fraction_of_whole_numbers_is_read_equal(numerator, denominator):
    assert read_number(f"{numerator}/{denominator}").number == Fraction(numerator, denominator)


@given(st.floats(min_value=-1e12, max_value=1e12).filter(lambda number: number == 0 or abs(number) >= 1e-12))
def test_a_number_as_python_and_pandas_print_it_is_read_equal(number):
    assert float(read_number(repr(number)).number) == number


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_refused_in_one_line(text):
    assert refuse(text).isprintable()


def refuse(text):
    """Return why the text is refused, or nothing."""
    try:
        read_number(text)
    except CellError as error:
        return error.what
    return ""
