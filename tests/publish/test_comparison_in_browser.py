"""The page of two years in a browser: narrow screens, access for everyone, paper."""

import pytest

from tests.publish.test_access_in_browser import find_violations
from tests.publish.two_years import read_later, rename, run_of, write_earlier
from toolkit import read_campaign
from toolkit.publish.site import comparison_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    """Return the page of two years in which five agencies have hostile names."""
    folder = tmp_path_factory.mktemp("earlier")
    write_earlier(folder)
    return comparison_page(run_of(rename(read_later())), rename(read_campaign(folder), "было "))


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_never_scrolls_sideways_and_axe_finds_nothing_serious(page, heard, html, tmp_path, width):
    (tmp_path / "comparison.html").write_text(html, "utf-8")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((tmp_path / "comparison.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(page) == []
    # With every row open too.
    assert page.locator("tr.parts table").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".plot .dot").first.is_visible()
    assert heard == []


def test_closed_rows_leave_no_trace_on_paper(page, html, tmp_path):
    (tmp_path / "comparison.html").write_text(html, "utf-8")
    page.goto((tmp_path / "comparison.html").as_uri())
    page.locator("tr.parts summary").first.click()
    page.emulate_media(media="print")
    assert page.locator("tr.parts table").first.is_visible()
    assert not page.locator("tr.parts summary").nth(1).is_visible()
