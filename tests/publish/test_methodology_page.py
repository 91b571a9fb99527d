"""The methodology page shows everything the law files say, and its figures are those of the order."""

import re
from dataclasses import replace
from fractions import Fraction
from html import unescape

import pytest
from bs4 import BeautifulSoup

from toolkit import evaluate, load_methodology, read_campaign
from toolkit.analysis.coverage import load_coverage
from toolkit.errors import ToolkitError
from toolkit.formula.notation import number_text
from toolkit.publish.methodology_page import EXAMPLE, methodology_page
from toolkit.publish.task import page_path

HOSTILE = '"><script>alert(1)</script>\u202e«' + "Ә" * 400


@pytest.fixture(scope="module")
def law():
    return load_methodology()


@pytest.fixture(scope="module")
def html(law):
    return methodology_page(law, {})


@pytest.fixture(scope="module")
def soup(html):
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def codes(soup):
    """Return every name on the page that stands as code."""
    return {element.get_text() for element in soup.select("code")}


@pytest.fixture
def opened(page, html, tmp_path):
    (tmp_path / "methodology.html").write_text(html, "utf-8")
    page.goto((tmp_path / "methodology.html").as_uri())
    return page


def section_of(soup, anchor):
    return soup.find(id=anchor).find_parent("section")


def words_of(element):
    return " ".join(element.get_text(" ").split())


def test_every_rule_has_a_section_with_its_point_provenance_and_reasoning(law, soup):
    badges = {"text", "reconstructed", "ambiguous", "provisional", "entered"}
    for code, raw in law.rules.items():
        section = section_of(soup, code)
        facts = section.select_one(".facts")
        assert raw["point"].split(";")[0].split("..")[0] in facts.get_text()
        assert raw["provenance"] in facts.select_one(".badge")["class"]
        assert badges >= {raw["provenance"]}
        assert raw["title"]["ru"] in words_of(section.h3)
        assert raw.get("letter", "") in words_of(section.h3)
        assert raw.get("reasoning", {"ru": ""})["ru"] in words_of(section)


def test_every_reading_stands_with_its_register_options_and_default(law, soup):
    for key, reading in law.readings.items():
        section = section_of(soup, f"reading-{key}")
        assert words_of(section.h3) == f"{reading.register}. {reading.title}"
        assert reading.point in section.select_one(".facts").get_text()
        heads = {head.code.get_text(): words_of(head) for head in section.select("h4")}
        assert list(heads) == list(reading.options)
        assert [option for option in heads if "по умолчанию" in heads[option]] == [reading.default]
        assert all(meaning in heads[option] for option, meaning in reading.options.items())


def test_every_reading_links_the_rules_it_touches(law, soup):
    # Where the key stands in the law files, read by eye; the penalty of N goes to the total under one option.
    touched = {
        "exempt_leavers": {"exit_interview"},
        "negative_exit_base": {"exit_interview"},
        "organisation_cap": {"work_organisation"},
        "dayoff_penalty_from": {"working_time", "hr"},
        "dayoff_headcount": {"working_time", "hr"},
        "contest_formula": {"contest_transparency"},
        "no_promotions": {"career_growth"},
        "no_digital_staff": {"it_staff"},
        "it_total_cap": {"it"},
    }
    assert set(touched) == set(law.readings)
    for key, rules in touched.items():
        said = next(
            p for p in section_of(soup, f"reading-{key}").select("p") if p.get_text().startswith("Касается")
        )
        assert {link["href"][1:] for link in said.select("a")} == rules


def test_every_constant_stands_with_its_value(law, soup):
    rows = {row.code.get_text(): words_of(row) for row in soup.select("#constants ~ div tr") if row.code}
    for code, name in law.parameters():
        constant = law.rules[code]["constants"][name]
        values = constant["value"] if isinstance(constant["value"], dict) else {"all": constant["value"]}
        said = rows[f"{code}.{name}"]
        assert constant["title"]["ru"] in said
        # The rule of one type has the number of that type; the type that has none is not shown.
        shown = [value for kind, value in values.items() if kind not in ("by", "territorial")]
        assert all(number_text(Fraction(value)) in said for value in shown)


def test_every_input_stands_with_its_title_source_and_limits(law, soup):
    for name, declared in law.inputs.items():
        row = soup.find(id=f"input-{name}")
        said = words_of(row)
        assert row.th.code.get_text() == name
        assert declared.title in said
        assert declared.source in said
        assert all(option in said and title in said for option, title in declared.options.items())
        assert declared.limit is None or declared.limit[0] in said
        assert declared.high is None or f"до {declared.high}" in said
        assert row.select("a"), f"{name} is used by no rule"


def test_every_letter_links_to_an_input_of_the_page(soup):
    targets = {element["id"] for element in soup.select("[id]")}
    assert {link["href"][1:] for link in soup.select('a[href^="#"]')} <= targets
    assert len([element["id"] for element in soup.select("[id]")]) == len(targets)


def test_every_point_without_a_text_is_named(soup):
    for point in load_coverage("2023"):
        for answer in point.answers:
            if answer.kind in ("absent", "changed_in_kazakh_only", "excluded"):
                table = soup.find(id=f"points-{answer.kind}").find_next("table")
                assert point.number in [row.th.get_text() for row in table.select("tbody tr")]


