import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = "notebooks/agency_report.ipynb"
PARAMETERS = {"campaign", "agency", "language", "readings"}


def run_papermill(out, **parameters):
    """Run the plain papermill command in the project's folder, as a reader of the README does."""
    given = [word for name, value in parameters.items() for word in ("-p", name, value)]
    command = [sys.executable, "-m", "papermill", NOTEBOOK, str(out), *given]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def read_text(path):
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return "".join(output.data.get("text/html", "") for output in outputs if "data" in output)


def test_the_parameters_cell_is_tagged_and_holds_the_four_parameters():
    notebook = nbformat.read(ROOT / NOTEBOOK, as_version=4)
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert [set(re.findall(r"^(\w+) =", cell.source, re.MULTILINE)) for cell in tagged] == [PARAMETERS]


def test_plain_papermill_makes_the_report_of_one_agency(tmp_path):
    out = tmp_path / "out.ipynb"
    done = run_papermill(out, campaign="data_samples/2023", agency="tumar-region")
    assert done.returncode == 0, done.stderr
    text = read_text(out)
    assert "<h1>" in text
    assert text.count('<section class="rule') == 33


def test_a_reading_given_to_papermill_is_used(tmp_path):
    out = tmp_path / "out.ipynb"
    readings = "contest_formula=product, no_promotions=full"
    done = run_papermill(out, campaign="data_samples/2023", agency="chronicles-committee", readings=readings)
    assert done.returncode == 0, done.stderr
    assert "<b>произведение долей</b>" in read_text(out)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"agancy": "tumar-region"}, "нет параметра «agancy» (ближайшее известное: agency)"),
        ({"agency": "tumar-regoin"}, "tumar-region"),
        ({"readings": "contest_formula=sum"}, "mean_of_shares, capped_sum, product"),
        ({"language": "de"}, "нет языка «de»"),
    ],
)
def test_a_parameter_that_is_not_known_is_an_error_that_names_what_is(tmp_path, given, said):
    done = run_papermill(tmp_path / "out.ipynb", **{"campaign": "data_samples/2023", **given})
    assert done.returncode != 0
    assert said in done.stderr
