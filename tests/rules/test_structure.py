import csv
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from toolkit import load_methodology
from toolkit.formula.tree import Number, names, nodes
from toolkit.rules.agency import AGENCY_TYPES
from toolkit.rules.apply import most
from toolkit.rules.rule import used_names

HERE = Path(__file__).parent
SPECIFICATION = HERE.parents[1].parent / "shared" / "spec"
METHODOLOGY = load_methodology()
READINGS = tomllib.loads((HERE / "readings.toml").read_text("utf-8"))
PRINTED = tomllib.loads((HERE / "printed_numbers.toml").read_text("utf-8"))
CRITERIA = {"staff_potential": 30, "work_organisation": 30, "merit_culture": 40}
TOTALS = (*CRITERIA, "hr", "it")
IT_BONUSES = {"central": 10, "local": 5}


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INDICATORS = {row["code"]: row for row in read(HERE / "expected_indicators.csv")}


def variants():
    """Yield every rule for every agency type under the defaults and under each option of each reading."""
    choices = [{}, *({key: option} for key, item in READINGS.items() for option in item["options"])]
    for kind in AGENCY_TYPES:
        for readings in choices:
            for rule in METHODOLOGY.resolve(kind, readings):
                yield kind, rule


VARIANTS = list(variants())
DEFAULTS = {kind: {rule.code: rule for rule in METHODOLOGY.resolve(kind)} for kind in AGENCY_TYPES}


@pytest.mark.parametrize("name", ["indicators.csv", "inputs.csv"])
def test_our_copy_of_the_specification_is_the_specification(name):
    if not SPECIFICATION.is_dir():
        pytest.skip("the specification does not lie beside the repository")
    assert read(HERE / f"expected_{name}") == read(SPECIFICATION / name)


def test_the_rules_are_the_28_indicators_and_the_five_totals_in_the_order_of_the_specification():
    codes = [code for code in METHODOLOGY.rules if code not in TOTALS]
    assert codes == list(INDICATORS)
    assert len(codes) == 28
    assert set(METHODOLOGY.rules) == {*codes, *TOTALS}


@pytest.mark.parametrize("row", INDICATORS.values(), ids=INDICATORS.keys())
def test_an_indicator_is_described_as_in_the_specification(row):
    rule = DEFAULTS["local" if row["code"] == "smart_city" else "central"][row["code"]]
    columns = ("direction", "criterion", "letter", "point", "kind", "provenance")
    expected = {name: row[name] for name in columns}
    expected["point"] = row["point"].replace("Annex", "Приложение")  # the law is printed in Russian
    assert {name: getattr(rule, name) for name in columns} == expected
    assert rule.title == row["title_ru"]
    assert rule.level == ("penalty" if row["kind"] == "penalty" else "indicator")
    assert rule.entered == (row["provenance"] == "entered")


def cap(rule):
    return most(rule.lines[-1].maximum, rule.scope)


@pytest.mark.parametrize("kind", ["central", "local"])
@pytest.mark.parametrize("row", INDICATORS.values(), ids=INDICATORS.keys())
def test_an_indicator_has_the_printed_maximum_or_is_not_applied(row, kind):
    rule, printed = DEFAULTS[kind][row["code"]], row[f"maximum_{kind}"]
    if row["code"] == "unused_systems":
        assert rule.applies
        assert cap(rule) is None
    else:
        assert rule.applies == bool(printed)
        assert not printed or cap(rule) == Fraction(printed)


def test_a_territorial_unit_is_evaluated_in_the_first_direction_alone():
    for rule in DEFAULTS["territorial"].values():
        assert rule.applies == (rule.direction == "hr")


@pytest.mark.parametrize("row", INDICATORS.values(), ids=INDICATORS.keys())
def test_over_all_readings_an_indicator_uses_the_inputs_of_the_specification(row):
    used = {name for _, rule in VARIANTS if rule.code == row["code"] for name in rule.inputs}
    assert used == set(row["inputs"].split(";"))


def test_every_input_is_used_by_some_rule_and_every_rule_uses_declared_inputs():
    assert {name for _, rule in VARIANTS for name in rule.inputs} == set(METHODOLOGY.inputs)


def find_used(rule):
    used = set(used_names(rule.lines)) | {name for flag in rule.flags for name in names(flag.condition)}
    return used | {name for penalty in rule.penalties for name in used_names(penalty.lines)}


@pytest.mark.parametrize("code", METHODOLOGY.rules)
def test_every_declared_constant_letter_and_empty_divisor_is_used(code):
    rules = [rule for _, rule in VARIANTS if rule.code == code]
    sent = [penalty for _, rule in VARIANTS for penalty in rule.penalties if penalty.owner == code]
    used = {name for rule in rules for name in find_used(rule)}
    used |= {name for penalty in sent for name in used_names(penalty.lines)}
    for rule in rules:
        scope = rule.scope
        assert {*scope.constants, *scope.inputs, *scope.children, *scope.empty} <= used
        letters = {line.letter for line in rule.lines} | {line.letter for item in sent for line in item.lines}
        assert set(scope.symbols) <= used | letters | set(scope.words)


