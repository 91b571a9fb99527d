"""What `benchmarks/reports.py` runs in fresh processes: a batch that is watched, and the floor below it."""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from functools import cache
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import TYPE_CHECKING, Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from processes import MEGABYTE, Memory, adopt_orphans, memory, spent

PART, _, BEFORE = sys.argv[1].partition(":")
ROOT = Path(BEFORE or Path(__file__).resolve().parents[1])
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from toolkit.publish.task import PageResult, PageTask

NOTEBOOK = ROOT / "notebooks" / "agency_report.ipynb"
LINES = 10


def watch_batch(campaign: Path, out: Path, jobs: int, codes: Sequence[str]) -> dict[str, float]:
    """Publish the agencies and return what their start and then each page takes, and the peaks of memory."""
    began = time.perf_counter()
    from toolkit.intake.campaign import read_campaign
    from toolkit.publish.crew import Crew
    from toolkit.publish.runner import Request, publish

    adopt_orphans()
    peaks, moments, held = Memory(), list[tuple[float, float]](), list[float]()

    class Watched(Crew):
        def make(self, tasks: Sequence[PageTask]) -> Iterator[PageResult]:
            moments.append((time.perf_counter(), spent()))
            for result in super().make(tasks):
                peaks.look()
                held.append(memory(os.getpid(), "VmRSS"))
                yield result
                moments.append((time.perf_counter(), spent()))

    asked = Request(read_campaign(campaign), out, tuple(codes), progress=False, crew=Watched(jobs))
    published = publish(asked)
    if published.failed:
        raise SystemExit(published.failed[0].error)
    # The first page of each worker starts what draws its pictures.
    first, last, made = moments[jobs], moments[-1], len(codes) - jobs
    sizes = [(published.index.parent / page.page).stat().st_size for page in published.pages]
    return {
        "wall": (last[0] - first[0]) / made,
        "cpu": (last[1] - first[1]) / made,
        "start": moments[0][0] - began,
        "first": first[0] - moments[0][0],
        "bytes": sum(sizes) / len(sizes),
        "largest": getrusage(RUSAGE_CHILDREN).ru_maxrss * 1024 / MEGABYTE,
        "grown": held[-1] - held[0],
        **peaks.peaks,
    }


class Hook(DisplayHook):
    """Keeps the value of a cell."""

    def write_output_prompt(self) -> None:
        """Print nothing."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        """Keep what would be shown."""
        outputs = self.shell.display_pub.outputs
        outputs.append(new_output("execute_result", format_dict, metadata=md_dict or {}))


class Publisher(DisplayPublisher):
    """Keeps what a cell displays."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.outputs: list[NotebookNode] = []

    def publish(self, data: dict[str, Any], metadata: Any = None, **_: Any) -> None:
        """Keep what would be shown."""
        self.outputs.append(new_output("display_data", data, metadata=metadata or {}))


class Shell(InteractiveShell):
    """Runs cells and keeps their outputs: no kernel, no messages, no other process."""

    displayhook_class = Hook
    display_pub_class = Publisher


@cache
def read_notebook() -> NotebookNode:
    """Return the notebook, which parameters are put into a copy of."""
    notebook: NotebookNode = nbformat.read(NOTEBOOK, as_version=4)
    return notebook


def fill_notebook(**given: str) -> NotebookNode:
    """Return a copy with parameters in it, as papermill gives them.

    Papermill itself would load its engines, and so the toolkit of another checkout than the one measured.
    """
    notebook = deepcopy(read_notebook())
    at = next(at for at, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", ()))
    source = "\n".join(f"{name} = {value!r}" for name, value in given.items())
    notebook.cells.insert(at + 1, new_code_cell(source, metadata={"tags": ["injected-parameters"]}))
    notebook.metadata.papermill = {"parameters": given}
    return notebook


@cache
def make_exporter() -> Any:
    """Return the exporter of this process, whose templates are compiled once."""
    from toolkit.publish.page import PageExporter

    return PageExporter()


def make_page(shell: Any, campaign: Path, code: str) -> str:
    """Run the cells of the notebook for an agency in this process, and return the page."""
    notebook = fill_notebook(agency=code, campaign=str(campaign), language="ru", readings="")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shell.display_pub.outputs = []
            shell.run_cell(cell.source, store_history=False).raise_error()
            cell.outputs = shell.display_pub.outputs
    return str(make_exporter().from_notebook_node(notebook)[0])


def share() -> AbstractContextManager[None]:
    """Return what lets reports share what they have in common; an older checkout has nothing of the kind."""
    try:
        from toolkit.shared import sharing
    except ImportError:
        return nullcontext()
    return sharing()


def warm_up(campaign: Path, codes: Sequence[str]) -> Any:
    """Return a shell that has made a page of each type of agency, of others than these where it can."""
    from toolkit import read_campaign

    shell, agencies = Shell.instance(), read_campaign(campaign).agencies
    first = {agency.type: agency.code for agency in agencies}
    others = {agency.type: agency.code for agency in agencies if agency.code not in codes}
    for code in (first | others).values():
        make_page(shell, campaign, code)
    return shell


def find_floor(campaign: Path, out: Path, codes: Sequence[str]) -> dict[str, float]:
    """Return what a page takes in this process when everything that pages share is there."""
    out.mkdir(exist_ok=True)
    with share():
        shell = warm_up(campaign, codes)
        began, used = time.perf_counter(), spent()
        pages = [make_page(shell, campaign, code) for code in codes]
        wall, cpu = time.perf_counter() - began, spent() - used
    for code, page in zip(codes, pages, strict=True):
        (out / f"{code}.html").write_text(page, "utf-8")
    return {"wall": wall / len(codes), "cpu": cpu / len(codes)}


def profile(campaign: Path, code: str) -> None:
    """Print the functions in which a warm page spends most time of their own, and most with all they call."""
    profiler = cProfile.Profile()
    with share():
        shell = warm_up(campaign, [code])
        profiler.runcall(make_page, shell, campaign, code)
    found: Any = pstats.Stats(profiler)
    rows = [(key, *figures[1:4]) for key, figures in found.stats.items()]
    print(f"{found.total_tt:.3f} s under the profiler, which slows small functions down most")
    print("   own s   share     with its calls s       calls  function")
    for place, calls, own, whole in sorted(rows, key=lambda row: -row[2])[:LINES]:
        print(f"{own:8.3f}{own / found.total_tt:8.1%}{whole:21.3f}{calls:12,}  {spell(place)}")
    ours = [row for row in rows if "/toolkit/" in row[0][0] and "<" not in row[0][2]]
    print("of the toolkit, with all they call")
    for place, calls, own, whole in sorted(ours, key=lambda row: -row[3])[:LINES]:
        print(f"{own:8.3f}{whole / found.total_tt:8.1%}{whole:21.3f}{calls:12,}  {spell(place)}")


def spell(place: tuple[str, int, str]) -> str:
    """Return where a function is, without the folders of this machine."""
    file, _, name = place
    return f"{'/'.join(Path(file).parts[-2:])} {name}"


def main() -> None:
    """Do what is asked and print what it took."""
    campaign, out, jobs, *codes = sys.argv[2:]
    if PART == "where":
        profile(Path(campaign), codes[0])
    elif PART == "floor":
        print(json.dumps(find_floor(Path(campaign), Path(out), codes)))
    else:
        print(json.dumps(watch_batch(Path(campaign), Path(out), int(jobs), codes)))


if __name__ == "__main__":
    main()
