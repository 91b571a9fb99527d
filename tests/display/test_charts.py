"""What every chart carries beside its picture: a finding, a description and a table of its numbers."""

from fractions import Fraction

import pytest

from tests.analysis.conftest import METHODOLOGY
from tests.display.conftest import make_campaign
from toolkit import evaluate, load_methodology, read_campaign
from toolkit.display.charts import peers
from toolkit.display.drawing import MIME, Chart
from toolkit.display.markup import Html
from toolkit.display.report import AgencyReport


@pytest.fixture
def report_of(make_agency):
    """Return a function that makes the report of one agency beside peers with these inputs."""

    def make(*others, **changed):
        named = (make_agency(f"p{number}", **it) for number, it in enumerate(others))
        agencies = (make_agency("own", **changed), *named)
        return AgencyReport(make_campaign(agencies), evaluate(agencies), "own", METHODOLOGY)

    return make


def read_table(chart):
    table = chart.to_dict()["usermeta"]["table"]
    assert {len(row) for row in table["rows"]} == {len(table["head"])}
    return [tuple(row) for row in table["rows"]]


def draw_peers(report, code):
    return peers(report.own[code], report.scores)


def find_dots(chart):
    return chart.to_dict()["layer"][0]["data"]["values"]


def list_charts(report):
    parts = [
        *report.bullets(), *report.losses(), *report.tornado(), *report.explanations("hr"),
        *report.explanations("it"), *report.doubt(),
    ]  # fmt: skip
    return [part for part in parts if isinstance(part, Chart)]


def test_every_chart_has_a_finding_a_description_and_a_table(report_of):
    charts = list_charts(report_of({}, {"i19": 0}, promoted_from_within=0, contests_observed=15))
    for chart in charts:
        spec = chart.to_dict()
        assert spec["title"]["text"]
        assert len(spec["description"]) > len("Балл")
        assert read_table(chart)


def test_a_notebook_is_shown_what_altair_has_checked(report_of):
    for chart in list_charts(report_of({}, {"i19": 0}, promoted_from_within=0, contests_observed=15)):
        spec = chart.to_dict()
        assert chart._repr_mimebundle_() == {MIME: spec, "text/plain": spec["description"]}


def test_the_main_charts_of_each_direction_have_a_static_picture(report_of):
    charts = list_charts(report_of({}, {"i19": 0}, promoted_from_within=0, contests_observed=15))
    kept = [chart for chart in charts if chart.to_dict()["usermeta"].get("picture")]
    # Bullets, waterfall, tornado and peers of both totals, and what readings could do.
    assert len(kept) == 2 * 4 + 1


def test_a_page_shows_every_chart_and_every_formula():
    campaign, law = read_campaign("tests/samples/drawn_2023"), load_methodology()
    report = AgencyReport(campaign, evaluate(campaign, law), "tides-agency", law)
    # Three of each direction, the peers of all 32 rules that apply to a central agency, the curve of each
    # that is no total of a direction or criterion, the intervals over readings.
    assert len(list_charts(report)) == 2 * 3 + 32 + (32 - 2 - 3) + 1
    applied = [rule for rule in law.resolve("central") if rule.applies]
    lines = sum(len(rule.lines) for rule in applied if not rule.entered)
    lines += sum(len(penalty.lines) for rule in applied for penalty in rule.penalties)
    shown = [
        part.text
        for part in (*report.explanations("hr"), *report.explanations("it"))
        if isinstance(part, Html)
    ]
    assert "".join(shown).count('<div class="formula">') == lines > len(applied)


def test_the_table_of_the_waterfall_walks_from_the_maximum_to_the_result(report_of):
    # C = 0 of 10 without promotions from within, all else at its best: bonuses of 2 and 1.5 lift O from 30 to
    # 33.5, and its cap of 30 takes them away.
    chart, _ = report_of(promoted_from_within=0).losses()
    assert read_table(chart) == [
        ("Максимум базовых показателей", "100", "100"),
        ("Карьерный рост", "−10", "90"),
        ("Проведение стажировки (бонус)", "+2", "92"),
        ('Заполняемость ИС "Е-қызмет" (бонус)', "+1,50", "93,50"),
        ("Предел критерия «Организация труда»", "−3,50", "90"),
        ("Результат", "90", "90"),
    ]


