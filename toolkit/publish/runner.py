"""All pages of a campaign, their index and the record of the run."""

import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from toolkit.display.words import LANGUAGES
from toolkit.errors import ToolkitError
from toolkit.evaluate import evaluate
from toolkit.intake.campaign import Campaign
from toolkit.publish.methodology_page import methodology_page
from toolkit.publish.output import write_whole
from toolkit.publish.privacy import keep_apart
from toolkit.publish.record import Run, earlier_pages, run_text, timings_text
from toolkit.publish.site import comparison_page, index_page, refuse_years
from toolkit.publish.tables import scores_csv
from toolkit.publish.task import FAILED, RESERVED, PageResult, PageTask, make_page, spell_readings
from toolkit.rules.loader import load_methodology

NOTEBOOK = Path("notebooks") / "agency_report.ipynb"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be published.

    Attributes:
        campaign: the campaign as read.
        out: folder of the reports; the pages go into a folder of their year in it.
        agencies: codes of the agencies that get a page; all of them when empty.
        language: language of the pages.
        readings: chosen options by key.
        previous: the campaign of an earlier year, with which a page compares this one.
        notebook: the notebook to run; `notebooks/agency_report.ipynb` of the checkout when left out.
        keep_notebooks: whether the executed notebooks are kept in `notebooks/` beside the pages.
        progress: whether a bar is shown on a terminal.
    """

    campaign: Campaign
    out: Path
    agencies: tuple[str, ...] = ()
    language: str = "ru"
    readings: Mapping[str, str] = field(default_factory=dict)
    previous: Campaign | None = None
    notebook: Path | None = None
    keep_notebooks: bool = False
    progress: bool = True


@dataclass(frozen=True, slots=True)
class Published:
    """What a run has left: the index and how each page came out, in the order of the data."""

    index: Path
    pages: tuple[PageResult, ...]

    @property
    def failed(self) -> tuple[PageResult, ...]:
        """Return the pages that tell of a failure."""
        return tuple(page for page in self.pages if page.outcome == FAILED)


def publish(request: Request) -> Published:
    """Write a page for each agency, the index, the pages of the methodology and of two years, the records.

    Parameters:
        request: what is to be published.

    Returns:
        What was written and what failed.

    Raises:
        ToolkitError: no such agency, reading or notebook, or no earlier year; a failing page raises nothing.
        OSError: the folder cannot be written.

    Source:
        Ours; the order does not say how results are published.

    Example:
        >>> publish.__name__
        'publish'
    """
    refuse_language(request.language)
    keep_apart(request.out, confidential=False)
    campaign, previous, methodology = request.campaign, request.previous, load_methodology()
    if previous is not None:
        refuse_years(campaign, previous)
    scores = evaluate(campaign.agencies, methodology, readings=request.readings)
    folder = request.out / str(campaign.year or "year-unknown")
    pages = make_pages(_tasks(request, folder), progress=request.progress)
    run = Run(campaign, methodology, scores, pages, request.language, request.readings)
    run = replace(run, pages=(*pages, *earlier_pages(folder, run)))
    index, rules, comparison = (folder / name for name in RESERVED)
    write_whole(index, index_page(run, previous))
    if previous is not None:
        write_whole(comparison, comparison_page(run, previous))
    write_whole(folder / "scores.csv", scores_csv(scores))
    write_whole(rules, methodology_page(methodology, request.readings, request.language))
    write_whole(folder / "run.json", run_text(run))
    write_whole(folder / "timings.json", timings_text(pages))
    return Published(index, pages)


def find_notebook(given: Path | None, known: Path = NOTEBOOK) -> Path:
    """Return the notebook to run: the given one, or the known one of the checkout this package stands in."""
    path = given or Path(__file__).resolve().parents[2] / known
    if not path.is_file():
        raise ToolkitError(f"нет блокнота {path.name}", f"путь к файлу {known.as_posix()}")
    return path


def refuse_language(language: str) -> None:
    """Refuse a language in which there are no pages."""
    if language not in LANGUAGES:
        raise ToolkitError(f"нет языка «{language}»", ", ".join(LANGUAGES))


def _tasks(request: Request, folder: Path) -> list[PageTask]:
    """Return the task of each wanted agency, in the order of the data."""
    notebook, campaign = find_notebook(request.notebook), request.campaign
    wanted = {campaign.find(code).code for code in request.agencies}
    parameters = {
        "campaign": str(campaign.folder.resolve()),
        "language": request.language,
        "readings": spell_readings(request.readings),
    }
    return [
        PageTask(notebook, agency.code, agency.name, folder, parameters, request.keep_notebooks)
        for agency in campaign.agencies
        if not wanted or agency.code in wanted
    ]


def make_pages(tasks: list[PageTask], *, progress: bool) -> tuple[PageResult, ...]:
    """Make the pages side by side, one process for each processor, behind a bar on the error stream."""
    workers = min(os.cpu_count() or 1, len(tasks))
    # None: where the error stream is no terminal there is no bar.
    bar = partial(tqdm, total=len(tasks), desc="Отчёты", unit="стр.", disable=None if progress else True)
    if workers <= 1:
        return tuple(bar(map(make_page, tasks)))
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            return tuple(bar(pool.map(make_page, tasks)))
    except BrokenProcessPool:
        raise ToolkitError("процесс, который делал страницы, был прерван", "повторить команду") from None
