"""What another reading would do: the sentences, the chart and the table of a report."""

import re

import pytest

from tests.display.conftest import make_campaign
from toolkit import evaluate, load_methodology
from toolkit.analysis.readings import ReadingStudy
from toolkit.display import theme
from toolkit.display.doubt import doubts
from toolkit.display.doubt_chart import doubt_chart
from toolkit.display.report import AgencyReport

# Point 48 with k = 10: mean of shares 8.75, capped sum 10, product 7.5; and 8.7, 10, 7.569.
LOPSIDED = {"contests_observed": 20, "contests_recorded": 15, "contests_held": 20}
EVEN = {"contests_observed": 174, "contests_recorded": 174, "contests_held": 200}
# The direction of technologies at 100, where its cap has nothing to cut.
NO_BONUS = {"local_content_points": 0, "indicators_automatic": 0}


def say(code, *agencies, **options):
    scores = evaluate(agencies, **options)
    return doubts(scores.find("a", code), ReadingStudy(scores))


def make_report(*agencies, **options):
    campaign = make_campaign(agencies)
    return AgencyReport(campaign, evaluate(agencies, **options), "a", load_methodology())


def test_each_other_option_has_a_sentence_with_points_total_and_place(make_agency):
    # Everything else stands at its maximum: hr = 100 - (10 - A).
    assert say("contest_transparency", make_agency(**LOPSIDED), make_agency("b", **EVEN)) == (
        (
            "При другом прочтении пункта 48 (сумма долей, не больше 1) балл 10 вместо 8,75; "
            "итог 100 вместо 98,75, место прежнее."
        ),
        (
            "При другом прочтении пункта 48 (произведение долей) балл 7,50 вместо 8,75; "
            "итог 97,50 вместо 98,75, место 2-е вместо 1-го из 2."
        ),
    )


def test_a_place_that_others_take_is_told_although_no_points_move(make_agency):
    # 10 - 1 = 9 by any formula; the neighbour without recordings has 5, or 10 by the capped sum, or 0.
    fined, unseen = make_agency(recording_violations=1), make_agency("b", contests_recorded=0)
    assert say("contest_transparency", fined, unseen) == (
        (
            "При другом прочтении пункта 48 (сумма долей, не больше 1) балл и итог не меняются, "
            "место 2-е вместо 1-го из 2."
        ),
        "При другом прочтении пункта 48 (произведение долей) балл и итог не меняются.",
    )


def test_a_total_that_moves_without_its_indicator_is_told(make_agency):
    # N = 0 has nothing left for the point of 9 hours on days off; from the total 30 + 23.5 + 40 it is taken.
    silent = {"i1": 0, "i2": 0, "i3": 0, "i4": 0}
    agency = make_agency(overtime_workday_hours=22600, overtime_dayoff_hours=900, **silent)
    assert say("working_time", agency)[-1] == (
        "При другом прочтении пункта 40 (из итога направления) балл не меняется; "
        "итог 92,50 вместо 93,50, место прежнее."
    )


def test_what_becomes_computable_or_ceases_to_be_is_told(make_agency):
    # Point 50 with b = 0: C is 10, or 0, or nothing, which leaves hr at 90 to 100.
    agency = make_agency(promoted_from_within=0, promoted_total=0)
    assert say("career_growth", agency)[0] == (
        "При другом прочтении пункта 50 (максимальный балл) балл 10 (сейчас не вычисляется); "
        "итог 100 (сейчас неполный: 90 – 100), место 1-е из 1."
    )
    assert say("career_growth", agency, readings={"no_promotions": "full"})[0] == (
        "При другом прочтении пункта 50 (не вычисляется, нужно решение) балл не вычисляется (сейчас 10); "
        "итог неполный: 90 – 100 (сейчас 100), места нет."
    )


def test_a_reading_that_needs_what_is_missing_says_so(make_agency):
    # V = 5 * 4/4 = 5; without the number of the exempt V is 0 to 5.
    assert say("exit_interview", make_agency(hidden=["dismissed_exempt"]))[0] == (
        "При другом прочтении пункта 35 (b — без освобожденных от интервью) "
        "балл не вычисляется без недостающих данных (сейчас 5); "
        "итог неполный: 95 – 100 (сейчас 100), места нет."
    )


