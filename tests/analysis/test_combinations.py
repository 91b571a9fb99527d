"""The interval of every score over all combinations of readings, by hand and against brute force."""

from fractions import Fraction
from itertools import cycle, product
from random import Random

import pytest

from tests.analysis.conftest import METHODOLOGY
from toolkit import evaluate
from toolkit.analysis.combinations import outcome
from toolkit.analysis.readings import ReadingStudy

IT_KEYS = ("no_digital_staff", "it_total_cap")
HR_KEYS = tuple(key for key in METHODOLOGY.readings if key not in IT_KEYS)
# Where rules meet their edges, so that readings act on one another.
NEAR_THE_EDGES = {
    "exit_interviews_filled": (0, 2, 4),
    "dismissed_exempt": (0, 0, 1),
    "negative_exit_reasons": (0, 1, 2),
    "overtime_workday_hours": (0, 11300, 22600),
    "overtime_dayoff_hours": (0, 899, 900, 18401),
    "body_headcount_mean": (50, 100, 300),
    "i1": (0, 1),
    "i5": (0, "1/2", 1),
    "interns_sent_and_hosted": (0, 5, 20),
    "personnel_files_complete": (0, 99),
    "contests_observed": (0, 10, 20),
    "contests_recorded": (0, 10, 15),
    "contests_held": (20, 20, 0),
    "promoted_total": (0, 5),
    "digital_staff_total": (0, 8),
    "local_content_points": (0, 5),
    "hr_reporting_penalty_points": (0, 9),
    "it_reporting_penalty_points": (0, 9),
}
HIDDEN = (
    *("overtime_dayoff_hours", "body_headcount_mean", "apparatus_headcount_mean", "dismissed_exempt"),
    *("negative_exit_reasons", "contests_recorded", "promoted_total", "i5", "hr_reporting_penalty_points"),
    *("digital_staff_total", "unused_systems_points", "it_reporting_penalty_points"),
)


def spreads(agency, **options):
    return ReadingStudy(evaluate([agency], **options)).spreads(agency.code)


def test_a_penalty_with_nothing_left_to_take_can_still_be_taken_from_the_total(make_agency):
    # N1 = 0 (an hour of overtime a day: 22600 / 100 / 226) and N2 = 0, so the point for 9 hours on days off
    # finds N at its floor. O = 0 + 5 + 5 + 5 + 5 + 3.5 = 23.5 under any cap; hr = 30 + 23.5 + 40 = 93.5, or
    # one less when the point is taken from the total.
    silent = {"i1": 0, "i2": 0, "i3": 0, "i4": 0}
    agency = make_agency(overtime_workday_hours=22600, overtime_dayoff_hours=900, **silent)
    found = spreads(agency)
    assert found["working_time"].matters == found["work_organisation"].matters == ()
    assert (found["work_organisation"].low, found["work_organisation"].high) == (23.5, 23.5)
    total = found["hr"]
    assert (total.low, total.high, total.matters) == (92.5, 93.5, ("dayoff_penalty_from",))
    assert total.lowest == ({"dayoff_penalty_from": "total"},)
    assert total.highest == ({"dayoff_penalty_from": "indicator"}, {"dayoff_penalty_from": "quantitative"})


def test_readings_that_matter_only_together_are_found(make_agency):
    # One point for 9 hours over 100 persons, none for 4.5 hours over the 200 of the whole body.
    # O, bonuses under the cap: 9 + 20 + 3.5 and 10 + 20 + 3.5 both stand at 30; the point from the total: 30.
    # O, base alone under the cap: 29 + 3.5 = 32.5 with the point in N, otherwise 30 + 3.5 = 33.5.
    found = spreads(make_agency(overtime_dayoff_hours=900, body_headcount_mean=200))
    organisation = found["work_organisation"]
    assert (organisation.score.points, organisation.low, organisation.high) == (30, 30, 33.5)
    assert set(organisation.matters) == {"dayoff_headcount", "dayoff_penalty_from", "organisation_cap"}
    # hr = 70 + O: 100, one less when the point is taken from it; at most 103.5.
    total = found["hr"]
    assert (total.score.points, total.low, total.high) == (100, 99, 103.5)
    assert total.combinations == 2 * 3 * 2
    apparatus, whole = {"dayoff_headcount": "apparatus"}, {"dayoff_headcount": "whole_body"}
    assert total.lowest == (apparatus | {"dayoff_penalty_from": "total", "organisation_cap": "with_bonuses"},)
    assert [set(at.items()) for at in total.highest] == [
        set((whole | {"dayoff_penalty_from": option, "organisation_cap": "base_only"}).items())
        for option in ("indicator", "quantitative", "total")
    ]


def test_an_open_total_is_the_union_of_what_every_combination_leaves_open(make_agency):
    # Merit and ethics at their maxima: 10 + 5 + 5 = 20; A = 8.75, 10 or 7.5; C is 0 to 10, or 10, or 0. The
    # smallest is 20 + 7.5 + 0, the greatest 20 + 10 + 10.
    agency = make_agency(promoted_from_within=0, promoted_total=0, contests_recorded=15)
    found = spreads(agency)["merit_culture"]
    assert (found.low, found.high) == (Fraction("27.5"), 40)
    assert (found.combinations, found.incomplete) == (9, 3)
    assert found.lowest == (
        {"contest_formula": "product", "no_promotions": "not_computable"},
        {"contest_formula": "product", "no_promotions": "zero"},
    )


def test_what_lacks_data_is_open_under_every_combination(make_agency):
    # T without its survey is 0 to 5, the other base indicators are 10 + 5 + 5 + 5 = 25: with 3.5 of bonuses
    # 28.5 to 33.5, which the cap cuts at 30 when the bonuses stand under it.
    found = spreads(make_agency(hidden=["i5"]))["work_organisation"]
    assert (found.low, found.high, found.matters) == (28.5, 33.5, ("organisation_cap",))
    assert found.incomplete == found.combinations == 2


