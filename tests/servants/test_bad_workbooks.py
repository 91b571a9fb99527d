"""What only a workbook can have: dates, formulas, errors, formats, sheets; and what is too big or unsafe."""

from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from tests.servants.tables import (
    FULL_A,
    HEAD_A,
    HEAD_B,
    MORE_B,
    evaluate_a,
    evaluate_b,
    make_a,
    make_b,
    read_result,
    write_csv,
    write_xlsx,
)
from toolkit.intake.csv_table import MOST_COLUMNS

FIVES = "2025Q3 5 5 5 5 5 none"


def spoil(path, column, value, number_format=None):
    """Put a value into the first row of data of a workbook."""
    book = load_workbook(path)
    sheet = book.active
    at = [cell.value for cell in sheet[1]].index(column) + 1
    cell = sheet.cell(2, at)
    cell.value = value
    if number_format:
        cell.number_format = number_format
    book.save(path)
    book.close()


def make_both(tmp_path, column, value, number_format=None):
    rows = [*make_b([FIVES], servant="bad", left_on=""), *make_b([FIVES], servant="good")]
    path = write_xlsx(tmp_path / "b.xlsx", (*HEAD_B, *MORE_B), rows)
    spoil(path, column, value, number_format)
    return path


BAD = [
    ("p1", "=2+3", None, "формула без сохранённого значения"),
    ("p1", True, None, "логическое значение ИСТИНА"),
    ("p1", "#DIV/0!", None, "ошибка вычисления #DIV/0!"),
    # What Excel makes of «5.01» where a point parts day and month.
    ("p1", date(2025, 1, 5), None, "дата или время (2025-01-05"),
    ("p1", 1, "0%", "знак процента здесь не ставится"),
    ("p1", 4.995, None, "«4.995» — больше двух знаков"),
    ("p1", 5.0000001, None, "больше 5"),
    ("p1", -0.01, "0.00", "меньше 0"),
    ("p1", "5.01", "@", "«5.01» больше 5"),
    ("worked_days", 59.5, None, "не целое число"),
    ("worked_days", date(2025, 7, 1), None, "дата или время"),
    ("appointed_on", 45474, "General", "«45474» — не дата"),
    ("appointed_on", "03/04/2025", None, "«03/04/2025» — не дата"),
    ("appointed_on", datetime(2025, 7, 1, 9, 30), "dd.mm.yyyy hh:mm", "дата или время (2025-07-01 09:30"),  # noqa: DTZ001
    ("appointed_on", "=DATE(2025,7,1)", "dd.mm.yyyy", "формула без сохранённого значения"),
    ("left_on", False, None, "логическое значение ЛОЖЬ"),
    ("quarter", date(2025, 7, 1), None, "дата или время"),
    ("quarter", '="2025Q3"', None, "формула без сохранённого значения"),
    ("sanction", 0, None, "«0» — неизвестное слово"),
    ("sanction", '=IF(1,"none")', None, "формула без сохранённого значения"),
    ("form", date(2025, 7, 1), None, "дата или время"),
]


@pytest.mark.parametrize("case", BAD, ids=lambda case: f"{case[0]} {case[1]}")
def test_a_bad_cell_of_a_workbook_is_named_with_its_sheet_row_and_address(case, tmp_path, command):
    *cell, words = case
    path, out, column = make_both(tmp_path, *cell), tmp_path / "out.csv", case[0]
    done = command("corps-b", path, "--out", out)
    assert done.status == 3, done.err
    letter = "ABCDEFGHIJKLMNOPQR"[(*HEAD_B, *MORE_B).index(column)]
    begins = f"b.xlsx, лист Лист1, строка 2, столбец {column} ({letter}2): "
    (line,) = [line for line in done.err.splitlines() if line.startswith(begins)]
    assert words in line
    assert "допускается: " in line
    rows = {(row["servant"], row["period"]): row["status"] for row in read_result(out.read_text("utf-8"))}
    assert rows["good", "2025Q3"] == rows["good", "2025"] == "evaluated"
    assert {status for (servant, _), status in rows.items() if servant == "bad"} == {"refused"}


@pytest.mark.parametrize(
    ("column", "value", "number_format"),
    [
        ("appointed_on", datetime(2025, 7, 1), "dd.mm.yyyy"),  # noqa: DTZ001  Excel knows no time zones
        ("appointed_on", "01.07.2025", None),
        ("appointed_on", "2025-07-01 00:00:00", None),
        ("p1", "5,00", "@"),
        ("p1", 5.0, "0.00"),
        ("worked_days", "60", "@"),
        ("worked_days", 60.0, None),
        ("sanction", " None ", None),
    ],
)
def test_a_good_cell_may_be_kept_in_several_ways(column, value, number_format, tmp_path):
    rows = evaluate_b(make_both(tmp_path, column, value, number_format))
    assert [(row["status"], row["exact"], row["problems"]) for row in rows] == [("evaluated", "5", "")] * 4


def test_a_percent_is_a_number_of_percents_however_it_is_kept(tmp_path):
    # 87 % of 100 %: from 4.25 to 4.49; (20 + 4.3)/5 = 4.86.
    rows = make_a(["own 100 87 4.3", *FULL_A["2"][:4]])
    kept = []
    for value, number_format in ((87, None), (0.87, "0%"), ("87 %", None), ("87", "@")):
        path = write_xlsx(tmp_path / "a.xlsx", HEAD_A, rows)
        spoil(path, "actual", value, number_format)
        kept.append(evaluate_a(path)[0]["exact"])
    assert kept == ["243/50"] * 4


