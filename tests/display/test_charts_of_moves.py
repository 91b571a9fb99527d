"""The bullet bars, the tornado and the section of the next points: findings, words, tables, hostile names."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.analysis.conftest import METHODOLOGY
from tests.display.conftest import make_campaign
from toolkit import evaluate
from toolkit.display.report import AgencyReport

HOSTILE = {
    "markup": '</script><img src=x onerror="alert(1)">',
    "right to left": "\u202eкод\u202c «кавычки» \" ' & {braces} {{ 7 * 7 }}",
    "long": "А" * 400,
}


@pytest.fixture
def report_of(make_agency):
    """Return a function that makes the report of one agency beside peers, all from the best row."""

    def make(*peers, methodology=METHODOLOGY, **changed):
        agencies = (
            make_agency("own", **changed),
            *(make_agency(f"p{n}", **it) for n, it in enumerate(peers)),
        )
        return AgencyReport(make_campaign(agencies), evaluate(agencies, methodology), "own", methodology)

    return make


def read_texts(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).replace("\u00a0", " ").split())


def read_rows(table):
    assert {len(row) for row in table["rows"]} == {len(table["head"])}
    return [" ".join(row) for row in table["rows"]]


def find_values(chart):
    """Return the rows that a chart draws, which Altair names and puts beside the rest."""
    [values] = chart.to_dict()["datasets"].values()
    return values


def find_table(chart):
    return chart.to_dict()["usermeta"]["table"]


def test_bullets_say_what_is_furthest_behind_the_median_in_shares_of_its_maximum(report_of):
    # Without promotions from within c3 = 30 of 40; peers stand at 40, so the median of 30, 40, 40 is 40.
    chart, _ = report_of({}, {}, promoted_from_within=0).bullets()
    spec = chart.to_dict()
    title = "Меритократия и организационная культура"
    assert spec["title"]["text"] == f"Дальше всего от медианы: {title} — ниже на 10\u00a0баллов"
    assert spec["title"]["text"] in spec["description"]
    assert read_rows(find_table(chart)) == [
        "Управление персоналом 90,00 100 100 100",
        "Кадровый потенциал государственного органа 30,00 30 30 30",
        "Организация труда 30,00 30 30 30",
        f"{title} 30,00 40 40 40",
    ]


def test_bullets_of_the_best_have_nothing_behind_the_median(report_of):
    hr, it = report_of({"i19": 0}).bullets()
    assert hr.to_dict()["title"]["text"] == "Ни одна часть не ниже медианы сопоставимых органов"
    # Of the direction without criteria the indicators stand; what is deducted has no maximum and no bar.
    assert len(find_values(it)) == 8


def test_bullets_of_a_partial_total_show_what_it_surely_has_and_what_it_can_reach(report_of):
    chart, _ = report_of({"hidden": ["i19"]}, hidden=["i19"]).bullets()
    rows = find_values(chart)
    # D = 0..5 of the 40 of its criterion, all else at its best: 35/40 to 1; of the total 95/100 to 1.
    assert [(row["low"], row["high"]) for row in rows] == [(0.95, 1), (1, 1), (1, 1), (0.875, 1)]
    assert [row["median"] for row in rows] == ["—", "30", "30", "—"]
    assert rows[0]["middle"] is None


def test_the_tornado_says_what_moves_the_total_most_and_lists_twelve(report_of):
    chart, _ = report_of(net_turnover_points=5, contests_observed=10).tornado()
    spec, rows = chart.to_dict(), read_rows(find_table(chart))
    # Entered points of 5 move by half a point either way; a tenth less of ten observed contests is 1 of 20:
    # 10 * 1/20 / 2 = 1/4. 20 contests held can only become more: 22, 10 * (1 - 20/22 + 1/2 - 10/22) / 2 =
    # 10 * (2/22 + 1/22) / 2 = 15/22 lost.
    assert spec["title"]["text"].startswith(
        "Сильнее всего на итог влияет «Количество лиц заполнивших выходное интервью» — до 1,25 балла"
    )
    assert len(find_values(chart)) == len(rows) == 12
    assert "Балл: чистая сменяемость персонала 5 4,5 −0,50 5,5 +0,50" in rows
    assert "Конкурсы с участием наблюдателей, конк. 10 9 −0,25 11 +0,25" in rows
    assert "Состоявшиеся конкурсы, конк. 20 дальше нельзя — 22 −0,68" in rows
    widest = [max(abs(row["less"]), abs(row["more"])) for row in find_values(chart)]
    assert widest == sorted(widest, reverse=True)


def test_the_tornado_says_when_several_numbers_move_the_total_alike_and_how_many_are_shown(report_of):
    hr, it = (chart.to_dict()["title"] for chart in report_of(architecture_portal_points=25).tornado())
    # A tenth of 25 is 2.5, as a tenth of the 25 of automation is; 7 of 8 of the staff give 17.5 of 20.
    assert (
        it["text"] == "Сильнее всего на итог одинаково влияют «Балл: архитектурный портал» "
        "и ещё чисел: 2 — до 2,50 балла"
    )
    assert ". Показаны 12 из " in hr["subtitle"]
    assert "Показаны" not in it["subtitle"]


def test_the_tornado_says_where_a_number_is_stopped_before_a_tenth(report_of):
    _, chart = report_of(architecture_portal_points=29).tornado()
    # 29 + 2.9 would pass the 30 of the domain.
    assert "Балл: архитектурный портал 29 26,1 −2,90 30 (предел) +1,00" in read_rows(find_table(chart))
    [row] = [row for row in find_values(chart) if row["label"] == "Балл: архитектурный портал"]
    assert (row["below"], row["above"]) == ("29 → 26,1: −2,90", "29 → 30: +1,00")
    [full] = [row for row in find_values(chart) if row["label"] == "Балл: автоматизация функций"]
    assert (full["above"], full["line"]) == ("дальше нельзя", "−2,50 / —  Балл: автоматизация функций")


def test_an_agency_without_peers_is_compared_with_nobody(make_agency):
    agencies = (make_agency("own", promoted_from_within=0),)
    report = AgencyReport(make_campaign(agencies), evaluate(agencies), "own", METHODOLOGY)
    titles = [chart.to_dict()["title"]["text"] for chart in report.bullets()]
    assert titles == ["Сравнить не с кем: полных баллов у других сопоставимых органов нет"] * 2
    assert [row["median"] for row in find_values(next(report.bullets()))] == ["—"] * 4
    assert "1-е место" not in report.summary().text + report.totals().text + report.what_if().text
    assert "1-е из 1" not in report.table().text
    assert "сравнить не с кем" in report.totals().text


def test_a_partial_total_has_no_tornado_and_the_page_says_why(report_of):
    said = [part.text for part in report_of(hidden=["i19", "local_content_points"]).tornado()]
    assert [it.partition("»")[0] for it in said] == [
        "<p>Итог «Управление персоналом",
        "<p>Итог «Применение информационных технологий",
    ]
    assert all("» неполный: что движет" in it for it in said)


def test_the_next_points_name_the_step_the_gain_and_the_threshold(report_of):
    text = read_texts(report_of(promoted_from_within=3, contests_observed=15).next_points().text)
    # C: 3/5 gives 6, 4/5 gives all 10; A: a contest of twenty is 10 / 20 / 2 = 1/4.
    assert (
        "Больше всего даст: ещё одно назначение на вышестоящую должность из своих работников — +4 балла"
        in text
    )
    assert "+4,000 ещё одно назначение" in text
    assert "выполнено условие «kr ≥ 0,8»" in text
    assert "+0,250 ещё один конкурс с наблюдателями: 15 конк. → 16 конк." in text


def test_a_threshold_of_several_steps_stands_under_its_own_heading(report_of):
    given = {"interns_sent_and_hosted": 0, "personnel_files_complete": 0}
    text = read_texts(report_of(strategy_execution_percent=57, **given).next_points().text)
    assert "Один шаг ничего не даёт, а до порога их несколько:" in text
    assert "исполнение стратегии управления персоналом выше на один процент × 3: 57 % → 60 %" in text
    assert "выполнено условие «исполнение ≥ 60»" in text


def test_a_criterion_at_its_cap_is_named_where_nothing_gains(report_of):
    text = read_texts(report_of(i1="0.5").next_points().text)
    # O = 9.375 + 20 + 3.5 = 32.875 stands at 30, so N may rise as it will; nothing above 1 is there to reach.
    assert (
        "утверждением 1 выше на 0,01 (сейчас 0,5: критерий «Организация труда» стоит на своём пределе)"
        in text
    )
    assert "утверждением 2 выше на 0,01 (сейчас 1: дальше некуда)" in text


def test_what_is_lost_for_good_is_said_with_its_points(report_of):
    text = read_texts(report_of(negative_exit_reasons=3, recording_violations=2).next_points().text)
    # 1.5 for the majority, 1 for each violation; together 3.5.
    assert "негативными аспектами (3 чел.) : 1,50 балла" in text
    assert "Нарушения порядка фиксации собеседования (2 случ.) : 2 балла" in text
    assert "Вместе они стоили 3,50 балла" in text


def test_of_a_partial_total_the_points_are_those_of_the_highest_complete_rule(report_of):
    text = read_texts(report_of(hidden=["net_turnover_points"], contests_observed=15).next_points().text)
    assert "итог неполный, прибавка — к баллу критерия «Меритократия и организационная культура»" in text


def test_an_agency_without_any_number_has_the_section_and_no_figures(make_report):
    report = make_report({})
    text = read_texts(report.next_points().text)
    assert text.count("Ни одно посильное изменение само по себе баллов не прибавит.") == 2
    assert [chart.to_dict()["title"]["text"] for chart in report.bullets()] == [
        "Сравнивать нечего: полных баллов нет"
    ] * 2
    assert ["неполный" in part.text for part in report.tornado()] == [True, True]


def test_a_territorial_unit_has_one_direction(report_of):
    report = report_of(kind="territorial", contests_observed=15)
    assert len(list(report.bullets())) == len(list(report.tornado())) == 1
    assert 'id="next-it"' not in report.next_points().text


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_words(report_of, name):
    declared = METHODOLOGY.inputs["contests_observed"]
    spoiled = replace(declared, title=name, step=(name, declared.step[1]))
    law = replace(METHODOLOGY, inputs={**METHODOLOGY.inputs, "contests_observed": spoiled})
    report = report_of(contests_observed=15, methodology=law)
    chart = next(iter(report.tornado()))
    html = report.next_points().text
    assert "<img" not in html
    assert "</script" not in html
    assert ("{{ 7 * 7 }}" in html) == ("{{ 7 * 7 }}" in name)
    # What a chart holds is escaped by the page that shows it.
    assert name in [row["label"] for row in find_values(chart)]
    assert f"{name}, конк." in [row[0] for row in find_table(chart)["rows"]]


def test_the_parts_of_the_report_are_the_same_twice(report_of):
    one, two = (report_of(contests_observed=15, i1="0.5") for _ in range(2))
    assert one.next_points().text == two.next_points().text
    assert [it.to_dict() for it in one.tornado()] == [it.to_dict() for it in two.tornado()]
    assert Fraction(one.moves.known["hr"]) == two.moves.known["hr"]
