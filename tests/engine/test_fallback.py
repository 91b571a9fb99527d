"""Where a process cannot be forked, or a notebook asks for it, the ordinary engine runs it and says why."""

import sys

import pytest

from tests.engine.running import engine_of, execute, notebook_of, text_of
from toolkit.engine.obstacle import find_obstacle

THREAD = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()"
# A thread that Python knows nothing of.
NATIVE = "import zmq\ncontext = zmq.Context()\nsocket = context.socket(zmq.PUSH)"


def test_a_notebook_that_asks_for_the_ordinary_kernel_gets_it(tmp_path):
    run, _ = execute(notebook_of("print('ran')", toolkit={"kernel": "ordinary"}), tmp_path)
    assert engine_of(run) == {"name": "ordinary", "reason": "его просит блокнот"}
    assert text_of(run.cells[0]) == "ran\n"


@pytest.mark.parametrize(("before", "after"), [(THREAD, "pass"), (NATIVE, "context.destroy(0)")])
def test_a_process_with_other_threads_is_not_forked(before, after, tmp_path):
    run, _ = execute(notebook_of("print('ran')"), tmp_path, before, after)
    assert engine_of(run)["name"] == "ordinary"
    assert engine_of(run)["reason"].startswith("в процессе есть ещё потоки: ")
    assert text_of(run.cells[0]) == "ran\n"


def test_the_threads_of_numpy_do_not_hinder(tmp_path):
    before = "import numpy\nnumpy.ones((500, 500)) @ numpy.ones((500, 500))"
    run, _ = execute(
        notebook_of("import numpy\n(numpy.ones((500, 500)) @ numpy.ones((500, 500)))[0, 0]"), tmp_path, before
    )
    assert engine_of(run)["name"] == "fork"
    assert text_of(run.cells[0]) == "np.float64(500.0)"


OBSTACLES = {
    "процесс можно безопасно ветвить только в Linux": {"system": "darwin"},
    "его требует параметр extra_arguments": {"options": {"extra_arguments": ["--debug"]}},
    "его требует параметр interrupt_on_timeout": {"options": {"interrupt_on_timeout": True}},
    "ядро no-such-kernel не принадлежит этому Python": {"kernel_name": "no-such-kernel"},
}


@pytest.mark.parametrize("reason", OBSTACLES)
def test_the_reason_is_named(reason):
    usual = {"notebook": notebook_of("1"), "kernel_name": "python3", "options": {}, "system": "linux"}
    assert find_obstacle(**{**usual, **OBSTACLES[reason]}) == reason


COMMAND = '["{python}", "-m", "ipykernel_launcher", "-f", "{{connection_file}}"]'
SPEC = '{{"argv": ' + COMMAND + ', "display_name": "x", "language": "python"{more}}}'


@pytest.mark.parametrize(
    ("python", "more", "found"),
    [
        (sys.executable, "", True),
        ("/usr/bin/another-python", "", False),
        (sys.executable, ', "env": {"OWN": "1"}', False),
    ],
)
def test_a_kernel_is_ours_only_if_it_is_this_python_and_nothing_more(
    python, more, found, tmp_path, monkeypatch
):
    folder = tmp_path / "kernels" / "own"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(SPEC.format(python=python, more=more))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    reason = find_obstacle(notebook_of("1"), "own", {}, "linux")
    assert (reason != "ядро own не принадлежит этому Python") == found
