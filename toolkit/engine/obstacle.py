"""Why a notebook cannot be run in a fork of this process."""

import os
import sys
import threading
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode

# Options that only a kernel in a process of its own can obey.
_OF_A_KERNEL = "extra_arguments", "interrupt_on_timeout", "error_on_timeout", "ipython_hist_file"


def find_obstacle(
    notebook: NotebookNode, kernel_name: str, options: dict[str, Any], system: str = sys.platform
) -> str:
    """Return why this notebook needs the ordinary engine, or nothing where a fork can run it.

    Parameters:
        notebook: what is to be run; `metadata.toolkit.kernel = "ordinary"` asks for the ordinary engine.
        kernel_name: name of its kernel.
        options: of the engine.
        system: name of the operating system. Only Linux says which threads there are, and the libraries of
            macOS do not survive a fork.

    Returns:
        A reason in words.

    Source:
        Ours.

    Example:
        >>> find_obstacle(NotebookNode(metadata={}), "python3", {}, system="win32")
        'процесс можно безопасно ветвить только в Linux'
    """
    if notebook.metadata.get("toolkit", {}).get("kernel") == "ordinary":
        return "его просит блокнот"
    if system != "linux" or not _can_watch():
        return "процесс можно безопасно ветвить только в Linux"
    if needed := [name for name in _OF_A_KERNEL if options.get(name)]:
        return f"его требует параметр {needed[0]}"
    if not _is_own(kernel_name, options.get("kernel_manager_class", AsyncKernelManager)):
        return f"ядро {kernel_name} не принадлежит этому Python"
    if count := _count_threads():
        return f"в процессе есть ещё потоки: {count}"
    return ""


def _can_watch() -> bool:
    """Tell whether the end of a child can be waited for together with its news: old kernels cannot."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True


def _is_own(kernel_name: str, manager_class: type[AsyncKernelManager]) -> bool:
    """Tell whether a kernel would be this interpreter with nothing added to it."""
    manager = manager_class(kernel_name=kernel_name)
    try:
        command = manager.format_kernel_cmd()
    except NoSuchKernel:
        return False
    own = command[0] == sys.executable and "ipykernel_launcher" in command
    return own and manager.kernel_spec is not None and not manager.kernel_spec.env


def _count_threads() -> int:
    """Count the threads beside this one that would not survive a fork."""
    if threading.active_count() > 1:
        return threading.active_count() - 1
    if _count_tasks():
        # The threads of numpy's algebra end before every fork, so a trial tells them from the others.
        trial = os.fork()
        if trial == 0:
            os._exit(0)
        os.waitpid(trial, 0)
    return _count_tasks()


def _count_tasks() -> int:
    return len([*Path("/proc/self/task").iterdir()]) - 1
