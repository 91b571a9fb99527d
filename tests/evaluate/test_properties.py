from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluate.rows import INDICATORS, TOTALS, USERS, agencies, with_values, without
from toolkit import Agency, evaluate

IT_CODES = {row["code"] for row in INDICATORS if row["direction"] == "it"} | {"it"}
NOT_CENTRAL, NOT_LOCAL = {"smart_city"}, {"indicator_registry"}
MAXIMA = {"staff_potential": 30, "work_organisation": 30, "merit_culture": 40, "hr": 100}
IT_MAXIMUM = {"central": 110, "local": 105}
COMPLETE = {"computed", "entered", "assumed"}
UNUSED_BY_DEFAULT = {"dismissed_exempt", "body_headcount_mean"}
OTHER = {
    "exempt_leavers": "excluded",
    "negative_exit_base": "respondents",
    "organisation_cap": "base_only",
    "dayoff_penalty_from": "total",
    "dayoff_headcount": "whole_body",
    "contest_formula": "product",
    "it_total_cap": "hundred",
}
ALL_INPUTS = sorted(USERS)
FULL = dict.fromkeys(ALL_INPUTS, Fraction(1)) | {"workdays": Fraction(247)}


def applies(code, kind):
    absent = {"central": NOT_CENTRAL, "local": NOT_LOCAL, "territorial": IT_CODES}
    return code not in absent[kind]


def score(agency, readings=None, parameters=None):
    scores = evaluate([agency], readings=readings, parameters=parameters)
    return {found.code: found for found in scores}


def rows(scores):
    return {code: found.row() for code, found in scores.items()}


def maximum(row, kind):
    text = row["maximum_local" if kind == "local" else "maximum_central"]
    return Fraction(text) if text else None


@settings(max_examples=40, deadline=None)
@given(agencies(), st.sampled_from([None, OTHER]))
def test_a_complete_row_is_scored_whole_and_no_score_leaves_its_bounds(agency, readings):
    found = score(agency, readings)
    bounds = {row["code"]: maximum(row, agency.type) for row in INDICATORS} | MAXIMA
    bounds["it"] = IT_MAXIMUM.get(agency.type)
    if readings:
        bounds |= {"work_organisation": Fraction("33.5"), "hr": Fraction("103.5"), "it": 100}
    for code, one in found.items():
        if not applies(code, agency.type):
            assert (one.status, one.points, one.interval) == ("not_applicable", None, None)
            continue
        assert one.status in COMPLETE
        assert one.points >= 0
        assert bounds[code] is None or one.points <= bounds[code]
        assert one.maximum == bounds[code]


@settings(max_examples=40, deadline=None)
@given(agencies())
def test_a_complete_score_is_exact_and_its_interval_is_one_point(agency):
    for one in score(agency).values():
        if one.status != "not_applicable":
            assert isinstance(one.points, Fraction)
            assert one.interval.low == one.interval.high == one.points
            row = one.row()
            assert row["low"] == row["high"] == row["exact"]


def affected(name, kind, readings):
    """Return the indicators that a hidden input makes missing, by the table of the specification."""
    codes = {code for code in USERS[name] if applies(code, kind)}
    if not readings:
        return set() if name in UNUSED_BY_DEFAULT else codes
    # With the penalty taken from the total, these two inputs serve that penalty alone.
    return set() if name in ("overtime_dayoff_hours", "body_headcount_mean") else codes


def check_hidden(agency, name, readings, whole):
    part = score(without(agency, name), readings)
    missing = affected(name, agency.type, readings)
    partial = {total for total, children in TOTALS.items() if missing & set(children)}
    if readings and name in ("overtime_dayoff_hours", "body_headcount_mean", "apparatus_headcount_mean"):
        partial |= {"hr"}
    for code, one in part.items():
        if code in missing:
            assert (one.status, one.points) == ("missing", None)
            assert one.lacks == (name,)
        elif code in partial:
            assert (one.status, one.points) == ("partial", None)
            assert one.interval.low <= whole[code].points <= one.interval.high
        else:
            assert one.row() == whole[code].row()


@pytest.mark.parametrize("kind", ["central", "local", "territorial"])
@pytest.mark.parametrize("readings", [None, OTHER], ids=["defaults", "other readings"])
def test_each_input_hidden_makes_missing_exactly_what_depends_on_it(kind, readings):
    agency = Agency("a", "A", kind, FULL)
    whole = score(agency, readings)
    for name in ALL_INPUTS:
        check_hidden(agency, name, readings, whole)


@settings(max_examples=50, deadline=None)
@given(agencies(), st.sampled_from(ALL_INPUTS), st.sampled_from([None, OTHER]))
def test_an_input_hidden_in_any_row_makes_missing_exactly_what_depends_on_it(agency, name, readings):
    check_hidden(agency, name, readings, score(agency, readings))