@pytest.mark.parametrize("code", METHODOLOGY.rules)
def test_every_constant_is_the_number_the_order_prints(code):
    for kind in ("central", "local"):
        constants = DEFAULTS[kind][code].scope.constants
        expected = PRINTED.get(code, {})
        assert set(constants) == set(expected)
        for name, printed in expected.items():
            text = printed[kind] if isinstance(printed, dict) else printed
            assert constants[name].value == constants[name].printed == Fraction(text)
            assert constants[name].title


def test_every_number_in_a_formula_but_0_and_1_is_a_named_constant():
    trees = [line.tree for _, rule in VARIANTS for line in rule.lines]
    trees += [line.tree for _, rule in VARIANTS for penalty in rule.penalties for line in penalty.lines]
    bare = {node.value for tree in trees for node in nodes(tree) if isinstance(node, Number)}
    assert bare <= {0, 1}


@pytest.mark.parametrize("code", METHODOLOGY.rules)
def test_every_rule_has_title_point_provenance_and_a_reason_where_the_text_is_silent(code):
    for kind in AGENCY_TYPES:
        rule = DEFAULTS[kind][code]
        assert rule.title
        assert rule.point
        assert rule.provenance in ("text", "reconstructed", "ambiguous", "provisional", "entered")
        assert rule.reasoning or rule.provenance == "text"
        assert all(line.provenance for line in rule.lines)
        assert all(penalty.title and penalty.provenance for penalty in rule.penalties)


@pytest.mark.parametrize("kind", AGENCY_TYPES)
@pytest.mark.parametrize("criterion", CRITERIA)
def test_the_maxima_of_a_criterion_add_up_to_the_printed_one(criterion, kind):
    rules = [rule for rule in DEFAULTS[kind].values() if rule.criterion == criterion]
    base = [cap(rule) for rule in rules if rule.kind == "base"]
    bonus = [cap(rule) for rule in rules if rule.kind == "bonus"]
    assert sum(base) == CRITERIA[criterion] == cap(DEFAULTS[kind][criterion])
    assert sum(bonus) == (Fraction("3.5") if criterion == "work_organisation" else 0)
    assert sorted(DEFAULTS[kind][criterion].children) == sorted(rule.code for rule in rules)


def test_the_criteria_add_up_to_a_hundred():
    assert sum(CRITERIA.values()) == 100
    hr = DEFAULTS["central"]["hr"]
    assert hr.children == tuple(CRITERIA)
    assert [penalty.scope.children["R"] for penalty in hr.penalties] == ["hr_reporting_penalty"]


@pytest.mark.parametrize(("kind", "total"), [("central", 110), ("local", 105)])
def test_the_second_direction_adds_up_to_a_hundred_and_its_bonuses(kind, total):
    rules = [rule for rule in DEFAULTS[kind].values() if rule.direction == "it" and rule.applies]
    base = sum(cap(rule) for rule in rules if rule.kind == "base")
    bonus = sum(cap(rule) for rule in rules if rule.kind == "bonus")
    assert (base, bonus, base + bonus) == (100, IT_BONUSES[kind], total)


def test_the_second_direction_has_every_letter_of_point_81():
    children = DEFAULTS["central"]["it"].children
    codes = [
        code for code, row in INDICATORS.items() if row["direction"] == "it" and row["kind"] != "penalty"
    ]
    assert sorted(children) == sorted(codes)


def test_the_readings_are_those_of_the_specification_with_its_defaults():
    assert set(METHODOLOGY.readings) == set(READINGS)
    for key, expected in READINGS.items():
        reading = METHODOLOGY.readings[key]
        assert list(reading.options) == expected["options"]
        assert (reading.default, reading.register) == (expected["options"][0], expected["register"])
        assert reading.title
        assert reading.point
        assert all(reading.options.values())


def switches(raw):
    """Return every switch key of raw law data with the options it lists."""
    found = {}
    if isinstance(raw, dict):
        if "by" in raw:
            found[raw["by"]] = tuple(option for option in raw if option != "by")
        raw = list(raw.values())
    if isinstance(raw, list):
        for item in raw:
            found |= switches(item)
    return found


def test_every_reading_switches_something_and_every_switch_knows_all_its_options():
    found = {}
    for code in METHODOLOGY.rules:
        for key, options in switches(METHODOLOGY.rules[code]).items():
            found.setdefault(key, set()).add(options)
    kinds = found.pop("agency_type")
    assert all(set(options) == set(AGENCY_TYPES) for options in kinds)
    assert set(found) == set(READINGS)
    for key, lists in found.items():
        assert all(sorted(options) == sorted(READINGS[key]["options"]) for options in lists)


@pytest.mark.parametrize("code", [*INDICATORS, "work_organisation", "it"])
def test_a_rule_names_the_readings_it_uses_and_no_others(code):
    kind = "local" if code == "smart_city" else "central"
    expected = {key: item["options"][0] for key, item in READINGS.items() if code in item["codes"]}
    assert dict(DEFAULTS[kind][code].readings) == expected
