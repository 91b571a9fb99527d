"""Decisions say which source is believed, and by whom; what they cannot say is refused."""

from datetime import date

import pytest

from tests.lists.reading import AGENCIES, assert_told
from toolkit.intake.lists import read_decisions

HEADER = "agency,input,source,who,date,reason\n"


def read(folder, rows, law):
    (folder / "decisions.csv").write_text(HEADER + rows, "utf-8")
    return read_decisions(folder, AGENCIES, law.methodology)


def test_a_decision_names_its_source_its_author_its_day_and_its_place(tmp_path, law):
    rows = "mf,staff_total,forms\\mf\\annex_8.xlsx,Начальник управления,05.02.2025,Форма подписана\n"
    decisions, findings = read(tmp_path, rows, law)
    decision = decisions["mf", "staff_total"]
    assert (decision.source, decision.who) == ("forms/mf/annex_8.xlsx", "Начальник управления")
    assert (decision.day, decision.reason) == (date(2025, 2, 5), "Форма подписана")
    assert str(decision.place) == "decisions.csv, строка 2, столбец source"
    assert findings.problems == []
    assert list(findings.files) == ["decisions.csv"]


def test_day_and_reason_may_be_left_out(tmp_path, law):
    decisions, findings = read(tmp_path, "mf,staff_total,agencies.csv,Оценщик,,\n", law)
    assert decisions["mf", "staff_total"].day is None
    assert findings.problems == []


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ("mf,staff_total,,Оценщик,,\n", [["столбец source", "ячейка пуста"]]),
        ("mf,staff_total,agencies.csv,,,\n", [["столбец who", "ячейка пуста"]]),
        ("mf,staff_totl,agencies.csv,Оценщик,,\n", [["(ближайшее известное: staff_total)"]]),
        ("mff,staff_total,agencies.csv,Оценщик,,\n", [["(ближайшее известное: mf)"]]),
        (
            "mf,staff_total,agencies.csv,Оценщик,,\nmf,staff_total,forms/mf/a.xlsx,Оценщик,,\n",
            [["строка 3, столбец input", "по-разному; допускается: одна строка"]],
        ),
    ],
)
def test_a_decision_that_does_not_say_enough_decides_nothing(rows, problems, tmp_path, law):
    decisions, findings = read(tmp_path, rows, law)
    assert decisions == {}
    assert_told(findings.problems, problems)


def test_a_bad_day_refuses_no_decision(tmp_path, law):
    decisions, findings = read(tmp_path, "mf,staff_total,agencies.csv,Оценщик,вчера,\n", law)
    assert decisions["mf", "staff_total"].day is None
    assert_told(findings.problems, [["предупреждение", "столбец date", "не дата"]])


def test_a_decision_written_twice_decides_once(tmp_path, law):
    row = "mf,staff_total,agencies.csv,Оценщик,,\n"
    decisions, findings = read(tmp_path, row + row, law)
    assert decisions["mf", "staff_total"].source == "agencies.csv"
    assert_told(findings.problems, [["предупреждение", "строка повторяет строку 2"]])
    assert "другой случай" not in str(findings.problems[0])


def test_without_a_file_nothing_is_decided(tmp_path, law):
    decisions, findings = read_decisions(tmp_path, AGENCIES, law.methodology)
    assert (decisions, findings.problems, findings.files) == ({}, [], {})