def test_the_printed_bounds_and_penalties_stand_beside_their_formulas(soup):
    # Point 40: N is at most 5 + 5, 9 and 184 hours divide the penalties. Point 48: at most 10 for recordings.
    time, contests = (words_of(section_of(soup, code)) for code in ("working_time", "contest_transparency"))
    assert "не больше k + k = 10" in time
    assert "s > 184" in time
    assert "s ≥ 9" in time
    assert "Вычитается из балла показателя; меньше 0 не остаётся." in time
    assert "Штраф: нарушение порядка фиксации хода собеседования." in contests
    assert "не больше 10" in contests


# Worked out by hand from the numbers of `example/agencies.csv`, which the page shows.
# V: 5 · 30 / 40 = 3,75; 22 of 40 are a majority: 3,75 − 1,5.
# N: b = (246 − 21) · 8 = 1800, a = 1800 + 7200 / 80 = 1890, N1 = 5 · (1 − 8 · 90 / 1800) = 3,
#    N2 = 5 · 0,8 = 4; 960 / 80 = 12 hours on days off: one point; 7 − 1.
# U: 5 · 0,5 · (45/50 + 8/10) = 4,25; 0,5 + 1 taken away.
# A: 10 · (18/20 + 15/20) / 2 = 8,25; one violation.
# Criteria: 8 + 4 + 2,25 + 3,5 + 2; (6 + 4 + 4 + 4 + 2,75) + 1 + 1,5; 7,25 + 7,5 + 6 + 3,5 + 4,25.
# Total: 19,75 + 23,25 + 28,5 − 2. IT of a central agency: 24 + 15 + 20 + 15 + 3,75 + 3 + 3,75 − 2 − 1.
# IT of a local one: 24 + 5 + 15 + 20 + 7,5 + 3,75 + 3 − 2 − 1.
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("exit_interview", ["2,25 из 5"]),
        ("working_time", ["6,00 из 10"]),
        ("training", ["2,75 из 5"]),
        ("contest_transparency", ["7,25 из 10"]),
        ("staff_potential", ["19,75 из 30"]),
        ("work_organisation", ["23,25 из 30"]),
        ("merit_culture", ["28,50 из 40"]),
        ("hr", ["69,50 из 100"]),
        ("it", ["81,50 из 110", "75,25 из 105"]),
        ("it_staff", ["15,00 из 20", "7,50 из 10"]),
    ],
)
def test_the_worked_case_has_the_points_worked_out_by_hand(code, said, soup):
    shown = [words_of(summary).rpartition(": ")[2] for summary in section_of(soup, code).select("summary")]
    assert shown == said


def test_the_numbers_of_the_example_are_allowed_and_complete(law):
    campaign = read_campaign(EXAMPLE)
    assert [*campaign.problems, *campaign.refused] == []
    assert {agency.type for agency in campaign} == set(law.subjects)
    assert all(score.status not in ("missing", "partial") for score in evaluate(campaign))


def test_every_rule_that_is_worked_out_has_its_case(law, soup):
    worked = {code for code, raw in law.rules.items() if raw["provenance"] != "entered"}
    assert {code for code in law.rules if section_of(soup, code).select("details.example")} == worked


def test_the_formulas_are_those_of_the_chosen_readings(law):
    chosen = BeautifulSoup(methodology_page(law, {"contest_formula": "product"}), "html.parser")
    formula = section_of(chosen, "contest_transparency").select_one(".formula")
    assert len(formula.select("mfrac")) == 2
    assert not formula.select("mfrac mfrac")
    head = next(
        h for h in section_of(chosen, "reading-contest_formula").select("h4") if "product" in h.get_text()
    )
    assert "принято здесь" in words_of(head)


def test_an_unknown_reading_is_refused(law):
    with pytest.raises(ToolkitError, match="нет прочтения"):
        methodology_page(law, {"contest_form": "product"})


def test_texts_of_the_law_files_are_shown_as_text(law):
    raw = law.rules["training"]
    changed = {**raw, "title": {"ru": HOSTILE}, "reasoning": {"ru": HOSTILE}}
    rules = {**law.rules, "training": changed}
    reading = replace(law.readings["contest_formula"], title=HOSTILE)
    declared = replace(law.inputs["contests_held"], title=HOSTILE, source=HOSTILE)
    hostile = replace(
        law,
        rules=rules,
        readings={**law.readings, "contest_formula": reading},
        inputs={**law.inputs, "contests_held": declared},
    )
    html = methodology_page(hostile, {})
    assert "<script>alert" not in html
    assert len(BeautifulSoup(html, "html.parser").select("script")) == 1
    assert HOSTILE in unescape(html)


def test_no_agency_can_take_the_name_of_the_page(tmp_path):
    with pytest.raises(ToolkitError, match="не может быть именем"):
        page_path(tmp_path, "methodology")


def test_the_page_loads_nothing_and_runs_one_script(html):
    assert re.findall(r'(?:src|href)="(?!#|index\.html|data:)[^"]*"', html) == []
    assert re.search(r"script-src 'sha256-[\w+/]+=*';", unescape(html))
    assert methodology_page(load_methodology(), {}) == html
    assert len(html.encode()) < 700_000


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_silent_and_never_scrolls_sideways(opened, heard, width):
    opened.set_viewport_size({"width": width, "height": 900})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert heard == []


@pytest.mark.browser
def test_worked_cases_are_folded_on_the_screen_and_open_on_paper(opened):
    step = opened.locator("details.example .steps li").first
    assert not step.is_visible()
    opened.emulate_media(media="print")
    assert step.is_visible()
    assert not opened.locator("nav.contents").is_visible()
