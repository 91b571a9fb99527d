"""The life of a child: it runs one notebook, tells its parent of every cell, and leaves."""

import atexit
import gc
import json
import os
import sys
from collections.abc import Callable
from contextvars import Context
from logging import Logger
from logging.handlers import QueueHandler
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any, NoReturn

from nbformat import NotebookNode, from_dict
from papermill.engines import NotebookExecutionManager
from papermill.log import logger

from toolkit.engine.here import run_cells


def _pack(node: NotebookNode) -> tuple[Callable[[str], NotebookNode], tuple[str]]:
    return _unpack, (json.dumps(node),)


def _unpack(text: str) -> NotebookNode:
    node: NotebookNode = from_dict(json.loads(text))  # type: ignore[no-untyped-call]
    return node


def _spell(cell: NotebookNode) -> list[str]:
    """Return a cell and each of its outputs as text."""
    rest = {key: it for key, it in cell.items() if key != "outputs"}
    return [json.dumps(it) for it in (rest, *cell.get("outputs", ()))]


# Pickle would write and read every dictionary in a chart by itself.
ForkingPickler.register(NotebookNode, _pack)


def live(notebook: NotebookNode, pipe: Connection, options: dict[str, Any]) -> NoReturn:
    """Run the notebook in this child, tell what came out, and end the process.

    Parameters:
        notebook: what to run.
        pipe: where the parent listens.
        options: of papermill's client.

    Source:
        Ours.

    Example:
        >>> live.__name__
        'live'
    """
    os.register_at_fork(after_in_child=pipe.close)  # else its own children would keep the line open
    status = 1
    try:
        # An empty context, for the parent's holds an event loop that both processes would wait on.
        Context().run(_live, notebook, _Teller(notebook, pipe), options)
        status = 0
    finally:
        os._exit(status)  # neither the parent's stack nor its farewells are this process's to run


def _live(notebook: NotebookNode, manager: "_Teller", options: dict[str, Any]) -> None:
    os.setsid()  # whatever the notebook starts ends with it, and an interrupt is the parent's to take
    atexit._clear()  # noqa: SLF001 - the only way to forget the parent's farewells and keep the notebook's
    gc.freeze()
    nothing = Path(os.devnull).open("r+")  # noqa: SIM115 - it stays open to the end
    os.dup2(nothing.fileno(), 0)
    sys.stdin = nothing
    os.chdir((options.get("resources") or {}).get("metadata", {}).get("path") or ".")
    problem = None
    try:
        run_cells(manager, log=_log_through(manager), log_output=True, **options)
    except Exception as error:  # noqa: BLE001 - the parent raises it
        problem = error
    manager.tell("end", notebook.metadata, manager.changed(), problem)
    sys.stdout = sys.stderr = nothing
    # IPython lets go of the notebook's names here, and so its files are written.
    atexit._run_exitfuncs()  # noqa: SLF001
    gc.collect()


def _log_through(manager: "_Teller") -> Logger:
    """Return a log whose records the parent writes: here they would become output of a cell."""
    log = Logger(logger.name, logger.getEffectiveLevel())  # noqa: LOG001 - it must have no parents
    log.addHandler(QueueHandler(SimpleNamespace(put_nowait=lambda record: manager.tell("log", record))))
    return log


class _Teller(NotebookExecutionManager):  # type: ignore[misc]
    """Keeps papermill's record of each cell, saves nothing, and tells the parent what it could save."""

    def __init__(self, notebook: NotebookNode, pipe: Connection) -> None:
        super().__init__(notebook, progress_bar=False, autosave_cell_every=0)
        self._pipe, self._lock = pipe, Lock()
        self._told: list[str] = []
        self._last = [_spell(cell) for cell in notebook.cells]

    def tell(self, *news: Any) -> None:
        """Send a piece of news; output of a cell may come from another thread than its end."""
        with self._lock:
            self._pipe.send(news)

    def hear(self, output: NotebookNode) -> None:
        """Tell of an output."""
        self._told.append(json.dumps(output))
        self.tell("output", self._told[-1])

    def changed(self) -> dict[int, NotebookNode]:
        """Return the cells that are not what was last told of them: a later one may change what they show."""
        pairs = enumerate(zip(self._last, self.nb.cells, strict=True))
        return {index: cell for index, (told, cell) in pairs if _spell(cell) != told}

    def _tell_cell(self, event: str, cell: NotebookNode, index: int) -> None:
        """Tell of a cell, without its outputs where they are those that were told one by one."""
        self._last[index] = _spell(cell)
        known = self._last[index][1:] == self._told
        self.tell(event, _unpack(self._last[index][0]) if known else cell, index)

    def cell_start(self, cell: NotebookNode, cell_index: int, **_: Any) -> None:
        """Tell of the beginning of a cell."""
        super().cell_start(cell, cell_index)
        self._told = []
        self.tell("cell_start", cell, cell_index)

    def cell_exception(self, cell: NotebookNode, cell_index: int, **_: Any) -> None:
        """Tell of a cell that raised."""
        super().cell_exception(cell, cell_index)
        self._tell_cell("cell_exception", cell, cell_index)

    def cell_complete(self, cell: NotebookNode, cell_index: int, **_: Any) -> None:
        """Tell of the end of a cell, good or bad."""
        super().cell_complete(cell, cell_index)
        self._tell_cell("cell_complete", cell, cell_index)