def test_a_binary_fraction_is_the_decimal_that_was_typed(tmp_path):
    # The binary number nearest to 44.495 is not 44.495; (20 + 2)/5 = 4.4.
    rows = make_a(["assignments 100 44.495 2", *FULL_A["2"][1:]])
    path = write_xlsx(tmp_path / "a.xlsx", HEAD_A, rows)
    (row,) = evaluate_a(path, {"band_40_45": "printed"})
    assert (row["status"], row["exact"]) == ("evaluated", "22/5")


def test_the_sheet_named_after_the_corps_is_taken_before_any_other(tmp_path):
    book = Workbook()
    other = book.active
    other.title = "черновик"
    other.append(list(HEAD_B))
    other.append(["x", "2025Q3", "staff", "2024-03-01", 60, "chief", 1, 1, 1, 1, 1, "none"])
    own = book.create_sheet("Corps_B")
    own.append(list(HEAD_B))
    own.append(["y", "2025Q3", "staff", "2024-03-01", 60, "chief", 5, 5, 5, 5, 5, "none"])
    book.save(tmp_path / "b.xlsx")
    assert {row["servant"] for row in evaluate_b(tmp_path / "b.xlsx")} == {"y"}


def test_empty_rows_and_columns_of_a_workbook_are_passed_over(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append([])
    sheet.append(list(HEAD_B))
    sheet.append([])
    sheet.append(["y", "2025Q3", "staff", "2024-03-01", 60, "chief", 5, 5, 5, 5, 6, "none"])
    book.save(tmp_path / "b.xlsx")
    rows = evaluate_b(tmp_path / "b.xlsx")
    assert [row["status"] for row in rows] == ["refused", "refused"]
    assert "строка 4, столбец p5 (K4)" in rows[0]["problems"]


def test_a_workbook_cut_in_the_middle_ends_in_a_sentence(tmp_path, command):
    path = write_xlsx(tmp_path / "a.xlsx", HEAD_A, make_a(FULL_A["2"]))
    path.write_bytes(path.read_bytes()[:2_000])
    done = command("corps-a", path, "--out", tmp_path / "out.csv")
    assert done.status == 2
    assert "a.xlsx: это не книга Excel или файл повреждён" in done.err
    assert not (tmp_path / "out.csv").exists()


def test_a_workbook_without_a_filled_sheet_ends_in_a_sentence(tmp_path, command):
    Workbook().save(tmp_path / "b.xlsx")
    done = command("corps-b", tmp_path / "b.xlsx", "--out", tmp_path / "out.csv")
    assert done.status == 2
    assert "b.xlsx: в книге нет заполненных листов" in done.err


def add_columns(tmp_path, count):
    rows = [row | {f"лишний {number}": "1" for number in range(count)} for row in make_b([FIVES])]
    return write_csv(tmp_path / "b.csv", HEAD_B, rows)


def test_a_thousand_unknown_columns_are_each_named_and_harm_nobody(tmp_path, command):
    path, out = add_columns(tmp_path, MOST_COLUMNS - len(HEAD_B)), tmp_path / "out.csv"
    done = command("corps-b", path, "--out", out)
    assert done.status == 3
    assert done.err.count("неизвестный столбец") == MOST_COLUMNS - len(HEAD_B)
    assert [row["exact"] for row in read_result(out.read_text("utf-8"))] == ["5", "5"]


def test_thousands_of_unknown_columns_are_no_table_of_servants(tmp_path, command):
    done = command("corps-b", add_columns(tmp_path, 3_000), "--out", tmp_path / "out.csv")
    assert done.status == 2
    assert "b.csv, строка 1: столбцов 3012" in done.err
    assert "не больше 1000" in done.err


INJECTIONS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("x")', "\t=1+1")


def list_formulas(rows):
    return [value for row in rows for value in row.values() if value.lstrip()[:1] in tuple("=+-@")]


@pytest.mark.parametrize("column", ["servant", "quarter", "form", "evaluator", "comment", "sanction", "p1"])
def test_no_cell_of_a_result_of_corps_b_is_a_formula_to_a_spreadsheet(column, tmp_path):
    rows = [*make_b([FIVES]) * len(INJECTIONS), *make_b([FIVES], servant="good")]
    rows = [row | {column: text} for row, text in zip(rows, (*INJECTIONS, ""), strict=True)]
    path = write_csv(tmp_path / "b.csv", (*HEAD_B, "comment"), rows)
    assert list_formulas(evaluate_b(path)) == []


@pytest.mark.parametrize("column", ["servant", "kpi", "title", "name", "kind", "mark"])
def test_no_cell_of_a_result_of_corps_a_is_a_formula_to_a_spreadsheet(column, tmp_path):
    rows = [row for number, _ in enumerate(INJECTIONS) for row in make_a(FULL_A["2"], servant=f"a{number}")]
    for text, row in zip(INJECTIONS, rows[::5], strict=True):
        row[column] = text
    path = write_csv(tmp_path / "a.csv", (*HEAD_A, "title", "name"), rows)
    assert list_formulas(evaluate_a(path)) == []
