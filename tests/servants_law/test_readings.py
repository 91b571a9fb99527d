"""The readings of the servants' order are those of the specification, and each is used by something."""

import re
from fractions import Fraction

import pytest

from tests.servants_law.specification import READINGS, RULES, read_source
from toolkit import ToolkitError

LISTED = {key: item for key, item in READINGS.items() if "bounds" not in item}
WEIGHTS = {key: item for key, item in READINGS.items() if "bounds" in item}


@pytest.mark.parametrize("key", READINGS)
def test_our_copy_of_a_reading_is_the_one_of_the_specification(key):
    text = " ".join(read_source("spec", "methodology.md"))
    row = re.search(rf"\| `{key}` \| (?P<options>[^|]*) \| (?P<register>AM-[0-9]+)", text)
    assert row["register"] == READINGS[key]["register"]
    default, *others = READINGS[key]["options"]
    assert re.search(rf"`?{default}`?\*", row["options"])
    if key in LISTED:
        assert all(f"`{option}`" in row["options"] for option in others)
    else:
        assert "[0,1]" in row["options"]


def test_the_readings_are_those_that_concern_servants(law):
    assert list(law.methodology.readings) == list(READINGS)


@pytest.mark.parametrize("key", READINGS)
def test_a_reading_names_its_doubt_its_points_and_its_default(key, law):
    reading, expected = law.methodology.readings[key], READINGS[key]
    assert (reading.register, reading.point) == (expected["register"], expected["point"])
    assert reading.default == expected["options"][0]
    assert reading.title
    assert all(reading.options.values())


@pytest.mark.parametrize("key", LISTED)
def test_a_reading_has_the_options_of_the_specification(key, law):
    reading = law.methodology.readings[key]
    assert list(reading.options) == LISTED[key]["options"]
    assert reading.bounds is None


@pytest.mark.parametrize("key", WEIGHTS)
def test_a_weight_is_any_number_within_its_bounds_and_no_other(key, law):
    reading = law.methodology.readings[key]
    low, high = (Fraction(bound) for bound in WEIGHTS[key]["bounds"])
    assert reading.bounds == (low, high)
    assert reading.options == {}
    for option in WEIGHTS[key]["options"]:
        assert reading.read(option) == option
    for option in ("1.01", "-0.1", "many", ""):
        with pytest.raises(ToolkitError):
            reading.read(option)


def switches(raw):
    """Return every switch of raw law data: its key and the options it lists."""
    if isinstance(raw, list):
        return [found for item in raw for found in switches(item)]
    if not isinstance(raw, dict):
        return []
    own = [(raw["by"], [option for option in raw if option != "by"])] if "by" in raw else []
    return own + switches(list(raw.values()))


@pytest.mark.parametrize("code", RULES)
def test_a_switch_of_a_rule_knows_all_options_of_its_reading(code, law):
    found = switches(law.methodology.rules[code])
    assert {key for key, _ in found} == set(RULES[code].get("readings", []))
    for key, options in found:
        assert sorted(options) == sorted(LISTED[key]["options"] if key in LISTED else [])


@pytest.mark.parametrize("code", RULES)
def test_a_rule_names_the_readings_it_uses_and_no_others(code, law):
    expected = {key: READINGS[key]["options"][0] for key in RULES[code].get("readings", [])}
    for kind in RULES[code]["applies"]:
        assert dict(law.defaults[kind][code].readings) == expected


def test_every_reading_switches_a_rule_or_a_part_of_the_evaluation():
    rules = {key: code for code, row in RULES.items() for key in row.get("readings", [])}
    assert {key: item["by"] for key, item in READINGS.items() if item["by"] in RULES} == rules
