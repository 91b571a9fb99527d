"""What is told of a page that could not be made: the step, one sentence, and the traceback folded away."""

from traceback import format_exception
from typing import NamedTuple

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from toolkit.errors import ToolkitError, one_line
from toolkit.publish.outline import read_outline
from toolkit.publish.page import render_markdown
from toolkit.publish.privacy import hide_machine

_STOPPED: dict[type[Exception], str] = {
    DeadKernelError: "ядро блокнота остановилось, не закончив ячейку; часто причина в нехватке памяти",
    CellTimeoutError: "ячейка блокнота не закончилась в отведённое время",
}
# Cells that papermill has put in; they have no number in the notebook as its author knows it.
_PUT_IN = frozenset({"papermill-error-cell-tag", "injected-parameters"})


class Failure(NamedTuple):
    """Why there is no report: the step, the sentence, and what a developer needs."""

    step: str
    sentence: str
    details: str


def explain_failure(problem: Exception, notebook: NotebookNode | None) -> Failure:
    """Return what went wrong in words, with nothing of this machine in them.

    Parameters:
        problem: what was raised.
        notebook: the notebook as far as it ran, or None.

    Returns:
        The failure.

    Source:
        Ours; the order does not say how results are published.

    Example:
        >>> explain_failure(ToolkitError("нет органа «а»"), None).sentence
        'нет органа «а»'
    """
    name, said, details = type(problem).__name__, str(problem), "".join(format_exception(problem))
    if isinstance(problem, PapermillExecutionError):
        name, said, details = problem.ename, str(problem.evalue), "\n".join(problem.traceback)
    plain = said if name == ToolkitError.__name__ else f"{name}: {said}"
    sentence = one_line(hide_machine(_STOPPED.get(type(problem), plain)))
    return Failure(_step(problem, notebook), sentence, hide_machine(details))


def _step(problem: Exception, notebook: NotebookNode | None) -> str:
    """Name the cell that was begun last, by its number and the last heading, or the step around the cells."""
    cells = [] if notebook is None else notebook.cells
    begun = [cell for cell in cells if cell.metadata.get("papermill", {}).get("start_time")]
    if not begun:
        return "запуск блокнота"
    if not isinstance(problem, (PapermillExecutionError, *_STOPPED)):
        return "вёрстка страницы"
    own = [cell for cell in begun if not _PUT_IN & set(cell.metadata.get("tags", ()))]
    headings = read_outline("".join(map(_shown, own))).headings
    number = sum(cell.cell_type == "code" for cell in own)
    return f"ячейка {number}" + (f", раздел «{headings[-1].text}»" if headings else "")


def _shown(cell: NotebookNode) -> str:
    """Return what a cell shows, as HTML."""
    if cell.cell_type == "markdown":
        return render_markdown(cell.source)
    return "".join(output.get("data", {}).get("text/html", "") for output in cell.get("outputs", ()))
