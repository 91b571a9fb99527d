"""The notebooks about servants, run by plain papermill as a reader of the README does."""

import re
import subprocess
import sys

import nbformat
import pytest

from tests.command import ROOT
from tests.notebooks.test_agency_report import read_text

CORPS = ["corps_a", "corps_b"]
PARAMETERS = {
    "servants",
    "agency",
    "internal",
    "names",
    "servant",
    "language",
    "readings",
    "today",
    "calendar",
}


def run_papermill(corps, out, **parameters):
    given = [word for name, value in parameters.items() for word in ("-p", name, value)]
    command = [sys.executable, "-m", "papermill", f"notebooks/{corps}.ipynb", str(out), *given]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize("corps", CORPS)
def test_the_parameters_cell_is_tagged_and_holds_the_parameters(corps):
    notebook = nbformat.read(ROOT / "notebooks" / f"{corps}.ipynb", as_version=4)
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert [set(re.findall(r"^(\w+) =", cell.source, re.MULTILINE)) for cell in tagged] == [PARAMETERS]


@pytest.mark.parametrize("corps", CORPS)
def test_plain_papermill_makes_the_page_for_everybody(corps, tmp_path):
    out = tmp_path / "out.ipynb"
    done = run_papermill(corps, out, servants=f"data_samples/servants_2025/{corps}.csv")
    assert done.returncode == 0, done.stderr
    text = read_text(out)
    assert "пример с выдуманными числами" in text
    assert "Служебная страница" not in text


def test_inside_the_sheet_of_one_servant_is_explained(tmp_path):
    out = tmp_path / "out.ipynb"
    given = {"servants": "data_samples/servants_2025/corps_a.csv", "internal": "True", "servant": "a-102"}
    done = run_papermill("corps_a", out, **given)
    assert done.returncode == 0, done.stderr
    assert 'id="sheet-a-102-2025"' in read_text(out)


def test_a_reading_given_to_papermill_is_used(tmp_path):
    out = tmp_path / "out.ipynb"
    given = {"servants": "data_samples/servants_2025/corps_b.csv", "readings": "sanction_cap_on=quarter"}
    done = run_papermill("corps_b", out, **given)
    assert done.returncode == 0, done.stderr
    assert "решает прочтение AM-18: оценка за квартал" in read_text(out)


def test_a_misspelt_parameter_is_an_error_that_names_the_nearest(tmp_path):
    done = run_papermill("corps_b", tmp_path / "out.ipynb", agancy="horizons-ministry")
    assert done.returncode != 0
    assert "нет параметра «agancy» (ближайшее известное: agency)" in done.stderr