def test_what_is_unknown_has_no_number_after_its_step(report_of):
    chart, _ = report_of(hidden=["i19"]).losses()
    assert ("Прозрачность поощрения в государственном органе", "нет данных: до 5", "—") in read_table(chart)


def test_the_table_of_peers_tells_quarters_and_the_agency(report_of):
    # C by promotions of five: 10, 10 * 3/5 = 6, 4, 2, 0; the quarters of five are the second and the fourth.
    report = report_of(*({"promoted_from_within": count} for count in (3, 2, 1, 0)))
    chart = draw_peers(report, "career_growth")
    assert read_table(chart) == [
        ("Этот орган", "10"),
        ("Наименьший балл", "0"),
        ("Нижняя четверть", "2"),
        ("Медиана", "4"),
        ("Верхняя четверть", "6"),
        ("Наибольший балл", "10"),
    ]
    assert [dot["points"] for dot in find_dots(chart)] == [0, 2, 4, 6]


def test_one_agency_alone_is_all_of_its_quarters(report_of):
    rows = read_table(draw_peers(report_of(), "career_growth"))
    assert {number for _, number in rows} == {"10"}
    assert len(rows) == 6


def test_peers_without_points_leave_the_agency_alone_in_the_table(report_of):
    report = report_of(hidden=["promoted_total"])
    assert read_table(draw_peers(report, "career_growth")) == [("Этот орган", "нет данных")]


@pytest.mark.parametrize(("others", "dots"), [(100, 100), (101, 100), (400, 100)])
def test_more_than_a_hundred_peers_are_a_hundred_quantiles(report_of, others, dots):
    report = report_of(*({"promoted_from_within": number % 4} for number in range(others)))
    chart = draw_peers(report, "career_growth")
    drawn = find_dots(chart)
    assert len(drawn) == dots
    said = chart.to_dict()["title"]["subtitle"]
    assert said.endswith("; точка — сотая их часть") == (others > dots)
    # Of every four peers one stands at 0, 2, 4 and 6, and so does a quarter of the dots, save what falls
    # between two of them.
    for points in (0, 2, 4, 6):
        assert abs(sum(dot["points"] == points for dot in drawn) - 25) <= 2


def test_the_table_of_a_curve_has_the_ends_and_equal_steps_between(report_of):
    [chart] = [
        it for it in list_charts(report_of()) if it.to_dict()["usermeta"].get("curve") == "career_growth"
    ]
    rows = read_table(chart)
    # Promotions from within, up to twice the five of the agency: C = 10 * c / 5, and from 4 of 5 on all 10.
    assert rows == [
        ("0", "0"),
        ("1", "2"),
        ("2", "4"),
        ("3", "6"),
        *((str(count), "10") for count in range(4, 11)),
    ]


def test_the_table_of_readings_tells_how_far_a_score_can_go(report_of):
    # Point 48 with 15 of 20 recorded: 8.75 by the mean of shares, 10 by the capped sum, 7.5 by the product.
    charts = [it for it in report_of(contests_recorded=15).doubt() if isinstance(it, Chart)]
    rows = [row for chart in charts for row in read_table(chart)]
    assert ("Прозрачность конкурсных процедур", "8,75", "7,50", "10,00") in rows
    # Of the total another reading keeps 3.5 points of bonuses above the cap of O: 98.75 + 1.25 + 3.5.
    assert ("Управление персоналом", "98,75", "97,50", "103,50") in rows


def test_points_of_a_curve_are_those_of_the_exact_score(report_of):
    report = report_of()
    _, curve = report.explorer.axis("career_growth")
    assert [(it["x"], it["y"]) for it in curve] == [
        (count, float(10 if count >= 4 else Fraction(10 * count, 5))) for count in range(11)
    ]
