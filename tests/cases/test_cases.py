"""The program finds what was computed by hand, and every choice of the law is seen in some figure."""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from tests.rules.specification import CODES, NUMBERS, READINGS
from toolkit import Agency, evaluate

FOLDER = Path(__file__).parent
ROWS = tomllib.loads((FOLDER / "rows.toml").read_text("utf-8"))
CHAPTERS = sorted(path for path in FOLDER.glob("*.toml") if path.name != "rows.toml")
EXPECTED = {"points", "status", "low", "high", "note", "quiet", "lacks", "maximum"}
GIVEN = {"name", "why", "inputs", "hidden", "unshown", "readings", "parameters", "row", "type", "also"}
COMPLETE = ("computed", "entered", "assumed")
PARAMETERS = [(code, name) for code, names in NUMBERS.items() for name in names]
CHOICES = [(key, option) for key, item in READINGS.items() for option in item["options"][1:]]
A_LITTLE = Fraction(1, 100)
# 100 · B/6900 per cent of 10/100: the hundred is the unit of a shown line and cancels in the points.
CANCELS = {("smart_city", "hundred")}


def read_cases():
    for path in CHAPTERS:
        for group in tomllib.loads(path.read_text("utf-8"))["groups"]:
            for case in group.pop("cases"):
                inputs = group.get("inputs", {}) | case.get("inputs", {})
                yield {"chapter": path.stem} | group | case | {"inputs": inputs}


CASES = list(read_cases())


def make_agency(case, law):
    def exact(name, text):
        words = list(law.methodology.inputs[name].options)
        return Fraction(words.index(text)) if words else Fraction(text)

    row = ROWS[case["row"]] if "row" in case else {}
    values = {name: exact(name, text) for name, text in (row | case["inputs"]).items()}
    unshown = frozenset(case.get("unshown", []))
    values |= dict.fromkeys(unshown, Fraction(0))
    kept = {name: value for name, value in values.items() if name not in case.get("hidden", [])}
    return Agency("a", "A", case.get("type", "central"), kept, unshown=unshown)


def score(case, law):
    parameters = {name: Fraction(text) for name, text in case.get("parameters", {}).items()}
    agency, readings = make_agency(case, law), case.get("readings")
    return evaluate([agency], law.methodology, readings=readings, parameters=parameters)


def check(found, expected):
    status = expected.get("status", "computed")
    note = " ".join(found.notes)
    assert found.status == status, note
    if "points" in expected:
        points = Fraction(expected["points"])
        assert found.points == points
        assert found.interval == (points, points)
    else:
        assert found.points is None
    if "low" in expected:
        assert found.interval.low == Fraction(expected["low"])
        assert found.interval.high == (
            float("inf") if expected["high"] == "inf" else Fraction(expected["high"])
        )
    if status == "not_applicable":
        assert found.interval is None
    if "lacks" in expected:
        assert sorted(found.lacks) == sorted(expected["lacks"])
    if "maximum" in expected:
        assert found.maximum == Fraction(expected["maximum"])
    assert expected.get("note", "") in note
    assert "quiet" not in expected or expected["quiet"] not in note


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_program_finds_what_was_computed_by_hand(case, law):
    scores = score(case, law)
    check(scores.find("a", case["code"]), case)
    for code, expected in case.get("also", {}).items():
        check(scores.find("a", code), expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_says_what_it_expects_and_why(case):
    assert set(case) <= EXPECTED | GIVEN | {"chapter", "code", "point"}
    assert case["why"]
    assert case["point"]
    assert ("points" in case) == (case.get("status", "computed") in COMPLETE)
    assert ("low" in case) == ("high" in case) == (case.get("status") in ("missing", "partial"))


def test_every_case_has_its_own_name():
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_every_rule_has_a_case():
    assert {case["code"] for case in CASES} == set(CODES)


def outcome(case, law):
    found = score(case, law).find("a", case["code"])
    return found.status, found.points, found.interval, found.maximum


def differs(case, changed, law):
    return outcome(case, law) != outcome(case | changed, law)


def without(readings, key):
    return {"readings": {other: option for other, option in readings.items() if other != key}}


@pytest.mark.parametrize(("key", "option"), CHOICES, ids=[f"{key}={option}" for key, option in CHOICES])
def test_every_option_of_a_reading_changes_the_outcome_of_some_case(key, option, law):
    choosing = [case for case in CASES if case.get("readings", {}).get(key) == option]
    assert any(differs(case, without(case["readings"], key), law) for case in choosing)


def nudge(case, code, name, law):
    """Return a case with one number of the law a little greater."""
    constant = law.defaults[case.get("type", "central")][code].scope.constants[name]
    changed = {f"{code}.{name}": str(constant.printed + A_LITTLE)}
    return {"parameters": case.get("parameters", {}) | changed}


@pytest.mark.parametrize(("code", "name"), PARAMETERS, ids=[f"{code}.{name}" for code, name in PARAMETERS])
def test_every_number_of_the_law_changes_the_outcome_of_some_case_of_its_rule(code, name, law):
    own = [case for case in CASES if case["code"] == code]
    own = [case for case in own if f"{code}.{name}" not in case.get("parameters", {})]
    found = any(differs(case, nudge(case, code, name, law), law) for case in own)
    assert found == ((code, name) not in CANCELS)


def test_the_rows_to_start_from_name_every_input(law):
    assert set(ROWS["full"]) == set(ROWS["empty_handed"]) == set(law.methodology.inputs)


@pytest.mark.parametrize("kind", ["central", "local", "territorial"])
def test_the_full_row_has_every_maximum_and_the_empty_handed_row_nothing(kind, law):
    best = {"row": "full", "inputs": {}, "type": kind}
    worst = {"row": "empty_handed", "inputs": {}, "type": kind}
    for found in score(best, law):
        takes = found.code in ("hr_reporting_penalty", "it_reporting_penalty", "unused_systems")
        assert found.points == (None if found.status == "not_applicable" else 0 if takes else found.maximum)
    assert {found.points for found in score(worst, law)} <= {0, None}
