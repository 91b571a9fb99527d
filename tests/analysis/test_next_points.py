"""The next points of an agency: what a step gains, how many a threshold needs, what is lost for good."""

from fractions import Fraction
from random import Random

import pytest

from tests.analysis.conftest import METHODOLOGY
from tests.renderings.rows import draw_row
from toolkit import Agency, evaluate
from toolkit.analysis.next_points import InputStudy, holds
from toolkit.analysis.readings import ReadingStudy
from toolkit.display.sliders import Explorer
from toolkit.formula.parse import parse_condition
from toolkit.formula.tree import names

# What evaluators enter, which no agency can change, and what happened and stays.
ENTERED = [name for name, it in METHODOLOGY.inputs.items() if it.unit in ("points", "sphere points")]
PAST = {
    *("negative_exit_reasons", "training_late_cases", "training_missed_cases", "recording_violations"),
    *("hr_reporting_penalty_points", "it_reporting_penalty_points"),
}


def study(agency, **options):
    explorer = Explorer(ReadingStudy(evaluate([agency], **options)), agency.code)
    return InputStudy(explorer.program, explorer.own, METHODOLOGY)


def changes(agency, **options):
    return {first.input.name: (first, most) for first, most in study(agency, **options).changes()}


def found(pair):
    return [(it.steps, it.after, it.gain) for it in pair]


def test_one_more_interview_gains_its_share_and_all_that_are_left_gain_theirs(make_agency):
    # V = 5 * 1/4 now; one more of the four gives 5/4, the three that are left 15/4.
    pair = changes(make_agency(exit_interviews_filled=1))["exit_interviews_filled"]
    assert found(pair) == [(1, 2, Fraction(5, 4)), (3, 4, Fraction(15, 4))]


def test_who_need_not_fill_an_interview_leaves_fewer_to_be_filled(make_agency):
    # Two of four are exempt: with one filled, one more is all there can be. V = 5/4 becomes 5/2.
    pair = changes(make_agency(exit_interviews_filled=1, dismissed_exempt=2))["exit_interviews_filled"]
    assert found(pair) == [(1, 2, Fraction(5, 4)), (1, 2, Fraction(5, 4))]


@pytest.mark.parametrize("name", ["contests_observed", "contests_recorded"])
def test_one_more_contest_gains_half_of_its_share(make_agency, name):
    # A = 10 * mean(15/20, 1): a twentieth more of one share of two is 10 / 40 = 1/4, five of them 5/4.
    assert found(changes(make_agency(**{name: 15}))[name]) == [
        (1, 16, Fraction(1, 4)),
        (5, 20, Fraction(5, 4)),
    ]


def test_a_product_with_nothing_in_it_gains_nothing_by_the_other_share(make_agency):
    given = make_agency(contests_observed=0, contests_recorded=5)
    pair = changes(given, readings={"contest_formula": "product"})["contests_recorded"]
    assert found(pair) == [(0, 5, 0), (0, 5, 0)]


def test_a_promotion_that_reaches_the_threshold_gains_the_rest_at_once(make_agency):
    # kr = 3/5 gives 6; 4/5 is the printed threshold 0,80 and gives all 10.
    pair = changes(make_agency(promoted_from_within=3))["promoted_from_within"]
    assert found(pair) == [(1, 4, 4), (1, 4, 4)]
    # Far from it one more gains 10/20, and ten more reach 16/20: 10 - 10 * 6/20 = 7.
    pair = changes(make_agency(promoted_from_within=6, promoted_total=20))["promoted_from_within"]
    assert found(pair) == [(1, 7, Fraction(1, 2)), (10, 16, 7)]


def test_a_band_is_reached_by_the_smallest_number_of_steps_and_gains_its_point(make_agency):
    # The execution of 57 per cent has one point (40-59,99); 60 gives two, three steps away; 80 gives three.
    # The bonuses are taken away, so that the 30 points of the criterion do not hold the gain back.
    given = {"interns_sent_and_hosted": 0, "personnel_files_complete": 0}
    pair = changes(make_agency(strategy_execution_percent=57, **given))["strategy_execution_percent"]
    assert found(pair) == [(3, 60, 1), (23, 80, 2)]
    # A part of a step is enough where a hundredth is lacking: 59,99 and one step are 60,99.
    pair = changes(make_agency(strategy_execution_percent="59.99", **given))["strategy_execution_percent"]
    assert found(pair)[0] == (1, Fraction("60.99"), 1)


