"""Where the tables stand in a workbook: several on a sheet, split, copied, hidden, or lost among formats."""

import re
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.styles import PatternFill

from tests.forms.sheets import FILE, insert_rows, list_shares, list_values, read, save
from tests.forms.typed import SHARES, VALUES, type_form
from toolkit.errors import ToolkitError
from toolkit.intake.forms import grid

YELLOW = PatternFill("solid", fgColor="FFFF00")


def pour(target, sheet, top, left=0):
    """Copy the cells of a sheet below and right of a place of another."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                target.cell(cell.row + top, cell.column + left).value = cell.value
    for area in sheet.merged_cells.ranges:
        area.shift(row_shift=top, col_shift=left)
        target.merge_cells(str(area))


def rewrite(data, change):
    """Return a workbook whose sheets are changed as text."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            sheet = name.startswith("xl/worksheets/sheet")
            new.writestr(name, change(text.decode()).encode() if sheet else text)
    return out.getvalue()


def store(data, values):
    """Put the computed values of formulas into the cells, as office programs do."""

    def change(text):
        for address, (value, kind) in values.items():
            pattern = rf'<c r="{address}"[^>]*><f>([^<]*)</f><v ?/>'
            assert re.search(pattern, text)
            mark = f' t="{kind}"' if kind else ""
            text = re.sub(pattern, rf'<c r="{address}"{mark}><f>\1</f><v>{value}</v>', text)
        return text

    return rewrite(data, change)


def test_all_tables_of_annex_8_on_one_sheet_are_read():
    book, one = type_form("8"), Workbook()
    for at, sheet in enumerate(book.worksheets):
        pour(one.active, sheet, 20 * at, 2)
    found = read(save(one))
    assert (list_values(found), list_shares(found)) == (VALUES["8"], SHARES)
    assert found.problems == []


def test_two_forms_on_one_sheet_and_a_third_beside_them_are_read():
    one, third = Workbook(), type_form("2")
    pour(one.active, type_form("1").worksheets[0], 0)
    pour(one.active, type_form("7").worksheets[0], 20)
    pour(one.create_sheet("Лист2"), third.worksheets[0], 3, 1)
    found = read(save(one))
    assert list_values(found) == VALUES["1"] | VALUES["7"] | VALUES["2"]
    assert found.problems == []


def test_annex_7_continued_in_a_second_table_with_the_names_again_is_read_whole():
    book = type_form("7")
    first = book["staff_quality"]
    insert_rows(first, 1, 2)
    first["A20"] = "Продолжение таблицы"
    for row in range(5, 16):
        for at in (1, 2):
            first.cell(row + 20, at).value = first.cell(row, at).value
        for at in range(7, 13):
            first.cell(row + 20, at - 4).value, first.cell(row, at).value = first.cell(row, at).value, None
    found = read(save(book))
    assert list_values(found) == VALUES["7"]
    assert found.problems == []


def test_annex_7_continued_as_printed_without_names_is_refused_because_sums_cannot_be_told():
    book = type_form("7")
    first = book["staff_quality"]
    for row in range(3, 14):
        for at in range(7, 13):
            first.cell(row + 20, at - 6).value, first.cell(row, at).value = first.cell(row, at).value, None
    found = read(save(book))
    printed_first = ("nazarbayev_graduates", "candidates_of_science", "doctors_of_science", "phd_holders")
    assert list_values(found) == {name: VALUES["7"][name] for name in printed_first}
    (said,) = map(str, found.problems)
    assert said.startswith(f"{FILE}, лист staff_quality, строка 23: нет столбца с наименованиями")


def test_a_form_copied_for_another_year_is_offered_twice_for_whoever_settles_it():
    book = type_form("1")
    copy = book.copy_worksheet(book.worksheets[0])
    copy["C10"], copy["C9"], copy["C13"] = 6, 6, 18
    offers = [(offer.name, offer.value) for offer in read(save(book)).offers]
    assert sorted(offers) == [
        ("exit_interviews_filled", 14),
        ("exit_interviews_filled", 14),
        ("staff_dismissed", 21),
        ("staff_dismissed", 22),
    ]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_with_a_form_is_not_read_and_that_is_said(state):
    book = type_form("1")
    copy = book.copy_worksheet(book.worksheets[0])
    copy.title, copy.sheet_state, copy["C13"] = "Старый", state, 99
    found = read(save(book))
    assert list_values(found) == VALUES["1"]
    assert list(map(str, found.problems)) == [
        f"{FILE}, лист Старый: предупреждение: скрытый лист с формой не прочитан"
    ]


def test_a_workbook_whose_only_form_is_hidden_offers_nothing_and_says_so():
    book = type_form("2")
    book.create_sheet("Лист")
    book["contests"].sheet_state = "hidden"
    found = read(save(book))
    assert found.offers == []
    assert ["скрытый лист" in problem.what for problem in found.problems] == [True]


@pytest.mark.parametrize("title", ['a&b<c>"d"', "'ф'", "=1+1", "Лист 1 (копия)", "\u202eтсиЛ"])
def test_the_name_of_a_sheet_is_shown_as_it_is_on_one_line(title):
    book = type_form("1")
    book.worksheets[0].title = title
    book.worksheets[0]["C13"] = 18
    (said,) = read(save(book)).problems
    assert said.place.sheet == title.replace("\u202e", " ")
    assert str(said).isprintable()


