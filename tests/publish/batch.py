"""A small campaign with a notebook whose cells do what an agency is named for and note that they ran."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import nbformat

from toolkit.intake.campaign import read_campaign
from toolkit.publish.runner import Request, publish

CELL = """\
import os, signal, time
from IPython.display import HTML
with open("run.log", "a") as log:
    print(agency, file=log)
parent = os.getppid()
if agency == "raising":
    1 / 0
if agency == "endless":
    while True:
        pass
if agency == "greedy":
    bytearray(64 << 30)
if agency == "lacking":
    open("нет такого файла.csv")
if agency == "dying":
    os.kill(os.getpid(), signal.SIGKILL)
if agency == "deadly":
    os.kill(parent, signal.SIGKILL)
if agency == "once" and not os.path.exists("killed"):
    open("killed", "w").close()
    grandparent = int(open(f"/proc/{parent}/stat").read().rpartition(")")[2].split()[1])
    os.kill(grandparent, signal.SIGKILL)
HTML(f"<h1>{agency}</h1><p>{'много слов ' * 2000}</p>")
"""
HARNESS = "import sys; from tests.publish.batch import make; make(*sys.argv[1:])"


def write_batch(folder, *agencies):
    """Write a campaign of these agencies and the notebook beside it."""
    rows = [f"{code},Орган {code},central,2023,{number}" for number, code in enumerate(agencies, 1)]
    (folder / "campaign").mkdir()
    header = "agency,agency_name,agency_type,year,contests_held"
    (folder / "campaign" / "agencies.csv").write_text("\n".join([header, *rows, ""]), "utf-8")
    parameters = nbformat.v4.new_code_cell(
        "campaign = agency = language = readings = ''", metadata={"tags": ["parameters"]}
    )
    cells = [parameters, nbformat.v4.new_markdown_cell("## Подсчёт"), nbformat.v4.new_code_cell(CELL)]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "report.ipynb")
    return folder


def make(folder, out="out", **changes):
    """Publish the campaign of a folder."""
    folder = Path(folder)
    asked = Request(read_campaign(folder / "campaign"), folder / out, notebook=folder / "report.ipynb")
    return publish(replace(asked, progress=False, **changes))


def read_log(folder):
    """Return the agencies whose notebooks were begun since the last look, and forget them."""
    log = folder / "run.log"
    begun = log.read_text("utf-8").split() if log.exists() else []
    log.unlink(missing_ok=True)
    return begun


def read_bytes(folder):
    """Return every file of a folder but the times, which differ from run to run."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "timings.json")
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def kill_after(seconds, folder, out):
    """Begin a run in a process of its own and kill it with all it has begun."""
    command = [sys.executable, "-c", HARNESS, str(folder), out]
    run = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        run.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(run.pid, signal.SIGKILL)  # the run alone: its workers must notice by themselves
    run.wait()
    limit = time.monotonic() + 10
    while any(_is_of(process, folder, out) for process in Path("/proc").glob("[0-9]*")):
        assert time.monotonic() < limit, "a worker outlives its run"
        time.sleep(0.05)


def _is_of(process, folder, out):
    """Tell whether a process is a run or one of its forks, which have its command line."""
    try:
        return (process / "cmdline").read_bytes().split(b"\0")[-3:-1] == [bytes(folder), out.encode()]
    except OSError:  # it has just ended
        return False
