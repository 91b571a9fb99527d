"""One page, from the notebook to the file: a pure function, so that any process can run it."""

import hashlib
import logging
import os
import time
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from papermill.execute import raise_for_execution_errors
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from toolkit.engine.fork import ForkEngine
from toolkit.errors import ToolkitError, why
from toolkit.publish.failure import Failure, explain_failure
from toolkit.publish.frame import render
from toolkit.publish.kernel import KERNEL_NAME, OwnKernelManager
from toolkit.publish.output import write_whole
from toolkit.publish.page import page_exporter

DONE, FAILED = "done", "failed"
# The pages of a site that are of no agency: its index, the methodology, two years side by side.
RESERVED = "index.html", "methodology.html", "comparison.html"
LONGEST_CELL = 600
LONGEST_START = 120


@dataclass(frozen=True, slots=True)
class PageTask:
    """What one page is made from.

    Attributes:
        notebook: the notebook to run.
        agency: code of the agency, which names the page.
        name: its name, for the page that tells of a failure.
        folder: where the page goes.
        parameters: what the notebook is given beside the code.
        keep_notebook: whether the executed notebook is kept beside the pages.
        timeout: how many seconds a cell may take.
    """

    notebook: Path
    agency: str
    name: str
    folder: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    keep_notebook: bool = False
    timeout: int = LONGEST_CELL


@dataclass(frozen=True, slots=True)
class PageResult:
    """How one page came out.

    Attributes:
        agency: code of the agency.
        outcome: `done` or `failed`.
        page: file name of the page, of the report or of the one that tells of the failure.
        error: what went wrong, in one sentence, empty when nothing did.
        seconds: time of the whole page.
        cell_seconds: time of its cells.
        digest: SHA-256 of the page, empty when it could not be written.
        obstacle: why the ordinary engine ran the notebook, empty where the fast one did.
    """

    agency: str
    outcome: str
    page: str
    error: str
    seconds: float = 0
    cell_seconds: float = 0
    digest: str = ""
    obstacle: str = ""

    def row(self) -> dict[str, str]:
        """Return what a record of the run tells of the page; reasons and times are told elsewhere."""
        return {"agency": self.agency, "outcome": self.outcome, "page": self.page}


def make_page(task: PageTask) -> PageResult:
    """Run the notebook for one agency and write its page, or the page that tells why there is none.

    Parameters:
        task: what the page is made from.

    Returns:
        How it came out; a failure is a result, never an exception.

    Raises:
        ToolkitError: the code of the agency would lead out of the folder.
        OSError: the folder cannot be written.

    Source:
        A failed agency leaves its page and its row, the others go on.

    Example:
        >>> make_page.__name__
        'make_page'
    """
    began, notebook = time.perf_counter(), None
    try:
        notebook = prepare(task)
        run(notebook, task)
        html, error = page_exporter().from_notebook_node(notebook)[0], ""
    except Exception as problem:  # noqa: BLE001 - whatever one agency meets, the others go on
        failure = explain_failure(problem, notebook)
        html, error = _tell(task, failure), failure.sentence
    made = _write(task, html, error, notebook)
    cells = [] if notebook is None else notebook.cells
    cell_seconds = sum(cell.metadata.get("papermill", {}).get("duration") or 0.0 for cell in cells)
    engine = {} if notebook is None else notebook.metadata.get("toolkit", {}).get("engine", {})
    obstacle, seconds = engine.get("reason", ""), time.perf_counter() - began
    return replace(made, seconds=seconds, cell_seconds=cell_seconds, obstacle=obstacle)


def fail(task: PageTask, sentence: str) -> PageResult:
    """Write the page that tells why there is no report, where nobody could run the notebook to its end."""
    return _write(task, _tell(task, Failure("запуск блокнота", sentence, "")), sentence, None)


def _tell(task: PageTask, failure: Failure) -> str:
    return render("failure.html.j2", task.parameters.get("language", "ru"), title=task.name, failure=failure)


def _write(task: PageTask, html: str, error: str, notebook: NotebookNode | None) -> PageResult:
    """Write a page and its notebook; what cannot be written is a failure like any other."""
    page = page_path(task.folder, task.agency)
    digest = hashlib.sha256(html.encode()).hexdigest()
    try:
        if task.keep_notebook and notebook is not None:
            write_whole(page.parent / "notebooks" / f"{task.agency}.ipynb", nbformat.writes(notebook))  # type: ignore[no-untyped-call]
        write_whole(page, html)
    except OSError as problem:
        return PageResult(task.agency, FAILED, page.name, f"страница не записана: {why(problem)}")
    return PageResult(task.agency, FAILED if error else DONE, page.name, error, digest=digest)


def page_path(folder: Path, agency: str) -> Path:
    """Return the path of an agency's page, which lies in the folder itself under a name not reserved."""
    path = folder / f"{agency}.html"
    if path.resolve().parent != folder.resolve() or path.name.casefold() in RESERVED:
        raise ToolkitError(f"код органа «{agency}» не может быть именем страницы")
    return path


def prepare(task: PageTask) -> NotebookNode:
    """Return the notebook of a task with its parameters in it, so that it can be run."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what went wrong stands in the page
    notebook: NotebookNode = parameterize_notebook(
        deepcopy(read_notebook(task.notebook)),
        {"agency": task.agency, **task.parameters},
        kernel_name=KERNEL_NAME,
        language="python",
    )
    return notebook


@cache
def read_notebook(path: Path) -> NotebookNode:
    """Return a notebook, read and checked once by a process."""
    notebook: NotebookNode = load_notebook_node(os.fspath(path.resolve()))
    return notebook


def run(notebook: NotebookNode, task: PageTask) -> None:
    """Run the notebook in a fork of this process, or in a kernel of this interpreter, where it lies."""
    ForkEngine.execute_notebook(
        notebook,
        KERNEL_NAME,
        progress_bar=False,
        start_timeout=LONGEST_START,
        execution_timeout=task.timeout,
        kernel_manager_class=OwnKernelManager,
        resources={"metadata": {"path": str(task.notebook.resolve().parent)}},
    )
    raise_for_execution_errors(notebook, None)


def spell_readings(readings: Mapping[str, str]) -> str:
    """Return readings as the text that a notebook takes.

    Example:
        >>> spell_readings({"scale_gaps": "rounded"})
        'scale_gaps=rounded'
    """
    return ",".join(f"{key}={option}" for key, option in sorted(readings.items()))
