"""Means near the edges of a scale: whole numbers of hundredths decide, never a float and never a fraction.

The oracle counts hundredths with whole numbers alone. A mark of 2.99 is 299; the mean of n marks is at least
3 when their sum is at least 300 n; rounded half up it is (2 · sum + n) // (2 n) hundredths.
"""

import random
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest

from tests.servants.tables import HEAD_A, HEAD_B, evaluate_a, evaluate_b, make_a, make_b, write_csv
from toolkit.rules.loader import SERVANTS_2025, load_methodology
from toolkit.servants.bands import label, round_half_up
from toolkit.servants.decision import apply_rule
from toolkit.servants.regulation import load_regulation

GAPS = ("half_open", "rounded")
FIRST = "Выполняет функциональные обязанности"
# From the lowest result up, each with the hundredths at which it begins.
CORPS_A = ((0, "неудовлетворительно"), (300, "удовлетворительно"), (400, "эффективно"))
CORPS_B = (
    (0, f"{FIRST} не удовлетворительно"),
    (200, f"{FIRST} удовлетворительно"),
    (300, f"{FIRST} надлежащим образом"),
    (400, f"{FIRST} эффективно"),
)
MANY = 100_000
SOME = 1_000
SEED = 20250728


def name_by_hand(total, count, scale, gaps):
    """Return the label of `count` marks whose hundredths add up to `total`."""
    if gaps == "rounded":
        total, count = (2 * total + count) // (2 * count), 1
    return next(words for start, words in reversed(scale) if total >= start * count)


def test_the_oracle_itself_is_right_at_the_edges():
    # 299 + 300 = 599 < 600; rounded: (1198 + 2) // 4 = 300.
    assert name_by_hand(599, 2, CORPS_B, "half_open") == f"{FIRST} удовлетворительно"
    assert name_by_hand(599, 2, CORPS_B, "rounded") == f"{FIRST} надлежащим образом"
    # 4 · 299 + 303 = 1499 < 1500; rounded: (2998 + 5) // 10 = 300.
    assert name_by_hand(1499, 5, CORPS_A, "half_open") == "неудовлетворительно"
    assert name_by_hand(1499, 5, CORPS_A, "rounded") == "удовлетворительно"
    # 2.994 rounded: (2994 + 5) // 10 = 299.
    assert name_by_hand(1497, 5, CORPS_A, "rounded") == "неудовлетворительно"


@pytest.fixture(scope="module")
def rules():
    methodology = load_methodology(SERVANTS_2025)
    choice = {key: reading.default for key, reading in methodology.readings.items()}
    found = [*methodology.resolve("leader", choice), *methodology.resolve("category_1", choice)]
    return {rule.code: rule for rule in found if rule.applies}


@pytest.fixture(scope="module")
def scales():
    tables = load_regulation().tables
    return {CORPS_A: tables["scale_corps_a"], CORPS_B: tables["scale_corps_b"]}


def test_every_pair_of_quarters_falls_into_its_band(rules, scales):
    rule, scale = rules["year_mark"], scales[CORPS_B]
    two, pairs = Fraction(2), list(combinations_with_replacement(range(501), 2))
    assert len(pairs) == 501 * 502 // 2
    for first, second in pairs:
        numbers = {"S": Fraction(first, 100) + Fraction(second, 100), "n": two}
        mean = apply_rule(rule, numbers).lines[-1].value
        assert mean.numerator * 200 == (first + second) * mean.denominator
        for gaps in GAPS:
            expected = name_by_hand(first + second, 2, CORPS_B, gaps)
            assert label(mean, scale, {"scale_gaps": gaps}) == expected


def draw(count):
    """Yield the hundredths of five marks, half of them near an edge of a scale."""
    source = random.Random(SEED)  # noqa: S311  a seed makes the same marks every time
    for number in range(count):
        if number % 2:
            yield [source.randint(0, 500) for _ in range(5)]
        else:
            edge = source.choice((200, 300, 400))
            yield [edge + source.randint(-3, 3) for _ in range(5)]


