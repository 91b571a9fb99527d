"""A column is known by its title: one that is absent, or stands twice, takes only its own input away."""

import pytest

from tests.forms.rearrangements import LOOK_ALIKE
from tests.forms.sheets import FILE, list_shares, list_values, read, save
from tests.forms.typed import SHARES, VALUES, type_form
from toolkit.intake.forms.definition import ANNEXES, load_form

NEEDED = {
    "systems_currency": {"system", "level"},
    "functions": {"function", "own_systems", "services", "other_systems", "partnership_systems"},
    "contracts": {"contract", "contract_sum", "local_sum"},
    "unused_systems": {"system"},
}
TITLED = [
    (annex, table.key, at)
    for annex in ANNEXES
    for table in load_form(annex).tables
    for at in range(table.kind != "contracts", len(table.columns))  # others begin with their numbers
]


def find_table(annex, key):
    return next(table for table in load_form(annex).tables if table.key == key)


def locate(table, at):
    """Return row and column of a title in a typed form."""
    if table.kind == "contracts":
        return 4 + at, 2
    return 2 + len(table.columns[at].title), at + 1


def expect(table, column):
    """Return the inputs and the share that need a column."""
    if table.kind == "breakdown" and column.key == "unit_name":
        return set(table.inputs), set()
    inputs = {name for name, keys in table.inputs.items() if column.key in keys}
    if table.kind == "contests":
        question = {
            "observer": "contests_observed",
            "recording": "contests_recorded",
            "contest": "contests_held",
        }
        inputs = {question[column.key.partition("_")[0]]}
    return inputs, {table.diagnostic.get("input", "")} if column.key in NEEDED.get(table.key, ()) else set()


def assert_only_these_are_lost(table, book, inputs, shares, words):
    found = read(save(book))
    kept = {*table.inputs, *table.totals} - inputs
    assert list_values(found) == {name: VALUES[table.annex][name] for name in kept}
    kept = {table.diagnostic.get("input", "")} - shares - {""}
    assert list_shares(found) == {name: SHARES[name] for name in kept}
    said = [str(problem) for problem in found.problems if not problem.warning]
    assert said
    assert all(line.startswith(f"{FILE}, лист ") for line in said)
    assert any(word in line for line in said for word in words), said


@pytest.mark.parametrize(("annex", "key", "at"), TITLED)
def test_a_title_that_is_absent_is_named_and_takes_only_what_needs_it(annex, key, at):
    table, book = find_table(annex, key), type_form(annex, key)
    row, column = locate(table, at)
    book[key].cell(row, column).value = "Прочее"
    inputs, shares = expect(table, table.columns[at])
    title = ", ".join(table.columns[at].title)
    assert_only_these_are_lost(table, book, inputs, shares, [f"«{title}» не найден"])


@pytest.mark.parametrize(("annex", "key", "at"), TITLED)
def test_a_title_that_stands_twice_is_named_and_neither_column_is_read(annex, key, at):
    table, book = find_table(annex, key), type_form(annex, key)
    if table.kind == "contracts":
        row, column = locate(table, at)
        book[key].cell(20, 2).value = book[key].cell(row, column).value
    else:
        beside = book[key].max_column + 1
        for row in range(3, 5):
            book[key].cell(row, beside).value = book[key].cell(row, at + 1).value
        question = 3 + 2 * ((at + 1 - 3) // 2)  # the title above «да» and «нет» stands above «да»
        if table.columns[at].unit == "mark":
            book[key].cell(3, beside).value = book[key].cell(3, question).value
    inputs, shares = expect(table, table.columns[at])
    title = ", ".join(table.columns[at].title)
    assert_only_these_are_lost(table, book, inputs, shares, [f"«{title}» стоит дважды"])


@pytest.mark.parametrize("annex", ANNEXES)
def test_titles_in_capitals_with_line_breaks_and_latin_letters_are_known(annex):
    book = type_form(annex)
    for sheet in book:
        for row in sheet.iter_rows(min_row=3, max_row=4 if sheet.title in ("contests", "functions") else 3):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.upper().translate(LOOK_ALIKE).replace(" ", "\n ")
    found = read(save(book))
    assert list_values(found) == VALUES[annex]
    assert list_shares(found) == (SHARES if annex == "8" else {})
    assert found.problems == []


@pytest.mark.parametrize("annex", ANNEXES)
def test_a_header_without_rows_offers_nothing_and_says_so(annex):
    book = type_form(annex)
    for sheet in book:
        if sheet.title != "contracts":
            sheet.delete_rows(5 if sheet.title in ("contests", "functions") else 4, 40)
    found = read(save(book))
    assert list_values(found) == {}
    assert [problem.warning for problem in found.problems] == [True] * len(found.problems)
    assert all(name in " ".join(problem.what for problem in found.problems) for name in VALUES[annex])


def test_a_title_that_looks_like_two_is_not_taken_for_both():
    book = type_form("7")
    sheet = book["staff_quality"]
    sheet["D3"] = "Количество служащих, имеющих степень кандидата наук и доктора PhD"
    found = read(save(book))
    lost = {"candidates_of_science", "phd_holders"}
    assert list_values(found).keys() == VALUES["7"].keys() - lost | {"candidates_of_science"}
    assert any("доктора PhD" in str(problem) and "стоит дважды" in str(problem) for problem in found.problems)
