"""Every option of a reading changes a score, and the score names the reading it used."""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cases.test_cases import score
from tests.rules.specification import READINGS

CHANGES = tomllib.loads(Path(__file__).with_name("readings.toml").read_text("utf-8"))["changes"]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change['reading']}={change['option']}")
def test_every_option_of_a_reading_changes_some_score(change, law):
    key, case = change["reading"], {"row": "full", "inputs": change["inputs"]}
    default = ({}, READINGS[key]["options"][0], change["default"])
    chosen = ({key: change["option"]}, change["option"], change["chosen"])
    for readings, option, points in (default, chosen):
        found = score(case | {"readings": readings}, law).find("a", change["code"])
        assert found.points == (None if points == "missing" else Fraction(points))
        assert found.readings[key] == option


def test_every_option_but_the_default_has_a_score_that_it_changes():
    listed = [(change["reading"], change["option"]) for change in CHANGES]
    options = [(key, option) for key, item in READINGS.items() for option in item["options"][1:]]
    assert sorted(listed) == sorted(options)
