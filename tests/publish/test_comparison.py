"""The page of two years: 2024 is the drawn campaign, 2023 the same with some of its cells changed."""

import re
from dataclasses import replace
from fractions import Fraction

import nbformat
import pytest
from bs4 import BeautifulSoup

from tests.command import run_toolkit
from tests.publish.test_index import SAMPLE, rows_of
from tests.publish.test_index_findings import say
from tests.publish.test_index_in_browser import HOSTILE
from tests.publish.two_years import read_later, rename, run_of, write_earlier
from toolkit import ToolkitError, read_campaign
from toolkit.publish.runner import Request, publish
from toolkit.publish.site import comparison_page, index_page, refuse_years
from toolkit.publish.task import page_path


@pytest.fixture(scope="module")
def folder_of_2023(tmp_path_factory):
    folder = tmp_path_factory.mktemp("earlier")
    write_earlier(folder)
    return folder


@pytest.fixture(scope="module")
def previous(folder_of_2023):
    return read_campaign(folder_of_2023)


@pytest.fixture(scope="module")
def campaign():
    return read_later()


@pytest.fixture(scope="module")
def html(campaign, previous):
    return comparison_page(run_of(campaign), previous)


@pytest.fixture(scope="module")
def soup(html):
    return BeautifulSoup(html, "html.parser")


def after(soup, title, name):
    """Return the next element of this name after the heading with this text or anchor."""
    return next(it for it in soup.select("h3, h4") if title in (say(it), it.get("id"))).find_next(name)


def row_of(table, agency):
    return [say(cell) for cell in table.select_one(f'tr[data-agency="{agency}"]').find_all("td")]


def test_the_findings_are_sentences_about_each_direction_and_type(soup):
    # Of 20 central agencies two are partial in 2024 and one in 2023, two are new, one was local: 14 are left.
    # Without the last digits of 2024, 74.11 and 86.75: tides had 2 points less, beacons 1.5 more.
    title = "Центральные государственные органы (ЦГО): управление персоналом"
    said = [say(it) for it in after(soup, title, "ul").find_all("li")]
    assert said[0] == (
        "Полные итоги за оба года есть у 14 органов: итог вырос у 1, снизился у 1, не изменился у 12."
    )
    assert said[1] == "Сильнее всех вырос: Агентство по делам приливов (+2,00, 72,11 → 74,11)."
    assert said[2] == "Сильнее всех снизился: Агентство маяков и гаваней (−1,50, 88,25 → 86,75)."
    assert said[3].startswith("Медиана итога у этих органов")
    assert "; по всем полным итогам каждого года: " in said[3]
    assert said[-1].startswith("Не сравнить итоги 3 органов")


def test_an_agency_has_both_years_side_by_side(soup):
    cells = row_of(after(soup, "central-hr", "table"), "tides-agency")
    assert (cells[1], cells[3], cells[4]) == ("72,11", "74,11", "+2,00")


def test_places_are_those_of_the_index_of_each_year(soup, campaign, previous):
    table = after(soup, "central-hr", "table")
    for cell, year in ((0, previous), (2, campaign)):
        ranked, _ = rows_of(index_page(run_of(year)), "central-hr")
        places = {
            re.search(r"<bdi>([^<]+)", row)[1]: re.search(r'"number">([^<]*)<', row)[1] for row in ranked
        }
        assert places["Агентство по делам приливов"] == row_of(table, "tides-agency")[cell]
        assert say(table).count(f"Место из {len(ranked)}") == 1


def test_a_row_opens_into_the_indicators_that_changed(soup):
    row = after(soup, "central-hr", "table").select_one('tr[data-agency="beacons-agency"]')
    folded = row.find_next_sibling("tr").details
    assert say(folded.summary).startswith("Изменился 1 показатель")
    assert [[say(cell) for cell in it.select("td")] for it in folded.select_one("tbody").select("tr")] == [
        ["Чистая сменяемость персонала", "9,90", "8,40", "−1,50"]
    ]
    # Seventeen other indicators and the reporting penalty of the direction are as they were.
    assert "Без изменений: 17." in say(folded)
    still = after(soup, "central-hr", "table").select_one('tr[data-agency="star-time-agency"]')
    assert say(still.find_next_sibling("tr")) == "Ни один показатель не изменился."


def test_a_partial_total_is_never_compared_silently(soup):
    # 94.31 - 9.7 = 84.61 without turnover, 94.61 with all of its 10; 94.31 is -0.30 to +9.70 away.
    table = after(soup, "Не сравнить: итог неполный", "table")
    assert row_of(table, "schedules-committee") == [
        *("[84,61; 94,61]", "94,31", "[−0,30; +9,70]"),
        "в 2023 году не хватает: Чистая сменяемость персонала",
    ]
    assert "в обоих годах не хватает: " in row_of(table, "dawn-ministry")[3]
    assert "schedules-committee" not in str(after(soup, "central-hr", "table"))
    assert "Сводный комитет" not in say(after(soup, "central-hr", "figure"))