@settings(max_examples=40, deadline=None)
@given(agencies(), st.sets(st.sampled_from(ALL_INPUTS), max_size=12), st.sampled_from([None, OTHER]))
def test_any_inputs_hidden_leave_intervals_that_contain_the_truth(agency, names, readings):
    whole, part = score(agency, readings), score(without(agency, *names), readings)
    for code, one in part.items():
        if one.interval is not None:
            assert one.interval.low <= whole[code].points <= one.interval.high
            assert one.points in (None, whole[code].points)


@settings(max_examples=40, deadline=None)
@given(agencies(), st.lists(st.sampled_from(ALL_INPUTS), min_size=1, max_size=4, unique=True))
def test_each_further_hidden_input_only_widens_the_interval(agency, names):
    narrower = score(agency)
    for count in range(1, len(names) + 1):
        wider = score(without(agency, *names[:count]))
        for code, one in wider.items():
            if one.interval is not None:
                assert one.interval.low <= narrower[code].interval.low
                assert one.interval.high >= narrower[code].interval.high
        narrower = wider


@settings(max_examples=30, deadline=None)
@given(st.lists(agencies(), min_size=2, max_size=4), st.randoms())
def test_the_order_of_rows_changes_nothing(drawn, random):
    named = [Agency(f"a{number}", "A", one.type, one.values) for number, one in enumerate(drawn)]
    shuffled = random.sample(named, len(named))
    first, second = evaluate(named), evaluate(shuffled)
    together = {(one.agency.code, one.code): one.row() for one in first}
    assert {(one.agency.code, one.code): one.row() for one in second} == together
    for one in named:
        alone = {found.code: found.row() for found in evaluate([one])}
        assert alone == {found.code: found.row() for found in first.of(one.code)}


@settings(max_examples=30, deadline=None)
@given(agencies())
def test_readings_and_parameters_of_one_call_do_not_leak_into_the_next(agency):
    before = rows(score(agency))
    parameters = {"exit_interview.k": Fraction(7), "working_time.strictness": Fraction(3)}
    changed = rows(score(agency, OTHER | {"no_promotions": "zero"}, parameters))
    assert rows(score(agency)) == before
    assert rows(score(agency, OTHER | {"no_promotions": "zero"}, parameters)) == changed
    assert changed["exit_interview"]["maximum"] == "7"


@settings(max_examples=30, deadline=None)
@given(agencies(), st.sampled_from(["hr", "it"]))
def test_one_direction_alone_has_the_scores_it_has_among_both(agency, direction):
    both = [one for one in evaluate([agency]) if one.rule.direction == direction]
    alone = list(evaluate([agency], direction=direction))
    assert [one.row() for one in alone] == [one.row() for one in both]


@settings(max_examples=30, deadline=None)
@given(agencies(), st.sampled_from(ALL_INPUTS))
def test_the_values_of_an_agency_are_not_changed_by_scoring_it(agency, name):
    before = dict(agency.values)
    score(agency)
    score(with_values(agency, {name: agency.values[name]}))
    assert agency.values == before


@pytest.mark.parametrize("kind", ["central", "local", "territorial"])
def test_an_agency_without_inputs_has_every_score_missing_or_partial(kind):
    for code, one in score(Agency("a", "A", kind, {})).items():
        expected = "partial" if code in TOTALS else "missing"
        assert one.status == (expected if applies(code, kind) else "not_applicable")


@pytest.mark.parametrize("kind", ["central", "local", "territorial"])
@pytest.mark.parametrize("values", [{}, FULL], ids=["nothing given", "everything given"])
def test_a_total_names_the_readings_of_everything_below_it(kind, values):
    found = score(Agency("a", "A", kind, values), OTHER)
    exits, organisation = (
        {"exempt_leavers", "negative_exit_base"},
        {"dayoff_penalty_from", "dayoff_headcount"},
    )
    organisation |= {"organisation_cap"}
    merit, it = {"contest_formula", "no_promotions"}, {"no_digital_staff", "it_total_cap"}
    assert set(found["staff_potential"].readings) == exits
    assert set(found["work_organisation"].readings) == organisation
    assert set(found["merit_culture"].readings) == merit
    assert set(found["hr"].readings) == exits | organisation | merit
    assert set(found["it"].readings) == (set() if kind == "territorial" else it)
    assert {one.readings[key] for one in found.values() for key in OTHER if key in one.readings} == {
        option for key, option in OTHER.items() if kind != "territorial" or key != "it_total_cap"
    }


def test_a_row_is_empty_where_there_is_no_number():
    found = rows(score(Agency("a", "A", "central", {"net_turnover_points": Fraction(1, 3)})))
    assert (found["net_turnover"]["points"], found["net_turnover"]["exact"]) == ("0.333333333333", "1/3")
    for code in ("staff_stability", "staff_potential", "hr", "it", "smart_city"):
        assert (found[code]["points"], found[code]["exact"]) == ("", "")
    assert (found["smart_city"]["low"], found["smart_city"]["high"], found["smart_city"]["maximum"]) == (
        "",
        "",
        "",
    )
    assert (found["staff_potential"]["low"], found["staff_potential"]["high"]) == ("1/3", "61/3")
