"""The blanks opened by another program: nothing is lost, cut or computed, and cells take what is allowed."""

import os
import re
import shutil
import subprocess
from itertools import pairwise

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from tests.command import run_toolkit
from toolkit.intake.forms.definition import ANNEXES, load_form
from toolkit.publish.blank_form import write_blank

# How many sheets of paper a blank may take: annex 8 has one for each table and one before them.
PAGES = {"1": 2, "2": 2, "7": 1, "8": 8}
TAKEN = {"mark": "list", "percent": "decimal", "tenge": "decimal", "text": None, "number": None}
over_annexes = pytest.mark.parametrize("annex", ANNEXES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("blanks")
    for annex in ANNEXES:
        write_blank(load_form(annex), made / f"annex_{annex}.xlsx")
    return made


@pytest.fixture(scope="module")
def books(folder):
    return {annex: openpyxl.load_workbook(folder / f"annex_{annex}.xlsx") for annex in ANNEXES}


def texts(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def taken(sheet):
    """Return which kind of value each cell takes."""
    kinds = {}
    for rule in sheet.data_validations.dataValidation:
        for area in str(rule.sqref).split():
            left, top, right, bottom = range_boundaries(area)
            cells = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
            kinds |= dict.fromkeys(cells, rule.type)
    return kinds


def coloured(sheet):
    """Return the cells that are to be filled in."""
    return {
        (cell.row, cell.column)
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == "FFFFF8D6"
    }


@over_annexes
def test_every_printed_text_is_on_the_blank_in_its_order(annex, books):
    form, book = load_form(annex), books[annex]
    assert texts(book.worksheets[0])[: len(form.head) + 1] == [*form.head, form.title]
    assert [line for line in form.preamble if line.strip("_")] == [
        text for text in texts(book.worksheets[0]) if text in form.preamble
    ]
    for table in form.tables:
        shown = texts(book[table.sheet])
        groups = [text for group in table.groups for text in (group.title, *group.rows)]
        totals = [total.title for total in table.totals.values()] or ["Итого"] * (table.kind == "breakdown")
        titles = [line for column in table.columns for line in column.title]
        for printed in (groups, totals, [table.caption or form.title], list(table.notes)):
            places = [shown.index(text) for text in printed]
            assert all(first < second for first, second in pairwise(places))
        assert set(titles) <= set(shown)


@over_annexes
def test_the_last_sheet_ends_with_the_places_of_the_signatures(annex, books):
    shown = texts(books[annex].worksheets[-1])[-5:]
    assert shown[0] == "Руководитель государственного органа"
    assert re.fullmatch(r"\(подпись\) +\(расшифровка подписи\)", shown[1])
    assert shown[2] == "Руководитель соответствующего структурного подразделения государственного органа"
    assert shown[4] == load_form(annex).notes[-1]


@pytest.mark.parametrize("annex", ["1", "7"])
def test_rows_under_a_numbered_group_have_numbers_of_their_own(annex, books):
    numbers = [cell.value for cell in books[annex].worksheets[0]["A"] if cell.value]
    outlined = [number for number in numbers if re.fullmatch(r"[\d.]+", number)]
    assert outlined[:5] == ["1", "1.1", "1.1.1", "1.1.2", "1.2"]
    assert outlined[-3:] == ["2.3", "2.4", "2.5"]
    assert len(set(outlined)) == len(outlined)


@over_annexes
def test_cells_hold_no_formula_and_no_figure(annex, books):
    for sheet in books[annex]:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert kinds <= {"s"}


@over_annexes
def test_every_cell_to_be_filled_takes_what_its_column_allows(annex, books):
    for table in load_form(annex).tables:
        sheet, titles = books[annex][table.sheet], texts(books[annex][table.sheet])
        cells, kinds = coloured(sheet), taken(sheet)
        assert cells
        assert table.columns[-1].title[-1] in titles
        for at, column in enumerate(table.columns, 1):
            if table.kind == "contracts":
                own = {cell for cell in cells if sheet.cell(cell[0], 2).value == column.title[0]}
            else:
                total = {total.title for total in table.totals.values()}
                own = {cell for cell in cells if cell[1] == at and sheet.cell(cell[0], 1).value not in total}
            assert {kinds.get(cell) for cell in own} == (
                set() if column.unit == "number" else {TAKEN.get(column.unit, "whole")}
            )


def test_the_totals_of_contests_take_whole_numbers(books):
    sheet = books["2"].worksheets[0]
    totals = [total.title for total in load_form("2").tables[0].totals.values()]
    rows = [cell.row for cell in sheet["A"] if cell.value in totals]
    assert [taken(sheet)[row, 3] for row in rows] == ["whole"] * 3


@over_annexes
def test_every_rule_refuses_in_russian_and_says_what_is_allowed(annex, books):
    rules = [rule for sheet in books[annex] for rule in sheet.data_validations.dataValidation]
    assert rules
    for rule in rules:
        assert rule.error.startswith("Допускается: ")
        assert rule.showErrorMessage
        assert rule.prompt
        # What Excel takes, a longer text damages the file.
        assert max(len(rule.prompt), len(rule.error)) <= 255
        assert max(len(rule.promptTitle), len(rule.errorTitle)) <= 32


@over_annexes
def test_the_header_stays_in_sight_and_on_every_page(annex, books):
    for table in load_form(annex).tables:
        sheet = books[annex][table.sheet]
        first, last = map(int, re.findall(r"\d+", sheet.print_title_rows))
        header = [cell.value for row in sheet.iter_rows(first, last) for cell in row]
        assert "№ п/п" in header
        assert sheet.freeze_panes == f"C{last + 1}"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_two_runs_give_the_same_bytes(folder, tmp_path):
    for annex in ANNEXES:
        write_blank(load_form(annex), tmp_path / "again.xlsx")
        assert (tmp_path / "again.xlsx").read_bytes() == (folder / f"annex_{annex}.xlsx").read_bytes()


def test_a_blank_has_as_many_rows_as_asked(tmp_path):
    write_blank(load_form("2"), tmp_path / "long.xlsx", rows=40)
    numbers = [cell.value for cell in openpyxl.load_workbook(tmp_path / "long.xlsx").active["A"]]
    assert numbers.count("40") == 2


def test_a_blank_fits_on_its_sheets_of_paper(folder, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        leave = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        leave("no LibreOffice; on Debian: apt-get install libreoffice-calc")
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    files = sorted(map(str, folder.glob("*.xlsx")))
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
        check=True,
        capture_output=True,
        timeout=300,
    )
    printed = {annex: (tmp_path / f"annex_{annex}.pdf").read_bytes() for annex in ANNEXES}
    assert {annex: len(re.findall(rb"/Type\s*/Page\b", data)) for annex, data in printed.items()} == PAGES


def test_the_command_writes_a_blank_and_says_so(tmp_path):
    done = run_toolkit("forms", "blank", "--annex", "7", "--out", tmp_path / "f.xlsx")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Пустая форма приложения 7 записана: ")
    assert (tmp_path / "f.xlsx").stat().st_size > 5_000


def test_the_command_writes_over_nothing(tmp_path):
    (tmp_path / "f.xlsx").write_text("filled", "utf-8")
    done = run_toolkit("forms", "blank", "--annex", "7", "--out", "f.xlsx", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "Ошибка: f.xlsx уже есть, поверх него не пишется; допускается: другое имя файла\n"
    assert (tmp_path / "f.xlsx").read_text("utf-8") == "filled"


@pytest.mark.parametrize(
    ("annex", "out", "sentence"),
    [
        ("9", "f.xlsx", "Ошибка: нет формы приложения «9»; допускается: 1, 2, 7, 8"),
        ("", "f.xlsx", "Ошибка: нет формы приложения «»; допускается: 1, 2, 7, 8"),
        (
            "7",
            "f.csv",
            "Ошибка: f.csv: форма пишется в книгу Excel; допускается: имя файла с окончанием .xlsx",
        ),
        (
            "7",
            "no/f.xlsx",
            "Ошибка: не записать no/f.xlsx: такой папки или файла нет; допускается: имя файла",
        ),
    ],
)
def test_what_the_command_cannot_do_is_one_sentence(annex, out, sentence, tmp_path):
    done = run_toolkit("forms", "blank", "--annex", annex, "--out", out, folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
