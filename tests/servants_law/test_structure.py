"""The rules of the servants' order are those of the specification: described and applied as it says."""

from fractions import Fraction

import pytest

from tests.servants_law.specification import PRINTED, RULES, SUBJECTS
from toolkit.rules.notes import comma
from toolkit.servants.records import CORPS_A, CORPS_B

DESCRIBED = ("direction", "letter", "point", "title", "provenance")
PROVENANCES = ("text", "reconstructed", "ambiguous", "provisional", "entered")
LAYOUTS = {"corps_a": CORPS_A, "corps_b": CORPS_B}
# Read by the evaluation itself and not by a rule: what identifies a servant, a period, a position.
UNUSED = {"category", "kind", "direction", "mark", "worked_days", "form", "sanction", "leading"}


def test_the_rules_stand_in_the_order_in_which_a_mark_is_made(law):
    assert list(law.methodology.rules) == list(RULES)


def test_the_order_names_what_it_evaluates_and_into_what_it_is_divided(law):
    assert law.methodology.subjects == SUBJECTS
    assert law.methodology.directions == ("corps_a", "corps_b")


def test_the_order_is_named_with_its_numbers_and_dates(law):
    assert all(printed in law.methodology.edition for printed in PRINTED["edition"])
    assert law.methodology.title == f"{PRINTED['title_a']} и {PRINTED['title_b']}"


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_described_as_in_the_specification(code, law):
    for kind in SUBJECTS:
        rule, row = law.defaults[kind][code], RULES[code]
        assert {name: getattr(rule, name) for name in DESCRIBED} == {
            name: row.get(name, "") for name in DESCRIBED
        }
        assert (rule.level, rule.kind, rule.criterion) == ("indicator", "", "")
        assert not rule.total
        assert not rule.entered


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_applied_to_the_servants_its_points_are_about(code, law):
    assert [kind for kind in SUBJECTS if law.defaults[kind][code].applies] == RULES[code]["applies"]


@pytest.mark.parametrize("code", RULES)
def test_a_rule_gives_its_reason_where_the_text_is_silent_and_names_the_doubt(code, law):
    rule, doubt = law.defaults["leader"][code], RULES[code].get("doubt", "")
    assert rule.provenance in PROVENANCES
    assert bool(rule.reasoning) == (rule.provenance != "text") == bool(doubt)
    assert doubt in rule.reasoning


@pytest.mark.parametrize("code", RULES)
def test_no_rule_of_servants_is_limited_or_fined_by_itself(code, law):
    for rule in law.versions(code):
        assert not rule.penalties
        assert not rule.flags
        assert all(line.maximum is None and line.floor is None for line in rule.lines)


@pytest.mark.parametrize("corps", LAYOUTS)
def test_every_rule_of_a_corps_has_a_subject_and_every_subject_a_rule(corps, law):
    own = {code for code, rule in law.defaults["leader"].items() if rule.direction == corps}
    subjects = {kind for kind in SUBJECTS for code in own if law.defaults[kind][code].applies}
    expected = set(SUBJECTS[:3]) if corps == "corps_a" else set(SUBJECTS[3:])
    assert subjects == expected
    assert own == {code for code, row in RULES.items() if row["direction"] == corps}


def test_every_declared_input_is_used_by_a_rule_or_is_a_column(law):
    used = {name for rule in law.variants for name in rule.inputs}
    columns = {name for layout in LAYOUTS.values() for name in layout.columns}
    unused = set(law.methodology.inputs) - used
    assert unused == UNUSED
    assert unused <= columns


def test_the_caps_of_sanctions_are_the_tops_of_the_two_lower_rows_of_the_scale(law):
    constants = law.defaults["staff"]["sanction_cap"].scope.constants
    scale = law.regulation.tables["scale_corps_b"]
    assert [constants[name].value for name in ("listed", "others")] == [row.end for row in scale.rows[2:]]
    assert constants["highest"].value == scale.rows[0].end == law.methodology.inputs["p5"].high
    for name in ("listed", "others"):
        assert comma(constants[name].value) in PRINTED["caps"][name]


def test_the_highest_mark_of_every_column_is_the_five_of_the_order(law):
    highest = {declared.high for declared in law.methodology.inputs.values() if declared.unit == "points"}
    assert highest == {Fraction(5), None}  # a sum of marks has no bound
