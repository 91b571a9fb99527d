"""A notebook run in this very process, cell by cell, by papermill's own client."""

import asyncio
from functools import partial
from queue import Empty
from threading import RLock
from time import monotonic
from types import SimpleNamespace
from typing import Any

from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager

from toolkit.engine.kernel import arm, open_kernel
from toolkit.engine.streams import Wire

# A cell that waits lets the client look at the clock; one that blocks is broken, this many seconds later.
_LATER = 0.2


def run_cells(manager: NotebookExecutionManager, **options: Any) -> None:
    """Run the notebook of a manager in this process and tell the manager of every cell.

    Parameters:
        manager: papermill's record of the run.
        options: those of papermill's client.

    Raises:
        CellTimeoutError: a cell took longer than `timeout`.
        DeadKernelError: a cell left the kernel, and there are cells after it.

    Source:
        `papermill.engines.NBClientEngine.execute_managed_notebook`.

    Example:
        >>> run_cells.__name__
        'run_cells'
    """
    client = _Client(manager, km=SimpleNamespace(has_kernel=True), **options)
    with open_kernel(client.receive) as kernel:
        client.kc = _Connection(kernel, client)
        client.execute()


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """Takes what the kernel says while the cell still runs, and hands outputs on to its manager."""

    def __init__(self, manager: NotebookExecutionManager, **options: Any) -> None:
        super().__init__(manager, **options)
        self.on_cell_execute, self._lock = self._begin, RLock()
        self._cell: NotebookNode | None = None
        self._index = 0
        self.kc: Any = SimpleNamespace(asked="")  # until there is a kernel

    def _begin(self, cell: NotebookNode, cell_index: int) -> None:
        self._cell, self._index = cell, cell_index

    def limit(self) -> float | None:
        """Return how many seconds the cell may take."""
        seconds: float | None = self._get_timeout(self._cell)
        return seconds

    def receive(self, message: dict[str, Any]) -> None:
        """Put what the kernel says into the cell that made it speak."""
        with self._lock:
            if message["parent_header"].get("msg_id") != self.kc.asked:
                return
            if message["msg_type"] == "execute_reply":
                self.kc.reply = message
            elif message["content"].get("execution_state") == "idle":
                self.kc.end, self.kc.asked = message, ""
            else:
                self.process_message(message, self._cell, self._index)

    def log_output_message(self, output: NotebookNode) -> None:
        """Hand an output on: files and the log belong to another process."""
        self.nb_man.hear(output)


class _Connection:
    """Plays the client of a kernel and its channels before papermill's client."""

    def __init__(self, kernel: Any, client: _Client) -> None:
        self.session, self.asked, self.allow_stdin = kernel.session, "", False
        self.reply, self.end = dict[str, Any](), dict[str, Any]()
        self._kernel, self._client, self._comms = kernel, client, list[dict[str, Any]]()
        self._cell: asyncio.Future[None] | None = None
        self._late = False
        send = partial(self.session.send, Wire(self.session, self._comms.append))
        self.shell_channel = SimpleNamespace(get_msg=self._wait_for_reply, send=send)
        self.iopub_channel = SimpleNamespace(get_msg=self._wait_for_end)

    def is_alive(self) -> bool:
        """Tell what is always so: this process is the kernel."""
        return True

    def kernel_info(self) -> str:
        """Reply with what the kernel says of itself."""
        self.reply = {"parent_header": {"msg_id": ""}, "content": self._kernel.kernel_info}
        return ""

    def execute(self, code: str, **content: Any) -> str:
        """Begin a cell; it runs as soon as the client waits for its reply."""
        if self._kernel.shell.exit_now:
            raise DeadKernelError("Kernel died")
        while self._comms:
            self._kernel.comm_manager.comm_msg(None, [], self._comms.pop(0))
        content |= {"code": code, "stop_on_error": False}  # there is no queue to clear: the client stops
        message = self.session.msg("execute_request", content)
        self.asked = message["header"]["msg_id"]
        self._cell = asyncio.ensure_future(self._run(message))
        return self.asked

    async def _run(self, message: dict[str, Any]) -> None:
        wire, limit, began = self._kernel.iopub_socket, self._client.limit(), monotonic()
        self._kernel.set_parent([], message)
        self.session.send(wire, "status", {"execution_state": "busy"}, message)
        try:
            if limit is not None:
                arm(limit + _LATER)
            await self._kernel.execute_request(wire, [], message)
        finally:
            if limit is not None:
                arm(0)
        self._late = limit is not None and monotonic() >= began + limit
        self.session.send(wire, "status", {"execution_state": "idle"}, message)

    async def _wait_for_reply(self, timeout: float | None) -> dict[str, Any]:
        try:
            await self._wait_for_end(timeout)
        except TimeoutError:
            arm(0)
            self._late = True
        if self._late:
            raise Empty  # so the client sees it has waited too long
        return self.reply

    async def _wait_for_end(self, timeout: float | None) -> dict[str, Any]:
        if self._cell is not None:
            await asyncio.wait_for(asyncio.shield(self._cell), timeout)
        return self.end
