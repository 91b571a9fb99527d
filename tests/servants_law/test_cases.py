"""The program finds what was computed by hand, and every choice of the law of servants is seen in a case."""

import pytest

from tests.servants_law.cases_of_files import CASES
from tests.servants_law.specification import PRINTED, READINGS, RULES
from tests.servants_law.worked import WORKERS

CHOICES = [(key, option) for key, item in READINGS.items() for option in item["options"][1:]]
PARAMETERS = [(code, name) for code, row in RULES.items() for name in row.get("constants", {})]
LEGEND = {"name", "why", "point", "code", "worker"}


def name_case(case):
    return case["name"]


@pytest.mark.parametrize("case", CASES, ids=name_case)
def test_the_program_finds_what_was_computed_by_hand(case, law):
    WORKERS[case["worker"]](case, law)


@pytest.mark.parametrize("case", CASES, ids=name_case)
def test_a_case_says_what_it_expects_and_why(case):
    assert set(case) >= LEGEND
    assert case["why"]


def test_every_case_has_its_own_name():
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_every_rule_table_and_part_of_the_procedure_has_a_case():
    tables = ("annex_4", "annex_5", "scale_corps_a", "scale_transitional", "scale_corps_b")
    parts = ("eligibility", "force", "composition", "printed_plan", "delegation", "duties")
    assert {case["code"] for case in CASES} >= {*RULES, *tables, *parts}


def test_every_row_of_the_annexes_has_its_marks():
    for name in ("annex_4", "annex_5"):
        rows = [case["row"] for case in CASES if case["worker"] == "marks" and case["code"] == name]
        printed = PRINTED[name]["rows"]
        assert len(rows) == 21
        assert [printed.index(f"{row} ") for row in rows] == sorted(printed.index(f"{row} ") for row in rows)


def holds(case, law):
    try:
        WORKERS[case["worker"]](case, law)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize(("key", "option"), CHOICES, ids=[f"{key}={option}" for key, option in CHOICES])
def test_every_option_of_a_reading_changes_the_outcome_of_some_case(key, option, law):
    choosing = [case for case in CASES if case.get("readings", {}).get(key) == option]
    assert choosing
    assert any(not holds(case | {"readings": {}}, law) for case in choosing)


@pytest.mark.parametrize(("code", "name"), PARAMETERS, ids=[f"{code}.{name}" for code, name in PARAMETERS])
def test_every_number_of_the_law_has_a_case_that_changes_it(code, name):
    assert any(f"{code}.{name}" in case.get("parameters", {}) for case in CASES)
