"""The inputs are those of the specification: letters, points, units, titles, sources and domains."""

import re
from fractions import Fraction

import pytest

from tests.rules.specification import HERE, read_data, read_table
from toolkit.formula.exact import evaluate

IDENTITY = ("agency", "agency_name", "agency_type", "parent", "year")
LETTER = re.compile(r"(?P<letter>[^( ]*)(?: \(p\. (?P<point>[^ )]+)(?: note (?P<note>\d))?\))?")
# Points of the letters that the table of the specification writes without one; its text gives them.
POINTS = {f"i{number}": "Приложение 9" for number in range(1, 27)}
POINTS |= {f"i{number}": "40" for number in range(1, 5)} | {f"i{number}": "51" for number in range(19, 23)}
SOURCES = read_data("sources")


def read_inputs():
    rows = {row["name"]: row for row in read_table(HERE / "expected_inputs.csv")}
    survey = rows.pop("i1..i26")
    title = survey["title_ru"].replace("утверждением", "утверждением {}")
    for number in range(1, 27):
        name = f"i{number}"
        rows[name] = survey | {"name": name, "letter": name, "title_ru": title.format(number)}
    return {name: row for name, row in rows.items() if name not in IDENTITY}


EXPECTED = read_inputs()
POINTS |= {name: "69-1" for name in EXPECTED if name.startswith("smart_")}


# The specification writes this title without the commas of point 24 of the order.
PENALTY = "Штрафные баллы за недостоверную, неполную, несвоевременную информацию"
PUNCTUATED = {f"{direction}_reporting_penalty_points": PENALTY for direction in ("hr", "it")}


def test_the_inputs_are_those_of_the_specification(law):
    assert sorted(law.methodology.inputs) == sorted(EXPECTED)


def read_point(row):
    """Return the point of a letter in the words of the law, or nothing where an input has no letter."""
    letter = LETTER.fullmatch(row["letter"])
    note = f", примечание {letter['note']}" if letter["note"] else ""
    return f"{letter['point']}{note}" if letter["point"] else POINTS.get(row["name"], "")


@pytest.mark.parametrize("name", EXPECTED)
def test_an_input_has_the_letter_point_unit_title_and_source_of_the_specification(name, law):
    declared, row = law.methodology.inputs[name], EXPECTED[name]
    assert declared.letter == LETTER.fullmatch(row["letter"])["letter"]
    assert declared.point == read_point(row)
    assert declared.unit == row["unit"]
    assert declared.title == PUNCTUATED.get(name, row["title_ru"])
    assert declared.source == SOURCES[row["source"]]


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


@pytest.mark.parametrize("name", EXPECTED)
def test_an_input_has_the_domain_of_the_specification(name, law):
    declared, domain = law.methodology.inputs[name], read_domain(EXPECTED[name]["domain"])
    if "options" in domain:
        assert list(declared.options) == domain["options"]
        assert all(declared.options.values())
        return
    limit = declared.limit[0] if declared.limit else None
    found = {"whole": declared.whole, "low": declared.low, "high": declared.high, "above": declared.above}
    assert found | {"limit": limit} == domain
    assert not declared.options


def test_the_one_printed_exception_for_an_empty_cell_is_the_execution_of_the_strategy(law):
    inputs = law.methodology.inputs.items()
    empty = {name: declared.empty_cell for name, declared in inputs if declared.empty_cell is not None}
    assert empty == {"strategy_execution_percent": 0}


def test_an_execution_may_not_stand_beside_an_absent_strategy(law):
    inputs = law.methodology.inputs.items()
    forbidden = {name: declared.forbidden_with for name, declared in inputs if declared.forbidden_with}
    assert forbidden == {"strategy_execution_percent": ("strategy_status", "absent")}


def test_the_domain_is_said_in_words_that_name_every_bound(law):
    inputs = law.methodology.inputs
    assert "staff_dismissed" in inputs["exit_interviews_filled"].domain
    assert "21" in inputs["workdays"].domain
    assert inputs["strategy_status"].domain == "absent | incomplete | complete"
    assert inputs["net_turnover_points"].domain == "число от 0 до 10"


# What an agency can raise by one: counts that the order wants high, a word on its scale, a percent.
RAISED_BY_ONE = {
    "exit_interviews_filled", "candidates_of_science", "doctors_of_science", "phd_holders",
    "academy_graduates", "bolashak_graduates", "nazarbayev_graduates", "foreign_graduates",
    "aspirantura_degrees", "presidential_reserve", "masters_degrees", "upskilled_on_time",
    "retrained_on_time", "strategy_status", "strategy_execution_percent", "interns_sent_and_hosted",
    "personnel_files_complete", "contests_observed", "contests_recorded", "promoted_from_within",
    "digital_staff_it_educated", "ict_certified_staff", "indicators_automatic",
}  # fmt: skip
# Statements of the survey, with indices between 0 and 1.
STATEMENTS = {f"i{number}" for number in range(1, 27)}
# Hours of all workers together: an hour less for each of them.
HOURS = {"overtime_workday_hours", "overtime_dayoff_hours"}
# What has happened and cannot be undone.
FACTS = {
    "negative_exit_reasons", "training_late_cases", "training_missed_cases", "recording_violations",
    "hr_reporting_penalty_points", "it_reporting_penalty_points",
}  # fmt: skip


def test_every_input_that_can_be_moved_has_its_step_and_no_other(law):
    steps = {name: declared.step for name, declared in law.methodology.inputs.items() if declared.step}
    assert steps.keys() == RAISED_BY_ONE | STATEMENTS | HOURS
    seven = {"apparatus_headcount_mean": Fraction(7)}
    sizes = {name: evaluate(tree, seven).number for name, (_, tree) in steps.items()}
    assert {name for name, size in sizes.items() if size == 1} == RAISED_BY_ONE
    assert {name for name, size in sizes.items() if size == Fraction(1, 100)} == STATEMENTS
    assert {name for name, size in sizes.items() if size == -7} == HOURS


def test_a_step_is_said_in_words_of_its_own(law):
    said = [declared.step[0] for declared in law.methodology.inputs.values() if declared.step]
    assert all(re.search("[а-я]{4}", words) for words in said)
    assert len(set(said)) == len(said)
    for number in range(1, 27):
        assert law.methodology.inputs[f"i{number}"].step[0].endswith(f"утверждением {number} выше на 0,01")


def test_what_cannot_be_undone_is_marked(law):
    assert {name for name, declared in law.methodology.inputs.items() if declared.past} == FACTS