def test_a_score_that_no_reading_reaches_stands_still(make_agency):
    found = spreads(make_agency())["net_turnover"]
    assert (found.low, found.high, found.matters, found.combinations) == (10, 10, (), 1)
    assert found.lowest == found.highest == ({},)


def test_what_is_not_applied_has_no_spread(make_agency):
    found = spreads(make_agency(kind="territorial"))
    assert "hr" in found
    assert not {"it", "it_staff", "smart_city"} & set(found)


def test_combinations_nearest_to_the_choice_come_first(make_agency):
    # Without L the rest is 30 + 20 + 25 + 5 + 5 + 5 = 90. With nobody in digital units L is 0, or 0 to 20 and
    # not computable: 90, or 90 to 110, or 90 to 100 under the cap.
    chosen = {"no_digital_staff": "not_computable", "it_total_cap": "hundred"}
    agency = make_agency(digital_staff_it_educated=0, digital_staff_total=0)
    found = spreads(agency, readings=chosen)["it"]
    assert (found.low, found.high) == (90, 110)
    assert found.lowest[0] == chosen
    assert found.highest == (chosen | {"it_total_cap": "none"},)


def random_agency(make_agency, random, kind):
    changed = {name: random.choice(values) for name, values in NEAR_THE_EDGES.items()}
    changed["promoted_from_within"] = random.randint(0, changed["promoted_total"])
    changed["digital_staff_it_educated"] = random.randint(0, changed["digital_staff_total"])
    changed["staff_dismissed"] = max(changed["exit_interviews_filled"] + changed["dismissed_exempt"], 3)
    for name in ("contests_observed", "contests_recorded"):
        changed[name] = min(changed[name], changed["contests_held"])
    hidden = random.sample(HIDDEN, random.choice((0, 0, 1, 3)))
    row = random.choice(("full", "full", "empty_handed"))
    return make_agency(kind, kind, row, hidden, **changed)


def every_score(agencies, choices):
    """Return the outcome of every score by the options of the readings of its own direction."""
    found = {}
    for choice in choices:
        scores = evaluate(agencies, METHODOLOGY, readings=choice)
        for score in scores:
            if score.interval is not None:
                keys = HR_KEYS if score.rule.direction == "hr" else IT_KEYS
                options = tuple(choice[key] for key in keys)
                outcomes = found.setdefault((score.agency.code, score.code), (keys, {}))[1]
                # Readings of the other direction change nothing, or this would be another outcome.
                assert outcomes.setdefault(options, outcome(score)) == outcome(score)
    return found


def matters(keys, outcomes, key):
    place = keys.index(key)
    groups = {}
    for options, found in outcomes.items():
        groups.setdefault(options[:place] + options[place + 1 :], set()).add(found)
    return any(len(group) > 1 for group in groups.values())


def check(spread, keys, outcomes):
    assert set(spread.matters) == {key for key in keys if matters(keys, outcomes, key)}
    spans = {options: interval for options, (_, _, interval) in outcomes.items()}
    low, high = min(span.low for span in spans.values()), max(span.high for span in spans.values())
    assert (spread.low, spread.high) == (low, high)

    def reached(bound, end):
        at = [dict(zip(keys, options, strict=True)) for options, span in spans.items() if span[end] == bound]
        return {tuple(choice[key] for key in spread.matters) for choice in at}

    assert {tuple(at[key] for key in spread.matters) for at in spread.lowest} == reached(low, 0)
    assert {tuple(at[key] for key in spread.matters) for at in spread.highest} == reached(high, 1)
    open_ones = {
        tuple(dict(zip(keys, options, strict=True))[key] for key in spread.matters)
        for options, (points, _, _) in outcomes.items()
        if points is None
    }
    assert spread.incomplete == len(open_ones)


def compare_with_brute_force(make_agency, seed, choices):
    random = Random(seed)  # noqa: S311 - only a repeatable choice of rows
    agencies = [random_agency(make_agency, random, kind) for kind in ("central", "local", "territorial")]
    found = ReadingStudy(evaluate(agencies, METHODOLOGY, readings=random.choice(choices)))
    brute = every_score(agencies, choices)
    for agency in agencies:
        known = found.spreads(agency.code)
        assert {(agency.code, code) for code in known} == {key for key in brute if key[0] == agency.code}
        for code, spread in known.items():
            check(spread, *brute[agency.code, code])


def choices_of(keys):
    options = (METHODOLOGY.readings[key].options for key in keys)
    return [dict(zip(keys, chosen, strict=True)) for chosen in product(*options)]


def test_the_tables_agree_with_every_combination_of_each_direction(make_agency):
    # 2 * 2 * 2 * 3 * 2 * 3 * 3 = 432 combinations of hr, with the four of it in turn.
    choices = [hr | it for hr, it in zip(choices_of(HR_KEYS), cycle(choices_of(IT_KEYS)), strict=False)]
    assert len(choices) == 432
    compare_with_brute_force(make_agency, 1, choices)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(2, 12))
def test_the_tables_agree_with_every_combination_of_more_agencies(make_agency, seed):
    choices = [hr | it for hr, it in zip(choices_of(HR_KEYS), cycle(choices_of(IT_KEYS)), strict=False)]
    compare_with_brute_force(make_agency, seed, choices)


@pytest.mark.proof
def test_the_tables_agree_with_every_combination_of_both_directions(make_agency):
    choices = choices_of((*HR_KEYS, *IT_KEYS))
    assert len(choices) == 1728
    compare_with_brute_force(make_agency, 12, choices)
