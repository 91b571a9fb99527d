import nbformat
import pytest

import toolkit.publish.page as exporter
from toolkit import evaluate, load_methodology, read_campaign
from toolkit.analysis.readings import ReadingStudy
from toolkit.display.markup import Html
from toolkit.display.report import AgencyReport
from toolkit.display.sliders import Explorer
from toolkit.publish.methodology_page import methodology_page
from toolkit.publish.record import Run
from toolkit.publish.site import index_page
from toolkit.publish.task import PageResult

KAZAKH = "Қазақстан: әғқңөұүһі ӘҒҚҢӨҰҮҺІ"
AGENCIES = {"central": "tides-agency", "local": "kerbez-region", "territorial": "winter-passes-tumar"}
HOSTILE = "</script><script>alert(1)</script><!--<script><img src=x onerror=alert(2)>"
FRACTION = (
    '<div class="formula"><math display="block"><mi>N</mi><mo>=</mo><mn>8</mn><mo>×</mo><mo>(</mo><mfrac>'
    "<mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow><mi>d</mi></mfrac><mo>)</mo><mo>≥</mo><mtext>доля</mtext>"
    f"{'<mo>+</mo><mi>x</mi>' * 40}</math></div>"
)
HEADING = "<h3 id='training'>Обучение <span class='badge text'>по тексту</span></h3>"
WIDE = f"<table class='data'><tr>{'<td>Очень широкая ячейка</td>' * 12}</tr></table>"
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.4.1.json",
    "description": f"Баллы органов {HOSTILE}",
    "title": {"text": f"Вывод {HOSTILE}", "subtitle": "Баллы"},
    "width": "container",
    "height": 90,
    "data": {"values": [{"name": HOSTILE, "points": 1234.5}, {"name": KAZAKH, "points": 2000}]},
    "transform": [{"calculate": "datum.points / 1000", "as": "thousands"}],
    "mark": {"type": "bar", "tooltip": True},
    "encoding": {
        "x": {
            "field": "points",
            "type": "quantitative",
            "axis": {"format": ",.1f", "values": [0, 1000, 2000]},
        },
        "y": {"field": "name", "type": "nominal"},
    },
    "usermeta": {"table": {"head": [HOSTILE, "Баллы"], "rows": [[HOSTILE, "1234,5"]]}},
}


def show(data, metadata=None):
    output = nbformat.v4.new_output("display_data", data)
    return nbformat.v4.new_code_cell("1 + 1", outputs=[output], metadata=metadata or {})


def make_notebook(*cells):
    """Return an executed notebook, with the random ids that nbformat gives to its cells."""
    return nbformat.v4.new_notebook(cells=list(cells))


@pytest.fixture
def report():
    return make_notebook(
        nbformat.v4.new_code_cell("campaign = '/home/user/data'", metadata={"tags": ["injected-parameters"]}),
        nbformat.v4.new_code_cell("import hidden_thing", metadata={"tags": ["hidden"]}),
        nbformat.v4.new_markdown_cell("## Из ячейки {#from-cell}\n\nТекст **жирный**."),
        show({"text/html": f"<h1>Орган {KAZAKH}</h1><p class='lead'>25,5 балла</p>", "text/plain": "noise"}),
        show({"text/html": f"<h2 id='totals'>Итоги</h2>{WIDE}"}),
        show({"text/html": f"{HEADING}{FRACTION}"}),
        show({exporter.CHART: SPEC, "text/html": "<b>not this</b>", "text/plain": "nor this"}),
        nbformat.v4.new_code_cell(
            "noisy()", outputs=[nbformat.v4.new_output("stream", name="stderr", text="a warning of no use")]
        ),
    )  # fmt: skip


@pytest.fixture
def convert():
    def convert(notebook):
        html, _ = exporter.PageExporter().from_notebook_node(notebook)
        return html

    return convert


@pytest.fixture(scope="session")
def campaign_and_scores():
    campaign = read_campaign("tests/samples/drawn_2023")
    return campaign, evaluate(campaign)


@pytest.fixture(scope="session")
def explorers(campaign_and_scores):
    study = ReadingStudy(campaign_and_scores[1])
    return {kind: Explorer(study, code) for kind, code in AGENCIES.items()}


def list_parts(report):
    """Yield the parts of the report of an agency, as its notebook shows them."""
    yield from (report.summary(), report.totals(), *report.bullets(), *report.losses(), report.next_points())
    yield from (*report.tornado(), report.table(), report.what_if())
    yield from (part for direction in ("hr", "it") for part in report.explanations(direction))
    yield from (report.gaps(), report.sources(), report.readings(), *report.doubt(), report.about())


def show_parts(parts):
    """Return a notebook that shows parts of a report, made without a kernel."""
    data = (
        {"text/html": it.text} if isinstance(it, Html) else {exporter.CHART: it.to_dict()} for it in parts
    )
    return make_notebook(*map(show, data))


def write_site(folder, campaign, scores, agencies):
    """Write the pages of some agencies, the index and the methodology, as a site has them."""
    methodology = load_methodology()
    for code in agencies:
        notebook = show_parts(list_parts(AgencyReport(campaign, scores, code, methodology)))
        notebook.metadata["toolkit"] = {"index": "index.html"}
        (folder / f"{code}.html").write_text(exporter.PageExporter().from_notebook_node(notebook)[0], "utf-8")
    pages = tuple(PageResult(it.code, "done", f"{it.code}.html", "", 1.0, 0.5) for it in campaign)
    run = Run(campaign, methodology, scores, pages, "ru", {})
    (folder / "index.html").write_text(index_page(run), "utf-8")
    (folder / "methodology.html").write_text(methodology_page(methodology, {}), "utf-8")


def open_page(tab, path):
    """Open a page, and wait until all of it is drawn."""
    tab.goto(path.as_uri())
    if path.stem not in {"index", "methodology"}:
        tab.wait_for_selector("html[data-sliders=ready]", state="attached")
        tab.wait_for_selector("html[data-charts=drawn]", state="attached")
    return tab


@pytest.fixture
def open_report(campaign_and_scores, page, convert, tmp_path):
    """Open the page of an agency, given by type or code, or of some of its parts, made without a kernel."""

    def open_report(kind, take=list_parts):
        report = AgencyReport(*campaign_and_scores, AGENCIES.get(kind, kind), load_methodology())
        notebook = show_parts(take(report))
        path = tmp_path / f"{kind}.html"
        path.write_text(convert(notebook), "utf-8")
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-sliders=ready]", state="attached")
        if any(exporter.CHART in cell.outputs[0].data for cell in notebook.cells):
            page.wait_for_selector("html[data-charts=drawn]", state="attached")
        return page

    return open_report
