"""Pages made on a `dask.distributed` cluster: the same tasks through the same interface of futures."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import ExitStack, nullcontext
from functools import cache
from multiprocessing import current_process, get_context
from typing import Any

from toolkit.display.parameters import parse_readings
from toolkit.display.report import prepare
from toolkit.errors import ToolkitError
from toolkit.evaluate import evaluate
from toolkit.intake.campaign import read_campaign
from toolkit.publish.crew import settle, work
from toolkit.publish.task import PageResult, PageTask, make_page
from toolkit.rules.loader import load_methodology
from toolkit.shared import sharing

_ALLOWED = "адрес планировщика, например tcp://127.0.0.1:8786, или local:2"
_HERE = {"threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
_entered = ExitStack()


def work_there(address: str, tasks: Sequence[PageTask]) -> Iterator[PageResult | PageTask]:
    """Do tasks on a cluster whose machines see the same folders as this one.

    Parameters:
        address: of the scheduler, or `local:2` for a cluster of two workers on this machine.
        tasks: what the pages are made from.

    Returns:
        The results as they come; in place of one the task, when the worker that did it has died too often.

    Raises:
        ToolkitError: `distributed` is not installed, or there is no cluster at the address.

    Source:
        `distributed.Client.get_executor`.

    Example:
        >>> work_there.__name__
        'work_there'
    """
    try:
        import dask
        from distributed import Client, LocalCluster
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise ToolkitError("не установлен пакет distributed", "pip install distributed") from None
    kind, _, count = address.partition(":")
    if not re.fullmatch(
        r"local:\d+|\w+://.+:\d+", address
    ):  # dask would wait for it, and complain when it leaves
        raise ToolkitError(f"нет кластера «{address}»", _ALLOWED)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # a worker that dies is told by its page
    with ExitStack() as opened:
        place: Any = address
        try:
            if kind == "local":
                # Its workers start processes of their own, and a page is tried once more.
                settings = {"distributed.worker.daemon": False, "distributed.scheduler.allowed-failures": 1}
                opened.enter_context(dask.config.set(settings))
                place = opened.enter_context(LocalCluster(n_workers=int(count), **_HERE))  # type: ignore[no-untyped-call]
            client = opened.enter_context(Client(place, timeout="10s", set_as_default=False))  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError):
            raise ToolkitError(f"нет кластера «{address}»", _ALLOWED) from None
        executor, lost = client.get_executor(pure=False), (BrokenExecutor, KilledWorker)
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise ToolkitError(f"в кластере «{address}» нет рабочих процессов", _ALLOWED)
        yield from work(make_there, tasks, workers, lambda _: nullcontext(executor), lost)


def make_there(task: PageTask) -> PageResult:
    """Make a page in a process beside this worker, whose threads would stand in the way of a fork."""
    if sys.platform != "linux" or current_process().daemon:  # it cannot fork, or may have no children
        return make_page(task)
    known = (task.parameters.get(name, "") for name in ("campaign", "readings", "language"))
    try:
        return _process(*known).submit(make_page, task).result()
    except BrokenExecutor:
        _process.cache_clear()
        raise


@cache
def _process(campaign: str, readings: str, language: str) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"), share, (campaign, readings, language))


def share(campaign: str, readings: str, language: str) -> None:
    """Read and evaluate a campaign for all pages that this process is going to make."""
    settle()
    _entered.enter_context(sharing())
    if campaign:
        data, methodology = read_campaign(campaign), load_methodology()
        scores = evaluate(data, methodology, readings=parse_readings(readings))
        prepare(data, scores, methodology, language)
