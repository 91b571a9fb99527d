"""The rules are those of the specification: their codes, descriptions, maxima and places in the tree."""

from fractions import Fraction

import pytest

from tests.rules.specification import CODES, CRITERIA, HERE, INDICATORS, TOTALS, read_table
from toolkit.rules.agency import AGENCY_TYPES
from toolkit.rules.apply import most

SPECIFICATION = HERE.parents[1].parent / "shared" / "spec"
PROVENANCES = ("text", "reconstructed", "ambiguous", "provisional", "entered")
DESCRIBED = ("direction", "criterion", "letter", "point", "kind", "provenance", "title")


@pytest.mark.parametrize("name", ["indicators.csv", "inputs.csv"])
def test_our_copy_of_the_specification_is_the_specification(name):
    if not SPECIFICATION.is_dir():
        pytest.skip("the specification does not lie beside the repository")
    assert read_table(HERE / f"expected_{name}") == read_table(SPECIFICATION / name)


def test_the_rules_are_the_28_indicators_and_the_five_totals_in_the_order_of_the_specification(law):
    codes = [code for code in law.methodology.rules if code not in TOTALS]
    assert codes == list(INDICATORS)
    assert len(codes) == 28
    assert set(law.methodology.rules) == set(CODES)


def test_every_rule_stands_behind_what_it_puts_together(law):
    codes = list(law.methodology.rules)
    for code, row in TOTALS.items():
        assert all(codes.index(part) < codes.index(code) for part in row["parts"])


def test_the_order_is_named_with_its_numbers_and_dates(law):
    for printed in ("20.02.2023 № 57/НҚ и № 46", "27.01.2020 № 32/НҚ", "28.01.2020 № 25"):
        assert printed in law.methodology.edition
    assert "операционной оценки" in law.methodology.title


def describe(rule):
    return {name: getattr(rule, name) for name in DESCRIBED}


@pytest.mark.parametrize("kind", AGENCY_TYPES)
@pytest.mark.parametrize("code", INDICATORS)
def test_an_indicator_is_described_as_in_the_specification(code, kind, law):
    rule, row = law.defaults[kind][code], INDICATORS[code]
    expected = {name: row[name] for name in DESCRIBED if name != "title"} | {"title": row["title_ru"]}
    expected["point"] = row["point"].replace("Annex", "Приложение")  # the law is printed in Russian
    assert describe(rule) == expected
    assert rule.level == ("penalty" if row["kind"] == "penalty" else "indicator")
    assert rule.entered == (row["provenance"] == "entered")


@pytest.mark.parametrize("kind", AGENCY_TYPES)
@pytest.mark.parametrize("code", TOTALS)
def test_a_total_is_described_as_in_the_specification(code, kind, law):
    rule, row = law.defaults[kind][code], TOTALS[code]
    expected = {name: row.get(name, "") for name in DESCRIBED}
    assert describe(rule) == expected
    assert rule.level == row["level"]
    assert rule.total
    assert not rule.entered


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_title_point_provenance_and_a_reason_where_the_text_is_silent(code, law):
    for kind in AGENCY_TYPES:
        rule = law.defaults[kind][code]
        assert rule.title
        assert rule.point
        assert rule.provenance in PROVENANCES
        assert rule.reasoning or rule.provenance == "text"


def cap(rule):
    return most(rule.lines[-1].maximum, rule.scope)


@pytest.mark.parametrize("kind", ["central", "local"])
@pytest.mark.parametrize("code", INDICATORS)
def test_an_indicator_has_the_printed_maximum_or_is_not_applied(code, kind, law):
    rule, printed = law.defaults[kind][code], INDICATORS[code][f"maximum_{kind}"]
    if code == "unused_systems":
        assert rule.applies
        assert cap(rule) is None
    else:
        assert rule.applies == bool(printed)
        assert not printed or cap(rule) == Fraction(printed)


def test_a_territorial_unit_is_evaluated_in_the_first_direction_alone(law):
    for rule in law.defaults["territorial"].values():
        assert rule.applies == (rule.direction == "hr")


def children_of(total, rules):
    """Return the indicators that belong to a total by what they say of themselves."""
    if total in CRITERIA:
        return [rule for rule in rules.values() if rule.criterion == total]
    return [rule for rule in rules.values() if rule.direction == total and rule.level == "indicator"]


@pytest.mark.parametrize("kind", AGENCY_TYPES)
@pytest.mark.parametrize("total", TOTALS)
def test_the_maxima_below_a_total_add_up_to_the_printed_one(total, kind, law):
    rules = [rule for rule in children_of(total, law.defaults[kind]) if rule.applies]
    base = sum(cap(rule) for rule in rules if rule.kind == "base")
    bonus = sum(cap(rule) for rule in rules if rule.kind == "bonus")
    within = Fraction("3.5") if total == "hr" else 0  # the bonuses of the second criterion
    assert base == Fraction(TOTALS[total]["maximum"][kind])
    assert bonus - within == Fraction(TOTALS[total]["bonus"][kind])


@pytest.mark.parametrize("kind", AGENCY_TYPES)
@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_criterion_is_capped_at_its_printed_maximum(criterion, kind, law):
    assert cap(law.defaults[kind][criterion]) == Fraction(CRITERIA[criterion]["maximum"][kind])


def test_the_criteria_add_up_to_a_hundred():
    for kind in AGENCY_TYPES:
        assert sum(Fraction(row["maximum"][kind]) for row in CRITERIA.values()) == 100


@pytest.mark.parametrize("kind", AGENCY_TYPES)
@pytest.mark.parametrize("total", TOTALS)
def test_a_total_puts_together_the_parts_of_the_specification(total, kind, law):
    rule, row = law.defaults[kind][total], TOTALS[total]
    assert sorted(rule.children) == sorted(row["parts"])
    sent = [code for penalty in rule.penalties for code in penalty.scope.children.values()]
    penalties = [code for code in sent if code not in rule.children]
    assert penalties == ([row["penalty"]] if "penalty" in row else [])


def reach(code, rules):
    """Return a rule and everything that is put together or subtracted below it."""
    below = {child for penalty in rules[code].penalties for child in penalty.scope.children.values()}
    below |= set(rules[code].scope.children.values())
    return {code}.union(*(reach(child, rules) for child in below))


@pytest.mark.parametrize("kind", AGENCY_TYPES)
def test_every_rule_has_its_place_in_the_tree_of_its_direction(kind, law):
    rules = law.defaults[kind]
    for direction in ("hr", "it"):
        expected = {code for code, rule in rules.items() if rule.direction == direction}
        assert reach(direction, rules) == expected
