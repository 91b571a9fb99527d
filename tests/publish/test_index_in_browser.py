"""The index in a browser: its search, its boxes, access for everyone, and names that mean harm."""

from dataclasses import replace

import pytest

from toolkit import evaluate, load_methodology
from toolkit.publish.record import Run
from toolkit.publish.site import index_page
from toolkit.publish.task import PageResult

pytestmark = pytest.mark.browser
# Markup, an end of the script, a right-to-left override, quotation marks, and 400 letters without a space.
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script><!--",
    "\u202eГаннатсо\u202c \u2066нАзАд",
    "Кавычки \"'` и ${alert(3)} {{ 7 * 7 }} &amp;",
    "Ж" * 400,
)


@pytest.fixture(scope="module")
def campaign(campaign_and_scores):
    """The drawn campaign, five of its agencies with hostile names."""
    campaign = campaign_and_scores[0]
    named = [replace(agency, name=name) for agency, name in zip(campaign.agencies, HOSTILE, strict=False)]
    return replace(campaign, agencies=(*named, *campaign.agencies[len(named) :]))


@pytest.fixture(scope="module")
def html(campaign):
    methodology = load_methodology()
    pages = tuple(PageResult(it.code, "done", f"{it.code}.html", "", 1.0, 0.5) for it in campaign.agencies)
    return index_page(Run(campaign, methodology, evaluate(campaign, methodology), pages, "ru", {}))


@pytest.fixture
def index(page, html, tmp_path):
    (tmp_path / "index.html").write_text(html, "utf-8")
    page.goto((tmp_path / "index.html").as_uri())
    return page


def find_shown(page, place="#directory"):
    rows = page.query_selector_all(f"{place} tr[data-agency]")
    return {row.get_attribute("data-agency") for row in rows if row.is_visible()}


def search(page, text):
    page.get_by_role("searchbox", name="Найти орган по названию или коду").fill(text)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_index_opens_without_network_and_never_scrolls_sideways(index, heard, width):
    index.set_viewport_size({"width": width, "height": 800})
    index.evaluate("document.getElementById('directory').open = true")
    assert index.evaluate("document.documentElement.scrollWidth") <= width
    assert heard == []


@pytest.mark.parametrize("width", [360, 1280])
def test_hostile_names_never_make_the_index_scroll_sideways(index, width):
    index.set_viewport_size({"width": width, "height": 900})
    assert index.evaluate("document.documentElement.scrollWidth") <= width


def test_whoever_has_no_kazakh_letters_finds_kazakh_names(index):
    search(index, "жел какпасы")
    assert len(find_shown(index)) == 1


def test_hostile_names_are_text_and_nothing_else(index, heard, campaign):
    search(index, "")
    names = index.locator("#directory tbody th bdi").all_text_contents()
    assert set(HOSTILE) <= set(names)
    assert {agency.name for agency in campaign.agencies} <= set(names)
    assert index.locator("img").count() == 0
    assert heard == []


def test_search_is_reached_and_used_by_keyboard_alone(index):
    for _ in range(40):
        index.keyboard.press("Tab")
        if index.evaluate("document.activeElement.id") == "find":
            break
    index.keyboard.type("тумар")
    assert find_shown(index) == {"tumar-region", "winter-passes-tumar"}
    index.wait_for_selector("#found:not(:empty)")
    assert index.locator("#found").inner_text() == "Найдены 2 органа из 40."
    assert index.locator("#found").get_attribute("role") == "status"
    index.keyboard.press("Escape")
    assert index.evaluate("document.activeElement.id") == "find"
    assert find_shown(index, "section") == set(
        index.eval_on_selector_all("tr[data-agency]", "rows => rows.map((row) => row.dataset.agency)")
    )
    assert find_shown(index) == set()  # the list of all agencies is folded again


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("TIDES-AG", {"tides-agency"}),  # "tides-agency" is the second of the hostile: only its code is left
        ("  области  тумар ", {"tumar-region", "winter-passes-tumar"}),
        ("звездного времени", {"star-time-agency"}),
        ("жел қақ", {"wind-gate-agency"}),
        ("<img src=x", {"horizons-ministry"}),
        ("ганнатсо назад", None),
        (".*", set()),
        ("такого органа нет", set()),
    ],
)
def test_search_finds_by_name_and_code_whatever_the_case_and_the_order(index, typed, found, campaign):
    search(index, typed)
    wanted = {campaign.agencies[2].code} if found is None else found
    assert find_shown(index) == wanted
    # Rankings and heat maps keep the same agencies, and say so where they have none.
    assert find_shown(index, "section") == wanted
    for section in index.query_selector_all("section[data-part]"):
        rows = section.query_selector_all("tr[data-agency]")
        assert section.query_selector(".nobody").is_visible() == (not any(row.is_visible() for row in rows))


def test_search_says_when_nothing_is_found(index):
    search(index, "такого органа нет")
    index.wait_for_selector("#found:not(:empty)")
    assert index.locator("#found").inner_text() == "Ничего не найдено: проверьте название или код."
    assert index.locator("section .wide:visible").count() == 0


def test_every_box_that_scrolls_can_be_reached_and_has_a_name_of_its_own(index):
    index.set_viewport_size({"width": 360, "height": 800})
    boxes = index.query_selector_all(".wide")
    labels = [box.get_attribute("aria-label") for box in boxes]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert {box.get_attribute("tabindex") for box in boxes} == {"0"}
    heat = index.query_selector("div.wide:has(> table.heat)")
    assert heat.evaluate("box => box.scrollWidth > box.clientWidth")
    heat.focus()
    index.keyboard.press("ArrowRight")
    index.wait_for_timeout(300)
    assert heat.evaluate("box => box.scrollLeft") > 0
    # The names stay where they are while the figures move.
    name, box = heat.query_selector("tbody th").bounding_box(), heat.bounding_box()
    assert abs(name["x"] - box["x"]) <= 1


def test_the_index_is_complete_without_scripts(browser, html, tmp_path):
    (tmp_path / "index.html").write_text(html, "utf-8")
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    assert not page.locator("#find").is_visible()
    assert page.locator("table.heat").first.is_visible()
    assert page.locator("#central-hr ~ ul.findings li").first.is_visible()
    page.locator("#directory > summary").click()
    assert page.locator("#directory tr[data-agency]").count() == 40
    assert page.locator("#directory tr[data-agency]").first.is_visible()
    assert page.locator("section tr[data-agency]:visible").count() > 150
    context.close()
