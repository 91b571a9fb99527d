import io
from fractions import Fraction

import openpyxl
import pytest

from toolkit import Agency, ToolkitError, evaluate, load_methodology, read_campaign
from toolkit.program.compiler import compile_program
from toolkit.publish.workbook.make import make_workbook

ORDER = load_methodology()
WEIGHTED = "k * (0.7*share(a, b) + 0.3*share(c, d))"
TRAINING = {
    "upskilled_on_time": 9,
    "upskilling_due": 10,
    "retrained_on_time": 3,
    "retraining_due": 4,
    "training_late_cases": 2,
    "training_missed_cases": 0,
}


def score(methodology, values, code="training", **options):
    agency = Agency("a", "A", "central", {name: Fraction(value) for name, value in values.items()})
    return evaluate([agency], methodology, **options).find("a", code)


def test_a_formula_of_ones_own_replaces_that_of_the_order():
    # 5 · (0.7 · 9/10 + 0.3 · 3/4) = 5 · (0.63 + 0.225) = 4.275, less 2 late cases of 0.5
    assert score(ORDER.with_rule("training", WEIGHTED), TRAINING).points == Fraction("3.275")


def test_the_order_stays_as_it_was():
    # 5 · 0.5 · (9/10 + 3/4) = 4.125, less 1
    ORDER.with_rule("training", WEIGHTED)
    assert score(ORDER, TRAINING).points == Fraction("3.125")
    assert ORDER.replaced == ()


def test_the_conventions_of_the_order_for_empty_divisors_still_hold():
    # b = 0 gives a/b = 1 by point 44: 5 · (0.7 + 0.3 · 3/4) = 4.625, less 1
    found = score(
        ORDER.with_rule("training", WEIGHTED), TRAINING | {"upskilled_on_time": 0, "upskilling_due": 0}
    )
    assert found.points == Fraction("3.625")


def test_a_divisor_of_which_the_order_says_nothing_is_not_computable():
    methodology = ORDER.with_rule("training", "k * share(a, c)")
    found = score(methodology, TRAINING | {"retrained_on_time": 0})
    assert (found.status, found.points) == ("missing", None)


def test_an_input_the_new_formula_does_not_use_is_not_missed():
    methodology = ORDER.with_rule("training", "k * share(a, b)")
    kept = {
        name: value for name, value in TRAINING.items() if name not in ("retrained_on_time", "retraining_due")
    }
    # 5 · 9/10 less 1
    assert score(methodology, kept).points == Fraction("3.5")


def test_letters_and_constants_can_be_added_and_changed_as_parameters():
    methodology = ORDER.with_rule(
        "training",
        "k * share(a, b) - w * n",
        where={"n": "recording_violations"},
        constants={"w": Fraction("0.25")},
    )
    values = TRAINING | {"recording_violations": 2}
    # 4.5 - 0.25 · 2 - 1; with w = 1: 4.5 - 2 - 1
    assert score(methodology, values).points == 3
    assert score(methodology, values, parameters={"training.w": Fraction(1)}).points == Fraction("1.5")


def test_a_decimal_typed_in_python_is_the_number_it_is_read_as():
    methodology = ORDER.with_rule("training", "k * share(a, b) - w", constants={"w": 0.1})
    # 4.5 - 0.1 - 1; with w = 0.3: 4.5 - 0.3 - 1
    assert score(methodology, TRAINING).points == Fraction("3.4")
    assert score(methodology, TRAINING, parameters={"training.w": 0.3}).points == Fraction("3.2")


def test_every_rule_can_be_replaced_by_its_first_constant_in_every_rendering():
    campaign = read_campaign("tests/samples/drawn_2023")
    for code, raw in ORDER.rules.items():
        constant = next(iter(raw.get("constants", {})), "own")
        added = {} if constant in raw.get("constants", {}) else {"own": 1}
        methodology = ORDER.with_rule(code, constant, constants=added)
        for agency in (campaign.find("tides-agency"), campaign.find("kerbez-region")):
            program = compile_program(methodology, agency.type)
            values = program.calculate(agency.values)
            for found in evaluate([agency], methodology):
                assert found.status == "not_applicable" or values[found.code] == found.points


def test_the_cap_of_the_rule_still_acts_and_can_be_replaced():
    double = "2 * k * share(a, b)"
    calm = TRAINING | {"training_late_cases": 0}
    assert score(ORDER.with_rule("training", double), calm).points == 5
    assert score(ORDER.with_rule("training", double, maximum="2 * k"), calm).points == 9
    assert score(ORDER.with_rule("training", double, maximum="2 * k"), calm).maximum == 10


def test_the_rule_and_every_total_above_it_are_marked_as_a_what_if():
    agency = Agency("a", "A", "central", {name: Fraction(value) for name, value in TRAINING.items()})
    scores = evaluate([agency], ORDER.with_rule("training", WEIGHTED))
    for code in ("training", "work_organisation", "hr"):
        found = scores.find("a", code)
        assert "training.formula" in found.changed
        assert "что если" in found.row()["note"].casefold()
        assert "training" in found.row()["note"]
    assert scores.find("a", "training").row()["provenance"] == "what_if"
    untouched = [found for found in scores if found.code not in ("training", "work_organisation", "hr")]
    assert {found.changed for found in untouched} == {()}


