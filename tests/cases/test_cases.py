import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from toolkit import Agency, evaluate, load_methodology

FOLDER = Path(__file__).parent
ROWS = tomllib.loads((FOLDER / "rows.toml").read_text("utf-8"))
CHAPTERS = sorted(path for path in FOLDER.glob("*.toml") if path.name != "rows.toml")
METHODOLOGY = load_methodology()
EXPECTED = {"points", "status", "low", "high", "note", "quiet", "lacks", "maximum"}
GIVEN = {"name", "why", "inputs", "hidden", "unshown", "readings", "parameters", "row", "type", "also"}
COMPLETE = ("computed", "entered", "assumed")


def read_cases():
    for path in CHAPTERS:
        for group in tomllib.loads(path.read_text("utf-8"))["groups"]:
            for case in group.pop("cases"):
                inputs = group.get("inputs", {}) | case.get("inputs", {})
                yield {"chapter": path.stem} | group | case | {"inputs": inputs}


CASES = list(read_cases())


def exact(name, text):
    words = list(METHODOLOGY.inputs[name].options)
    return Fraction(words.index(text)) if words else Fraction(text)


def make_agency(case):
    row = ROWS[case["row"]] if "row" in case else {}
    values = {name: exact(name, text) for name, text in (row | case["inputs"]).items()}
    unshown = frozenset(case.get("unshown", []))
    values |= dict.fromkeys(unshown, Fraction(0))
    kept = {name: value for name, value in values.items() if name not in case.get("hidden", [])}
    return Agency("a", "A", case.get("type", "central"), kept, unshown=unshown)


def score(case):
    parameters = {name: Fraction(text) for name, text in case.get("parameters", {}).items()}
    return evaluate([make_agency(case)], readings=case.get("readings"), parameters=parameters)


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
def test_the_program_finds_what_was_computed_by_hand(case):
    scores = score(case)
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
    assert {case["code"] for case in CASES} == set(METHODOLOGY.rules)


def test_every_option_of_every_reading_is_chosen_by_a_case_or_is_the_default():
    chosen = {item for case in CASES for item in case.get("readings", {}).items()}
    chosen |= {(key, reading.default) for key, reading in METHODOLOGY.readings.items()}
    assert chosen == {(key, option) for key, item in METHODOLOGY.readings.items() for option in item.options}


def test_the_rows_to_start_from_name_every_input():
    assert set(ROWS["full"]) == set(ROWS["empty_handed"]) == set(METHODOLOGY.inputs)


@pytest.mark.parametrize("kind", ["central", "local", "territorial"])
def test_the_full_row_has_every_maximum_and_the_empty_handed_row_nothing(kind):
    best = {"row": "full", "inputs": {}, "type": kind}
    worst = {"row": "empty_handed", "inputs": {}, "type": kind}
    for found in score(best):
        takes = found.code in ("hr_reporting_penalty", "it_reporting_penalty", "unused_systems")
        assert found.points == (None if found.status == "not_applicable" else 0 if takes else found.maximum)
    assert {found.points for found in score(worst)} <= {0, None}
