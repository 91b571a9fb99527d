"""The engine itself: forks a child for each notebook and hears from it, cell by cell, what to save."""

import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Pipe
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager
from papermill.log import logger
from papermill.utils import remove_args

from toolkit.engine.follower import Follower
from toolkit.engine.obstacle import find_obstacle

# Options that papermill's client does not know by these names, or that only the start of a process obeys.
_OF_ANOTHER_KERNEL = "input_path", "execution_timeout", "start_timeout", "startup_timeout"
# Options about where output is written to, which the parent does.
_WRITING = "log_output", "stdout_file", "stderr_file"


class ForkEngine(Engine):  # type: ignore[misc]
    """Runs a notebook in a fork of this process, or by papermill's ordinary engine where that cannot be.

    Which one it was, and why, stands in the notebook's metadata under `toolkit.engine`.

    Source:
        `papermill.engines.NBClientEngine`; outputs are those it gives.

    Example:
        >>> papermill.execute_notebook("in.ipynb", "out.ipynb", engine_name="toolkit")  # doctest: +SKIP
    """

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> Any:
        """Run the notebook of a manager.

        Parameters:
            nb_man: papermill's record of the run.
            kernel_name: name of the kernel that is asked for.
            options: those of `NBClientEngine`.

        Returns:
            The notebook of the manager, filled in place.

        Raises:
            CellTimeoutError: a cell took longer than `execution_timeout`.
            DeadKernelError: the process of the notebook ended before its last cell did.
        """
        if nb_man.pbar is not None and nb_man.pbar.monitor is not None:
            nb_man.pbar.monitor.exit()  # its thread would stand in the way of a fork; the bar goes on without
        reason = find_obstacle(nb_man.nb, kernel_name, options)
        told = {"name": "ordinary" if reason else "fork", "reason": reason}
        nb_man.nb.metadata.setdefault("toolkit", {})["engine"] = told
        logger.info("Движок блокнота: %s", f"обычный, {reason}" if reason else "ветвление процесса")
        if reason:
            return NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
        timeout = options.get("execution_timeout") or options.get("timeout")
        known = remove_args(list(_OF_ANOTHER_KERNEL), **options)
        _run(nb_man, {**known, "kernel_name": kernel_name, "timeout": timeout})
        return nb_man.nb


def _run(manager: NotebookExecutionManager, options: dict[str, Any]) -> None:
    """Fork a child, follow it to its end and see that nothing of it is left."""
    from toolkit.engine.child import live  # loads what a kernel needs, once for all children

    client = PapermillNotebookClient(manager, log=logger, **options)
    ours, its = Pipe(duplex=False)
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        live(manager.nb, its, remove_args(list(_WRITING), **options))
    its.close()
    watched = os.pidfd_open(child)
    try:
        Follower(client, ours, watched).follow()
    finally:
        for end in os.killpg, os.kill:  # the child may have died before it had a group
            with suppress(ProcessLookupError):
                end(child, signal.SIGKILL)
        os.waitpid(child, 0)
        for left in Path(gettempdir()).glob(f"toolkit-{child}-*"):  # one that was killed cleans up nothing
            rmtree(left, ignore_errors=True)
        os.close(watched)
        ours.close()
