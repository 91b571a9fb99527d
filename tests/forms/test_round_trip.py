"""What a person fills into a blank is what the reader finds, to the last number and the cell it stands in."""

import random
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.forms.filling import fill
from tests.forms.sheets import blank_bytes, list_cells, list_shares, list_values, read, save
from toolkit.intake.numbers import read_number

ANNEXES = ("1", "2", "7", "8")


def draw(annex, seed):
    return fill(annex, random.Random(f"{annex} {seed}"))  # noqa: S311  a seeded draw, nothing secret


def assert_the_reader_finds_what_was_drawn(annex, seed):
    drawn = draw(annex, seed)
    data = save(drawn.book)
    found = read(data)
    assert [str(problem) for problem in found.problems] == []
    assert list_values(found) == drawn.values
    assert list_shares(found) == drawn.shares
    book = load_workbook(BytesIO(data))
    for offer in found.offers:
        place = offer.origins[0].place
        held = [read_held(book[place.sheet][address].value) for address in list_cells(place)]
        assert sum(held) == offer.value, f"{offer.name}: {place}"


def read_held(value):
    """Return the number that a cell holds, alone or behind the colon of its line."""
    written = re.fullmatch(r".*: __(\d+)__.*", str(value))
    return read_number(written[1] if written else str(value)).number


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("annex", ANNEXES)
def test_a_filled_blank_gives_the_drawn_numbers_and_the_cells_they_stand_in(annex, seed):
    assert_the_reader_finds_what_was_drawn(annex, seed)


@pytest.mark.proof
@pytest.mark.parametrize("annex", ANNEXES)
def test_two_hundred_fillings_of_each_form_are_read_exactly(annex):
    for seed in range(1000, 1200):
        assert_the_reader_finds_what_was_drawn(annex, seed)


@pytest.mark.parametrize("annex", ANNEXES)
def test_an_untouched_blank_offers_nothing_and_says_what_is_not_filled(annex):
    found = read(blank_bytes(annex))
    assert (found.offers, found.diagnostics) == ([], [])
    assert found.problems
    assert all(problem.warning and "не заполнено" in problem.what for problem in found.problems)


def test_an_akimat_is_not_bothered_about_the_untouched_table_of_ministries():
    drawn = draw("8", 1)
    sheet = drawn.book["6. Реестр показателей"]
    for cell in sheet[5][1:3]:
        cell.value = None
    found = read(save(drawn.book), "akimat")
    assert found.problems == []
    assert {offer.name for offer in found.offers} == {
        "digital_staff_total",
        "digital_staff_it_educated",
        "staff_total",
        "ict_certified_staff",
    }
