"""Pages about servants as files: the command, the index, and what must not lie beside a published site."""

import json
import shutil
from html import unescape

import pytest

from tests.command import ROOT, run_toolkit
from tests.servants_pages.conftest import LARGE, SMALL

SAMPLES = ROOT / "data_samples" / "servants_2025"


def run_report(folder, servants, *options):
    return run_toolkit("report", "--servants", servants, *options, folder=folder, timeout=300)


@pytest.fixture(scope="module")
def published(servants, tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    return folder, run_report(folder, servants)


@pytest.fixture(scope="module")
def named(servants, tmp_path_factory):
    folder = tmp_path_factory.mktemp("named")
    return folder, run_report(folder, servants, "--with-names", "--agency", SMALL)


def read_pages(folder):
    return {path.name: path.read_text("utf-8") for path in folder.rglob("*.html")}


def test_a_page_for_each_agency_and_an_index_are_written(published):
    folder, done = published
    assert done.returncode == 0, done.stderr
    pages = read_pages(folder / "reports" / "servants-corps-b")
    assert set(pages) == {"index.html", f"{LARGE}.html", f"{SMALL}.html"}
    assert f'href="{LARGE}.html"' in pages["index.html"]


def test_no_published_page_names_a_servant(published):
    folder, _ = published
    assert [name for name, text in read_pages(folder).items() if "Имярек" in text] == []


def test_a_published_page_needs_no_network_and_no_other_script(published):
    folder, _ = published
    page = unescape(read_pages(folder)[f"{LARGE}.html"])
    assert "script-src 'sha256-" in page
    assert 'src="http' not in page


def test_the_record_of_a_run_names_no_servant(published):
    folder, _ = published
    record = json.loads((folder / "reports" / "servants-corps-b" / "run.json").read_text("utf-8"))
    assert [row["outcome"] for row in record["agencies"]] == ["done", "done"]
    assert "code-" not in json.dumps(record)


def test_pages_with_names_lie_apart_and_say_so(named):
    folder, done = named
    assert done.returncode == 0, done.stderr
    assert not (folder / "reports").exists()
    pages = read_pages(folder / "internal" / "servants-corps-b")
    assert set(pages) == {"index.html", f"{SMALL}.html"}
    assert all("с именами" in text for text in pages.values())
    assert "Имярек Номер41" in pages[f"{SMALL}.html"]
    warning = (folder / "internal" / "servants-corps-b" / "INTERNAL.txt").read_text("utf-8")
    assert "не публикуются" in warning


@pytest.mark.parametrize("option", ["--with-names", "--internal"])
@pytest.mark.parametrize("out", ["reports", ".", "reports/servants-corps-b/deeper"])
def test_internal_pages_are_refused_around_and_inside_a_published_site(published, servants, option, out):
    folder, _ = published
    done = run_report(folder, servants, option, "--out", out)
    assert done.returncode == 2
    assert "лежит публикуемый сайт" in done.stderr
    assert "--out internal" in done.stderr


@pytest.mark.parametrize("out", ["internal", ".", "internal/servants-corps-b/deeper"])
def test_published_pages_are_refused_around_and_inside_internal_ones(named, servants, out):
    folder, _ = named
    done = run_report(folder, servants, "--out", out)
    assert done.returncode == 2
    assert "лежат служебные страницы" in done.stderr


def test_the_site_of_agencies_is_refused_around_internal_pages(named):
    folder, _ = named
    done = run_toolkit("report", str(ROOT / "data_samples" / "2023"), "--out", "internal", folder=folder)
    assert done.returncode == 2
    assert "лежат служебные страницы" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "КАМПАНИЯ или --servants ФАЙЛ"),
        (["data", "--servants", "b.csv"], "КАМПАНИЯ или --servants ФАЙЛ"),
        (["data", "--with-names"], "вместе с --servants ФАЙЛ"),
        (["--servants", "missing.csv"], "missing.csv: файл не открывается"),
        (["--servants", "b.csv", "--agency", "large-agensy"], "ближайшее известное: large-agency"),
        (["--servants", "b.csv", "--language", "de"], "нет языка «de»"),
        (["--servants", "b.csv", "--reading", "sanction_cap_on=year"], "parameter, quarter"),
    ],
)
def test_a_request_that_cannot_be_met_ends_in_a_sentence(servants, tmp_path, arguments, said):
    shutil.copy(servants, tmp_path / "b.csv")
    done = run_toolkit("report", *arguments, folder=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_in_which_something_is_refused_still_gives_its_pages(tmp_path):
    done = run_report(tmp_path, SAMPLES / "corps_a.csv")
    assert done.returncode == 3
    assert "не получилось: 0" in done.stdout
    pages = read_pages(tmp_path / "reports" / "servants-corps-a")
    assert "Данные вымышленные" in pages["index.html"]
    assert [name for name, text in pages.items() if "Сервант" in text] == []
