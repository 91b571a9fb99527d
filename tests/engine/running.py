"""Notebooks run in a process of their own: pytest may have threads, and then nothing can be forked."""

import json
import os
import re
import subprocess
import sys

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
# What differs between two runs of one engine: addresses, random ids, numbers of processes and of threads.
RANDOM = {
    r"0x[0-9a-f]{6,}": "ADDRESS",
    r"[0-9a-f]{32}": "ID",
    r"ipykernel_\d+/\d+\.py": "CELL",
    r"Thread-\d+": "THREAD",
}


def notebook_of(*sources, **metadata):
    return new_notebook(cells=[new_code_cell(source) for source in sources], metadata={**PYTHON, **metadata})


def run_script(script, folder, *arguments):
    # An ordinary kernel that sees this variable catches no output of C code.
    variables = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    command, given = [sys.executable, "-c", script, *arguments], {"env": variables, "cwd": folder}
    return subprocess.run(command, **given, capture_output=True, text=True, timeout=300, check=False)


def execute(notebook, folder, before="", after="", **options):
    """Run a notebook by papermill in `folder`; return it as it was saved, and the process."""
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / "in.ipynb")
    options = {"engine_name": "toolkit", "progress_bar": False, **options}
    run = f"papermill.execute_notebook('in.ipynb', 'out.ipynb', **{options!r})"
    done = run_script(f"import papermill\n{before}\ntry:\n    {run}\nfinally:\n    {after or None}", folder)
    return nbformat.read(folder / "out.ipynb", as_version=4), done


def engine_of(notebook):
    return notebook.metadata.toolkit.engine


def text_of(cell):
    """Return what a cell printed and what its value is, as text."""
    shown = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    return "".join(shown)


def settle(part, folder):
    """Return a part of a notebook without what differs between two runs of one engine."""
    text = json.dumps(part, ensure_ascii=False, sort_keys=True).replace(str(folder), "FOLDER")
    for pattern, word in RANDOM.items():
        text = re.sub(pattern, word, text)
    return json.loads(text)


def outputs_of(cell, folder):
    """Return the outputs of a cell, streams that follow one another joined: how often a kernel says what was
    printed depends on the clock."""
    joined = []
    for output in settle(cell.get("outputs", []), folder):
        before = joined[-1] if joined else {}
        if output["output_type"] == "stream" and before.get("name") == output["name"]:
            before["text"] += output["text"]
        else:
            joined.append(output)
    return joined


def widgets_of(notebook, folder):
    """Return the states of the widgets of a notebook, without their random names."""
    kept = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {})
    return sorted(
        json.dumps(settle(state, folder), sort_keys=True) for state in kept.get("state", {}).values()
    )