def test_the_lines_and_penalties_that_were_not_replaced_keep_their_provenance():
    rule = next(
        rule
        for rule in ORDER.with_rule("working_time", "N1").resolve("central")
        if rule.code == "working_time"
    )
    before = next(rule for rule in ORDER.resolve("central") if rule.code == "working_time")
    assert [line.provenance for line in rule.lines[:-1]] == [line.provenance for line in before.lines[:-1]]
    assert rule.lines[-1].provenance == rule.provenance == "what_if"
    assert [item.provenance for item in rule.penalties] == [item.provenance for item in before.penalties]


def test_points_that_an_evaluator_entered_can_be_replaced_by_a_formula():
    methodology = ORDER.with_rule(
        "gender_balance", "limit * share(w, n)", where={"w": "phd_holders", "n": "servants_december"}
    )
    found = score(methodology, {"phd_holders": 3, "servants_december": 10}, "gender_balance")
    assert (found.status, found.points) == ("computed", Fraction("1.5"))


def test_a_total_may_be_weighed_otherwise_and_keeps_an_exact_interval():
    methodology = ORDER.with_rule("hr", "0.5 * c1 + O + mean(c3, 10)")
    # nothing known: 0 … 15 + 30 + (40 + 10)/2, and at least (0 + 10)/2; penalties may take 10
    found = score(methodology, {}, "hr")
    assert (found.interval.low, found.interval.high) == (0, 70)


def test_two_rules_can_be_replaced_one_after_the_other():
    methodology = ORDER.with_rule("training", WEIGHTED).with_rule("ethics", "k * i23")
    assert methodology.replaced == ("training", "ethics")
    assert score(methodology, {"i23": Fraction("0.4")}, "ethics").points == 2


def test_readings_of_the_rule_no_longer_switch_the_formula_that_replaced_them():
    methodology = ORDER.with_rule("contest_transparency", "k * share(a, c)")
    values = {"contests_observed": 3, "contests_held": 4, "recording_violations": 0}
    for option in ORDER.readings["contest_formula"].options:
        found = score(methodology, values, "contest_transparency", readings={"contest_formula": option})
        assert found.points == Fraction("7.5")
        assert found.readings == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"code": "trainin", "formula": "k"}, "training"),
        ({"code": "training", "formula": "k * share(a, zz)"}, "имя «zz» не объявлено"),
        ({"code": "training", "formula": "k * __import__('os')"}, "недопустимый знак"),
        ({"code": "training", "formula": "open(a)"}, "такой функции в языке формул нет"),
        ({"code": "training", "formula": ""}, "формула пуста"),
        ({"code": "training", "formula": "k", "maximum": "a"}, "максимум зависит от «a»"),
        (
            {"code": "training", "formula": "k * w", "where": {"w": "trainin_late_cases"}},
            "training_late_cases",
        ),
        ({"code": "training", "formula": "k", "constants": {"U": 1}}, "объявлена дважды"),
        ({"code": "training", "formula": "c * 2", "constants": {"c": 1}}, "«c» объявлена дважды"),
        ({"code": "training", "formula": "k", "constants": {"late_or_missed": 1}}, "объявлена дважды"),
        ({"code": "training", "formula": "k", "constants": {"K": 1}}, "объявлена дважды"),
        ({"code": "training", "formula": "k", "constants": {"w": "x"}}, "не число"),
        ({"code": "training", "formula": "k", "constants": {"w": float("nan")}}, "не число"),
        ({"code": "training", "formula": "k", "constants": {"w": -1}}, "меньше нуля"),
        ({"code": "training", "formula": None}, "поле formula — не текст"),
        ({"code": "training", "formula": "k", "maximum": "-1"}, "максимум меньше нуля"),
        ({"code": "training", "formula": "k", "maximum": "k / 0"}, "максимум не вычисляется"),
        ({"code": "training", "formula": "U + 1"}, "имя «U» не объявлено"),
        ({"code": "training", "formula": "x", "where": {"x": "hr"}}, "показатель hr"),
        (
            {"code": "hr", "formula": "c1 + O + c3 + x", "where": {"x": "workdays"}},
            "итог складывает показатели",
        ),
        ({"code": "hr", "formula": "c1 / O"}, "в итоге нет деления"),
        ({"code": "hr", "formula": "c1 if c1 > 3 else O"}, "в итоге нет условий"),
        ({"code": "hr", "formula": "c1 + c1 + O"}, "стоит в итоге дважды"),
    ],
)
def test_a_formula_is_refused_for_the_same_reasons_as_in_a_law_file(arguments, said):
    with pytest.raises(ToolkitError) as caught:
        ORDER.with_rule(**arguments)
    assert said in str(caught.value)


def test_the_workbook_of_a_what_if_says_so_on_its_cover_and_beside_the_rule():
    campaign = read_campaign("tests/samples/drawn_2023")
    data = make_workbook(campaign, "kerbez-region", ORDER.with_rule("training", WEIGHTED))
    book = openpyxl.load_workbook(io.BytesIO(data))
    cover = [cell.value for row in book["Титул"].iter_rows() for cell in row]
    assert "Не официальный результат; изменено против приказа: training.formula." in cover
    marks = {row[1]: row[3] for row in book["Итоги"].iter_rows(min_row=5, values_only=True)}
    assert marks["Обучение государственных служащих"] == "что если"
