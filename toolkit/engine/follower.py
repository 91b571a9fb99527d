"""What the parent does while a child runs a notebook: it saves what it hears, and notices an end."""

import json
import os
from logging import LogRecord
from multiprocessing.connection import Connection, wait
from signal import Signals
from time import monotonic
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict
from papermill.clientwrap import PapermillNotebookClient
from papermill.log import logger

# How many seconds a child has to stop a late cell of its own accord, and to leave once it is done.
_PATIENCE = 5


class Follower:
    """Follows one child.

    Attributes:
        client: papermill's client, which knows limits and where output is written to; it runs nothing.
        pipe: where the child tells of its cells.
        child: file descriptor of the child's process.
    """

    def __init__(self, client: PapermillNotebookClient, pipe: Connection, child: int) -> None:
        self._client, self._manager, self._pipe, self._child = client, client.nb_man, pipe, child
        self._index: int | None = None
        self._limit: float | None = None
        self._deadline = 0.0

    def follow(self) -> None:
        """Take what the child tells until it ends.

        Raises:
            CellTimeoutError: a cell took too long.
            DeadKernelError: the child died, or left the kernel by a cell.
        """
        try:
            while (news := self._next())[0] != "end":
                getattr(self, f"_{news[0]}")(*news[1:])
        finally:
            if self._index is not None:  # as the ordinary client does, whatever ends a cell
                self._manager.cell_complete(self._cell(self._index), cell_index=self._index)
        self._end(*news[1:])

    def _next(self) -> tuple[Any, ...]:
        left = None if self._limit is None else max(0.0, self._deadline - monotonic())
        ready = wait([self._pipe, self._child], left)
        if not ready and self._limit is not None:
            said, cell = "Cell execution timed out", self._cell(self._index or 0)
            raise CellTimeoutError.error_from_timeout_and_cell(said, int(self._limit), cell)
        try:
            if self._pipe.poll():
                news: tuple[Any, ...] = self._pipe.recv()
                return news
        except (EOFError, OSError):  # it ended between two pieces of news, or in the middle of one
            pass
        raise DeadKernelError(self._last_words())

    def _last_words(self) -> str:
        wait([self._child], _PATIENCE)
        ended = os.waitid(os.P_PIDFD, self._child, os.WEXITED | os.WNOWAIT | os.WNOHANG)
        if ended is None:
            how = "он оборвал связь"
        elif ended.si_code == os.CLD_EXITED:
            how = f"код {ended.si_status}"
        else:
            how = f"сигнал {Signals(ended.si_status).name}"
        return f"процесс блокнота остановился, не закончив ячейку {(self._index or 0) + 1}: {how}"

    def _cell(self, index: int) -> NotebookNode:
        cell: NotebookNode = self._manager.nb.cells[index]
        return cell

    def _output(self, told: str) -> None:
        output = from_dict(json.loads(told))  # type: ignore[no-untyped-call]
        self._cell(self._index or 0).outputs.append(output)
        self._client.log_output_message(output)
        self._manager.autosave_cell()

    def _log(self, record: LogRecord) -> None:
        logger.handle(record)

    def _cell_start(self, cell: NotebookNode, index: int) -> None:
        self._index, self._limit = index, self._client._get_timeout(cell)  # noqa: SLF001
        self._deadline = monotonic() + (self._limit or 0) + _PATIENCE
        self._pass_on(self._manager.cell_start, cell, index)

    def _cell_exception(self, cell: NotebookNode, index: int) -> None:
        self._pass_on(self._manager.cell_exception, cell, index)

    def _cell_complete(self, cell: NotebookNode, index: int) -> None:
        self._index = self._limit = None
        self._pass_on(self._manager.cell_complete, cell, index)

    def _pass_on(self, event: Any, cell: NotebookNode, index: int) -> None:
        """Let papermill note an event by the child's clock, and save unless the child is ahead already."""
        noted, path = cell.metadata.papermill.copy(), self._manager.output_path
        self._manager.output_path = None if self._pipe.poll() else path
        dict.update(self._cell(index), cell)
        event(self._cell(index), cell_index=index)
        self._cell(index).metadata["papermill"] = noted
        self._manager.output_path = path

    def _end(
        self, metadata: NotebookNode, changed: dict[int, NotebookNode], problem: Exception | None
    ) -> None:
        for index, cell in changed.items():
            self._cell(index).update(cell)  # type: ignore[no-untyped-call]
        own = self._manager.nb.metadata.papermill
        self._manager.nb.metadata.update({**metadata, "papermill": own})
        wait([self._child], _PATIENCE)
        if problem is not None:
            raise problem
