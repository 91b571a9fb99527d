import csv
import re
from fractions import Fraction
from pathlib import Path

import pytest

from toolkit import load_methodology

IDENTITY = ("agency", "agency_name", "agency_type", "parent", "year")
INPUTS = load_methodology().inputs
LETTER = re.compile(r"(?P<letter>[^( ]*)(?: \(p\. (?P<point>[^ )]+)(?P<note> note \d)?\))?")


def read_inputs():
    path = Path(__file__).with_name("expected_inputs.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    survey = rows.pop("i1..i26")
    rows |= {f"i{n}": survey | {"name": f"i{n}", "letter": f"i{n}"} for n in range(1, 27)}
    return {name: row for name, row in rows.items() if name not in IDENTITY}


EXPECTED = read_inputs()


def test_the_inputs_are_those_of_the_specification():
    assert sorted(INPUTS) == sorted(EXPECTED)


@pytest.mark.parametrize("row", EXPECTED.values(), ids=EXPECTED.keys())
def test_an_input_has_the_letter_point_unit_and_title_of_the_specification(row):
    declared = INPUTS[row["name"]]
    letter = LETTER.fullmatch(row["letter"])
    assert declared.letter == letter["letter"]
    assert letter["point"] is None or declared.point.split(",")[0] == letter["point"]
    assert declared.unit == row["unit"]
    assert re.sub(r" \d+ опросного", " опросного", declared.title) == row["title_ru"]
    assert declared.source


def read_domain(text):
    """Read a domain of the specification: whole numbers, bounds, the formula it may not exceed, words."""
    if re.fullmatch(r"[a-z]+(\|[a-z]+)+", text):
        return {"options": text.split("|")}
    parts = [part.strip() for part in re.sub(r"\(.*\)", "", text).split(";")]
    bounds = parts[0].removeprefix("integer").strip()
    domain = {"whole": parts[0].startswith("integer"), "limit": None, "high": None, "above": False}
    if ".." in bounds:
        low, high = bounds.split("..")
        domain |= {"low": Fraction(low), "high": Fraction(high)}
    else:
        sign, low = bounds.split()
        domain |= {"low": Fraction(low), "above": sign == ">"}
    for part in parts[1:]:
        if part.startswith("<="):
            domain["limit"] = part.removeprefix("<=").strip()
    return domain


@pytest.mark.parametrize("row", EXPECTED.values(), ids=EXPECTED.keys())
def test_an_input_has_the_domain_of_the_specification(row):
    declared, domain = INPUTS[row["name"]], read_domain(row["domain"])
    if "options" in domain:
        assert list(declared.options) == domain["options"]
        return
    limit = declared.limit[0] if declared.limit else None
    found = {"whole": declared.whole, "low": declared.low, "high": declared.high, "above": declared.above}
    assert found | {"limit": limit} == domain
    assert not declared.options


def test_the_one_printed_exception_for_an_empty_cell_is_the_execution_of_the_strategy():
    empty = {
        name: declared.empty_cell for name, declared in INPUTS.items() if declared.empty_cell is not None
    }
    assert empty == {"strategy_execution_percent": 0}


def test_an_execution_may_not_stand_beside_an_absent_strategy():
    forbidden = {
        name: declared.forbidden_with for name, declared in INPUTS.items() if declared.forbidden_with
    }
    assert forbidden == {"strategy_execution_percent": ("strategy_status", "absent")}


def test_the_domain_is_said_in_words_that_name_every_bound():
    assert "staff_dismissed" in INPUTS["exit_interviews_filled"].domain
    assert "21" in INPUTS["workdays"].domain
    assert INPUTS["strategy_status"].domain == "absent | incomplete | complete"
    assert INPUTS["net_turnover_points"].domain == "число от 0 до 10"
