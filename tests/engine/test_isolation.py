"""A notebook changes nothing outside itself: not the next notebook, not the process that runs it."""

import nbformat

from tests.engine.running import execute, notebook_of, run_script, text_of

CHANGES = """\
import atexit, builtins, logging, os, sys, textwrap, warnings
import pandas as pd
pd.set_option("display.max_rows", 3)
os.environ["LEFT"] = "1"
os.chdir("/")
textwrap.dedent = lambda text: "patched"
sys.path.append("/left")
logging.getLogger().setLevel(1)
warnings.simplefilter("error")
builtins.left = left = 1
atexit.register(print, "said at the end")"""
LOOKS = """\
import builtins, logging, os, sys, textwrap
import pandas as pd
seen = pd.get_option("display.max_rows"), os.environ.get("LEFT"), os.getcwd() == "/", textwrap.dedent(" 1")
seen += "/left" in sys.path, logging.getLogger().level, "left" in globals(), hasattr(builtins, "left")
print(seen)"""
CLEAN = "(60, None, False, '1', False, 30, False, False)\n"
PARENT = f"""\
import atexit, os, sys, threading, warnings
import pandas, papermill
def state():
    inner = sys.stdout, sys.stdin, sys.path[:], sys.modules["__main__"], warnings.filters[:]
    return dict(os.environ), os.getcwd(), inner
def run(name, **options):
    papermill.execute_notebook(f"{{name}}.ipynb", f"{{name}}_out.ipynb", engine_name="toolkit", **options)
run("looks")
before, files = state(), len(os.listdir("/proc/self/fd"))
run("changes", progress_bar=False)
run("looks")
assert state() == before
assert len(os.listdir("/proc/self/fd")) == files
assert threading.active_count() == len(os.listdir("/proc/self/task")) == 1
assert not {{"vl_convert", "debugpy"}} & {{*sys.modules}}
atexit.register(print, "the parent's farewell")
run("looks")
{LOOKS}
"""


def test_a_notebook_leaves_nothing_to_the_next_one_or_to_its_parent(tmp_path):
    for name, source in {"changes": CHANGES, "looks": LOOKS}.items():
        nbformat.write(notebook_of(source), tmp_path / f"{name}.ipynb")
    done = run_script(PARENT, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == CLEAN + "the parent's farewell\n"
    looked = nbformat.read(tmp_path / "looks_out.ipynb", as_version=4)
    assert text_of(looked.cells[0]) == CLEAN
    assert looked.metadata.toolkit.engine == {"name": "fork", "reason": ""}


def test_a_file_that_a_notebook_leaves_open_is_written_when_it_ends(tmp_path):
    left = "file = open('left.txt', 'w')\nfile.write('whole')"
    execute(notebook_of(left, "import atexit\natexit.register(open, 'end.txt', 'w')"), tmp_path)
    assert (tmp_path / "left.txt").read_text() == "whole"
    assert (tmp_path / "end.txt").exists()


def test_what_a_notebook_started_ends_with_it(tmp_path):
    cell = "import subprocess\nchild = subprocess.Popen(['sleep', '600'])\nprint(child.pid)"
    run, _ = execute(notebook_of(cell), tmp_path)
    # A process that has ended and whom nobody asked about has no folder any more.
    look = "import os, sys\nprint(os.path.exists(f'/proc/{sys.argv[1]}/cwd'))"
    assert run_script(look, tmp_path, text_of(run.cells[0]).strip()).stdout == "False\n"


def test_random_numbers_differ_between_notebooks_of_one_parent(tmp_path):
    nbformat.write(
        notebook_of("import random, numpy\nprint(random.random(), numpy.random.random())"),
        tmp_path / "in.ipynb",
    )
    line = "papermill.execute_notebook('in.ipynb', None, engine_name='toolkit', progress_bar=False)"
    script = f"import random, numpy, papermill\nfor _ in 'ab':\n    print({line}.cells[0].outputs[0].text)"
    first, second = run_script(script, tmp_path).stdout.split("\n\n")[:2]
    assert not {*first.split()} & {*second.split()}
