"""Processes that make pages side by side; one that dies costs only its page."""

import ctypes
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from toolkit.publish.task import PageResult, PageTask, fail, make_page

Task = TypeVar("Task")
Result = TypeVar("Result")
Lost = tuple[type[BaseException], ...]

# How much memory a notebook may take beyond what it finds, in bytes.
ALLOWANCE = 2 << 30
_SIGNAL_OF_PARENT = 1  # PR_SET_PDEATHSIG of Linux
_BROKEN = (BrokenExecutor,)
_DIED = "процесс, который делал страницу, дважды прерван; часто причина в нехватке памяти"


@dataclass(frozen=True, slots=True)
class Crew:
    """Who makes the pages.

    Attributes:
        jobs: how many processes of this machine; as many as it has processors when 0.
        cluster: address of the scheduler of a `dask.distributed` cluster, `local:2` for a trial with two
            workers, or empty.
    """

    jobs: int = 0
    cluster: str = ""

    def make(self, tasks: Sequence[PageTask]) -> Iterator[PageResult]:
        """Make pages and yield how each came out as soon as it did."""
        for it in self._work(tasks):
            yield it if isinstance(it, PageResult) else fail(it, _DIED)

    def _work(self, tasks: Sequence[PageTask]) -> Iterator[PageResult | PageTask]:
        if self.cluster:
            from toolkit.publish.cluster import work_there

            return work_there(self.cluster, tasks)
        return work(make_page, tasks, min(self.jobs or _processors(), len(tasks)), _processes)


def work(
    make: Callable[[Task], Result],
    tasks: Iterable[Task],
    jobs: int,
    pools: Callable[[int], AbstractContextManager[Executor]],
    lost: Lost = _BROKEN,
) -> Iterator[Result | Task]:
    """Do tasks side by side and yield what comes out as soon as it does.

    Parameters:
        make: does one task.
        tasks: what is to be done.
        jobs: how many are done at once.
        pools: opens a pool of so many workers.
        lost: what says that a worker has died.

    Returns:
        The results in the order in which they come; in place of a result the task itself, when the worker
        that did it has died twice.

    Raises:
        Whatever `make` raises.

    Source:
        `concurrent.futures`; a pool of processes and a cluster have the same interface.

    Example:
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> sorted(work(abs, [-2, 1], 2, ThreadPoolExecutor))
        [1, 2]
    """
    waiting = deque(tasks)
    while waiting:
        suspects: list[Task] = []
        with pools(jobs) as pool:
            running: dict[Future[Result], Task] = {}
            while running or (waiting and not suspects):
                while waiting and not suspects and len(running) < jobs:
                    future = pool.submit(make, waiting[0])
                    running[future] = waiting.popleft()
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    task = running.pop(future)
                    if isinstance(future.exception(), lost):
                        suspects.append(task)
                    else:
                        yield future.result()
        # Whose worker died is not known where several worked: each is tried once more, alone.
        for task in suspects:
            with pools(1) as pool:
                again = pool.submit(make, task)
                yield task if isinstance(again.exception(), lost) else again.result()


def _processors() -> int:
    """Return how many processors this process may use, which a container or `taskset` may have limited."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _processes(jobs: int) -> ProcessPoolExecutor:
    """Open a pool of forks of this process, which have all it has, or of new ones where it cannot fork."""
    if sys.platform != "linux":
        return ProcessPoolExecutor(jobs, get_context("spawn"))
    return ProcessPoolExecutor(jobs, get_context("fork"), settle)


def settle() -> None:
    """Let this worker end with the process that began it, and bound what the notebooks it forks may take."""
    _end_with_parent()
    os.register_at_fork(after_in_child=_bound)


def _bound() -> None:
    import resource

    _end_with_parent()
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    allowed = [it for it in resource.getrlimit(resource.RLIMIT_AS) if it != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([size + ALLOWANCE, *allowed]),) * 2)


def _end_with_parent() -> None:
    # A worker whose parent was killed would wait for its next task for ever.
    ctypes.CDLL(None).prctl(_SIGNAL_OF_PARENT, signal.SIGKILL)
