"""The printed tables of the law file are those of the order, row by row."""

import re
from fractions import Fraction
from itertools import pairwise

import pytest

from tests.servants_law.specification import PRINTED, read_source
from toolkit.rules.notes import comma

ANNEXES = ("annex_4", "annex_5")
SCALES = ("scale_corps_a", "scale_transitional", "scale_corps_b")
TABLES = (*ANNEXES, *SCALES)
# «0 - 2,99 баллов – «…»» and «4 и более баллов – «…»» of corps A; ««…» … от 4 до 5 баллов» of corps B.
ROW_OF_A = re.compile(r"([0-9,]+) (?:- ([0-9,]+)|и более) баллов – «([^»]+)»")
ROW_OF_B = re.compile(r"«([^»]+)»[^«]*? от ([0-9,]+) до ([0-9,]+) баллов")
HUNDREDTH = Fraction(1, 100)


def read_number(text):
    return Fraction(text.replace(",", ".")) if text else None


@pytest.mark.parametrize("name", TABLES)
def test_our_copy_of_a_table_stands_in_the_order(name):
    order = read_source("law", "order_2025_121.txt")
    assert any(PRINTED[name]["rows"] in text for text in order)
    # The order gives its scales no title.
    assert name in SCALES or any(PRINTED[name]["title"] in text for text in order)


def test_the_tables_are_the_two_annexes_and_the_three_scales(law):
    assert list(law.regulation.tables) == list(law.tables) == list(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_where_it_stands_what_it_is_for_and_that_it_is_printed(name, law):
    table, printed = law.regulation.tables[name], PRINTED[name]
    assert (table.name, table.point, table.title) == (name, printed["point"], printed["title"])
    assert list(table.kinds) == printed.get("kinds", [])
    assert law.tables[name]["provenance"] == "text"


def print_row(row, name):
    """Return a row of an annex as the order prints it; annex 4 prints no smallest mark."""
    alone = name == "annex_4" or row.low == row.high
    return f"{row.printed} {comma(row.high) if alone else f'{comma(row.low)}-{comma(row.high)}'}"


@pytest.mark.parametrize("name", ANNEXES)
def test_an_annex_has_the_rows_of_the_order(name, law):
    rows = law.regulation.tables[name].rows
    assert all(row.high is not None for row in rows)
    assert " ".join(print_row(row, name) for row in rows) == PRINTED[name]["rows"]
    assert not any(row.label for row in rows)


def test_annex_4_allows_every_lower_mark(law):
    assert {row.low for row in law.regulation.tables["annex_4"].rows} == {0}


def test_annex_5_has_a_smallest_mark_in_every_row(law):
    assert all("low" in row for row in law.tables["annex_5"]["rows"])


@pytest.mark.parametrize("name", ANNEXES)
def test_the_rows_of_an_annex_are_steps_of_five_percent_and_a_quarter_of_a_mark(name, law):
    rows = law.regulation.tables[name].rows[::-1]
    assert [row.start for row in rows] == [5 * step for step in range(21)]
    firsts = [row.high if name == "annex_4" else row.low for row in rows]
    assert firsts == [Fraction(step, 4) for step in range(21)]


@pytest.mark.parametrize("name", TABLES)
def test_a_row_ends_a_hundredth_below_the_next_one_but_for_the_one_misprint(name, law):
    rows = law.regulation.tables[name].rows
    gaps = {row.printed: above.start - row.end for above, row in pairwise(rows)}
    misprint = {"40-44,49": Fraction("0.51")} if name in ANNEXES else {}
    assert {printed: gap for printed, gap in gaps.items() if gap != HUNDREDTH} == misprint


@pytest.mark.parametrize("name", SCALES)
def test_a_scale_has_the_rows_and_the_words_of_the_order(name, law):
    text = PRINTED[name]["rows"]
    found = [(row.start, row.end, row.label) for row in law.regulation.tables[name].rows]
    if name == "scale_corps_b":
        rows = [(low, high, words) for words, low, high in ROW_OF_B.findall(text)]
    else:
        rows = ROW_OF_A.findall(text)[::-1]
    assert found == [(read_number(low), read_number(high), words) for low, high, words in rows]
    assert all(row.high is None for row in law.regulation.tables[name].rows)
