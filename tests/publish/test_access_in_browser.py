"""A page is for everyone: what axe-core knows, headings, landmarks, the keyboard, 360 pixels, paper."""

from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.publish.conftest import AGENCIES, open_page, write_site

pytestmark = pytest.mark.browser
SERIOUS = {"serious", "critical"}
PAGES = (*AGENCIES.values(), "index", "methodology")
UNFOLD = "document.querySelectorAll('details').forEach((folded) => { folded.open = true; })"
REACHED = "a[href], input, select, button, summary, [tabindex]:not([tabindex='-1'])"
# The controls in the order of the page that can be seen and used, each with the name it says of itself.
CONTROLS = f"""() => [...document.querySelectorAll("{REACHED}")].filter((it) =>
  !it.disabled && it.checkVisibility({{ visibilityProperty: true }})).map((it, at) => {{
  it.dataset.at = at;
  const labels = [...(it.labels || [])].map((one) => one.textContent).join(" ");
  return (it.getAttribute("aria-label") || labels || it.textContent).trim();
}})"""
# Where the focus is, and whether it can be seen: an outline around it, or around the label of what is hidden.
FOCUS = """() => {
  const now = document.activeElement;
  const shown = now.id === "fold" ? now.labels[0] : now;
  const look = getComputedStyle(shown), box = shown.getBoundingClientRect();
  const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  return [Number(now.dataset.at ?? -1), outlined && box.width > 0 && box.right > 0];
}"""
# What stands farther right than the paper is wide: A4 with the margins of the page's style.
TOO_WIDE = """() => {
  document.documentElement.style.width = "180mm";
  const edge = document.documentElement.getBoundingClientRect().right + 1;
  return [...document.querySelectorAll("main *")].filter((it) =>
    it.getBoundingClientRect().right > edge && !it.closest(".hidden") && !it.parentElement.closest("svg"))
    .map((it) => it.outerHTML.slice(0, 200));
}"""
# Where a drawing is larger than the frame that shows it.
CUT = """() => [...document.querySelectorAll(".vega svg")].filter((it) => {
  const drawing = it.firstElementChild.getBoundingClientRect(), frame = it.getBoundingClientRect();
  const past = [drawing.right - frame.right, drawing.bottom - frame.bottom, frame.left - drawing.left];
  return Math.max(...past) > 3;
}).map((it) => it.closest("figure").querySelector("figcaption").textContent)"""


@pytest.fixture(scope="module")
def site(campaign_and_scores, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, *campaign_and_scores, ())
    return folder


