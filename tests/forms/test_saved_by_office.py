"""Forms opened, computed and saved by LibreOffice are read as those written by other programs."""

import random
from datetime import date
from functools import cache

import pytest

from tests.forms.filling import fill
from tests.forms.sheets import blank_bytes, insert_columns, insert_rows, list_shares, list_values, read, save
from tests.forms.typed import SHARES, VALUES, type_form
from tests.office import recalculate

ANNEXES = ("1", "2", "7", "8")
SUMS = {
    "C4": "=C5+C8",
    "C5": "=SUM(C6:C7)",
    "C9": "=SUM(C10:C10)",
    "C11": "=C12",
    "C13": "=C4+C9+C11",
    "D13": "=SUM(D4,D9,D11)",
    "E6": "=3-2",
    "E13": "=E4+E9+E11",
}


@cache
def draw(annex):
    return fill(annex, random.Random(f"office {annex}"))  # noqa: S311  a seeded draw, nothing secret


def spoil(**cells):
    book = type_form("1")
    for address, value in cells.items():
        book.worksheets[0][address] = value
    return book


def move():
    book = type_form("7")
    insert_rows(book.worksheets[0], 1, 4)
    insert_columns(book.worksheets[0], 1, 2)
    return book


def merge():
    book = spoil(A13="Итого", B13=None)
    for area in ("A13:B13", "B6:B7", "C6:C7"):
        book.worksheets[0].merge_cells(area)
    return book


def hide():
    book = spoil(C13=18)
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Лист")
    return book


def show_percents():
    book = type_form("8")
    for row in (4, 5, 6):
        cell = book["systems_currency"].cell(row, 3)
        cell.value, cell.number_format = cell.value / 100, "0.00%"
    return book


BOOKS = {
    **{f"typed {annex}": lambda annex=annex: type_form(annex) for annex in ANNEXES},
    **{f"drawn {annex}": lambda annex=annex: draw(annex).book for annex in ANNEXES},
    "sums": lambda: spoil(**SUMS),
    "wrong sum": lambda: spoil(**{**SUMS, "C6": 5, "C13": "=C4+C9"}),
    "errors": lambda: spoil(C6="=1/0", D6='=IF(1,"","")', D5=2, D4=4, D13=10, E13="=SUM(E4,E9,E11)"),
    "dates": lambda: spoil(A6=date(2001, 1, 1)),
    "true": lambda: spoil(C6=True),
    "moved": move,
    "merged": merge,
    "hidden": hide,
    "percents": show_percents,
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The workbooks as LibreOffice saves them, by name; it is started once."""
    folder = tmp_path_factory.mktemp("office")
    paths = [folder / f"{name}.xlsx" for name in BOOKS] + [
        folder / f"blank {annex}.xlsx" for annex in ANNEXES
    ]
    for path, make in zip(paths, BOOKS.values(), strict=False):
        path.write_bytes(save(make()))
    for annex in ANNEXES:
        (folder / f"blank {annex}.xlsx").write_bytes(blank_bytes(annex))
    return {path.stem: path.read_bytes() for path in recalculate(paths)}


@pytest.mark.parametrize("annex", ANNEXES)
def test_a_filled_form_saved_by_office_gives_the_same_numbers(annex, saved):
    typed, drawn = read(saved[f"typed {annex}"]), read(saved[f"drawn {annex}"])
    assert (list_values(typed), typed.problems) == (VALUES[annex], [])
    assert (list_values(drawn), drawn.problems) == (draw(annex).values, [])
    assert list_shares(typed) == (SHARES if annex == "8" else {})
    assert list_shares(drawn) == draw(annex).shares


@pytest.mark.parametrize("annex", ANNEXES)
def test_a_blank_saved_by_office_is_still_a_blank(annex, saved):
    found = read(saved[f"blank {annex}"])
    assert found.offers == []
    assert all(problem.warning and "не заполнено" in problem.what for problem in found.problems)


def test_sums_computed_by_office_are_read_and_checked(saved):
    good, wrong = read(saved["sums"]), read(saved["wrong sum"])
    assert (list_values(good), good.problems) == (VALUES["1"], [])
    assert list_values(wrong) == {"exit_interviews_filled": 14}
    # With 5 in C6 the department has 8, the group 11, and the sum leaves out the 2 of C11.
    (said,) = wrong.problems
    assert (said.place.cell, said.what) == ("C13", "16, а сумма подчинённых строк 18 (C4, C9, C11)")


def test_errors_and_empty_texts_computed_by_office_are_no_numbers(saved):
    found = read(saved["errors"])
    # An empty text is an empty cell: D5 is 2 as D7 is; 10 in D13 and 2 in F13 are 12 interviews.
    assert list_values(found) == {"exit_interviews_filled": 12}
    (said,) = found.problems
    assert (said.place.cell, said.what) == ("C6", "ошибка вычисления #DIV/0!")


@pytest.mark.parametrize(
    ("name", "cell", "what"),
    [
        ("dates", "строка 6", "номер строки — дата или время"),
        ("true", "ячейка C6", "логическое значение ИСТИНА"),
        ("merged", "ячейка C6", "ячейка объединена с соседними"),
        ("hidden", "лист exit_interviews", "скрытый лист с формой не прочитан"),
    ],
)
def test_what_cannot_be_read_is_named_as_before(name, cell, what, saved):
    assert any(cell in str(problem) and what in str(problem) for problem in read(saved[name]).problems)


def test_a_moved_table_and_percents_are_read_as_before(saved):
    moved, percents = read(saved["moved"]), read(saved["percents"])
    assert (list_values(moved), moved.problems) == (VALUES["7"], [])
    assert list_shares(percents) == SHARES
