"""What processes take, read from the files of Linux: seconds of processors and peaks of memory."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

MEGABYTE = 1 << 20
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER of Linux
_TICK = os.sysconf("SC_CLK_TCK")


def adopt_orphans() -> None:
    """Let processes whose parent has ended become children of this one, so that what they took is seen."""
    ctypes.CDLL(None).prctl(_ADOPT, 1)


def read(path: str) -> bytes:
    """Return a file about a process, which may have ended since."""
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def children(process: int) -> list[int]:
    """Return the processes that a process has begun in its main thread and not yet waited for."""
    return [*map(int, read(f"/proc/{process}/task/{process}/children").split())]


def spent() -> float:
    """Return the seconds of processors of this process and of all it has begun, ended or not."""
    used = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    return sum(it.ru_utime + it.ru_stime for it in used) + sum(map(_spent_by, children(os.getpid())))


def _spent_by(process: int) -> float:
    """Return the seconds of a process, of those it has waited for and of those it has not."""
    figures = read(f"/proc/{process}/stat").decode().rpartition(")")[2].split()
    own = sum(map(int, figures[11:15])) / _TICK  # utime, stime, cutime, cstime
    return own + sum(map(_spent_by, children(process)))


def memory(process: int, kind: str) -> float:
    """Return the megabytes of a process: `VmHWM` is its peak, `VmRSS` what it has now."""
    lines = read(f"/proc/{process}/status").decode().splitlines()
    return sum(int(line.split()[1]) * 1024 / MEGABYTE for line in lines if line.startswith(kind))


class Memory:
    """The peaks of memory, in megabytes, of this process, its workers and those that draw for them."""

    def __init__(self) -> None:
        self.peaks = {"parent": 0.0, "worker": 0.0, "renderer": 0.0}

    def look(self) -> None:
        """Look at the processes that are there now."""
        self._note("parent", os.getpid())
        for worker in children(os.getpid()):
            self._note("worker", worker)
            for child in children(worker):
                if b"vl_convert" in read(f"/proc/{child}/cmdline"):
                    self._note("renderer", child)

    def _note(self, name: str, process: int) -> None:
        self.peaks[name] = max(self.peaks[name], memory(process, "VmHWM"))