def test_units_are_compared_among_themselves_and_name_their_parent(soup):
    table = after(soup, "territorial-hr", "table")
    assert row_of(table, "winter-passes-tumar")[4] == "+0,50"
    assert {row["data-agency"] for row in table.select("tr[data-agency]")} == {
        *("winter-passes-tumar", "winter-passes-gauhartas", "bridges-nurlydala")
    }
    links = [it["href"] for it in table.select_one('tr[data-agency="winter-passes-tumar"]').select("a")]
    assert links == ["winter-passes-tumar.html", "winter-passes-committee.html"]


def test_agencies_of_one_year_alone_are_listed_apart(soup):
    new, gone = after(soup, "new", "table"), after(soup, "gone", "table")
    assert [it["data-agency"] for it in new.select("tbody tr")] == ["horizons-ministry", "gardens-ministry"]
    assert [it["data-agency"] for it in gone.select("tbody tr")] == ["gone-agency"]
    assert "Строка 2 данных 2023 года не принята" in say(new.select("tbody tr")[0])
    assert gone.select("a") == []


def test_another_type_and_another_name_are_said(soup):
    row = after(soup, "retyped", "table").select_one("tbody tr")
    assert [say(it) for it in row.select("td")] == [
        *("местный исполнительный орган (МИО)", "центральный государственный орган (ЦГО)")
    ]
    assert "В данных 2023 года: Министерство льда" in say(after(soup, "central-hr", "table"))


def test_indicators_have_medians_and_counts(soup):
    table = next(it for it in soup.select(".wide") if it["aria-label"].startswith("Показатели: Центральные"))
    rows = {say(it.th): [say(cell) for cell in it.select("td")] for it in table.select("tbody tr")}
    # One rose, one fell; of 17 agencies of both years schedules-committee has no turnover in 2023.
    assert rows["Чистая сменяемость персонала"][3:] == ["1", "1", "16"]
    assert rows["Карьерный рост"][2:] == ["0,00", "0", "0", "16"]


def test_the_chart_says_its_finding_and_has_a_description(soup):
    figure = after(soup, "central-hr", "figure")
    assert say(figure.b) == (
        "Вырос итог 1 из 14, снизился 1; дальше всех вверх — Агентство по делам приливов, +2,00"
    )
    assert figure.select_one("[role=img]")["aria-label"].endswith("Изменения от −1,50 до +2,00 балла.")
    assert len(figure.select(".row")) == 14


def test_a_dumbbell_lies_where_its_points_are(campaign):
    # From 0 to 10 of 10: totals T and T + 10 are ten points of the axis apart.
    agency = campaign.find("tides-agency")
    least, most = (
        replace(agency, values={**agency.values, "net_turnover_points": Fraction(points)})
        for points in (0, 10)
    )
    years = replace(campaign, agencies=(most,)), replace(campaign, agencies=(least,), year=2023)
    plot = BeautifulSoup(comparison_page(run_of(years[0]), years[1]), "html.parser").select_one(".plot")
    ticks = {int(it.text): float(re.search(r"[\d.]+", it["style"])[0]) for it in plot.select(".scale i")}
    whole = max(ticks) - min(ticks)
    past, now = (float(re.search(r"[\d.]+", it["style"])[0]) for it in plot.select(".dot"))
    assert now - past == pytest.approx(100 * 10 / whole, abs=0.02)
    assert (min(ticks.values()), max(ticks.values())) == (0, 100)
    # 74.11202 - 6.2 = 67.91202 stands without turnover.
    assert past == pytest.approx(100 * (67.91202 - min(ticks)) / whole, abs=0.02)


def test_a_chart_of_many_agencies_shows_those_that_moved_most(campaign):
    agency = campaign.find("tides-agency")
    years = [[], []]
    for number in range(70):
        for year, points in ((0, 5), (1, Fraction(number, 10))):
            values = {**agency.values, "net_turnover_points": Fraction(points)}
            years[year].append(replace(agency, code=f"a{number}", name=f"Орган {number:02}", values=values))
    before, now = (replace(campaign, agencies=tuple(it), year=2023 + at) for at, it in enumerate(years))
    soup = BeautifulSoup(comparison_page(run_of(now), before), "html.parser")
    figure = after(soup, "central-hr", "figure")
    shown = [say(it) for it in figure.select(".who bdi")]
    # Changes of n / 10 - 5: 69 gives +1.9, 50 nothing, 0 gives -5. The ten nearest to 50 are not shown.
    assert shown == [f"Орган {number:02}" for number in range(69, -1, -1) if not 45 <= number <= 54]
    assert "показаны 60 с наибольшими изменениями, все 70 — в таблице" in say(figure.figcaption)
    assert len(after(soup, "central-hr", "table").select("tr[data-agency]")) == 70
    assert after(soup, "central-it", "figure").b.text == "Ни один итог не изменился"


