import pytest

from tests.publish.conftest import HOSTILE, SPEC, show
from toolkit.publish.page import CHART

pytestmark = pytest.mark.browser
DRAWN = "html[data-charts=drawn]"


@pytest.fixture
def opened(page, report, convert, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(convert(report), "utf-8")
    page.goto(path.as_uri())
    page.wait_for_selector(DRAWN, state="attached")
    return page


def test_charts_are_drawn_without_network_under_the_policy(opened, heard):
    assert opened.locator("figure.chart svg .mark-rect path").count() == 2
    assert heard == []


def test_hostile_text_is_shown_as_text(opened, heard):
    assert opened.locator("figure.chart .vega").get_attribute("aria-label") == f"Баллы органов {HOSTILE}"
    assert opened.locator("img, script:not([type]):not(:nth-last-of-type(-n+4))").count() == 0
    assert heard == []


def test_numbers_of_charts_are_russian(opened):
    assert "2\u00a0000,0" in opened.locator("figure.chart svg").text_content()


def test_formulas_have_size_and_the_math_font(opened):
    box = opened.locator("math").bounding_box()
    assert box["width"] > 50
    assert box["height"] > 20
    assert opened.evaluate("document.fonts.check('16px \"Toolkit Math\"')")


@pytest.mark.parametrize("width", [360, 800, 1100, 1600])
def test_the_page_never_scrolls_sideways(opened, width):
    opened.set_viewport_size({"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_contents_are_folded_on_a_narrow_screen_and_open_at_the_side_on_a_wide_one(opened):
    entry = opened.get_by_role("link", name="Итоги")
    assert entry.is_visible()
    opened.set_viewport_size({"width": 360, "height": 800})
    assert not entry.is_visible()
    opened.get_by_text("Содержание", exact=True).click()
    assert entry.is_visible()


def test_a_chart_that_cannot_be_drawn_says_so(page, heard, convert, tmp_path, report):
    report.cells.append(show({CHART: {**SPEC, "mark": "no such mark"}}))
    (tmp_path / "page.html").write_text(convert(report), "utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    page.wait_for_selector(DRAWN, state="attached")
    assert "Диаграмма не построена" in page.locator("figure.chart").last.inner_text()
    assert heard


def test_code_and_contents_are_not_printed(opened):
    opened.emulate_media(media="print")
    assert not opened.locator("details.code").is_visible()
    assert not opened.locator("nav").is_visible()
