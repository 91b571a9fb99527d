"""A number that was changed is refused, a form that was rearranged is read; nothing is ever misread."""

import random

import pytest
from openpyxl.utils import get_column_letter

from tests.forms.filling import fill, fill_breakdown, fill_contests
from tests.forms.rearrangements import HARMLESS, find_header, spell_numbers
from tests.forms.sheets import find_cell, list_values, read, save
from toolkit.intake.forms.definition import load_form

ANNEXES = ("1", "2", "7", "8")
SEEDS = range(4)
# The figures of annex 2 are marks, which have one spelling.
HARMLESS_FOR = [
    (annex, change) for annex in ANNEXES for change in HARMLESS if (annex, change) != ("2", spell_numbers)
]


def seeded(*parts):
    return random.Random(" ".join(map(str, parts)))  # noqa: S311  a seeded draw, nothing secret


def list_errors(found):
    return [problem for problem in found.problems if not problem.warning]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("annex", ["1", "7"])
def test_one_changed_number_refuses_its_input_names_its_column_and_spoils_nothing_else(annex, seed):
    chance = seeded(annex, seed)
    drawn = fill_breakdown(annex, chance)
    key = chance.choice(list(drawn.numbers))
    cell = drawn.sheet[chance.choice(drawn.numbers[key])]
    cell.value = int(cell.value) + chance.randint(1, 9)
    found = read(save(drawn.book))
    (spoilt,) = [name for name, keys in drawn.inputs.items() if key in keys]
    left = {name: value for name, value in drawn.values.items() if name != spoilt}
    assert list_values(found) == left
    assert [offer.name for offer in found.offers if offer.fault] == [spoilt]
    named = [problem.place.cell for problem in list_errors(found)]
    assert named
    assert all(address.rstrip("0123456789") == cell.column_letter for address in named)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("at", [3, 5])
def test_a_mark_moved_to_the_other_column_refuses_that_total_alone(at, seed):
    drawn = fill_contests(seeded("mark", seed))
    sheet = drawn.sheet
    row = next((cell.row for cell in sheet["B"] if str(cell.value).startswith("Протокол")), 0)
    if not row:
        sheet.cell(9, 2).value, row = "Протокол № 1", 9
        for column in (4, 6):
            sheet.cell(row, column).value = "+"
        for line in load_form("2").tables[0].totals.values():
            sheet.cell(find_cell(sheet, line.title).row, 3).value = None
        drawn.values.update(contests_held=1, contests_observed=0, contests_recorded=0)
    yes, no = sheet.cell(row, at), sheet.cell(row, at + 1)
    yes.value, no.value = no.value, yes.value
    spoilt = {3: "contests_observed", 5: "contests_recorded"}[at]
    found = read(save(drawn.book))
    values = list_values(found)
    assert values.pop("contests_held") == drawn.values["contests_held"]
    assert spoilt not in values or found.problems
    assert {name: drawn.values[name] for name in values if name != spoilt} == {
        name: value for name, value in values.items() if name != spoilt
    }


@pytest.mark.parametrize(("annex", "change"), HARMLESS_FOR)
def test_what_leaves_the_numbers_as_they_are_is_read_as_before(annex, change):
    chance = seeded(annex, change.__name__)
    drawn = fill(annex, chance)
    change(drawn.sheet, chance)
    found = read(save(drawn.book))
    assert list_values(found) == drawn.values
    assert list_errors(found) == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("annex", ANNEXES)
def test_whatever_is_rearranged_an_input_has_its_number_or_none_and_a_reason(annex, seed):
    assert_nothing_is_misread(annex, seed)


@pytest.mark.proof
@pytest.mark.parametrize("annex", ANNEXES)
def test_a_hundred_and_fifty_rearranged_forms_of_each_annex_are_never_misread(annex):
    for seed in range(1000, 1150):
        assert_nothing_is_misread(annex, seed)


def assert_nothing_is_misread(annex, seed):
    chance = seeded("all", annex, seed)
    drawn = fill(annex, chance)
    if annex in "17":
        reorder_columns(drawn.sheet, len(drawn.numbers), chance)
    for change in HARMLESS:
        if chance.random() < 0.4:
            change(drawn.sheet, chance)
    found = read(save(drawn.book))
    values = list_values(found)
    assert {name: drawn.values[name] for name in values} == values
    assert len(values) == len(drawn.values) or list_errors(found)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("annex", ["1", "7"])
def test_columns_in_any_order_are_read_by_their_titles(annex, seed):
    chance = seeded("order", annex, seed)
    drawn = fill_breakdown(annex, chance)
    reorder_columns(drawn.sheet, len(drawn.numbers), chance)
    found = read(save(drawn.book))
    assert list_values(found) == drawn.values
    assert list_errors(found) == []


def reorder_columns(sheet, figures, chance):
    """Put the columns of the table, that of the names among them, in another order."""
    header, total = find_header(sheet), find_cell(sheet, "Итого").row
    order = list(range(2, figures + 3))
    chance.shuffle(order)
    for row in range(header, total + 1):
        values = [sheet.cell(row, at).value for at in order]
        for at, value in enumerate(values, 2):
            sheet.cell(row, at).value = value


@pytest.mark.parametrize("seed", SEEDS)
def test_swapped_columns_of_the_small_tables_of_annex_8_are_read_by_their_titles(seed):
    drawn = fill("8", seeded("small", seed))
    for title in ("3. Кадры по цифровизации", "4. Курсы по ИКТ навыкам", "6. Реестр показателей"):
        sheet = drawn.book[title]
        for row in (3, 4, 5):
            left, right = sheet.cell(row, 2), sheet.cell(row, 3)
            left.value, right.value = right.value, left.value
    found = read(save(drawn.book))
    assert found.problems == []
    assert list_values(found) == drawn.values


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("annex", ["1", "7"])
def test_without_the_total_the_rows_are_added_up_and_it_is_said_or_nothing_is_offered(annex, seed):
    drawn = fill_breakdown(annex, seeded("total", annex, seed))
    total = find_cell(drawn.sheet, "Итого").row
    for at in range(3, 3 + len(drawn.numbers)):
        drawn.sheet.cell(total, at).value = None
    found = read(save(drawn.book))
    for offer in found.offers:
        if offer.value is None:
            assert offer.fault
        else:
            assert offer.value == drawn.values[offer.name]
    columns = {get_column_letter(at) for at in range(3, 3 + len(drawn.numbers))}
    said = {problem.place.cell.rstrip("0123456789") for problem in found.problems}
    assert said <= columns | {""}
    assert all("«Итого» не заполнено" in p.what or "не заполнен" in p.what for p in found.problems)
