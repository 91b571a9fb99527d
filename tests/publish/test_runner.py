import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from toolkit import ToolkitError
from toolkit.intake.campaign import read_campaign
from toolkit.publish.kernel import KERNEL_NAME, OwnKernelManager
from toolkit.publish.runner import Request, find_notebook, publish
from toolkit.publish.task import PageTask, make_page, page_path

AGENCIES = """\
agency,agency_name,agency_type,year,contests_held
good,Орган <b>первый</b>,central,2023,20
refused,Орган второй,central,2023,10
broken,Орган третий,central,2023,10
dying,Орган четвёртый,central,2023,10
"""
CELL = """\
import os, sys
from IPython.display import HTML
from toolkit import ToolkitError
if agency == "refused":
    raise ToolkitError("в данных нет «/home/user/secret/agencies.csv»")
if agency == "broken":
    1 / 0
if agency == "dying":
    os._exit(1)
print(sys.executable, file=sys.stderr)
HTML(f"<h1>{agency}</h1><p id='read'>{readings} {language} {sys.executable}</p>")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a campaign and a notebook; braces in its name are braces."""
    folder = tmp_path_factory.mktemp("run {agency} ә")
    (folder / "campaign").mkdir()
    (folder / "campaign" / "agencies.csv").write_text(AGENCIES, "utf-8")
    parameters = "campaign = agency = language = readings = ''"
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            nbformat.v4.new_markdown_cell("## Подсчёт"),
            nbformat.v4.new_code_cell(CELL),
        ]
    )
    nbformat.write(notebook, folder / "report.ipynb")
    return folder


@pytest.fixture(scope="module")
def request_of(folder):
    def request_of(out, **changes):
        campaign = read_campaign(folder / "campaign")
        readings = {"contest_formula": "product"}
        given = {"notebook": folder / "report.ipynb", "readings": readings, "progress": False} | changes
        return Request(campaign, folder / out, **given)

    return request_of


@pytest.fixture(scope="module")
def published(request_of):
    return publish(request_of("first", keep_notebooks=True))


@pytest.fixture(scope="module")
def again(request_of):
    return publish(request_of("second"))


def read(published, name):
    return (published.index.parent / name).read_text("utf-8")


def test_a_failed_agency_leaves_its_row_and_the_others_go_on(published):
    rows = {page.agency: (page.outcome, page.error) for page in published.pages}
    assert rows["good"] == ("done", "")
    assert rows["refused"] == ("failed", "в данных нет «…/agencies.csv»")
    assert rows["broken"] == ("failed", "ZeroDivisionError: division by zero")
    assert rows["dying"][1].startswith("ядро блокнота остановилось")
    assert [page.agency for page in published.failed] == ["refused", "broken", "dying"]


@pytest.mark.parametrize("agency", ["refused", "broken", "dying"])
def test_a_failed_agency_leaves_a_page_that_names_the_step(published, agency):
    html = read(published, f"{agency}.html")
    assert "Отчёт не построен" in html
    assert "Шаг: ячейка 2, раздел «Подсчёт»" in html
    assert "/home/user" not in html


def test_no_page_and_no_record_names_a_path_of_the_machine(published, folder):
    texts = {
        path.name: path.read_text("utf-8") for path in published.index.parent.iterdir() if path.is_file()
    }
    words = [str(folder), str(Path(__file__).parents[2]), "0x7f"]
    texts["good.html"] = texts["good.html"].replace(sys.executable, "")  # this notebook shows it on purpose
    assert {(name, word) for name, text in texts.items() for word in words if word in text} == set()


def test_the_notebook_runs_in_this_interpreter_with_the_given_parameters(published):
    said = re.search("<p id='read'>([^<]*)</p>", read(published, "good.html"))[1]
    assert said == f"contest_formula=product ru {sys.executable}"


def test_two_runs_give_the_same_bytes(published, again):
    names = {path.name for path in again.index.parent.iterdir()} - {"timings.json"}
    pages = {"good.html", "refused.html", "broken.html", "dying.html"}
    assert names == {"index.html", "methodology.html", "run.json", "scores.csv", *pages}
    assert [name for name in sorted(names) if read(published, name) != read(again, name)] == []


