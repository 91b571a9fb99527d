"""Dates are compared with the evaluated year, and what is written out is no formula."""

import csv
import io

from toolkit import load_methodology, read_campaign
from toolkit.publish.tables import sources_csv

YEARS = {
    "exit_interviews.csv": "agency,person,day,interview,failure_confirmed,exempt,reasons\n"
    "mf,1,2022-03-01,нет,,,\nmf,2,2022-04-01,нет,,,\nmf,3,2023-04-01,нет,,,\n",
    "promotions.csv": "agency,person,day,from_within,post,from_district\nmf,1,2022-03-01,да,низовая,нет\n",
    "entered.csv": "agency,input,value,basis,date\n"
    "mf,gender_balance_points,5,Справка,2024-01-15\nmf,net_turnover_points,5,Справка,2012-01-01\n",
}


def test_dates_outside_the_evaluated_year_are_told_once_for_each_year_and_list(tmp_path):
    (tmp_path / "agencies.csv").write_text("agency,agency_type,year\nmf,central,2023\n", "utf-8")
    for name, text in YEARS.items():
        (tmp_path / name).write_text(text, "utf-8")
    found = [problem for problem in read_campaign(tmp_path).problems if "год, а" in problem.what]
    assert all(problem.warning for problem in found)
    assert sorted((str(problem.place), problem.what) for problem in found) == [
        ("entered.csv, строка 3, столбец date", "2012 год, а оценивается 2023; строк: 1, посчитаны"),
        ("exit_interviews.csv, строка 2, столбец day", "2022 год, а оценивается 2023; строк: 2, посчитаны"),
        ("promotions.csv, строка 2, столбец day", "2022 год, а оценивается 2023; строк: 1, посчитаны"),
    ]


def test_where_the_year_is_not_known_the_rarer_dates_are_told(tmp_path):
    (tmp_path / "agencies.csv").write_text("agency,agency_type\nmf,central\n", "utf-8")
    (tmp_path / "exit_interviews.csv").write_text(YEARS["exit_interviews.csv"], "utf-8")
    told = [problem.what for problem in read_campaign(tmp_path).problems if "год, а" in problem.what]
    assert told == ["2023 год, а чаще здесь 2022; строк: 1, посчитаны"]


def test_a_text_of_the_data_is_no_formula_in_a_table_of_sources(tmp_path):
    (tmp_path / "agencies.csv").write_text("agency,agency_type\nmf,central\n", "utf-8")
    basis = '"=HYPERLINK(""http://x"";1)"'
    text = f"agency,input,value,basis,date\nmf,hr_reporting_penalty_points,1,{basis},2024-01-15\n"
    (tmp_path / "entered.csv").write_text(text, "utf-8")
    table = sources_csv(read_campaign(tmp_path), ["mf"], load_methodology())
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
