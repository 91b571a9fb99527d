"""What the order says beside its formulas is in the law file: minima, dates, sheets, forms, point 17."""

import re
from datetime import date
from fractions import Fraction

import pytest

from tests.servants_law.specification import PRINTED, read_source

CORPS = ("corps_a", "corps_b")
CATEGORIES = ("category_1", "category_2", "transitional")
FORMS = ("leader", "staff")
# Groups of parts; the others are single.
QUOTED = ("eligibility", "force", "composition", "forms")
PARTS = {"printed_plan", "delegation", "roles", "duties", *QUOTED}


def list_quotations():
    """Return every text that must stand in the order; those of the tables have a test of their own."""
    parts = [part for name in QUOTED for part in PRINTED[name].values()]
    parts += [*PRINTED["duties"], PRINTED["count"], PRINTED["printed_plan"], PRINTED["delegation"]]
    texts = [part[key] for part in parts for key in ("title", "text", "positions") if key in part]
    texts += [text for part in parts for text in part.get("parameters", [])]
    return [PRINTED["title_a"], PRINTED["title_b"], *PRINTED["caps"].values(), *texts]


@pytest.mark.parametrize("text", list_quotations())
def test_our_copy_of_the_words_stands_in_the_order(text):
    sources = read_source("law", "order_2025_121.txt")
    # The third part of point 17 repeats the brackets of the first one as exceptions.
    sources |= {re.sub(r" \(за исключением [^)]*\)", "", source) for source in sources}
    # The order mixes the letters of both alphabets in its categories; the law file has Latin ones.
    assert any(text in source.replace("С-1", "C-1").replace("Е-", "E-") for source in sources)


def test_the_procedure_has_the_parts_that_the_tests_know(law):
    assert set(law.procedure) == PARTS


@pytest.mark.parametrize("corps", CORPS)
def test_an_evaluation_needs_the_printed_months_and_days(corps, law):
    found, printed = law.regulation.eligibility[corps], PRINTED["eligibility"][corps]
    assert (found.point, found.months, found.days) == (printed["point"], printed["months"], printed["days"])
    assert list(law.regulation.eligibility) == list(CORPS)


@pytest.mark.parametrize("name", PRINTED["force"])
def test_a_method_acts_from_and_to_the_printed_days(name, law):
    found, printed = law.regulation.force[name], PRINTED["force"][name]
    assert (found.point, found.start, found.end) == (printed["point"], printed["from"], printed.get("to"))
    assert list(law.regulation.force) == list(PRINTED["force"])


def test_the_first_quarter_of_corps_b_is_the_third_of_2025(law):
    assert law.regulation.force["corps_b"].start == date(2025, 7, 1)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_sheet_of_corps_a_is_made_of_what_the_points_list(category, law):
    found, printed = law.regulation.composition[category], PRINTED["composition"][category]
    assert found.point == printed["point"]
    assert list(found.kinds.items()) == list(printed["kinds"].items())
    assert (found.rule, found.scale.name) == (printed["rule"], printed["scale"])
    assert found.rule in law.methodology.rules
    assert list(law.regulation.composition) == list(CATEGORIES)


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_kinds_of_a_sheet_add_up_to_the_printed_five(category, law):
    found = law.regulation.composition[category]
    kpis = sum(count for kind, count in found.kinds.items() if kind != "quality")
    assert kpis == found.count == PRINTED["count"]["count"]
    assert set(found.kinds) <= set(law.methodology.inputs["kind"].options)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_sheet_of_corps_a_has_as_many_marks_as_its_rule_uses(category, law):
    found = law.regulation.composition[category]
    rule = law.defaults[category][found.rule]
    assert rule.applies
    assert len(rule.inputs) == sum(found.kinds.values())


def test_every_kind_but_the_qualities_has_one_annex(law):
    annexes = [kind for table in law.regulation.tables.values() for kind in table.kinds]
    kinds = [kind for kind in law.methodology.inputs["kind"].options if kind != "quality"]
    assert sorted(annexes) == sorted(kinds)


def test_the_agreement_prints_a_plan_of_a_hundred_for_the_mandatory_rows(law):
    printed = PRINTED["printed_plan"]
    assert law.regulation.printed_plan == Fraction(printed["value"])
    assert list(law.regulation.printed_plan_kinds) == printed["kinds"]
    assert law.procedure["printed_plan"]["point"] == printed["point"]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_corps_b_has_the_title_and_the_five_parameters_of_its_annex(form, law):
    found, printed = law.regulation.forms[form], PRINTED["forms"][form]
    assert (found.point, found.title) == (printed["point"], printed["title"])
    numbered = [re.fullmatch(r"([1-5])\. ?(.*)", text).groups() for text in printed["parameters"]]
    assert list(enumerate(found.parameters, 1)) == [(int(number), text) for number, text in numbered]
    assert list(law.regulation.forms) == list(FORMS)


def test_an_evaluator_shares_more_than_twenty_persons(law):
    printed = PRINTED["delegation"]
    assert law.regulation.most_persons == printed["most"]
    assert law.procedure["delegation"]["point"] == printed["point"]


def test_the_roles_are_named_by_the_words_of_the_brackets(law):
    assert {role: list(words) for role, words in law.regulation.roles.items()} == PRINTED["roles"]


def read_positions(text, roles):
    """Return the categories of a part of point 17, each with the roles that its brackets name."""
    found = []
    for grade, bracket in re.findall(r"([A-E](?:-[A-Z])?-[0-9])(?: \(([^)]*)\))?", text):
        named = bracket.lower().split(", ")
        found.append((grade, tuple(role for words in named for role in roles if words in roles[role])))
    return found


@pytest.mark.parametrize("place", range(4))
def test_a_part_of_point_17_names_its_positions_evaluator_and_form(place, law):
    found, printed = law.regulation.duties[place], PRINTED["duties"][place]
    assert (found.point, found.evaluator, found.form) == tuple(
        printed[name] for name in ("point", "evaluator", "form")
    )
    assert list(found.positions.items()) == read_positions(printed.get("positions", ""), PRINTED["roles"])
    assert found.leading == printed.get("leading", False)
    assert found.form in law.regulation.forms
    assert len(law.regulation.duties) == len(PRINTED["duties"])


def test_no_category_stands_twice_in_a_part_of_point_17(law):
    for raw, duty in zip(law.procedure["duties"], law.regulation.duties, strict=True):
        assert len(raw.get("positions", [])) == len(duty.positions)
