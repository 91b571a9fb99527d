"""A real IPython kernel inside this process: no sockets, no waiting, nothing of it kept on disk."""

import logging
import os
import random
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session
from traitlets.config import Config
from traitlets.log import get_logger

from toolkit.engine.streams import Receiver, Stream, Wire

# Nobody debugs this kernel, and ipykernel, which asks once for a debugger, would spend 0.1 s on loading it.
if sys.modules.setdefault("debugpy", None) is None:  # type: ignore[arg-type]
    import_module("ipykernel.debugger")
    del sys.modules["debugpy"]
# What a kernel loads when it starts and when a cell raises: loaded here, it is there in every fork.
for _name in (
    *("IPython.core.completerlib", "IPython.core.oinspect", "IPython.extensions.storemagic", "sqlite3"),
    *("pygments.formatters.terminal256", "stack_data"),
):
    import_module(_name)
# They look where they are when they are imported, and this process imported them outside a kernel.
_LOOKING_AROUND = "tqdm.auto", "tqdm.autonotebook"


@contextmanager
def open_kernel(receive: Receiver) -> Iterator[Any]:
    """Give this process a kernel, whose messages go to `receive`, and its standard streams to that kernel.

    Parameters:
        receive: takes each message as soon as it is sent.

    Yields:
        The kernel.

    Source:
        `ipykernel.kernelapp.IPKernelApp.initialize`, without what talks to other processes.

    Example:
        >>> open_kernel.__name__
        'open_kernel'
    """
    _settle()
    session = Session(key=b"")
    wire, before = Wire(session, receive), (sys.stdout, sys.stderr, sys.modules["__main__"])
    with tempfile.TemporaryDirectory(prefix=f"toolkit-{os.getpid()}-") as folder:
        sys.stdout, sys.stderr = Stream(wire, "stdout", 1), Stream(wire, "stderr", 2)
        kernel: Any = IPythonKernel.instance(
            config=Config(HistoryManager={"hist_file": ":memory:"}, IPythonKernel={"_execute_sleep": 0}),
            session=session,
            log=get_logger(),
            iopub_socket=wire,
            # Signals go to the thread of that name, and it has none, so a cell that awaits is left alone.
            shell_channel_thread=SimpleNamespace(parent_thread=None),
            profile_dir=ProfileDir.create_profile_dir(folder),  # type: ignore[no-untyped-call]
        )
        kernel.shell.extension_manager.load_extension("storemagic")
        try:
            yield kernel
        finally:
            sys.stdout.close()
            sys.stderr.close()
            wire.later.shutdown()
            sys.stdout, sys.stderr, sys.modules["__main__"] = before
            kernel.shell.clear_instance()
            kernel.clear_instance()


def arm(seconds: float) -> None:
    """Interrupt this process after so many seconds, and every second from then on; 0 calls it off."""
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)


def _settle() -> None:
    """Change what this process has found out or begun for itself to what a new kernel would have."""
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    logging.root.handlers.clear()
    logging.root.setLevel(logging.WARNING)
    random.seed()
    if "" not in sys.path:
        sys.path.insert(0, "")
    for name in _LOOKING_AROUND:
        sys.modules.pop(name, None)
    if numbers := sys.modules.get("numpy.random"):
        numbers.seed()
    pandas = sys.modules.get("pandas")
    if pandas and pandas.get_option("display.max_columns") == 0:  # it took this process for a terminal
        pandas.set_option("display.max_columns", 20)
