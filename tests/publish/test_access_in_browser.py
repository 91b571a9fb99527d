"""A page is for everyone: what axe-core knows of access, the keyboard, and screens of 360 pixels."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.publish.conftest import AGENCIES

pytestmark = pytest.mark.browser
SERIOUS = {"serious", "critical"}


def find_violations(page):
    """Return the serious violations, with the first element of each."""
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    page.wait_for_timeout(300)
    found = Axe().run(page).response["violations"]
    return [(it["id"], it["nodes"][0]["html"]) for it in found if it["impact"] in SERIOUS]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", AGENCIES)
def test_axe_finds_nothing_serious_on_the_page_of_an_agency(kind, width, open_report):
    page = open_report(kind)
    page.set_viewport_size({"width": width, "height": 900})
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_what_is_wrong(open_report):
    page = open_report("territorial")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=range><img src=data:,>')"
    )
    assert {name for name, _ in find_violations(page)} == {"image-alt", "label"}