def test_the_record_tells_what_came_out_of_what(published):
    record = json.loads(read(published, "run.json"))
    assert record["year"] == 2023
    assert record["readings"]["contest_formula"] == "product"
    assert record["readings"]["no_promotions"] == "not_computable"
    rows = record["agencies"]
    assert [row["agency"] for row in rows] == ["broken", "dying", "good", "refused"]
    assert len({row["key"] for row in rows}) == 4
    for row in rows:
        page = (published.index.parent / row["page"]).read_bytes()
        assert row["sha256"] == hashlib.sha256(page).hexdigest()
    assert {row["page"] for row in rows} == {f"{row['agency']}.html" for row in rows}


def test_times_stand_apart_from_the_record(published):
    times = json.loads(read(published, "timings.json"))
    assert times["seconds"] > times["agencies"]["good"]["seconds"] > times["agencies"]["good"]["cells"] > 0


def test_the_index_links_every_page_and_tells_of_failures(published):
    html = read(published, "index.html")
    assert set(re.findall(r'href="([^"#:]+\.html)"', html)) == {
        "methodology.html",
        "good.html",
        "refused.html",
        "broken.html",
        "dying.html",
    }
    assert "Орган &lt;b&gt;первый&lt;/b&gt;" in html
    assert "ZeroDivisionError" in html


def test_nbconvert_makes_the_same_page_of_the_kept_notebook(published):
    kept = published.index.parent / "notebooks" / "good.ipynb"
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "toolkit", kept], check=True, capture_output=True
    )
    assert kept.with_suffix(".html").read_text("utf-8") == read(published, "good.html")


def test_only_the_wanted_agencies_get_a_page(request_of):
    published = publish(request_of("wanted", agencies=("good",)))
    assert [page.agency for page in published.pages] == ["good"]
    assert not (published.index.parent / "broken.html").exists()


@pytest.mark.usefixtures("again")
def test_asking_again_for_one_agency_keeps_the_links_to_the_others(request_of):
    published = publish(request_of("second", agencies=("good",)))
    assert [page.agency for page in published.pages] == ["good"]
    assert {page["agency"] for page in json.loads(read(published, "run.json"))["agencies"]} == {
        *("good", "refused", "broken", "dying")
    }
    assert 'href="broken.html"' in read(published, "index.html")


@pytest.mark.usefixtures("again")
def test_pages_made_with_other_readings_are_not_kept_in_the_record(request_of):
    published = publish(request_of("second", agencies=("good",), readings={"contest_formula": "capped_sum"}))
    assert [page["agency"] for page in json.loads(read(published, "run.json"))["agencies"]] == ["good"]
    assert 'href="broken.html"' not in read(published, "index.html")


def test_an_unknown_agency_or_reading_stops_the_command(request_of):
    with pytest.raises(ToolkitError, match="goood"):
        publish(request_of("none", agencies=("goood",)))
    with pytest.raises(ToolkitError, match="contest_form"):
        publish(request_of("none", readings={"contest_form": "product"}))


def test_a_missing_notebook_is_named(tmp_path):
    with pytest.raises(ToolkitError, match=r"нет блокнота missing\.ipynb"):
        find_notebook(tmp_path / "missing.ipynb")


@pytest.mark.parametrize("code", ["../other", "a/b", "/etc/passwd", "index"])
def test_no_code_leads_out_of_the_folder_or_over_the_index(tmp_path, code):
    with pytest.raises(ToolkitError, match="не может быть именем страницы"):
        page_path(tmp_path, code)


def test_a_notebook_that_is_none_leaves_a_page_too(tmp_path):
    (tmp_path / "none.ipynb").write_text("{}", "utf-8")
    made = make_page(PageTask(tmp_path / "none.ipynb", "good", "Орган", tmp_path))
    assert made.outcome == "failed"
    assert "Шаг: запуск блокнота" in (tmp_path / "good.html").read_text("utf-8")


def test_a_kernel_of_another_environment_is_never_used(tmp_path, monkeypatch):
    folder = tmp_path / "kernels" / KERNEL_NAME
    folder.mkdir(parents=True)
    spec = {"argv": ["another-python", "-f", "{connection_file}"], "display_name": "x", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), "utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert OwnKernelManager().kernel_spec.argv[0] == sys.executable
