"""A notebook in this process: what a batch does in the children that it forks itself."""

import json

from tests.engine.running import run_script

SCRIPT = """\
import json, os, sys
import papermill
from papermill.parameterize import parameterize_notebook
from toolkit.engine.here import run_here
from nbformat.v4 import new_code_cell, new_notebook
given = json.loads(sys.argv[1])
cells = [new_code_cell(source) for source in given["cells"]]
cells[0].metadata["tags"] = ["parameters"]
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
notebook = papermill.execute.load_notebook_node(new_notebook(cells=cells, metadata={"kernelspec": kernel}))
notebook = parameterize_notebook(notebook, {"word": "given"})
try:
    run_here(notebook, given["folder"], given.get("timeout"))
except Exception as error:
    print(type(error).__name__)
print(json.dumps(notebook), os.getcwd())
"""


def run_here(tmp_path, *cells, **given):
    given = {"folder": str(tmp_path), "cells": cells, **given}
    done = run_script(SCRIPT, tmp_path, json.dumps(given))
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_notebook_is_filled_in_place(tmp_path):
    (line,) = run_here(
        tmp_path, "word = 'own'", "print(word)\nword", "import pandas as pd\npd.DataFrame({'a': [1]})"
    )
    notebook, end = json.JSONDecoder().raw_decode(line)
    code = notebook["cells"]
    assert code[2]["outputs"][0] == {"name": "stdout", "output_type": "stream", "text": "given\n"}
    assert code[2]["outputs"][1]["data"] == {"text/plain": "'given'"}
    assert "<table" in code[3]["outputs"][0]["data"]["text/html"]
    assert line[end:] == f" {tmp_path}"


def test_durations_and_parameters_are_recorded_as_papermill_does(tmp_path):
    (line,) = run_here(tmp_path, "word = 'own'", "import time\ntime.sleep(0.5)")
    notebook = json.JSONDecoder().raw_decode(line)[0]
    assert notebook["cells"][1]["metadata"]["tags"] == ["injected-parameters"]
    assert notebook["metadata"]["papermill"]["parameters"] == {"word": "given"}
    assert 0.5 <= notebook["cells"][2]["metadata"]["papermill"]["duration"] < 5
    assert notebook["metadata"]["papermill"]["duration"] > 0.5


def test_an_error_is_papermills_and_the_streams_are_given_back(tmp_path):
    said, line = run_here(tmp_path, "print('in the cell')", "1 / 0")
    assert said == "PapermillExecutionError"
    notebook = json.JSONDecoder().raw_decode(line)[0]
    statuses = [cell["metadata"].get("papermill", {}).get("status") for cell in notebook["cells"]]
    assert "failed" in statuses


def test_a_cell_that_takes_too_long_is_stopped(tmp_path):
    said, line = run_here(tmp_path, "1", "import time\ntime.sleep(60)", timeout=1)
    assert said == "CellTimeoutError"
    assert json.JSONDecoder().raw_decode(line)[0]["cells"][2]["outputs"][0]["ename"] == "KeyboardInterrupt"
