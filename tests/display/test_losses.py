from fractions import Fraction
from itertools import pairwise

import pytest

from toolkit import Agency, evaluate, load_methodology
from toolkit.display.losses import way

# Everything a central agency can show, with hand-made points: see the comments beside the expected figures.
SURVEY = {f"i{number}": Fraction(1, 2) for number in range(1, 27)}
INPUTS = {
    "net_turnover_points": 8,
    "staff_stability_points": 5,
    "gender_balance_points": 4,
    "exit_interviews_filled": 30,
    "staff_dismissed": 40,
    "negative_exit_reasons": 21,
    **dict.fromkeys(
        [
            "candidates_of_science", "doctors_of_science", "phd_holders", "academy_graduates",
            "bolashak_graduates", "nazarbayev_graduates", "foreign_graduates", "aspirantura_degrees",
            "presidential_reserve", "masters_degrees",
        ],
        10,
    ),
    "admin_headcount_mean": 250,
    "workdays": 247,
    "overtime_workday_hours": 11300,
    "overtime_dayoff_hours": 900,
    "apparatus_headcount_mean": 100,
    "upskilled_on_time": 9,
    "upskilling_due": 10,
    "retrained_on_time": 0,
    "retraining_due": 0,
    "training_late_cases": 2,
    "training_missed_cases": 1,
    "strategy_status": 2,
    "strategy_execution_percent": 85,
    "interns_sent_and_hosted": 25,
    "personnel_files_complete": 99,
    "servants_december": 100,
    "contests_observed": 20,
    "contests_recorded": 15,
    "contests_held": 20,
    "recording_violations": 1,
    "promoted_from_within": 4,
    "promoted_total": 5,
    "hr_reporting_penalty_points": 2,
}  # fmt: skip


def agency(**changes):
    values = {
        name: Fraction(value) for name, value in (SURVEY | INPUTS | changes).items() if value is not None
    }
    return Agency("a", "Орган", "central", values)


def find(steps, code):
    return next(step for step in steps if step.code == code)


def test_the_way_ends_at_the_total_of_the_order():
    scores = evaluate([agency()])
    steps = way(scores, "a", "hr")
    # c1 = 8 + 5 + 9/4 + 4 + 2 = 85/4; N = 5/2 + 5/2 - 1 = 4; T = Y = 5/2; U = 11/4; S = 5; I = 1; K = 3/2;
    # O = 77/4; c3 = 31/4 + 5 + 10 + 5/2 + 5/2 = 111/4; the total is 85/4 + 77/4 + 111/4 - 2 = 265/4.
    assert steps[-1].end == Fraction(265, 4) == scores.find("a", "hr").points
    assert steps[0].end == 100


def test_every_step_starts_where_the_one_before_it_ends():
    steps = way(evaluate([agency()]), "a", "hr")
    assert all(after.start == before.end for before, after in pairwise(steps[:-1]))


def test_losses_come_from_large_to_small_and_gains_after_them():
    steps = way(evaluate([agency()]), "a", "hr")
    losses = [-step.change for step in steps if step.kind == "loss" and step.code]
    assert losses == sorted(losses, reverse=True)
    assert find(steps, "working_time").change == -6
    assert find(steps, "internship").change == 1


def test_a_missing_indicator_is_unknown_and_takes_nothing():
    steps = way(evaluate([agency(net_turnover_points=None)]), "a", "hr")
    assert find(steps, "net_turnover").kind == "unknown"
    assert find(steps, "net_turnover").change == -10
    # The entered 8 points may become 10: the most still within reach is 265/4 + 2 = 273/4.
    assert steps[-1].end == Fraction(273, 4)


@pytest.mark.parametrize("reading", ["indicator", "quantitative", "total"])
def test_the_way_ends_at_the_total_wherever_the_dayoff_penalty_is_taken_from(reading):
    scores = evaluate([agency()], readings={"dayoff_penalty_from": reading})
    assert way(scores, "a", "hr")[-1].end == scores.find("a", "hr").points


def test_the_cap_of_a_criterion_is_a_step_of_its_own():
    best = {f"i{number}": 1 for number in range(1, 27)}
    scores = evaluate([agency(**best, overtime_workday_hours=0, overtime_dayoff_hours=0, upskilled_on_time=10,
                              training_late_cases=0, training_missed_cases=0)])  # fmt: skip
    caps = [step for step in way(scores, "a", "hr") if step.kind == "cap"]
    # O = 10 + 5 + 5 + 5 + 5 + 1 + 1.5 = 32.5, capped at 30.
    assert [step.change for step in caps] == [Fraction(-5, 2)]
    assert "Организация труда" in caps[0].label


def test_a_floor_at_zero_is_a_step_of_its_own():
    it = {
        "architecture_portal_points": 3, "data_currency_points": 0, "function_automation_points": 0,
        "digital_staff_it_educated": 0, "digital_staff_total": 8, "ict_certified_staff": 0, "staff_total": 9,
        "local_content_points": 0, "indicators_automatic": 0, "indicators_total": 4,
        "unused_systems_points": 10, "it_reporting_penalty_points": 0,
    }  # fmt: skip
    steps = way(evaluate([agency(**it)]), "a", "it")
    assert steps[-1].end == 0
    assert steps[-2].label == "Итог не бывает ниже нуля"
    assert steps[-2].change == 7


@pytest.mark.parametrize(
    ("formula", "change", "kind"),
    [
        # c1 = 85/4, O = 77/4, c3 = 111/4: half of c1 is 85/8, twice O is 77/4 more.
        ("0.5 * c1 + O + c3", Fraction(-85, 8), "cap"),
        ("c1 + 2 * O + c3", Fraction(77, 4), "gain"),
        ("O + c3", Fraction(-85, 4), "cap"),
    ],
)
def test_what_a_formula_of_ones_own_makes_of_the_parts_is_a_step_under_its_own_name(formula, change, kind):
    scores = evaluate([agency()], load_methodology().with_rule("hr", formula))
    steps = way(scores, "a", "hr")
    own = next(step for step in steps if step.label == "Своя формула итога")
    assert (own.change, own.kind) == (change, kind)
    assert "Итог не бывает ниже нуля" not in [step.label for step in steps]
    assert steps[-1].end == scores.find("a", "hr").points


def test_a_total_made_zero_by_a_formula_of_ones_own_has_not_met_the_floor():
    steps = way(evaluate([agency()], load_methodology().with_rule("hr", "0 * c1")), "a", "hr")
    assert [step.label for step in steps if step.kind == "cap"] == ["Своя формула итога"]
    assert steps[-1].end == 0