def test_more_than_a_tenth_is_one_step_further_than_a_tenth(make_agency):
    # r = t / 100: from 5 per cent on one point, two only above 10: 10 of 100 is not enough, 11 are.
    given = {"personnel_files_complete": 0, "strategy_status": 0, "strategy_execution_percent": 0}
    pair = changes(make_agency(interns_sent_and_hosted=2, **given))["interns_sent_and_hosted"]
    assert found(pair) == [(3, 5, 1), (9, 11, 2)]


def test_a_cap_of_the_criterion_lets_only_a_part_through_or_nothing(make_agency):
    # O = 10 + 5 + 5 + 5 + 5 + 2 + 1.5 = 33.5 stands at 30: nothing in it gains, even with an index of 0,5.
    # N falls by 5 * (1 - 7/8) = 5/8 only, so O stays above 30.
    assert found(changes(make_agency(i1="0.5"))["i1"]) == [(0, Fraction(1, 2), 0), (0, Fraction(1, 2), 0)]
    # Without bonuses O = 30 - 1/40 with i1 = 0,98: 5 * 0,01 / 4 = 1/80 a step; with K = 1.5 from 99 files on
    # the files gain but the 1/40 that the cap leaves.
    given = {"interns_sent_and_hosted": 0, "personnel_files_complete": 95}
    made = changes(make_agency(i1="0.98", **given))
    assert found(made["i1"]) == [(1, Fraction("0.99"), Fraction(1, 80)), (2, 1, Fraction(1, 40))]
    assert found(made["personnel_files_complete"])[0] == (4, 99, Fraction(1, 40))


def test_the_last_step_of_an_index_ends_at_one(make_agency):
    # i5 = 0,996 is 0,004 under 1: T gains 5 * 0,004 / 4 = 1/200, not the 1/80 of a whole step.
    given = {"interns_sent_and_hosted": 0, "personnel_files_complete": 0}
    assert found(changes(make_agency(i5="0.996", **given))["i5"])[0] == (1, 1, Fraction(1, 200))


def test_an_hour_less_of_overtime_is_as_many_hours_as_there_are_heads(make_agency):
    # b = (247 - 21) * 8 = 1808; N1 = 5 * (1 - 8 * (m / n) / b): an hour a head is 40 / 1808 = 5/226.
    given = {"interns_sent_and_hosted": 0, "personnel_files_complete": 0, "overtime_workday_hours": 11300}
    first, most = changes(make_agency(**given))["overtime_workday_hours"]
    assert (first.steps, first.after, first.gain) == (1, 11200, Fraction(5, 226))
    # 113 hours a head are 5/2 points; there is no less than nothing.
    assert (most.steps, most.after, most.gain) == (113, 0, Fraction(5, 2))


def test_what_is_approved_in_steps_is_moved_through_its_words(make_agency):
    given = {"interns_sent_and_hosted": 0, "personnel_files_complete": 0, "strategy_execution_percent": 0}
    made = changes(make_agency(strategy_status=0, **given))
    assert found(made["strategy_status"]) == [(1, 1, 1), (2, 2, 2)]
    # What is not approved cannot be executed: no step is offered there.
    assert found(made["strategy_execution_percent"])[0] == (0, 0, 0)


def test_a_partial_total_is_not_guessed_and_the_highest_complete_rule_stands_in_for_it(make_agency):
    made = changes(make_agency(hidden=["net_turnover_points"], contests_observed=15, i23="0.5"))
    assert {made[name][0].code for name in ("contests_observed", "i23")} == {"merit_culture"}
    assert made["contests_observed"][0].gain == Fraction(1, 4)
    made = changes(make_agency(hidden=["net_turnover_points", "i26"], contests_observed=15, i23="0.5"))
    assert made["contests_observed"][0].code == "contest_transparency"
    assert "i23" not in made