@pytest.mark.parametrize("name", ["<script>.xlsx", "a\"b'.xlsx", "форма (1).xlsx", "= 1.xlsx"])
def test_the_name_of_a_file_stands_in_front_of_every_problem(name):
    book = type_form("1")
    book.worksheets[0]["C13"] = 18
    (said,) = read(save(book), name=name).problems
    assert str(said).startswith(f"{name}, лист exit_interviews, ячейка C13: 18")


def test_formulas_are_read_by_their_stored_values():
    book = type_form("1")
    sheet = book.worksheets[0]
    sheet["C6"], sheet["C13"], sheet["E8"] = "=2+2", "=C4+C9+C11", '=IF(1,"","")'
    sheet["E5"], sheet["E4"] = 3, 3
    sheet["E6"] = 2
    data = store(save(book), {"C6": ("4", ""), "C13": ("17", ""), "E8": ("", "str")})
    found = read(data)
    assert list_values(found) == VALUES["1"]
    assert found.problems == []


def test_a_stored_value_that_is_an_error_or_a_wrong_sum_is_refused():
    book = type_form("1")
    sheet = book.worksheets[0]
    sheet["C6"], sheet["D13"] = "=1/0", "=SUM(D4:D11)"
    found = read(store(save(book), {"C6": ("#DIV/0!", "e"), "D13": ("23", "")}))
    assert list_values(found) == {}
    said = " ".join(map(str, found.problems))
    assert "ячейка C6: ошибка вычисления #DIV/0!" in said
    assert "ячейка D13: 23, а сумма подчинённых строк 12 (D4, D9, D11)" in said


def test_a_formula_that_was_never_computed_is_known_whatever_the_prefix_of_its_markup():
    book = type_form("1")
    book.worksheets[0]["C6"] = "=2+2"

    def prefix(text):
        head, _, body = text.partition("<sheetData>")
        body = re.sub(r"<(/?)(\w)", r"<\1x:\2", f"<sheetData>{body}")
        return head.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=") + body

    found = read(rewrite(save(book), prefix))
    assert list_values(found) == {"exit_interviews_filled": 14}
    assert "ячейка C6: формула без сохранённого значения" in str(found.problems[0])


def test_formats_without_content_up_to_the_last_cell_change_nothing():
    book = type_form("1")
    sheet = book.worksheets[0]
    for address in ("XFD1048576", "C14", "C500", "G4"):
        sheet[address].fill = YELLOW
    for at in range(7, 16_385, 100):
        sheet.cell(13, at).fill = YELLOW
    for letter in ("C", "D", "XFD"):
        sheet.column_dimensions[letter].number_format = "0%"
    found = read(save(book))
    assert list_values(found) == VALUES["1"]
    assert found.problems == []


def test_too_many_cells_are_refused(monkeypatch):
    book = type_form("1")
    monkeypatch.setattr(
        grid, "MOST_CELLS", sum(cell.value is not None for row in book.active for cell in row)
    )
    for at in range(1, 200):
        book.active.cell(20 + at, 1).value = "x"
    with pytest.raises(
        ToolkitError, match=rf"^{FILE}: на листе больше \d+ ячеек; допускается: форма приложения"
    ):
        read(save(book))


def test_a_range_merged_to_the_end_of_the_sheet_is_refused_before_its_cells_are_made():
    merged = '</sheetData><mergeCells><mergeCell ref="A20:XFD1048576"/></mergeCells>'
    data = rewrite(save(type_form("1")), lambda text: text.replace("</sheetData>", merged))
    with pytest.raises(ToolkitError, match=rf"^{FILE}: на листе объединено больше 300000 ячеек"):
        read(data)


@pytest.mark.proof
def test_three_hundred_thousand_and_one_cells_are_refused_and_as_many_rows_of_text_are_read():
    for cells in (300_001, 299_000):
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for _ in range(cells // 10):
            sheet.append(["количество сотрудников"] * 10)
        sheet.append(["x"] * (cells % 10))
        with pytest.raises(ToolkitError, match="больше 300000 ячеек" if cells > 300_000 else "нет формы"):
            read(save(book))


@pytest.mark.parametrize("annex", ["1", "2", "7", "8"])
def test_a_workbook_with_titles_only_or_nothing_at_all_has_no_form(annex):
    empty, text = Workbook(), Workbook()
    text.active["A1"] = type_form(annex).worksheets[0]["A1"].value
    for book in (empty, text):
        with pytest.raises(ToolkitError, match="в книге нет формы приложения: не найдены её заголовки"):
            read(save(book))


def test_a_workbook_of_charts_alone_has_no_form():
    book = Workbook()
    book.active["A1"] = 1
    book.create_chartsheet("Диаграмма").add_chart(BarChart())
    book.active.sheet_state = "hidden"
    book.active = 1
    with pytest.raises(ToolkitError, match="в книге нет формы приложения"):
        read(save(book))


def test_a_chart_sheet_beside_a_form_is_passed_over():
    book = type_form("2")
    book.create_chartsheet("Диаграмма", 0).add_chart(BarChart())
    assert list_values(read(save(book))) == VALUES["2"]
