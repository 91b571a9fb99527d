"""Whatever a person types into a campaign is a text on every page: it runs, turns and breaks nothing."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import note_message, note_request
from tests.publish import hostile
from tests.publish.conftest import open_page, show_parts, write_site
from toolkit import evaluate, load_methodology, read_campaign
from toolkit.display.report import AgencyReport
from toolkit.publish.page import PageExporter
from toolkit.publish.runner import Request, publish
from toolkit.publish.tables import scores_csv, sources_csv
from toolkit.publish.workbook.make import make_workbook

REPORTS = (hostile.DOCUMENTS, hostile.CONFLICTS, hostile.BLANK_NAME)
PAGES = (*REPORTS, "index", "methodology")
ORDER = (Path(__file__).parent / "order.js").read_text("utf-8")
EACH = pytest.mark.parametrize("shown", hostile.SHOWN, ids=hostile.TITLES)
UNFOLD = "document.querySelectorAll('details').forEach((folded) => { folded.open = true; })"
# Elements that no template makes, addresses that lead off the site, and what could run.
FOREIGN = r"""() => [...document.querySelectorAll("*")].filter((it) =>
  it.matches("img, iframe, object, embed, form:not(.vega-bindings), base, textarea, audio, video, image") ||
  it.matches("a[href]") && !/^(#|[a-z0-9-]+\.html$|scores\.csv$)/.test(it.getAttribute("href")) ||
  [...it.attributes].some((one) => one.name.startsWith("on"))).map((it) => it.outerHTML)"""
WIDEST = "(named) => Math.max(0, ...[...document.querySelectorAll(named)].map((it) => it.scrollWidth))"
FOUND = """() => [...document.querySelectorAll("#directory tr[data-agency]")]
  .filter((row) => row.checkVisibility()).map((row) => row.dataset.agency)"""


def words(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    # The folder itself is named as if it were a template, a variable of a shell and an element.
    folder = tmp_path_factory.mktemp("campaign") / "{{7*7}} ${HOME} <b>'год' & {0}"
    folder.mkdir()
    return read_campaign(hostile.put_together(folder))


@pytest.fixture(scope="module")
def scores(campaign):
    return evaluate(campaign)


@pytest.fixture(scope="module")
def site(campaign, scores, tmp_path_factory):
    """The pages as they are published; those of the index were never cleaned by intake."""
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, campaign, scores, REPORTS)
    raw = tmp_path_factory.mktemp("raw")
    named = [replace(it, name=text) for it, text in zip(campaign.agencies, hostile.TEXTS, strict=False)]
    uncleaned = replace(campaign, agencies=(*named, *campaign.agencies[len(named) :]))
    write_site(raw, uncleaned, evaluate(uncleaned), ())
    (raw / "index.html").rename(folder / "raw-index.html")
    return folder


def listen(tab, heard):
    tab.on("console", lambda message: note_message(heard, message))
    tab.on("pageerror", lambda error: heard.append(f"error {error}"))
    tab.on("request", lambda request: note_request(heard, request.url))
    tab.on("dialog", lambda dialog: (heard.append(f"dialog {dialog.message}"), dialog.dismiss()))


@pytest.fixture(scope="module")
def tabs(site, browser):
    """Each page, opened once without a network; `heard` holds whatever it complained of, asked for or ran."""
    context, opened = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}), {}
    for name in PAGES:
        tab, heard = context.new_page(), []
        listen(tab, heard)
        open_page(tab, site / f"{name}.html").evaluate(UNFOLD)
        opened[name] = tab, heard
    yield opened
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_nothing_that_was_typed_runs_or_becomes_an_element(name, tabs):
    tab, heard = tabs[name]
    tab.keyboard.press("Tab")
    tab.mouse.move(640, 450)
    assert tab.evaluate("typeof window.ran") == "undefined"
    assert tab.evaluate(FOREIGN) == []
    assert heard == []


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_no_script_stands_in_a_page_but_those_of_the_page_itself(name, tabs):
    # Those of a report: the unpacked text of the library and six of the page; data are no scripts.
    tab, _ = tabs[name]
    running = tab.evaluate("document.querySelectorAll('script:not([type])').length")
    assert running == (7 if name in REPORTS else 1)
    assert tab.locator("main").count() == 1
    assert tab.evaluate("document.querySelector('main').parentElement === document.body")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_long_words_wrap_and_no_page_scrolls_sideways(name, width, tabs):
    tab, _ = tabs[name]
    tab.set_viewport_size({"width": width, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    # Boxes that scroll are for tables with many columns, never for one long word.
    assert tab.evaluate(WIDEST, "bdi") <= width
    assert tab.evaluate(WIDEST, ".wide") < 1000


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_no_text_turns_its_neighbours_round(name, width, tabs):
    tab, _ = tabs[name]
    tab.set_viewport_size({"width": width, "height": 900})
    assert tab.evaluate(ORDER) == []


@pytest.mark.browser
def test_marks_of_direction_that_are_never_closed_turn_no_neighbour_on_the_index(page, site):
    page.goto((site / "raw-index.html").as_uri())
    page.evaluate(UNFOLD)
    assert page.evaluate(ORDER) == []


@pytest.mark.browser
def test_the_order_of_texts_is_measured(page):
    for turned in (
        "<p>Документ <span>وكالة المد</span>, <b>23.01.2024</b></p>",
        "<p>Документ <span>وكالة المد</span>, 23.01.2024</p>",
    ):
        page.set_content(turned)
        assert page.evaluate(ORDER)
        page.set_content(turned.replace("span>", "bdi>"))
        assert page.evaluate(ORDER) == []


@pytest.mark.browser
def test_every_text_stands_whole_where_it_is_named(tabs):
    index, documents, conflicts = (tabs[name][0] for name in ("index", hostile.DOCUMENTS, hostile.CONFLICTS))
    names = {words(name) for name in index.locator("#directory tbody th > a > bdi").all_text_contents()}
    assert {words(text) for text in hostile.SHOWN} <= names
    based = {words(text) for text in documents.locator("#entered ~ .wide td.from bdi").all_text_contents()}
    assert {words(text) for text in hostile.SHOWN} <= based
    read = words(conflicts.locator("#sources ~ details").first.inner_text())
    for text, shown in zip(hostile.TEXTS, hostile.SHOWN, strict=True):
        if "/" not in text and len(text.encode()) < 200:
            assert f"forms/{hostile.CONFLICTS}/{words(shown)}" in read.replace("/ ", "/")
    refused = words(conflicts.locator("#gaps ~ .wide").first.inner_text())
    for at, _ in enumerate(hostile.REFUSED_CELLS):
        assert words(hostile.SHOWN[2 * at])[:40] in refused


@pytest.mark.browser
def test_a_name_of_spaces_gives_way_to_the_code(tabs):
    index, report = tabs["index"][0], tabs[hostile.BLANK_NAME][0]
    link = index.locator(f"#directory tr[data-agency={hostile.BLANK_NAME}] th > a")
    assert link.inner_text() == hostile.BLANK_NAME
    assert (report.title(), report.locator("h1").inner_text()) == (hostile.BLANK_NAME, hostile.BLANK_NAME)


@pytest.fixture
def summary(campaign, scores, page, tmp_path):
    """Open the beginning of the page of the agency that has a name."""

    def summary(name):
        agency = next(it for it in campaign if words(it.name) == words(name))
        report = AgencyReport(campaign, scores, agency.code, load_methodology())
        made = PageExporter().from_notebook_node(show_parts([report.summary(), report.totals()]))
        (tmp_path / "page.html").write_text(made[0], "utf-8")
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto((tmp_path / "page.html").as_uri())
        return page

    return summary


@pytest.mark.browser
@EACH
def test_title_and_heading_are_the_name_and_nothing_else(shown, summary, heard):
    opened = summary(shown)
    assert words(opened.title()) == words(shown)
    assert words(opened.locator("h1").inner_text()) == words(shown)
    assert opened.locator("h1, h2, h3").count() == 2
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    assert opened.evaluate("typeof window.ran") == "undefined"
    assert heard == []


@pytest.mark.browser
@EACH
def test_search_finds_every_name_as_it_is_shown(shown, tabs, campaign):
    tab, _ = tabs["index"]
    tab.get_by_role("searchbox").fill(words(shown))
    found = tab.evaluate(FOUND)
    tab.get_by_role("searchbox").fill("")
    wanted = shown.casefold().split()
    named = {it.code: f"{it.name} {it.code}".casefold() for it in campaign}
    assert set(found) == {code for code, name in named.items() if all(word in name for word in wanted)}
    assert any(words(it.name) == words(shown) for it in campaign if it.code in found)


@pytest.mark.browser
def test_agencies_stand_in_the_directory_by_name_and_any_code_is_found(tabs, campaign):
    tab, _ = tabs["index"]
    codes = tab.eval_on_selector_all(
        "#directory tr[data-agency]", "rows => rows.map((row) => row.dataset.agency)"
    )
    assert codes == [it.code for it in sorted(campaign, key=lambda it: it.name)]
    for code in hostile.CASES["codes"]["accepted"]:
        tab.get_by_role("searchbox").fill(code)
        row = tab.locator(f"#directory tr[data-agency='{code}']")
        assert row.is_visible()
        assert row.locator("a").first.get_attribute("href") == f"{code}.html"
    tab.get_by_role("searchbox").fill("")


@pytest.mark.browser
def test_refused_codes_are_shown_as_text_and_lead_nowhere(tabs):
    tab, _ = tabs["index"]
    shown = tab.locator("#refused ~ .wide").first.locator("td:nth-child(2)").all_text_contents()
    assert [words(code) for code in shown] == [
        words(code.replace("\u202e", " ")) for code in hostile.CASES["codes"]["refused"]
    ]
    assert tab.locator("#refused ~ .wide").first.locator("a").count() == 0


def test_no_cell_of_a_table_is_a_formula_to_a_spreadsheet(campaign, scores):
    text = scores_csv(scores) + sources_csv(campaign, REPORTS, load_methodology())
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
    begins = [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    assert [cell for cell in begins if not cell[1:].replace(".", "").replace("/", "").isdigit()] == []
    assert any(cell.startswith("<script>window.ran=1</script>; ") for cell in cells)


@pytest.mark.parametrize("code", REPORTS)
def test_a_workbook_keeps_texts_as_texts(code, campaign):
    book = openpyxl.load_workbook(BytesIO(make_workbook(campaign, code)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert formulas
    assert [it for it in formulas if "HYPERLINK" in it or "cmd" in it or "http" in it] == []
    assert [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target] == []
    name = words(campaign.find(code).name)
    assert any(name in words(str(cell.value)) for cell in cells if cell.data_type == "s")


@pytest.mark.browser
def test_a_whole_run_gives_the_same_as_its_parts(campaign, page, heard, tmp_path):
    """Papermill, a kernel and nbconvert stand between the text and the page."""
    code = next(it.code for it in campaign if it.name.startswith("{{7*7}}"))
    done = publish(Request(campaign, tmp_path / "{{7*7}} <b>'", (code,), progress=False))
    assert done.failed == ()
    for made in done.pages:
        open_page(page, done.index.parent / made.page)
        assert words(page.locator("h1").inner_text()) == words(campaign.find(made.agency).name)
        assert page.evaluate(FOREIGN) == []
    assert page.evaluate("typeof window.ran") == "undefined"
    assert heard == []