def test_open_totals_are_compared_by_what_they_leave_open(make_agency):
    # T without its survey leaves c2 at its cap of 30 or at 28.5: hr is 100 - 1.25 less up to 1.5.
    assert say("contest_transparency", make_agency(hidden=["i5"], **LOPSIDED))[1] == (
        "При другом прочтении пункта 48 (произведение долей) балл 7,50 вместо 8,75; "
        "итог неполный: 96 – 97,50 вместо 97,25 – 98,75."
    )


def test_a_difference_too_small_to_show_is_not_shown_as_one(make_agency):
    # 10 * 3999/4000 = 9.9975 against 10 by the capped sum: both are 10.00 in two decimals.
    many = {"contests_observed": 2000, "contests_recorded": 1999, "contests_held": 2000}
    assert say("contest_transparency", make_agency(**many))[0] == (
        "При другом прочтении пункта 48 (сумма долей, не больше 1) балл почти не меняется (10); "
        "итог почти не меняется (100), место прежнее."
    )


def test_a_total_tells_of_its_own_readings(make_agency):
    # O = 30 of base and 3.5 of bonuses; I = 100 of base and 10 of bonuses.
    assert say("work_organisation", make_agency()) == (
        (
            "При другом прочтении пункта 39 (только базовые показатели: бонусы сверху, до 33,5) "
            "балл 33,50 вместо 30; итог 103,50 вместо 100, место прежнее."
        ),
    )
    assert say("it", make_agency()) == (
        (
            "При другом прочтении пункта 81 (не больше 100 до вычета штрафов за отчетную информацию) "
            "итог 100 вместо 110, место прежнее."
        ),
    )


def test_a_total_whose_formula_leaves_the_rule_out_is_said_to_stand_still(make_agency):
    other = load_methodology().with_rule("hr", "c1 + O")
    scores = evaluate([make_agency(**LOPSIDED)], other)
    score = scores.find("a", "contest_transparency")
    assert doubts(score, ReadingStudy(scores, other)) == (
        "При другом прочтении пункта 48 (сумма долей, не больше 1) балл 10 вместо 8,75; итог не меняется.",
        "При другом прочтении пункта 48 (произведение долей) балл 7,50 вместо 8,75; итог не меняется.",
    )


def test_a_reading_that_moves_nothing_has_no_sentence(make_agency):
    assert say("exit_interview", make_agency()) == ()
    assert say("working_time", make_agency()) == ()


def test_a_score_of_another_run_has_no_sentence(make_agency):
    scores, others = evaluate([make_agency(**LOPSIDED)]), evaluate([make_agency(**LOPSIDED)])
    assert doubts(others.find("a", "contest_transparency"), ReadingStudy(scores)) == ()


def test_the_sentences_stand_in_the_section_of_the_rule(make_agency):
    report = make_report(make_agency(**LOPSIDED))
    sections = [getattr(part, "text", "") for part in report.explanations("hr")]
    section = next(text for text in sections if 'id="contest_transparency"' in text)
    assert "<li>При другом прочтении пункта 48 (произведение долей) балл 7,50 вместо 8,75;" in section
    assert sum("При другом прочтении пункта 48" in text for text in sections) == 1


def rows_of(chart):
    """Return the rows of a chart; where their words are broken for a narrow page does not matter here."""
    (rows,) = chart.to_dict()["datasets"].values()
    return [row | {"line": row["line"].replace("\n", " ")} for row in rows]


def test_the_chart_draws_each_total_and_each_indicator_that_moves(make_agency):
    # A = 7.5 to 10 about 8.75; O = 30 to 33.5; so hr = 97.5 to 103.5 about 98.75.
    scores = evaluate([make_agency(**LOPSIDED, **NO_BONUS)])
    chart = doubt_chart(ReadingStudy(scores), "a")
    rows = rows_of(chart)
    assert [(row["line"], row["below"], row["above"]) for row in rows] == [
        ("98,75  Управление персоналом", "97,50", "103,50"),
        ("30,00  Кадровый потенциал государственного органа: не зависит", "", ""),
        ("30,00  Организация труда", "", "33,50"),
        ("38,75  Меритократия и организационная культура", "37,50", "40,00"),
        ("8,75  Прозрачность конкурсных процедур", "7,50", "10,00"),
        ("100,00  Применение информационных технологий: не зависит", "", ""),
    ]
    assert [(row["start"], row["now"], row["end"]) for row in rows] == [
        *((-1.25, 0, 4.75), (0, 0, 0), (0, 0, 3.5), (-1.25, 0, 1.25), (-1.25, 0, 1.25), (0, 0, 0))
    ]
    assert (rows[0]["lowest"], rows[0]["highest"]) == (
        "contest_formula=product",
        "organisation_cap=base_only, contest_formula=capped_sum",
    )