@pytest.mark.parametrize(
    ("code", "letters", "scale"), [("final_mark", "s", CORPS_A), ("sheet_mark", "p", CORPS_B)]
)
def test_random_means_of_five_marks_fall_into_their_band(code, letters, scale, rules, scales):
    rule, table = rules[code], scales[scale]
    names = [f"{letters}{number}" for number in range(1, 6)]
    met = set()
    for marks in draw(MANY):
        total = sum(marks)
        numbers = dict(zip(names, (Fraction(mark, 100) for mark in marks), strict=True))
        mean = apply_rule(rule, numbers).lines[-1].value
        assert mean.numerator * 500 == total * mean.denominator
        for gaps in GAPS:
            expected = name_by_hand(total, 5, scale, gaps)
            assert label(mean, table, {"scale_gaps": gaps}) == expected
        met.add((expected, expected == name_by_hand(total, 5, scale, "half_open")))
    # Every band was met, and every band above the lowest was also entered by rounding alone.
    assert met == {(words, True) for _, words in scale} | {(words, False) for start, words in scale if start}


def test_rounding_half_up_is_that_of_whole_numbers():
    for thousandths in range(5_001):
        expected = (thousandths + 5) // 10
        assert round_half_up(Fraction(thousandths, 1000)) == Fraction(expected, 100)


def spell(hundredths):
    return f"{hundredths // 100}.{hundredths % 100:02}"


def write_percent(mark):
    """Return the least percent that annex 5 wants for a mark."""
    return mark // 25 * 5


@pytest.mark.parametrize("gaps", GAPS)
def test_random_sheets_of_corps_a_go_through_a_file(gaps, tmp_path):
    kinds = ("assignments", "appeals", "own", "own", "own")
    drawn = list(draw(SOME))
    rows = []
    for number, marks in enumerate(drawn):
        pairs = zip(kinds, marks, strict=True)
        lines = [f"{kind} 100 {write_percent(mark)} {spell(mark)}" for kind, mark in pairs]
        # Annex 4 allows less for assignments than the range of annex 5 reaches.
        lines[0] = f"assignments 100 100 {spell(marks[0])}"
        rows += make_a(lines, servant=f"a{number}")
    found = evaluate_a(write_csv(tmp_path / "a.csv", HEAD_A, rows), {"scale_gaps": gaps})
    assert len(found) == SOME
    for row, marks in zip(found, drawn, strict=True):
        assert row["status"] == "evaluated", row
        assert Fraction(row["exact"]) * 500 == sum(marks)
        assert row["label"] == name_by_hand(sum(marks), 5, CORPS_A, gaps)


@pytest.mark.parametrize("gaps", GAPS)
def test_random_quarters_and_years_of_corps_b_go_through_a_file(gaps, tmp_path):
    drawn = list(draw(SOME))
    pairs = list(zip(drawn[::2], drawn[1::2], strict=True))
    rows = []
    for number, quarters in enumerate(pairs):
        lines = [
            f"2025Q{place} {' '.join(map(spell, marks))} none comment=да"
            for place, marks in enumerate(quarters, start=3)
        ]
        rows += make_b(lines, servant=f"b{number}")
    found = evaluate_b(write_csv(tmp_path / "b.csv", HEAD_B, rows), {"scale_gaps": gaps})
    assert len(found) == 3 * len(pairs)
    for number, (third, fourth) in enumerate(pairs):
        totals = ((sum(third), 5), (sum(fourth), 5), (sum(third) + sum(fourth), 10))
        for row, (total, count) in zip(found[3 * number : 3 * number + 3], totals, strict=True):
            assert Fraction(row["exact"]) * count * 100 == total
            assert row["label"] == name_by_hand(total, count, CORPS_B, gaps)


def test_under_rounded_quarters_the_year_is_the_mean_of_whole_hundredths(tmp_path):
    drawn = list(draw(SOME))
    rows = []
    for number in range(0, SOME, 2):
        lines = [f"2025Q{3 + at} {' '.join(map(spell, drawn[number + at]))} none" for at in (0, 1)]
        rows += make_b(lines, servant=f"b{number}")
    found = evaluate_b(write_csv(tmp_path / "b.csv", HEAD_B, rows), {"quarter_rounding": "two_decimals"})
    for at in range(0, SOME, 2):
        rounded = [(2 * sum(marks) + 5) // 10 for marks in drawn[at : at + 2]]
        third, fourth, year = found[3 * at // 2 : 3 * at // 2 + 3]
        assert [Fraction(row["exact"]) * 100 for row in (third, fourth)] == rounded
        assert Fraction(year["exact"]) * 200 == sum(rounded)
        assert year["label"] == name_by_hand(sum(rounded), 2, CORPS_B, "half_open")
