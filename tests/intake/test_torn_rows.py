"""A stray sign in one line of a CSV file never loses, mixes or shifts the rows of others in silence."""

from fractions import Fraction
from pathlib import Path

import pytest

from toolkit.errors import ToolkitError
from toolkit.intake import csv_table
from toolkit.intake.campaign import read_campaign

SAMPLE = Path(__file__).parents[1] / "samples" / "drawn_2023" / "agencies.csv"
HEAD = "agency,agency_type,agency_name,workdays"


def read(folder, text):
    (folder / "agencies.csv").write_text(text, "utf-8")
    return read_campaign(folder)


def list_rows(campaign):
    return [(row.row, row.why.split(":")[0]) for row in campaign.refused]


BROKEN = "кавычки расставлены неверно или не закрыты"
OPENED = ("Министерство горизонтов", '"Министерство горизонтов')
CLOSED = ("Агентство маяков и гаваней", 'Агентство маяков и гаваней"')


@pytest.mark.parametrize("changes", [[OPENED], [CLOSED], [OPENED, CLOSED]])
def test_stray_quotation_marks_refuse_their_own_lines_alone(tmp_path, changes):
    text = SAMPLE.read_text("utf-8")
    whole = read_campaign(SAMPLE.parent)
    lines = text.splitlines()
    spoilt = [number for number, line in enumerate(lines, 1) if any(old in line for old, _ in changes)]
    assert len(spoilt) == len(changes)
    for old, new in changes:
        text = text.replace(old, new, 1)
    campaign = read(tmp_path, text)
    assert list_rows(campaign) == [(number, BROKEN) for number in spoilt]
    lost = {lines[number - 1].split(",")[0] for number in spoilt}
    expected = {agency.code: agency.values for agency in whole if agency.code not in lost}
    assert {agency.code: agency.values for agency in campaign} == expected


def test_rows_after_a_stray_quotation_mark_keep_their_numbers(tmp_path):
    campaign = read(tmp_path, f'{HEAD}\nmf,central,"Минфин,247\nme,central,Минэк,x\nms,local,Спорт,246\n')
    assert [problem.place.row for problem in campaign.problems] == [2, 3]
    assert campaign.find("ms").values == {"workdays": 246}


@pytest.mark.parametrize(
    "rows",
    [
        'mf,central,Минфин,"247\nme",central,Минэк,246\n',
        'mf,"Минфин\nme",central\n',
        'mf,central,"Минфин,247\nme,central,Минэк",246\n',
    ],
)
def test_two_rows_are_never_read_as_one(tmp_path, rows):
    campaign = read(tmp_path, f"{HEAD}\n{rows}ms,local,Спорт,245\n")
    assert list_rows(campaign) == [(2, BROKEN), (3, BROKEN)]
    assert [agency.code for agency in campaign] == ["ms"]
    assert campaign.find("ms").values == {"workdays": 245}


def test_a_cell_of_many_lines_is_one_row_unless_it_has_separators(tmp_path):
    rows = 'mf,central,"Минфин\n\nРК",247\nme,central,"Мин,\nэк",246\nms,local,Спорт,x\n'
    campaign = read(tmp_path, f"{HEAD}\n{rows}")
    assert campaign.find("mf").name == "Минфин  РК"
    assert list_rows(campaign) == [(3, BROKEN), (4, BROKEN)]
    assert [problem.place.row for problem in campaign.problems if problem.place.column] == [5]


def test_marks_that_open_on_every_line_cost_one_reading(tmp_path):
    campaign = read(tmp_path, f"{HEAD}\nmf,central,,247\n" + 'a","x\n' * 20_000)
    assert len(campaign.refused) == 20_000
    assert campaign.find("mf").values == {"workdays": 247}


def test_an_unquoted_decimal_comma_refuses_its_row_even_beside_empty_cells(tmp_path):
    head = "agency,agency_type,overtime_workday_hours,workdays,contests_held"
    campaign = read(tmp_path, f"{head}\nmf,central,12,25,\nme,central,12,25,5,\nms,central,12.5,246,\n")
    assert list_rows(campaign) == [(3, "ячеек больше, чем столбцов")]
    assert campaign.find("ms").values["overtime_workday_hours"] == Fraction(25, 2)


