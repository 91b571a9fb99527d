"""What is told of a page that could not be made: the step, one sentence, and the traceback folded away."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from html import escape
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict
from papermill.exceptions import PapermillExecutionError

from toolkit.errors import ToolkitError, one_line
from toolkit.publish.outline import read_outline
from toolkit.publish.page import render_markdown
from toolkit.publish.privacy import hide_machine

_IN_A_CELL = (PapermillExecutionError, DeadKernelError, CellTimeoutError)
# Cells that papermill has put in; they have no number in the notebook as its author knows it.
_PUT_IN = frozenset({"papermill-error-cell-tag", "injected-parameters"})


@dataclass(frozen=True, slots=True)
class Failure:
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
    details = "".join(traceback.format_exception(problem))
    if isinstance(problem, PapermillExecutionError):
        details = "\n".join(problem.traceback)
    return Failure(
        _step(problem, notebook), one_line(hide_machine(_sentence(problem))), hide_machine(details)
    )


def failure_notebook(failure: Failure, name: str, language: str) -> NotebookNode:
    """Return a notebook that says what failed, to be shown by the same template as a report."""
    html = (
        f"<h1>{escape(name)}</h1>\n"
        '<div class="callout error" role="alert">\n<p class="lead"><b>Отчёт не построен.</b></p>\n'
        f"<p>Шаг: {escape(failure.step)}.</p>\n<p>Ошибка: {escape(failure.sentence)}</p>\n</div>\n"
        "<details><summary>Подробности для разработчика</summary>\n"
        f"<pre>{escape(failure.details)}</pre></details>"
    )
    metadata: dict[str, Any] = {
        "papermill": {"parameters": {"language": language}},
        "toolkit": {"index": "index.html"},
    }
    output = {"output_type": "display_data", "metadata": {}, "data": {"text/html": html}}
    cell: dict[str, Any] = {
        "cell_type": "code",
        "metadata": {},
        "execution_count": None,
        "source": "",
        "outputs": [output],
    }
    notebook: NotebookNode = from_dict(  # type: ignore[no-untyped-call]
        {"nbformat": 4, "nbformat_minor": 4, "metadata": metadata, "cells": [cell]}
    )
    return notebook


def _sentence(problem: Exception) -> str:
    if isinstance(problem, DeadKernelError):
        return "ядро блокнота остановилось, не закончив ячейку; часто причина в нехватке памяти"
    if isinstance(problem, CellTimeoutError):
        return "ячейка блокнота не закончилась в отведённое время"
    if isinstance(problem, PapermillExecutionError):
        said = str(problem.evalue)
        return said if problem.ename == ToolkitError.__name__ else f"{problem.ename}: {said}"
    return str(problem) if isinstance(problem, ToolkitError) else f"{type(problem).__name__}: {problem}"


def _step(problem: Exception, notebook: NotebookNode | None) -> str:
    """Name the cell that was begun last, by its number and the last heading, or the step around the cells."""
    cells = [] if notebook is None else notebook.cells
    begun = [cell for cell in cells if cell.metadata.get("papermill", {}).get("start_time")]
    if not begun:
        return "запуск блокнота"
    if not isinstance(problem, _IN_A_CELL):
        return "вёрстка страницы"
    own = [cell for cell in begun if not _PUT_IN & set(cell.metadata.get("tags", ()))]
    headings = [heading for cell in own for heading in _headings(cell)]
    number = sum(cell.cell_type == "code" for cell in own)
    return f"ячейка {number}" + (f", раздел «{headings[-1]}»" if headings else "")


def _headings(cell: NotebookNode) -> list[str]:
    """Return the headings that a cell shows."""
    shown = [output.get("data", {}).get("text/html", "") for output in cell.get("outputs", ())]
    if cell.cell_type == "markdown":
        shown.append(render_markdown(cell.source))
    return [heading.text for html in shown for heading in read_outline(html).headings]
