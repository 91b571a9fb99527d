"""One reading switched for all agencies: what moves, by how much, and the places."""

from fractions import Fraction

import pytest

from toolkit import ToolkitError, evaluate, load_methodology, read_campaign
from toolkit.analysis.places import Place
from toolkit.analysis.readings import ReadingStudy
from toolkit.display.standing import standing

# Point 48 with c = 20: a = 20, b = 15 or a = b = 17.4 of 20 (174 of 200).
LOPSIDED = {"contests_observed": 20, "contests_recorded": 15, "contests_held": 20}
EVEN = {"contests_observed": 174, "contests_recorded": 174, "contests_held": 200}
# Point 40: 900 hours on days off over a headcount of 100 are 9 hours for each, one penalty point.
DAYOFF = {"overtime_dayoff_hours": 900}
NOBODY_PROMOTED = {"promoted_from_within": 0, "promoted_total": 0}


@pytest.fixture(scope="module")
def sample():
    data = read_campaign("tests/samples/drawn_2023")
    scores = evaluate(data)
    return data, scores, ReadingStudy(scores)


def study(*agencies, **options):
    return ReadingStudy(evaluate(agencies, **options))


def find(moves, option, code):
    return next(move for move in moves if (move.option, move.after.code) == (option, code))


def test_another_formula_of_contests_moves_the_indicator_and_its_totals_alike(make_agency):
    # Mean of shares 10 * 35/40 = 8.75; capped sum 10 * min(1, 35/20) = 10; product 10 * 20/20 * 15/20 = 7.5.
    # Everything else stands at its maximum: merit 40 - 1.25 = 38.75, hr 100 - 1.25 = 98.75.
    moves = list(study(make_agency(**LOPSIDED)).moves("a", ["contest_formula"]))
    assert [(move.option, move.after.code, move.before.points, move.after.points) for move in moves] == [
        ("capped_sum", "contest_transparency", Fraction("8.75"), 10),
        ("capped_sum", "merit_culture", Fraction("38.75"), 40),
        ("capped_sum", "hr", Fraction("98.75"), 100),
        ("product", "contest_transparency", Fraction("8.75"), Fraction("7.5")),
        ("product", "merit_culture", Fraction("38.75"), Fraction("37.5")),
        ("product", "hr", Fraction("98.75"), Fraction("97.5")),
    ]
    assert [move.change for move in moves] == [Fraction("1.25")] * 3 + [Fraction("-1.25")] * 3


def test_places_change_because_all_agencies_are_switched_together(make_agency):
    # By the mean 8.75 stands before 10 * 0.87 = 8.7; by the product 7.5 stands after 10 * 0.87^2 = 7.569.
    of_two = study(make_agency("a", **LOPSIDED), make_agency("b", **EVEN))
    move = find(of_two.moves("a"), "product", "hr")
    assert (move.place_before, move.place_after, move.place_change) == (Place(1, 2), Place(2, 2), 1)
    assert find(of_two.moves("b"), "product", "hr").place_change == -1
    # By the capped sum both stand at 10 and share the first place.
    assert find(of_two.moves("b"), "capped_sum", "hr").place_after == Place(1, 2)


def test_a_place_can_move_although_the_points_do_not(make_agency):
    # 10 - 1 for a violation is 9 by either; the neighbour without recordings rises from 10 * 20/40 = 5 to 10.
    fined = make_agency("a", recording_violations=1)
    unseen = make_agency("b", contests_recorded=0)
    move = find(study(fined, unseen).moves("a"), "capped_sum", "contest_transparency")
    assert (move.before.points, move.after.points, move.change) == (9, 9, 0)
    assert (move.place_before, move.place_after) == (Place(1, 2), Place(2, 2))
    assert move.moved


def test_agencies_of_another_type_are_no_peers(make_agency):
    of_two = study(make_agency("a", **LOPSIDED), make_agency("b", kind="local", **EVEN))
    assert find(of_two.moves("a"), "product", "hr").place_after == Place(1, 1)


def test_a_score_that_becomes_computable_has_no_change_but_gets_a_place(make_agency):
    # Point 50 with b = 0: not computable, or 10, or 0; without it hr is 90 to 100.
    moves = list(study(make_agency(**NOBODY_PROMOTED)).moves("a", ["no_promotions"]))
    career, total = find(moves, "full", "career_growth"), find(moves, "zero", "hr")
    assert (career.before.points, career.after.points, career.change) == (None, 10, None)
    assert (total.before.interval, total.after.points) == ((90, 100), 90)
    assert (total.place_before, total.place_after, total.place_change) == (None, Place(1, 1), None)
    assert all(move.moved for move in moves)


def test_a_reading_that_changes_nothing_moves_nothing(make_agency):
    moves = list(study(make_agency()).moves("a", ["exempt_leavers", "dayoff_headcount", "no_digital_staff"]))
    assert {move.after.code for move in moves} >= {"exit_interview", "working_time", "it_staff", "hr", "it"}
    assert not any(move.moved for move in moves)


