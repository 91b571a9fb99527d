"""However a notebook ends, papermill says so as it always does, and what was done is saved."""

import pytest

from tests.command import ROOT
from tests.engine.running import engine_of, execute, notebook_of, run_script, text_of


def test_a_cell_that_raises_keeps_what_was_said_before(tmp_path):
    run, done = execute(notebook_of("print('whole')", "print('said')\n1 / 0", "print('never')"), tmp_path)
    assert 'Exception encountered at "In [2]"' in done.stderr
    assert "PapermillExecutionError" in done.stderr
    texts = [text_of(cell) for cell in run.cells if cell.cell_type == "code"]
    assert texts == ["whole\n", "said\n", ""]
    statuses = [cell.metadata.papermill.status for cell in run.cells if cell.cell_type == "code"]
    assert statuses == ["completed", "failed", "pending"]
    assert run.metadata.papermill.exception is True


DEATHS = {
    "os._exit(3)": "код 3",
    "os.kill(os.getpid(), 9)": "сигнал SIGKILL",
    "import ctypes; ctypes.string_at(0)": "сигнал SIGSEGV",
}


@pytest.mark.parametrize("death", DEATHS)
def test_a_notebook_that_dies_is_an_error_that_names_the_cell(death, tmp_path):
    run, done = execute(
        notebook_of("'whole'", f"import os\nprint('said', flush=True)\n{death}", "'never'"), tmp_path
    )
    sentence = f"DeadKernelError: процесс блокнота остановился, не закончив ячейку 2: {DEATHS[death]}"
    assert done.stderr.splitlines()[-1] == f"nbclient.exceptions.{sentence}"
    assert [text_of(cell) for cell in run.cells] == ["'whole'", "said\n", ""]


def test_a_notebook_that_dies_while_its_own_children_live_is_noticed(tmp_path):
    cell = "import os, time\nif os.fork() == 0:\n    time.sleep(60)\nos._exit(1)"
    _, done = execute(notebook_of(cell), tmp_path)
    assert "не закончив ячейку 1: код 1" in done.stderr


STUCK = {
    "blocks": "import time\ntime.sleep(60)",
    "waits": "import asyncio\nawait asyncio.sleep(60)",
    "computes": "while True: pass",
    "a command": "!sleep 60",
}


@pytest.mark.parametrize("stuck", STUCK)
def test_a_cell_that_takes_too_long_is_stopped_and_keeps_what_it_said(stuck, tmp_path):
    run, done = execute(
        notebook_of("'whole'", f"print('said')\n{STUCK[stuck]}", "'never'"), tmp_path, execution_timeout=1
    )
    assert "CellTimeoutError: A cell timed out while it was being executed, after 1 seconds." in done.stderr
    assert text_of(run.cells[0]) == "'whole'"
    assert text_of(run.cells[1]).startswith("said\n")
    assert run.cells[2].outputs == []


def test_a_cell_that_will_not_be_stopped_is_killed(tmp_path):
    cell = "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\ntime.sleep(60)"
    _, done = execute(notebook_of(cell), tmp_path, execution_timeout=1)
    assert "CellTimeoutError: A cell timed out while it was being executed, after 1 seconds." in done.stderr


def test_a_cell_within_its_time_is_left_alone(tmp_path):
    run, _ = execute(
        notebook_of("import time\ntime.sleep(0.7)", "time.sleep(0.7)", "'end'"), tmp_path, execution_timeout=1
    )
    assert text_of(run.cells[2]) == "'end'"


def test_after_exit_no_cell_is_run(tmp_path):
    run, done = execute(notebook_of("'whole'", "exit()", "print('never')"), tmp_path)
    assert "DeadKernelError" in done.stderr
    assert [text_of(cell) for cell in run.cells] == ["'whole'", "", ""]


def test_a_clean_exit_of_python_ends_a_notebook_without_an_error(tmp_path):
    run, done = execute(notebook_of("import sys\nsys.exit()", "print('never')"), tmp_path)
    assert done.returncode == 0, done.stderr
    assert run.cells[1].outputs == []


def test_a_cell_is_saved_before_the_next_one_is_done(tmp_path):
    look = "import json, time\ntime.sleep(1)\nprint(json.load(open('out.ipynb'))['cells'][0]['outputs'])"
    run, _ = execute(notebook_of("print('early')", look), tmp_path)
    assert text_of(run.cells[1]) == "[{'name': 'stdout', 'output_type': 'stream', 'text': ['early\\n']}]\n"


def test_the_log_and_the_files_of_papermill_get_the_output(tmp_path):
    before = "import io, logging, sys\nlogging.basicConfig(level='INFO')\nfile = io.StringIO()"
    notebook = notebook_of("print('said')\n'value'", "import sys\nprint('wrong', file=sys.stderr)")
    script_end = "print([file.getvalue()])"
    _, done = execute(notebook, tmp_path, before, script_end, log_output=True)
    assert "INFO:papermill:said" in done.stderr
    assert "INFO:papermill:'value'" in done.stderr
    assert "WARNING:papermill:wrong" in done.stderr
    assert "INFO:papermill:Движок блокнота: ветвление процесса" in done.stderr


def test_durations_are_those_of_the_cells(tmp_path):
    run, _ = execute(notebook_of("import time\ntime.sleep(0.5)", "pass"), tmp_path)
    slow, fast = (cell.metadata.papermill for cell in run.cells)
    assert 0.5 <= slow.duration < run.metadata.papermill.duration
    assert slow.start_time < slow.end_time <= fast.start_time < fast.end_time
    assert {*run.cells[0].metadata.execution} == {
        *("iopub.status.busy", "iopub.execute_input", "shell.execute_reply", "iopub.status.idle")
    }


def test_the_command_of_papermill_knows_the_engine(tmp_path):
    execute(notebook_of("word = 1", "print(word)"), tmp_path)
    script = "import sys\nfrom papermill.__main__ import papermill\nsys.argv[0] = 'papermill'\npapermill()"
    given = ["in.ipynb", "cli.ipynb", "--engine", "toolkit", "-p", "word", "5"]
    done = run_script(script, tmp_path, *given)
    assert done.returncode == 0, done.stderr
    assert '"name": "fork"' in (tmp_path / "cli.ipynb").read_text("utf-8")


def test_papermill_finds_the_engine_whichever_is_imported_first():
    for line in "import toolkit.engine.fork", "import papermill", "import toolkit.engine.here":
        script = f"{line}\nfrom papermill.engines import papermill_engines\n"
        done = run_script(script + "print(papermill_engines.get_engine('toolkit').__name__)", ROOT)
        assert done.stdout == "ForkEngine\n", done.stderr


def test_the_engine_is_named_in_the_notebook(tmp_path):
    run, _ = execute(notebook_of("1"), tmp_path)
    assert engine_of(run) == {"name": "fork", "reason": ""}
