"""One page, from the notebook to the file: a pure function, so that any process can run it."""

import logging
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat import NotebookNode

from toolkit.errors import ToolkitError
from toolkit.publish.failure import explain_failure
from toolkit.publish.frame import render
from toolkit.publish.kernel import KERNEL_NAME, OwnKernelManager
from toolkit.publish.output import write_whole
from toolkit.publish.page import PageExporter

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
    """

    notebook: Path
    agency: str
    name: str
    folder: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    keep_notebook: bool = False


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
    """

    agency: str
    outcome: str
    page: str
    error: str
    seconds: float
    cell_seconds: float

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
    began = time.perf_counter()
    page = page_path(task.folder, task.agency)
    with tempfile.TemporaryDirectory(prefix="toolkit-") as scratch:
        executed = Path(scratch) / "executed.ipynb"
        try:
            exporter = PageExporter()  # type: ignore[no-untyped-call]
            html, error = exporter.from_notebook_node(_execute(task, executed))[0], ""
        except Exception as problem:  # noqa: BLE001 - whatever one agency meets, the others go on
            failure = explain_failure(problem, _read(executed))
            language, error = task.parameters.get("language", "ru"), failure.sentence
            html = render("failure.html.j2", language, title=task.name, failure=failure)
        notebook = _read(executed)
    if task.keep_notebook and notebook is not None:
        write_whole(page.parent / "notebooks" / f"{task.agency}.ipynb", nbformat.writes(notebook))  # type: ignore[no-untyped-call]
    write_whole(page, html)
    cells = [] if notebook is None else notebook.cells
    cell_seconds = sum(cell.metadata.get("papermill", {}).get("duration") or 0.0 for cell in cells)
    outcome, seconds = FAILED if error else DONE, time.perf_counter() - began
    return PageResult(task.agency, outcome, page.name, error, seconds, cell_seconds)


def page_path(folder: Path, agency: str) -> Path:
    """Return the path of an agency's page, which lies in the folder itself under a name not reserved."""
    path = folder / f"{agency}.html"
    if path.resolve().parent != folder.resolve() or path.name.casefold() in RESERVED:
        raise ToolkitError(f"код органа «{agency}» не может быть именем страницы")
    return path


def _execute(task: PageTask, executed: Path) -> NotebookNode:
    """Run the notebook by papermill in a kernel of this interpreter, started where the notebook lies."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what went wrong stands in the page
    settings = executed.parent / "ipython"  # an empty folder, so that nobody's start-up files are run
    settings.mkdir()
    notebook: NotebookNode = papermill.execute_notebook(
        _literal(task.notebook.resolve()),
        _literal(executed),
        {"agency": task.agency, **task.parameters},
        kernel_name=KERNEL_NAME,
        language="python",
        progress_bar=False,
        start_timeout=LONGEST_START,
        execution_timeout=LONGEST_CELL,
        kernel_manager_class=OwnKernelManager,
        extra_arguments=[f"--ipython-dir={settings}"],
        resources={"metadata": {"path": str(task.notebook.resolve().parent)}},
    )
    return notebook


def spell_readings(readings: Mapping[str, str]) -> str:
    """Return readings as the text that a notebook takes.

    Example:
        >>> spell_readings({"scale_gaps": "rounded"})
        'scale_gaps=rounded'
    """
    return ",".join(f"{key}={option}" for key, option in sorted(readings.items()))


def _literal(path: Path) -> str:
    """Return a path whose braces papermill does not take for places to put parameters in."""
    return os.fspath(path).replace("{", "{{").replace("}", "}}")


def _read(path: Path) -> NotebookNode | None:
    """Return the notebook as far as it was saved."""
    return nbformat.read(path, as_version=4) if path.exists() else None  # type: ignore[no-untyped-call]
