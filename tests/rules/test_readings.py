"""The readings are those of the specification, every switch knows them and every rule names those it uses."""

import pytest

from tests.rules.specification import INDICATORS, READINGS
from toolkit.rules.agency import AGENCY_TYPES


def test_the_readings_are_those_of_the_specification_with_its_defaults(law):
    assert set(law.methodology.readings) == set(READINGS)
    for key, expected in READINGS.items():
        reading = law.methodology.readings[key]
        assert list(reading.options) == expected["options"]
        assert (reading.default, reading.register) == (expected["options"][0], expected["register"])
        assert reading.point == expected["point"]
        assert reading.title
        assert all(reading.options.values())


def switches(raw):
    """Return every switch of raw law data: its key and the options it lists."""
    if isinstance(raw, list):
        return [found for item in raw for found in switches(item)]
    if not isinstance(raw, dict):
        return []
    own = [(raw["by"], [option for option in raw if option != "by"])] if "by" in raw else []
    return own + switches(list(raw.values()))


def test_every_reading_switches_something_and_every_switch_knows_all_its_options(law):
    allowed = {key: item["options"] for key, item in READINGS.items()} | {"subject": AGENCY_TYPES}
    found = switches(list(law.methodology.rules.values()))
    assert {key for key, _ in found} == set(allowed)
    for key, options in found:
        assert sorted(options) == sorted(allowed[key])


@pytest.mark.parametrize("code", [*INDICATORS, "work_organisation", "it"])
def test_a_rule_names_the_readings_it_uses_and_no_others(code, law):
    kind = "local" if code == "smart_city" else "central"
    expected = {key: item["options"][0] for key, item in READINGS.items() if code in item["codes"]}
    assert dict(law.defaults[kind][code].readings) == expected