def test_the_chart_says_its_finding_and_fits_the_page(make_agency):
    scores = evaluate([make_agency(**LOPSIDED, **NO_BONUS)])
    drawn = doubt_chart(ReadingStudy(scores), "a").to_dict()
    finding = "Итог «Управление персоналом» зависит от прочтений: от 97,50 до 103,50 балла"
    assert drawn["title"]["text"] == finding
    assert drawn["description"].startswith(
        f"{finding}. Управление персоналом: сейчас 98,75, от 97,50 до 103,50"
    )
    assert drawn["width"] == theme.WIDTH
    # The figure at the end of the longest line needs room inside the chart.
    low, high = drawn["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low < -1.25 - 0.1 * 6
    assert high > 4.75 + 0.1 * 6


def test_the_total_that_can_go_farthest_is_the_finding(make_agency):
    # I = 110 or 100 under the cap; hr = 100 or 103.5.
    drawn = doubt_chart(ReadingStudy(evaluate([make_agency()])), "a").to_dict()
    assert drawn["title"]["text"] == (
        "Итог «Применение информационных технологий» зависит от прочтений: от 100 до 110 баллов"
    )


def test_readings_that_cancel_out_in_the_totals_are_said_to(make_agency):
    # S = 0 and I = 0 leave O = 10 + 15 + 1.5 = 26.5 under its cap, less the point for 9 hours on days off:
    # whether it is taken from N or from the total, hr is 30 + 25.5 + 40.
    changed = {"strategy_status": 0, "strategy_execution_percent": 0, "interns_sent_and_hosted": 0}
    agency = make_agency(overtime_dayoff_hours=900, **changed, **NO_BONUS)
    drawn = doubt_chart(ReadingStudy(evaluate([agency])), "a").to_dict()
    assert drawn["title"]["text"] == "Прочтения меняют отдельные показатели, но не итоги направлений"


def test_an_open_total_is_drawn_from_what_it_leaves_open_now(make_agency):
    # C is not known, so the criterion is 30 to 40, as it is at most under any reading; O is 30 or 33.5.
    agency = make_agency(promoted_from_within=0, promoted_total=0, **NO_BONUS)
    scores = evaluate([agency])
    chart = doubt_chart(ReadingStudy(scores), "a")
    assert chart.to_dict()["title"]["text"] == (
        "Неполный итог «Управление персоналом» зависит от прочтений: от 90 до 103,50 балла"
    )
    lines = {row["label"]: (row["line"], row["start"], row["end"]) for row in rows_of(chart)}
    assert lines["Управление персоналом"] == ("90,00 – 100,00  Управление персоналом", 0, 3.5)
    assert lines["Карьерный рост"] == ("нет данных  Карьерный рост: от 0 до 10 баллов", 0, 0)


def test_where_no_reading_moves_anything_there_is_a_sentence_and_no_chart(make_agency):
    report = make_report(make_agency(row="empty_handed"))
    (only,) = report.doubt()
    assert only.text.strip() == (
        "<p>Ни одно прочтение не меняет баллов этого органа, в каком сочетании ни бери.</p>"
    )


def test_the_table_names_the_combination_for_each_end(make_agency):
    _, table = make_report(make_agency(**LOPSIDED, **NO_BONUS)).doubt()
    row = re.search(r"<tr role=\"row\">(?:(?!</tr>).)*#contest_transparency.*?</tr>", table.text, re.DOTALL)[
        0
    ]
    ends = re.findall(r"<b>([^<]*)</b><br>\s*<code>([^<]*)</code>", row)
    assert ends == [("7,50", "contest_formula=product"), ("10,00", "contest_formula=capped_sum")]


@pytest.mark.parametrize("hidden", [[], ["i5"]])
def test_a_partial_total_is_said_to_be_partial(make_agency, hidden):
    agency = make_agency(promoted_from_within=0, promoted_total=0, hidden=hidden)
    *_, table = make_report(agency).doubt()
    said = "неполный при всех сочетаниях" if hidden else "неполный при части сочетаний"
    row = re.search(r"#hr\".*?</tr>", table.text, re.DOTALL)[0]
    assert said in row


def test_outside_of_codes_the_part_is_in_russian(make_agency):
    *_, table = make_report(make_agency(**LOPSIDED)).doubt()
    shown = re.sub(r"<code.*?</code>|<[^>]*>", "", table.text)
    assert re.findall(r"[A-Za-z]{2,}", shown) == []
