"""What the ordinary kernel shows, this engine shows, cell by cell."""

import nbformat
import pytest

from tests.command import ROOT
from tests.engine.awkward import BAD, GOOD, make_notebook
from tests.engine.running import execute, outputs_of, settle, widgets_of

# A process that has them imported already is the harder case: they look around when they are imported.
IMPORTED = "import pandas, altair, ipywidgets, tqdm.auto"
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
SERVANTS = ROOT / "data_samples" / "servants_2025"
PARAMETERS = {
    "agency_report.ipynb": {"campaign": str(ROOT / "tests/samples/drawn_2023")},
    "corps_a.ipynb": {"servants": str(SERVANTS / "corps_a.csv")},
    "corps_b.ipynb": {"servants": str(SERVANTS / "corps_b.csv")},
}


def run_both(notebook, folder, **options):
    ordinary, _ = execute(notebook, folder / "ordinary", engine_name=None, **options)
    forked, _ = execute(notebook, folder / "forked", before=IMPORTED, **options)
    assert forked.metadata.toolkit.engine == {"name": "fork", "reason": ""}
    return ordinary, forked


def assert_equal(ordinary, forked, folder, names=()):
    for place, (one, other) in enumerate(zip(ordinary.cells, forked.cells, strict=True)):
        name = names[place] if place < len(names) else one.source
        assert outputs_of(other, folder / "forked") == outputs_of(one, folder / "ordinary"), name
        assert other.get("execution_count") == one.get("execution_count"), name
        assert {*other.metadata.get("execution", {})} == {*one.metadata.get("execution", {})}, name
    assert widgets_of(forked, folder / "forked") == widgets_of(ordinary, folder / "ordinary")
    assert forked.metadata.language_info == ordinary.metadata.language_info


def test_every_awkward_cell_shows_what_it_shows_in_the_ordinary_kernel(tmp_path):
    assert_equal(*run_both(make_notebook(), tmp_path), tmp_path, ["", *GOOD, *BAD])


def test_normalising_leaves_what_a_cell_says(tmp_path):
    assert settle({"a": "12.5 Thread 7 0x1"}, tmp_path) == {"a": "12.5 Thread 7 0x1"}


@pytest.mark.proof
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_of_the_project_shows_the_same(name, tmp_path):
    notebook = nbformat.read(ROOT / "notebooks" / name, as_version=4)
    options = {"parameters": PARAMETERS[name], "cwd": str(ROOT / "notebooks")}
    ordinary, forked = run_both(notebook, tmp_path, **options)
    assert ordinary.metadata.papermill.exception is None
    assert_equal(ordinary, forked, tmp_path)
