"""The deadlines beside the specification, where it lies next to the project, and the lists of points."""

import tomllib
from pathlib import Path

import pytest

from toolkit.analysis.coverage import ORDERS, load_coverage
from toolkit.calendar.terms import load_deadlines

SPECIFICATION = Path(__file__).resolve().parents[3] / "shared" / "spec" / "methodology.md"
ROWS = tomllib.loads(Path(__file__).with_name("specification.toml").read_text("utf-8"))["rows"]
TERMS = load_deadlines().terms


def read_rows(text):
    section = text.partition("\n## 5. Deadlines\n")[2].partition("\n## ")[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("|")
    ]
    return [row[:2] for row in cells[2:]]


@pytest.mark.skipif(not SPECIFICATION.is_file(), reason="the specification is not next to the project")
def test_the_rows_are_those_of_the_specification():
    assert read_rows(SPECIFICATION.read_text("utf-8")) == [row[:2] for row in ROWS]


def test_every_deadline_belongs_to_exactly_one_row():
    assert sorted(code for _, _, codes in ROWS for code in codes) == sorted(TERMS)


def list_points(order):
    points = [(point.part, point.number, point.answers) for point in load_coverage(order)]
    return {(part, number): {answer.kind for answer in answers} for part, number, answers in points}


def cited(order):
    return {
        (term.document.part, point)
        for term in TERMS.values()
        if term.document.order == order
        for point in term.point.split("; ")
    }


@pytest.mark.parametrize("order", ORDERS)
def test_the_deadlines_cite_exactly_the_points_that_the_lists_answer_with_a_deadline(order):
    listed = {key for key, kinds in list_points(order).items() if "deadline" in kinds}
    assert cited(order) == listed


def test_what_the_order_leaves_open_is_said_in_a_note():
    silent = [term for term in TERMS.values() if term.provenance == "ambiguous" and term.kind != "before"]
    assert {term.code for term in silent if not term.note} == set()
    outside = [TERMS[code] for code in ("late_information", "staff_monitoring", "overtime_workdays")]
    assert all(term.note for term in outside)


def test_every_term_before_a_day_is_marked_as_read_in_two_ways():
    assert {term.provenance for term in TERMS.values() if term.kind == "before"} == {"ambiguous"}
