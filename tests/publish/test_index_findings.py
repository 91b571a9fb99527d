"""What the index says of all agencies together: findings, heat maps, units beside their parents."""

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.publish.test_index import SAMPLE, find_complete, rows_of
from toolkit import evaluate, load_methodology
from toolkit.analysis.national import make_boards
from toolkit.analysis.readings import ReadingStudy
from toolkit.intake.campaign import read_campaign
from toolkit.publish.record import Run
from toolkit.publish.site import index_page
from toolkit.publish.task import PageResult


def make_run(*agencies):
    campaign = replace(read_campaign(SAMPLE), agencies=agencies, refused=())
    methodology = load_methodology()
    pages = tuple(PageResult(agency.code, "done", f"{agency.code}.html", "", 1.0, 0.5) for agency in agencies)
    return Run(campaign, methodology, evaluate(campaign, methodology), pages, "ru", {})


def change(agency, code, **values):
    """Return the agency under another code with other values; None takes a value away."""
    kept = {**agency.values, **{name: value for name, value in values.items() if value is not None}}
    lost = {name for name, value in values.items() if value is None}
    kept = {name: value for name, value in kept.items() if name not in lost}
    return replace(agency, code=code, name=f"Орган {code}", values=kept)


@pytest.fixture(scope="module")
def national():
    """Four agencies that differ by one entered score: 0, 8 and 10 points of 10, and none at all."""
    complete = find_complete(read_campaign(SAMPLE))
    turnover = {"p": Fraction(8), "q": Fraction(0), "r": Fraction(10), "s": None}
    return make_run(*(change(complete, code, net_turnover_points=it) for code, it in turnover.items()))


def read_page(run):
    return BeautifulSoup(index_page(run), "html.parser")


def say(node):
    return " ".join(node.get_text().split())


def sentences_of(page, anchor):
    found = page.find(id=anchor).find_next_sibling("ul", class_="findings")
    return [say(item) for item in found.find_all("li")]


CENTRAL = "central-hr"
TURNOVER = "«Чистая сменяемость персонала» (приложение 13)"


def test_the_costliest_indicator_is_the_one_that_loses_most_points_on_average(national):
    # The agency loses little elsewhere. Turnover gives 8, 0 and 10 of 10: mean 18 / 3 = 6, so 4 are lost.
    assert f"Дороже всего обходится {TURNOVER}: в среднем здесь теряют 4 балла из 10." in sentences_of(
        read_page(national), CENTRAL
    )


def test_the_widest_spread_is_told_with_both_ends(national):
    # 10 - 0 = 10 points; whatever else the agencies have is the same.
    wanted = (
        f"Сильнее всего расходятся баллы показателя {TURNOVER}: между лучшим и худшим 10 баллов, от 0 до 10."
    )
    assert wanted in sentences_of(read_page(national), CENTRAL)


def test_partial_totals_are_counted_with_what_they_lack(national):
    wanted = "Итог неполный и потому без места у 1 из 4; не хватает: «Чистая сменяемость персонала» (у 1)."
    assert wanted in sentences_of(read_page(national), CENTRAL)


def test_a_convention_that_acts_is_counted_by_agencies():
    # Point 35: without a dismissed servant there is no occasion, and the ratio 1 is our convention (G5).
    complete = find_complete(read_campaign(SAMPLE))
    nobody = {
        name: Fraction(0)
        for name in ("exit_interviews_filled", "staff_dismissed", "dismissed_exempt", "negative_exit_reasons")
    }
    run = make_run(change(complete, "p"), change(complete, "q", **nobody))
    sentence = sentences_of(read_page(run), CENTRAL)[-1]
    assert sentence.startswith("Оговорённое допущение действует у 1 из 2: «Выходное интервью»;")
    unassumed = make_run(change(complete, "p"))
    assert "Ни один итог не стоит на оговорённом допущении" in sentences_of(read_page(unassumed), CENTRAL)[-1]


def test_totals_that_a_reading_changes_are_counted_as_the_study_of_readings_has_them(national):
    study = ReadingStudy(national.scores)
    doubted = [study.spreads(agency.code)["hr"].low < study.spreads(agency.code)["hr"].high
               for agency in national.campaign.agencies if agency.code != "s"]  # fmt: skip
    board = make_boards(national.scores, study)[0]
    assert [bool(keys) for keys in board.doubtful][:3] == doubted


def test_every_score_of_one_indicator_and_type_has_one_maximum():
    found = {}
    for score in evaluate(read_campaign(SAMPLE)):
        if not score.rule.total:
            found.setdefault((score.agency.type, score.code), set()).add(score.maximum)
    assert {key: most for key, most in found.items() if len(most) > 1} == {}


def heat_rows(page, number=0):
    """Return the rows of a heat map: the code of the agency and its cells by the head of the column."""
    table = page.select("table.heat")[number]
    heads = [say(head.select_one(".head")) for head in table.thead.select("th")[2:]]
    rows = table.select("tr[data-agency]")
    return [(row["data-agency"], dict(zip(heads, row.select("td")[1:], strict=True))) for row in rows]


def test_the_heat_map_stands_in_the_order_of_totals_with_partial_ones_apart(national):
    page = read_page(national)
    assert [code for code, _ in heat_rows(page)] == ["r", "p", "q", "s"]
    group = page.select_one("table.heat tr.group")
    assert "Без места: итог неполный" in say(group)
    assert [row["data-agency"] for row in group.find_next_siblings("tr")] == ["s"]