def test_facts_of_the_past_cost_what_the_total_would_have_without_each(make_agency):
    # Late 0.5 * 3 and missed 1 * 4 are 5.5, capped at 5: without the late ones 4 are left, so they cost 1;
    # without the missed ones 1.5 are left, so those cost 3.5; without both nothing, so together they cost 5.
    # The bonuses are taken away, so that the criterion is not held at 30.
    given = {"interns_sent_and_hosted": 0, "personnel_files_complete": 0}
    made = study(make_agency(training_late_cases=3, training_missed_cases=4, **given))
    costs = {it.input.name: it.gain for it in made.past()}
    assert costs == {"training_missed_cases": Fraction(7, 2), "training_late_cases": 1}
    assert made.together("hr") == 5


def test_a_majority_of_negative_reasons_costs_its_fine_and_half_costs_nothing(make_agency):
    assert study(make_agency(negative_exit_reasons=2)).past() == []
    [cost] = study(make_agency(negative_exit_reasons=3)).past()
    assert (cost.input.name, cost.gain) == ("negative_exit_reasons", Fraction(3, 2))


def test_tenths_stay_inside_domains_and_limits_and_counts_stay_whole(make_agency):
    pairs = {
        low.input.name: (low, high) for low, high in study(make_agency(contests_observed=15)).tenths("hr")
    }
    # A tenth of 15 contests is 2; of 20 held 2, but not under the 20 recorded; an index is at most 1.
    assert [it.after for it in pairs["contests_observed"]] == [13, 17]
    assert [it.after for it in pairs["contests_held"]] == [20, 22]
    assert [it.after for it in pairs["i19"]] == [Fraction(9, 10), 1]
    # Two contests are 2 * 10 / 20 / 2 = 1/2; D = 5 * mean of four, one of them 0.1 less: 5 * 0.1 / 4 = 1/8.
    assert [it.gain for it in pairs["contests_observed"]] == [Fraction(-1, 2), Fraction(1, 2)]
    assert [it.gain for it in pairs["i19"]] == [Fraction(-1, 8), 0]
    assert "strategy_status" not in pairs


def test_a_partial_total_has_no_tenths(make_agency):
    made = study(make_agency(hidden=["net_turnover_points"]))
    assert made.tenths("hr") == []
    assert made.together("hr") is None


@pytest.mark.parametrize("seed", range(4))
def test_no_smaller_number_of_steps_gains_and_none_gains_more(seed):
    chance = Random(seed)  # noqa: S311  a seeded draw, nothing secret
    row = draw_row(chance)
    for name, it in METHODOLOGY.inputs.items():
        if it.limit and len(names(it.limit[1])) == 1:
            row[name] = min(row[name], row[it.limit[0]])
    row["dismissed_exempt"] = Fraction(0)
    agency = Agency("a", "A", ("central", "local")[seed % 2], row)
    made = study(agency)
    for first, most in made.changes():
        total, now = first.code, made.known[first.code]
        # The last step may be shorter, so the way is cut where only whole steps lie.
        for steps in range(1, min(first.steps, 40)):
            tried = first.before + (first.after - first.before) * Fraction(steps, first.steps)
            assert made.program.calculate({**row, first.input.name: tried})[total] <= now
        scored = evaluate([Agency("a", "A", agency.type, {**row, first.input.name: first.after})])
        assert scored.find("a", total).points - now == first.gain
        assert (first.gain > 0) == (first.steps > 0)
        assert most.gain >= first.gain


def test_every_step_names_declared_inputs_and_entered_points_have_none():
    stepped = {name: it.step for name, it in METHODOLOGY.inputs.items() if it.step}
    assert {name for name, it in METHODOLOGY.inputs.items() if it.past} == PAST
    assert not PAST & stepped.keys()
    assert [name for name in ENTERED if name in stepped] == []
    used = {name for _, by in stepped.values() for name in names(by)}
    assert used <= METHODOLOGY.inputs.keys()
    assert len({title for title, _ in stepped.values()}) == len(stepped)


def test_a_condition_with_a_missing_number_neither_holds_nor_fails():
    condition = parse_condition("a >= 1")
    known = ({"a": Fraction(1)}, {"a": Fraction(0)}, {"a": None})
    assert [holds(condition, numbers) for numbers in known] == [True, False, None]
