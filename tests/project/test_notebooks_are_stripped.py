import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def find_traces(notebook):
    """Return the numbers of the cells that remember a run."""
    kept = [(cell.get("outputs"), cell.get("execution_count")) for cell in notebook["cells"]]
    return [number for number, (outputs, count) in enumerate(kept) if outputs or count is not None]


def test_notebooks_carry_no_outputs_and_no_execution_counts():
    folder = ROOT / "notebooks"
    paths = [path for path in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts]
    traces = {str(path.relative_to(ROOT)): find_traces(json.loads(path.read_text("utf-8"))) for path in paths}
    assert traces, "notebooks/ holds no notebook"
    assert {path: cells for path, cells in traces.items() if cells} == {}


def test_a_cell_that_was_run_is_found():
    clean = {"cell_type": "code", "execution_count": None, "outputs": []}
    cells = [{"cell_type": "markdown"}, clean, {**clean, "execution_count": 1}, {**clean, "outputs": [{}]}]
    assert find_traces({"cells": cells}) == [2, 3]
