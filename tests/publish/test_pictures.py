"""The pictures of a page whose scripts have not run yet or never do."""

import os
import re
import signal
from pathlib import Path

import pytest

from tests.publish.conftest import AGENCIES, SPEC, list_parts, make_notebook, show
from toolkit import load_methodology
from toolkit.display.markup import Html
from toolkit.display.report import AgencyReport
from toolkit.errors import ToolkitError
from toolkit.publish import vega
from toolkit.publish.page import CHART
from toolkit.publish.vega import draw_picture

DRAWN = "html[data-charts=drawn]"


@pytest.fixture(scope="module")
def unscripted(browser):
    """Open pages in a browser that runs no script and has no network."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    yield context.new_page()
    context.close()


def write_page(convert, path, *charts):
    path.write_text(convert(make_notebook(*(show({CHART: chart}) for chart in charts))), "utf-8")
    return path.as_uri()


def give_picture(spec):
    return {**spec, "usermeta": {**spec["usermeta"], "picture": True}}


def test_a_picture_has_russian_numbers_no_english_and_no_script():
    config = {
        "locale": {"number": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", ""]}}
    }
    picture = draw_picture(SPEC, config)
    assert ">2\u00a0000,0<" in picture
    assert not re.search('aria-label="(?!(Title|Subtitle) text)', picture)
    assert "<script" not in picture
    assert "&lt;/script&gt;" in picture
    assert draw_picture(SPEC, config) == picture


def test_a_chart_that_cannot_be_drawn_is_refused_and_the_next_one_is_drawn():
    with pytest.raises(ToolkitError, match="vl-convert не построил"):
        draw_picture({**SPEC, "mark": "no such mark"}, {})
    assert draw_picture(SPEC, {}).startswith("<svg")


def test_a_renderer_that_was_killed_is_begun_anew():
    before = draw_picture(SPEC, {})
    for child in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split():
        if b"vl_convert" in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(int(child), signal.SIGKILL)
    assert draw_picture(SPEC, {}) == before


def test_words_that_were_not_measured_stand_where_measured_ones_do(campaign_and_scores, monkeypatch):
    report = AgencyReport(*campaign_and_scores, "archipelago-ministry", load_methodology())
    charts = [chart for part in (report.bullets, report.losses, report.tornado) for chart in part()]
    specs = [chart.to_dict() for chart in charts if not isinstance(chart, Html)]
    assert len(specs) == 5
    pictures = [draw_picture(spec, {}) for spec in specs]
    monkeypatch.setattr(vega, "_shorten", lambda value, _: value)
    assert pictures == [draw_picture(spec, {}) for spec in specs]
    assert "Кадровый потенциал государственного органа" in pictures[0]


def test_a_picture_loads_nothing():
    with pytest.raises(ToolkitError):
        draw_picture({**SPEC, "data": {"url": "https://example.org/data.json"}}, {})


@pytest.mark.browser
def test_without_scripts_a_chart_stands_as_a_picture_or_says_why_not(unscripted, convert, tmp_path):
    unscripted.goto(write_page(convert, tmp_path / "page.html", give_picture(SPEC), SPEC))
    first, second = unscripted.locator("figure.chart .vega").all()
    assert first.locator("svg").bounding_box()["height"] > 90
    assert "сценарии здесь не выполняются" in second.inner_text()
    for figure in unscripted.locator("figure.chart").all():
        figure.locator("summary").click()
        assert figure.locator("td").inner_text() == "1234,5"


@pytest.mark.browser
def test_a_drawn_chart_takes_the_place_of_its_picture(page, heard, convert, tmp_path):
    page.goto(write_page(convert, tmp_path / "page.html", give_picture(SPEC)))
    page.wait_for_selector(DRAWN, state="attached")
    assert page.locator("figure.chart .still").count() == 0
    assert page.locator("figure.chart svg").count() == 1
    assert heard == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_without_scripts_the_main_charts_of_an_agency_stand(
    unscripted, campaign_and_scores, convert, tmp_path, width
):
    report = AgencyReport(*campaign_and_scores, AGENCIES["central"], load_methodology())
    shown = (
        {"text/html": part.text} if isinstance(part, Html) else {CHART: part.to_dict()}
        for part in list_parts(report)
    )
    (tmp_path / "page.html").write_text(convert(make_notebook(*map(show, shown))), "utf-8")
    unscripted.set_viewport_size({"width": width, "height": 800})
    unscripted.goto((tmp_path / "page.html").as_uri())
    pictures = unscripted.locator("figure.chart .still svg")
    assert pictures.count() == 9
    for picture in pictures.all():
        box = picture.bounding_box()
        assert box["width"] <= width
        assert box["height"] > 20
        assert re.search("[а-я]", picture.text_content())


# The words of the rows of a chart, and which of them touch the words or bars of another row.
WORDS = """() => [...document.querySelectorAll("figure.chart")].flatMap((figure) => {
  const words = [...figure.querySelectorAll(".mark-text text")];
  const boxes = words.map((it) => it.getBoundingClientRect());
  const bars = [...figure.querySelectorAll(".mark-rect path")].map((it) => it.getBoundingClientRect());
  const touch = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  return words.map((it, at) => [it.textContent, [...boxes.filter((_, other) => other !== at), ...bars]
    .filter((box) => box.width > 0 && touch(boxes[at], box)).length]);
})"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_words_of_a_row_are_whole_and_touch_nothing(width, open_report, page, heard):
    page.set_viewport_size({"width": width, "height": 800})
    charts = "bullets", "losses", "tornado", "doubt"
    parts = open_report(
        "central", lambda it: [it.what_if(), *(one for name in charts for one in getattr(it, name)())]
    )
    assert parts.locator(".vega.failed").count() == 0
    words = parts.evaluate(WORDS)
    assert len(words) > 50
    assert [text for text, touched in words if "…" in text or touched] == []
    assert heard == []