def test_the_same_empty_surplus_of_every_row_is_used_with_a_warning(tmp_path):
    campaign = read(tmp_path, "agency,agency_type,workdays\nmf,central,247,,\n\nme,local,246,, \n")
    (problem,) = campaign.problems
    assert problem.warning
    assert problem.place.row == 1
    assert "в каждой строке" in problem.what
    assert campaign.find("mf").values == {"workdays": 247}
    assert campaign.find("me").values == {"workdays": 246}


def test_an_empty_surplus_after_semicolons_is_fine(tmp_path):
    campaign = read(tmp_path, "agency;agency_type;workdays\nmf;central;247;;\nme;local;246\n")
    assert campaign.problems == ()


def test_the_cells_a_short_row_lacks_are_missing_and_the_row_is_doubted(tmp_path):
    head = "agency,agency_type,workdays,strategy_execution_percent"
    campaign = read(tmp_path, f"{head}\nmf,central,247\nme,local,246,\n")
    (problem,) = campaign.problems
    assert problem.warning
    assert (problem.place.row, problem.place.column) == (2, "")
    assert "ячеек 3 из 4" in problem.what
    assert campaign.find("mf").values == {"workdays": 247}
    assert campaign.find("mf").unshown == frozenset()
    assert campaign.find("me").values == {"workdays": 246, "strategy_execution_percent": 0}


def test_too_many_columns_or_cells_are_refused(tmp_path, monkeypatch):
    columns = ",".join(f"c{number}" for number in range(csv_table.MOST_COLUMNS - 1))
    with pytest.raises(ToolkitError, match="строка 1: столбцов 1001"):
        read(tmp_path, f"agency,agency_type,{columns}\nmf,central\n")
    monkeypatch.setattr(csv_table, "MOST_CELLS", 10)
    with pytest.raises(ToolkitError, match="в файле больше 10 ячеек"):
        read(tmp_path, "agency,agency_type\n" + "," * 10)
    with pytest.raises(ToolkitError, match="в файле больше 10 ячеек"):
        read(tmp_path, "agency,agency_type\n" + "\n" * 10)


def test_the_separator_is_that_of_the_first_line_with_words(tmp_path):
    campaign = read(tmp_path, "\n ;;\nagency;agency_type;workdays\nmf;central;247\n")
    assert campaign.find("mf").values == {"workdays": 247}


def test_a_good_row_is_used_after_a_refused_one_with_its_code(tmp_path):
    campaign = read(tmp_path, "agency,agency_type,workdays\nmf,centrl,247\nmf,central,246\nmf,local,245\n")
    assert [(row.row, row.code) for row in campaign.refused] == [(2, "mf"), (4, "mf")]
    assert "уже стоит в строке 3" in campaign.refused[1].why
    assert campaign.find("mf").values == {"workdays": 246}


@pytest.mark.parametrize("text", ["1.234", "1,234"])
@pytest.mark.parametrize("name", ["admin_headcount_mean", "apparatus_headcount_mean", "body_headcount_mean"])
def test_a_headcount_that_may_be_thousands_is_doubted(tmp_path, name, text):
    campaign = read(tmp_path, f"agency;agency_type;{name}\nmf;central;{text}\n")
    (problem,) = campaign.problems
    assert problem.warning
    assert problem.what == "прочитано как 1,234; если это тысяча с лишним, запишите без разделителя"
    assert (problem.place.row, problem.place.column) == (2, name)
    assert campaign.find("mf").values == {name: Fraction(617, 500)}


@pytest.mark.parametrize("text", ["0.250", "12.50", "1234.567", "1 234"])
def test_any_other_headcount_is_not_doubted(tmp_path, text):
    assert read(tmp_path, f"agency;agency_type;body_headcount_mean\nmf;central;{text}\n").problems == ()
