"""The whole sample campaign: every page, twice, opened in a browser with no network."""

import hashlib
import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AGENCIES = 40
LARGEST_PAGE = 1_500_000
# Bullets, waterfall and tornado of each direction, the peers of every rule that applies (all 33 but
# smart_city), the response curve of each that is no total (two directions, three criteria), the intervals.
CHARTS_OF_A_CENTRAL_AGENCY = 2 * 3 + 32 + (32 - 5) + 1

SCRIPTS = re.compile(r"<script.*?</script>", re.DOTALL)

pytestmark = pytest.mark.proof


def run(out):
    command = [
        sys.executable,
        "-c",
        "from toolkit.cli import main; main()",
        "report",
        "data_samples/2023",
        "--out",
    ]
    return subprocess.run(
        [*command, str(out)], cwd=ROOT, capture_output=True, text=True, timeout=1800, check=False
    )


def hash_folder(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "timings.json")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    out = tmp_path_factory.mktemp("reports")
    done = run(out)
    assert done.returncode == 0, done.stderr
    assert str(out / "2023" / "index.html") in done.stdout
    return out / "2023"


def test_every_agency_has_a_page_and_the_index_links_to_it(reports):
    pages = {path.name for path in reports.glob("*.html")} - {"index.html"}
    assert len(pages - {"methodology.html"}) == AGENCIES
    index = (reports / "index.html").read_text("utf-8")
    assert set(re.findall(r'href="([^"#]+\.html)"', index)) == pages
    record = json.loads((reports / "run.json").read_text("utf-8"))
    assert [item["outcome"] for item in record["agencies"]] == ["done"] * AGENCIES


def test_every_page_is_one_file_of_less_than_a_megabyte_and_a_half_that_loads_nothing(reports):
    for path in reports.glob("*.html"):
        text = unescape(SCRIPTS.sub("", path.read_text("utf-8")))
        assert path.stat().st_size < LARGEST_PAGE
        assert re.findall(r'(?:src|href)="(?!#|[a-z-]+\.html|scores\.csv"|data:)[^"]*"', text) == []
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
        scripts = re.search(r"script-src ([^;]*)", policy)[1]
        assert re.fullmatch(r"(?:'sha256-[\w+/=]+' ?)+", scripts)


def test_two_runs_on_the_same_data_give_the_same_bytes(reports, tmp_path):
    assert run(tmp_path).returncode == 0
    assert hash_folder(tmp_path / "2023") == hash_folder(reports)


@pytest.mark.browser
@pytest.mark.parametrize(("agency", "complete"), [("horizons-ministry", 2), ("archipelago-ministry", 1)])
def test_a_page_opens_with_no_network_and_shows_its_charts_and_formulas(
    reports, page, heard, agency, complete
):
    page.goto((reports / f"{agency}.html").as_uri())
    page.wait_for_selector("html[data-charts=drawn]", state="attached", timeout=60_000)
    # A partial total has no tornado.
    assert page.locator("figure.chart .vega svg").count() == CHARTS_OF_A_CENTRAL_AGENCY - (2 - complete)
    assert page.locator("figure.chart .failed").count() == 0
    assert page.locator(".formula math").first.bounding_box()["width"] > 0
    assert page.locator("section.rule").count() == 33
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert heard == []


@pytest.mark.browser
def test_a_telephone_shows_a_page_without_sideways_scrolling(reports, page, heard):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto((reports / "tumar-region.html").as_uri())
    page.wait_for_selector("html[data-charts=drawn]", state="attached", timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert heard == []