def test_both_years_follow_the_same_readings(campaign, previous):
    html = comparison_page(run_of(campaign, contest_formula="product"), previous)
    assert "contest_formula=product" in html
    # Had only one year been read so, transparency would have moved for every agency.
    rows = [it for it in BeautifulSoup(html, "html.parser").select(".years tbody > tr") if it.th]
    said = [it for it in rows if say(it.th) == "Прозрачность конкурсных процедур"]
    assert [[say(cell) for cell in it.select("td")][2:5] for it in said] == [["0,00", "0", "0"]] * 3
    assert "оба года вычислены по одной методике" in say(BeautifulSoup(html, "html.parser"))


def test_the_page_runs_and_loads_nothing(html, soup, campaign, previous):
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert "default-src 'none'; script-src 'none'" in policy
    assert soup.select("script") == []
    assert set(re.findall(r'href="([^"#:]+)"', html)) == {
        *("index.html", "methodology.html"),
        *(f"{it.code}.html" for it in campaign.agencies),
    }
    assert comparison_page(run_of(campaign), previous) == html


def test_made_up_data_of_either_year_are_called_so(campaign, previous):
    assert "Данные 2024 года вымышленные" in comparison_page(run_of(campaign), previous)
    assert "Данные вымышленные" in comparison_page(run_of(campaign), replace(previous, synthetic=True))
    true = run_of(replace(campaign, synthetic=False))
    assert "вымышленные" not in comparison_page(true, previous)


def test_hostile_names_are_text(campaign, previous):
    html = comparison_page(run_of(rename(campaign)), rename(previous, "было "))
    soup = BeautifulSoup(html, "html.parser")
    assert soup.select("script, img") == []
    names = {it.text for it in soup.select("bdi")}
    assert set(HOSTILE) <= names
    assert {f"было {name}" for name in HOSTILE} & names


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (2024, 2024, "прежние данные за 2024 год, сравниваемые за 2024 год: сравнить нельзя"),
        (2023, 2024, "прежние данные за 2024 год, сравниваемые за 2023 год: сравнить нельзя"),
        (2024, None, "прежние данные без года, сравниваемые за 2024 год: сравнить нельзя"),
        (None, 2023, "прежние данные за 2023 год, сравниваемые без года: сравнить нельзя"),
    ],
)
def test_campaigns_that_are_no_two_years_are_refused(campaign, now, before, said):
    with pytest.raises(ToolkitError, match=said):
        refuse_years(replace(campaign, year=now), replace(campaign, year=before))


def test_years_without_a_common_agency_are_said(campaign, previous):
    alone = replace(previous, agencies=tuple(it for it in previous.agencies if it.code == "gone-agency"))
    assert "Сравнить некого" in comparison_page(run_of(campaign), alone)


@pytest.mark.parametrize("code", ["comparison", "Comparison", "INDEX"])
def test_no_agency_can_take_the_name_of_the_page(tmp_path, code):
    with pytest.raises(ToolkitError, match="не может быть именем"):
        page_path(tmp_path, code)


def test_publishing_writes_the_page_and_links_it_both_ways(campaign, previous, tmp_path):
    parameters = nbformat.v4.new_code_cell(
        "campaign = agency = language = readings = ''", metadata={"tags": ["parameters"]}
    )
    nbformat.write(nbformat.v4.new_notebook(cells=[parameters]), tmp_path / "report.ipynb")
    request = Request(
        campaign, tmp_path, ("tides-agency",), notebook=tmp_path / "report.ipynb", progress=False
    )
    folder = publish(replace(request, previous=previous)).index.parent
    assert 'href="comparison.html"' in (folder / "index.html").read_text("utf-8")
    html = (folder / "comparison.html").read_text("utf-8")
    # Only the agency of this run has a page to go to.
    assert set(re.findall(r'href="([^"#:]+)"', html)) == {
        "index.html",
        "methodology.html",
        "tides-agency.html",
    }
    publish(request)
    assert "comparison.html" not in (folder / "index.html").read_text("utf-8")


def test_the_command_refuses_before_any_page_is_made(tmp_path, folder_of_2023):
    done = run_toolkit("report", SAMPLE, "--previous", SAMPLE, "--out", tmp_path)
    assert done.returncode == 2
    assert "прежние данные за 2023 год, сравниваемые за 2023 год: сравнить нельзя" in done.stderr
    assert list(tmp_path.iterdir()) == []
    done = run_toolkit("report", "--servants", "b.csv", "--previous", folder_of_2023)
    assert done.returncode == 2
    assert "КАМПАНИЯ или --servants ФАЙЛ" in done.stderr