def test_the_readings_in_force_are_those_of_the_scores(make_agency):
    # Under `product` with k = 8: 8 * 20/20 * 15/20 = 6; back to the mean: 8 * 35/40 = 7; the sum: 8.
    options = {
        "readings": {"contest_formula": "product"},
        "parameters": {"contest_transparency.k": Fraction(8)},
    }
    found = study(make_agency(**LOPSIDED), **options)
    assert found.choice["contest_formula"] == "product"
    assert found.parameters == options["parameters"]
    moves = [move for move in found.moves("a", ["contest_formula"]) if move.after.rule.letter == "A"]
    assert [(move.option, move.before.points, move.after.points) for move in moves] == [
        ("mean_of_shares", 6, 7),
        ("capped_sum", 6, 8),
    ]


def test_only_readings_of_applied_rules_are_offered(make_agency):
    keys = [reading.key for reading in study(make_agency(kind="territorial")).readings("a")]
    assert len(keys) == 7
    assert not {"no_digital_staff", "it_total_cap"} & set(keys)
    one_direction = ReadingStudy(evaluate([make_agency()], direction="it"))
    assert [reading.key for reading in one_direction.readings("a")] == ["no_digital_staff", "it_total_cap"]
    assert {move.after.code for move in one_direction.moves("a")} == {"it_staff", "it"}


def test_an_unknown_agency_is_refused_with_the_nearest_name(sample):
    with pytest.raises(ToolkitError, match="gardens-ministry"):
        sample[2].spreads("garden-ministry")


def test_every_switch_is_what_evaluate_gives_for_the_whole_campaign(sample):
    data, scores, found = sample
    for key, reading in found.methodology.readings.items():
        for option in reading.options:
            if option == reading.default:
                continue
            switched = evaluate(data, readings={key: option})
            reached = set()
            for agency in data:
                for move in found.moves(agency.code, [key]):
                    if move.option == option:
                        after = switched.find(agency.code, move.after.code)
                        assert move.after.row() == after.row()
                        check_place(move.place_before, standing(move.before, scores))
                        check_place(move.place_after, standing(after, switched))
                        reached.add((agency.code, after.code))
            others = [score for score in scores if (score.agency.code, score.code) not in reached]
            assert all(
                one.row() == switched.find(one.agency.code, one.code).row()
                for one in others
                if one.interval is not None
            )


def check_place(place, known):
    assert (place is None) == (known is None)
    if place is not None:
        assert (place.place, place.among) == (known.place, known.among)


def test_studying_readings_changes_no_score_and_no_rule(sample):
    data, scores, _ = sample
    found = ReadingStudy(scores)
    before = [score.row() for score in scores]
    for agency in data:
        list(found.moves(agency.code))
        found.spreads(agency.code)
    assert [score.row() for score in scores] == before
    assert [score.row() for score in evaluate(data)] == before


def test_evaluate_with_readings_and_parameters_leaves_nothing_behind(sample):
    data, scores, _ = sample
    changed = evaluate(
        data,
        readings={"contest_formula": "product", "dayoff_penalty_from": "total"},
        parameters={"contest_transparency.k": Fraction(8)},
    )
    assert changed.find("gardens-ministry", "hr").points != scores.find("gardens-ministry", "hr").points
    assert [score.row() for score in evaluate(data)] == [score.row() for score in scores]


@pytest.mark.parametrize(
    "changed",
    [{"formula": "k * share(a, c)"}, {"formula": "own * share(a, c)", "constants": {"own": Fraction(9)}}],
)
def test_scores_of_other_rules_are_refused(make_agency, changed):
    other = load_methodology().with_rule("contest_transparency", **changed)
    parameters = {"contest_transparency.own": Fraction(8)} if "constants" in changed else {}
    scores = evaluate([make_agency()], other, parameters=parameters)
    own = scores.find("a", "contest_transparency")
    assert ReadingStudy(scores, other).knows(own)
    assert not ReadingStudy(scores).knows(own)
    with pytest.raises(ToolkitError, match=r"не по методике «agencies_2023».*contest_transparency"):
        ReadingStudy(scores).spreads("a")


def test_a_rule_with_a_formula_of_ones_own_meets_no_reading_of_the_order(make_agency):
    # 10 * 20/20 = 10 whatever the recordings; the other readings still act.
    other = load_methodology().with_rule("contest_transparency", "k * share(a, c)")
    found = ReadingStudy(evaluate([make_agency(contests_recorded=0)], other), other)
    assert "contest_formula" not in [reading.key for reading in found.readings("a")]
    assert list(found.moves("a", ["contest_formula"])) == []
    assert found.spreads("a")["hr"].matters == ("organisation_cap",)