def test_a_cell_is_as_dark_as_its_share_of_the_maximum(national):
    # Steps of a fifth: 0 of 10 is the first, 8 of 10 the fifth, the whole maximum a step of its own.
    cells = {code: cells["Сменяемость"] for code, cells in heat_rows(read_page(national))}
    assert {code: cell["class"] for code, cell in cells.items()} == {
        "q": ["step0"],
        "p": ["step4"],
        "r": ["step5"],
        "s": ["unknown"],
    }
    assert (say(cells["p"]), say(cells["s"])) == ("8", "?нет данных")


def test_what_is_not_applied_is_not_called_missing(national):
    # «Умные города» (points 69-1 to 69-3) is not evaluated for central agencies.
    cells = dict(heat_rows(read_page(national), 1))["p"]
    assert cells["Умные города"]["class"] == ["not-applied"]
    assert say(cells["Умные города"]) == "—не применяется"


def test_the_heat_map_says_its_finding(national):
    # The only indicator below the others: (8 + 0 + 10) / 30 = 60 per cent.
    title = say(read_page(national).select_one("figure.heat figcaption b"))
    assert title.endswith("слабее всего набран показатель «Чистая сменяемость персонала»: 60 %")


def test_every_indicator_has_a_short_head_and_its_whole_title(national):
    page = read_page(make_run(*read_campaign(SAMPLE).agencies))
    for head in page.select("table.heat thead th")[2:]:
        if head.select_one(".head"):
            assert len(say(head.select_one(".head"))) <= 22
            assert head["title"] == say(head.select_one(".hidden"))
    assert {score.code for score in national.scores if not score.rule.total} <= set(
        re.findall(r'"(\w+)": "', (Path("toolkit/publish/template/index_heat.html.j2")).read_text("utf-8"))
    )


def test_a_score_with_a_penalty_is_shown_as_taken_and_without_a_colour(national):
    # Of two agencies one loses 3 points for late reports (point 24).
    base = national.campaign.agencies[0]
    run = make_run(base, change(base, "z", hr_reporting_penalty_points=Fraction(3)))
    cell = dict(heat_rows(read_page(run)))["z"]["Штраф за отчёт"]
    assert say(cell) == "−3"
    assert not cell.has_attr("class")


def read_luminance(colour):
    letters = colour.lstrip("#")
    letters = "".join(it * 2 for it in letters) if len(letters) == 3 else letters
    parts = [int(letters[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_scale_grows_darker_in_grey_and_its_figures_can_be_read():
    style = Path("toolkit/publish/template/index.css").read_text("utf-8")
    found = re.findall(r"\.step\d \{ color: (#\w+); background: (#\w+);", style)
    lights = [read_luminance(ground) for _, ground in found]
    assert len(found) == 6
    assert lights == sorted(lights, reverse=True)
    for (ink, _), light in zip(found, lights, strict=True):
        pair = sorted((read_luminance(ink), light))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5
    for lighter, darker in pairwise(lights):
        assert (lighter + 0.05) / (darker + 0.05) >= 1.2


# --- Territorial units ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def units():
    """A committee with two units, one of them partial, and a unit whose parent is not in the data."""
    sample = read_campaign(SAMPLE)
    committee, unit = sample.find("winter-passes-committee"), sample.find("winter-passes-tumar")
    return make_run(
        committee,
        change(unit, "whole"),
        change(unit, "part", net_turnover_points=None),
        replace(change(unit, "orphan", net_turnover_points=Fraction(0)), parent="<b>nowhere"),
    )


def test_units_are_ranked_among_themselves_and_linked_to_their_parent(units):
    ranked, partial = rows_of(index_page(units), "territorial-hr")
    assert [re.search(r'class="number">([^<]*)<', row)[1] for row in ranked] == ["1", "2"]
    assert 'Вышестоящий орган: <a href="winter-passes-committee.html">' in ranked[0]
    assert len(partial) == 1
    assert "Орган part" in partial[0]


def test_a_parent_lists_its_units_beside_its_own_place(units):
    ranked, _ = rows_of(index_page(units), "central-hr")
    assert re.search(r'class="number">([^<]*)<', ranked[0])[1] == "1"
    assert "Территориальные подразделения, отдельный рейтинг" in ranked[0]
    assert {"whole.html", "part.html"} <= set(re.findall(r'href="([^"]+)"', ranked[0]))


def test_a_parent_that_is_not_in_the_data_is_named_as_text(units):
    html = index_page(units)
    assert "<code>&lt;b&gt;nowhere</code>, в этих данных его нет" in html


def test_a_list_of_all_agencies_gives_places_to_complete_totals_alone(units):
    rows = {row["data-agency"]: say(row) for row in read_page(units).select("#directory tr[data-agency]")}
    assert set(rows) == {"winter-passes-committee", "whole", "part", "orphan"}
    assert "1-е место из 2" in rows["whole"]
    assert "без места" in rows["part"]
    assert "-е место" not in rows["part"]
    assert "не применяется" in rows["whole"]


def test_an_index_of_no_agency_still_opens():
    assert "0 органов" in index_page(make_run())
