"""A folder with a workbook becomes the same campaign as a CSV file, cell by cell."""

import zipfile
from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from toolkit.errors import ToolkitError
from toolkit.intake import xlsx_table
from toolkit.intake.campaign import read_campaign

HEAD = ["agency", "agency_type"]


def save(folder, book):
    book.save(folder / "agencies.xlsx")
    book.close()
    return read_campaign(folder)


def read(folder, column, value, number_format=None):
    """Read a workbook with one cell beside two good ones; the cell is C2."""
    book = Workbook()
    sheet = book.active
    sheet.title = "agencies"
    sheet.append([*HEAD, column, "data_currency_points"])
    sheet.append(["mf", "central", value, 19.5])
    if number_format:
        sheet["C2"].number_format = number_format
    return save(folder, book)


def assert_refused(campaign, column, *words):
    (problem,) = campaign.problems
    assert [word for word in words if word not in str(problem)] == []
    assert (problem.place.sheet, problem.place.row, problem.place.column) == ("agencies", 2, f"{column} (C2)")
    assert campaign.find("mf").values == {"data_currency_points": Fraction(39, 2)}
    assert column in campaign.find("mf").refused


@pytest.mark.parametrize(
    ("column", "value", "number_format", "expected"),
    [
        ("i1", 0.1, None, Fraction(1, 10)),
        ("i1", 1e-05, None, Fraction(1, 100000)),
        ("i1", 0.8, "0%", Fraction(4, 5)),
        ("i1", 0.805, "0.00%", Fraction(161, 200)),
        ("i1", "80 %", None, Fraction(4, 5)),
        ("strategy_execution_percent", 0.8, "0%", Fraction(80)),
        ("strategy_execution_percent", 0.799999, "0%", Fraction(799999, 10000)),
        ("strategy_execution_percent", 80, None, Fraction(80)),
        ("strategy_execution_percent", 80, '0"%"', Fraction(80)),
        ("strategy_execution_percent", 80, r"0\%", Fraction(80)),
        ("strategy_execution_percent", "80%", None, Fraction(80)),
        ("contests_held", 5, None, Fraction(5)),
        ("contests_held", 5.0, None, Fraction(5)),
        ("contests_held", 1250, "# ##0", Fraction(1250)),
        ("contests_held", "1 250", None, Fraction(1250)),
        ("apparatus_headcount_mean", "3001/12", None, Fraction(3001, 12)),
        ("apparatus_headcount_mean", 250.25, None, Fraction(1001, 4)),
        ("strategy_status", " Complete ", None, Fraction(2)),
    ],
)
def test_a_cell_is_read_exactly(tmp_path, column, value, number_format, expected):
    campaign = read(tmp_path, column, value, number_format)
    assert campaign.problems == ()
    assert campaign.find("mf").values[column] == expected


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("contests_held", True, ["логическое значение ИСТИНА", "целое число ≥ 0"]),
        ("contests_held", False, ["логическое значение ЛОЖЬ"]),
        ("contests_held", date(2024, 5, 1), ["дата или время", "2024-05-01"]),
        ("contests_held", time(8, 30), ["дата или время", "08:30"]),
        ("contests_held", "#DIV/0!", ["ошибка вычисления #DIV/0!"]),
        ("contests_held", "#N/A", ["ошибка вычисления #N/A"]),
        ("contests_held", "=10+10", ["формула без сохранённого значения"]),
        ("strategy_execution_percent", "=40+40", ["формула без сохранённого значения"]),
        ("contests_held", 3.5, ["«3.5» — не целое число"]),
        ("contests_held", -1, ["«-1» меньше 0"]),
        ("contests_held", 1e300, ["число слишком велико"]),
        ("contests_held", "н/д", ["«н/д» — не число", "оставьте ячейку пустой"]),
        ("strategy_status", 2, ["«2» — неизвестное слово", "absent | incomplete | complete"]),
    ],
)
def test_a_bad_cell_is_refused_by_its_address(tmp_path, column, value, words):
    assert_refused(read(tmp_path, column, value), column, *words)


@pytest.mark.parametrize("column", ["contests_held", "gender_balance_points", "overtime_workday_hours"])
def test_a_percent_format_is_refused_where_no_percent_belongs(tmp_path, column):
    assert_refused(read(tmp_path, column, 0.8, "0%"), column, "знак процента")


def test_a_formula_in_a_code_refuses_its_row_alone(tmp_path):
    book = Workbook()
    for row in ([*HEAD, "workdays"], ['=LOWER("MF")', "central", 247], ["me", "local", 246]):
        book.active.append(row)
    campaign = save(tmp_path, book)
    assert [row.row for row in campaign.refused] == [2]
    assert str(campaign.problems[0]).startswith(
        "agencies.xlsx, лист Sheet, строка 2, столбец agency (A2): формула"
    )
    assert campaign.find("me").values == {"workdays": 246}