@pytest.fixture(scope="module")
def open_tab(site, campaign_and_scores, browser):
    """Open a page of the site once, with everything unfolded."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})

    @cache
    def open_tab(name):
        if name in AGENCIES.values():
            write_site(site, *campaign_and_scores, [name])
        tab = open_page(context.new_page(), site / f"{name}.html")
        tab.evaluate(UNFOLD)
        return tab

    yield open_tab
    context.close()


# Pages of local bodies and territorial units are made of the parts of a central one: for the proofs.
LATER = {AGENCIES["local"], AGENCIES["territorial"]}
EACH = [pytest.param(name, marks=[pytest.mark.proof] * (name in LATER)) for name in PAGES]


@pytest.fixture(params=EACH)
def tab(request, open_tab):
    """Each page, wide and for the screen, everything unfolded."""
    tab = open_tab(request.param)
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": 1280, "height": 900})
    return tab


def wait_for_controls(tab):
    """Return the names of the controls once no box becomes one or ceases to be one any more."""
    before, now = None, tab.evaluate(CONTROLS)
    while now != before:
        tab.wait_for_timeout(700)
        before, now = now, tab.evaluate(CONTROLS)
    return now


def find_violations(page):
    """Return the serious violations, with the first element of each."""
    page.evaluate(UNFOLD)
    page.wait_for_timeout(300)
    found = Axe().run(page).response["violations"]
    return [(it["id"], it["nodes"][0]["html"]) for it in found if it["impact"] in SERIOUS]


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_serious_and_no_page_scrolls_sideways(width, tab):
    tab.set_viewport_size({"width": width, "height": 900})
    assert find_violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_what_is_wrong(page):
    page.set_content(
        "<html lang=ru><title>Ш</title><main><h1>Ш</h1><input type=range><img src=data:,></main>"
    )
    assert {name for name, _ in find_violations(page)} == {"image-alt", "label"}


def test_headings_are_an_outline_without_leaps(tab):
    headings = "all => all.map((it) => [Number(it.tagName[1]), it.textContent.trim()])"
    found = tab.eval_on_selector_all("h1, h2, h3, h4, h5, h6", headings)
    levels = [level for level, _ in found]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [at for at, level in enumerate(levels[1:]) if level > levels[at] + 1] == []
    assert all(text for _, text in found)
    assert tab.evaluate("document.documentElement.lang") == "ru"
    assert tab.title()


def test_everything_stands_in_a_landmark_that_has_a_name(tab):
    assert tab.locator("main").count() == 1
    assert tab.get_by_role("navigation", name="Содержание").count() == 1
    outside = "body > :not(main, nav, script, .skip, [hidden])"
    assert tab.eval_on_selector_all(outside, "all => all.map((it) => it.outerHTML)") == []
    names = tab.eval_on_selector_all("[role=region]", "all => all.map((it) => it.getAttribute('aria-label'))")
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("width", [360, 1280])
def test_every_control_has_a_name_and_a_place_in_the_order_of_the_keyboard(width, tab):
    tab.set_viewport_size({"width": width, "height": 900})
    named = wait_for_controls(tab)
    assert [at for at, name in enumerate(named) if not name] == []
    tab.locator(".skip").focus()
    reached = [tab.evaluate(FOCUS)]
    for _ in named[1:]:
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate(FOCUS))
    assert [at for at, _ in reached] == list(range(len(named)))
    assert [named[at] for at, seen in reached if not seen] == []


def test_contents_and_folds_open_by_keyboard(site, page):
    page.set_viewport_size({"width": 360, "height": 800})
    open_page(page, site / "methodology.html")
    page.locator("#fold").focus()
    page.keyboard.press("Space")
    assert page.get_by_role("link", name="Как читать").is_visible()
    folded = page.locator("details").first
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    assert folded.evaluate("it => it.open")


def test_the_first_stop_leads_over_the_contents(site, page):
    open_page(page, site / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_on_paper_nothing_is_wider_than_the_page_and_no_chart_is_cut(tab):
    tab.emulate_media(media="print")
    assert tab.evaluate(TOO_WIDE) == []
    assert tab.evaluate(CUT) == []
    tab.evaluate("document.documentElement.style.width = ''")
    printed = tab.pdf(prefer_css_page_size=True)
    # A4 is 595 by 842 points; Chromium rounds down.
    assert printed.count(b"/MediaBox [0 0 594.95996 841.91998]") == printed.count(b"/Type /Page\n")


# A code in a column too narrow for it is broken inside a word: it then takes more lines than its words.
BROKEN_CODES = """() => [...document.querySelectorAll("table.told code")].filter((it) => {
  const range = document.createRange();
  range.selectNodeContents(it);
  return range.getClientRects().length > 1 && it.getBoundingClientRect().width < 200;
}).map((it) => it.textContent)"""


@pytest.mark.parametrize(("name", "count"), [(PAGES[0], 2), ("index", 3), ("methodology", 4)])
def test_tables_of_words_are_cards_on_a_narrow_screen(name, count, open_tab):
    tab = open_tab(name)
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": 360, "height": 800})
    assert tab.locator("table.told").count() >= count
    assert tab.locator("table.told code").count() >= 9
    assert tab.evaluate(BROKEN_CODES) == []
    for table in tab.locator("table.told").all():
        assert table.evaluate("it => it.parentElement.scrollWidth <= it.parentElement.clientWidth")
        told = table.locator("td[data-label]:visible")
        assert min(told.evaluate_all("all => all.map((it) => it.clientWidth)")) >= 300
        # What the hidden head of the table says is said beside each of its cells.
        before = "all => all.map((it) => getComputedStyle(it, '::before').content)"
        assert not {"none", ""} & set(told.evaluate_all(before))


@pytest.mark.parametrize("name", EACH[:3])
def test_origins_are_readable_on_a_narrow_screen(name, open_tab):
    tab = open_tab(name)
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": 360, "height": 800})
    moves = tab.locator("table.moves")
    assert moves.count() >= 1
    for table in moves.all():
        assert table.evaluate("it => it.parentElement.scrollWidth <= it.parentElement.clientWidth")
    tables = tab.locator("table.stacked:not(.moves, .told, .figures)")
    assert tables.count() >= 2
    for table in tables.all():
        # No box scrolls, and what says where a number is from has the whole width.
        assert table.evaluate("it => it.parentElement.scrollWidth <= it.parentElement.clientWidth")
        widths = table.locator("td.from:visible").evaluate_all("all => all.map((it) => it.clientWidth)")
        assert min(widths) >= 300
        heads = table.locator("tbody th").evaluate_all("all => all.map((it) => it.clientWidth)")
        assert min(heads) >= 160
    # To those who listen a row is still a row of a table.
    table = tables.filter(has_text="net_turnover_points").first
    row = table.get_by_role("row", name="Балл: чистая сменяемость персонала")
    assert row.get_by_role("cell").first.inner_text().endswith(("балл", "балла", "баллов"))