def test_a_formula_with_a_saved_value_is_its_value(tmp_path):
    read(tmp_path, "contests_held", "=10+10")
    rewrite(tmp_path, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>20</v>")
    assert read_campaign(tmp_path).find("mf").values["contests_held"] == 20


def test_a_formula_that_gave_an_empty_text_is_an_empty_cell(tmp_path):
    read(tmp_path, "strategy_execution_percent", '=IF(1,"","x")')
    rewrite(tmp_path, "xl/worksheets/sheet1.xml", b'<c r="C2">', b'<c r="C2" t="str">')
    campaign = read_campaign(tmp_path)
    assert campaign.problems == ()
    assert campaign.find("mf").values["strategy_execution_percent"] == 0


def test_an_empty_chart_sheet_does_not_keep_the_others_from_being_read(tmp_path):
    book = Workbook()
    book.create_chartsheet("Диаграмма", 0)
    book.active = 1
    book.worksheets[0].append(HEAD)
    book.worksheets[0].append(["mf", "central"])
    assert [agency.code for agency in save(tmp_path, book)] == ["mf"]


def test_a_damaged_workbook_is_refused_without_names_of_the_program(tmp_path):
    read(tmp_path, "contests_held", 20)
    rewrite(tmp_path, "xl/workbook.xml", b"<sheets>", b"<sheets><sheet/>")
    with pytest.raises(ToolkitError, match=r"книга не читается, файл повреждён; допускается"):
        read_campaign(tmp_path)


def rewrite(folder, name, old, new):
    """Replace bytes of one member of the workbook, as another program would have written it."""
    file = folder / "agencies.xlsx"
    with zipfile.ZipFile(file) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    if name in members:
        members[name] = members[name].replace(b"<v />", b"<v></v>").replace(b"<v/>", b"<v></v>")
        assert old in members[name]
        members[name] = members[name].replace(old, new)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)


def test_the_sheet_named_agencies_wins_over_those_before_it(tmp_path):
    book = Workbook()
    book.active.append([*HEAD])
    book.active.append(["wrong", "central"])
    sheet = book.create_sheet("Agencies")
    sheet.append(HEAD)
    sheet.append(["mf", "central"])
    assert [agency.code for agency in save(tmp_path, book)] == ["mf"]


def test_without_such_a_sheet_the_first_with_a_column_of_codes_is_read(tmp_path):
    book = Workbook()
    book.active.append(["Инструкция"])
    book.create_sheet("пустой")
    sheet = book.create_sheet("Данные")
    sheet.append(["Agency ", "agency_type", "contests_held"])
    sheet.append(["mf", "central", "x"])
    campaign = save(tmp_path, book)
    assert [agency.code for agency in campaign] == ["mf"]
    assert campaign.problems[0].place.sheet == "Данные"


def test_a_workbook_without_such_columns_is_refused(tmp_path):
    book = Workbook()
    book.active.append(["код", "тип"])
    with pytest.raises(ToolkitError, match="лист Sheet, строка 1: нет столбца agency"):
        save(tmp_path, book)


def test_an_empty_workbook_is_refused(tmp_path):
    with pytest.raises(ToolkitError, match="нет заполненных листов"):
        save(tmp_path, Workbook())


def test_blank_and_merged_rows_keep_the_numbers_of_the_others(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append([*HEAD, "agency_name", "contests_held"])
    sheet["A4"], sheet["B4"], sheet["C4"] = "mf", "central", "Минфин"
    sheet.merge_cells("C4:D4")
    sheet["A7"], sheet["B7"], sheet["D7"] = "me", "local", "нет"
    campaign = save(tmp_path, book)
    assert campaign.find("mf").name == "Минфин"
    assert campaign.find("mf").values == {}
    assert (campaign.problems[0].place.row, campaign.problems[0].place.column) == (7, "contests_held (D7)")


def test_a_number_serves_as_a_code_and_a_year_is_a_number(tmp_path):
    book = Workbook()
    book.active.append([*HEAD, "year"])
    book.active.append([101, "central", 2024.0])
    campaign = save(tmp_path, book)
    assert (campaign.find("101").year, campaign.problems) == (2024, ())


def test_values_right_of_the_header_are_named_and_not_used(tmp_path):
    book = Workbook()
    book.active.append([*HEAD, "workdays"])
    book.active.append(["mf", "central", 247, None, "заметка"])
    campaign = save(tmp_path, book)
    assert (campaign.problems[0].place.row, campaign.problems[0].place.column) == (1, "E")
    assert campaign.find("mf").values == {"workdays": 247}


def test_a_cell_in_the_last_corner_of_a_sheet_costs_no_time(tmp_path):
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(["mf", "central"])
    book.active["XFD1048576"].number_format = "0%"
    assert [agency.code for agency in save(tmp_path, book)] == ["mf"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "не книга Excel"),
        (b"agency,agency_type\nmf,central\n", "не книга Excel"),
        (b"PK\x03\x04 and nothing more", "не книга Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "зашифрована или сохранена старым Excel"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path, data, words):
    (tmp_path / "agencies.xlsx").write_bytes(data)
    with pytest.raises(ToolkitError, match=words):
        read_campaign(tmp_path)


def test_another_archive_under_the_name_of_a_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "agencies.xlsx", "w") as archive:
        archive.writestr("content.xml", "<office/>")
    with pytest.raises(ToolkitError, match="книга не читается"):
        read_campaign(tmp_path)


def test_a_damaged_sheet_is_refused(tmp_path):
    read(tmp_path, "contests_held", 20)
    rewrite(tmp_path, "xl/worksheets/sheet1.xml", b"</sheetData>", b"<")
    with pytest.raises(ToolkitError, match="книга не читается"):
        read_campaign(tmp_path)


def test_an_archive_that_unpacks_to_an_absurd_size_is_not_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "agencies.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(xlsx_table.LARGEST_ARCHIVE + 1))
    with pytest.raises(ToolkitError, match="распаковывается в 200 МБ"):
        read_campaign(tmp_path)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_damage_of_a_workbook_gives_a_campaign_or_a_toolkit_error(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("campaign")
    read(folder, "contests_held", 20)
    file = folder / "agencies.xlsx"
    content = bytearray(file.read_bytes())
    # A workbook carries the time of its saving, so its length differs: the place is drawn apart from it.
    at = data.draw(st.integers(0, 1_000_000)) % len(content)
    content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    file.write_bytes(content)
    assert all(message.isprintable() for message in list_messages(folder))


def list_messages(folder):
    try:
        return [str(problem) for problem in read_campaign(folder).problems]
    except ToolkitError as error:
        return [str(error)]
