"""All pages of a campaign, their index and the record of the run."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from toolkit.display.report import prepare
from toolkit.display.words import LANGUAGES
from toolkit.errors import ToolkitError
from toolkit.evaluate import evaluate
from toolkit.intake.campaign import Campaign, share
from toolkit.publish.crew import Crew
from toolkit.publish.methodology_page import methodology_page
from toolkit.publish.output import alone, write_whole
from toolkit.publish.page import page_exporter
from toolkit.publish.privacy import keep_apart
from toolkit.publish.record import Run, earlier_pages, page_keys, run_text, timings_text
from toolkit.publish.site import comparison_page, index_page, refuse_years
from toolkit.publish.tables import scores_csv
from toolkit.publish.task import (
    DONE,
    FAILED,
    LONGEST_CELL,
    RESERVED,
    PageResult,
    PageTask,
    page_path,
    spell_readings,
)
from toolkit.publish.vega import vega_bundle
from toolkit.rules.loader import load_methodology
from toolkit.shared import sharing

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
        crew: who makes the pages.
        force: whether pages are made again that an earlier run has left.
        timeout: how many seconds a cell of the notebook may take.
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
    crew: Crew = field(default_factory=Crew)
    force: bool = False
    timeout: int = LONGEST_CELL


@dataclass(frozen=True, slots=True)
class Published:
    """What a run has left: the index, how each page came out, and how many stood there from earlier runs."""

    index: Path
    pages: tuple[PageResult, ...]
    kept: int = 0

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
    folder = request.out / str(campaign.year or "year-unknown")
    tasks = _tasks(request, folder)
    with alone(folder), sharing():
        share(campaign.folder, methodology, lambda: campaign)
        scores = evaluate(campaign.agencies, methodology, readings=request.readings)
        run = Run(campaign, methodology, scores, (), request.language, request.readings, tasks[0].notebook)
        run = replace(run, keys=page_keys(run))
        earlier = earlier_pages(folder, run)
        done = set() if request.force else {page.agency for page in earlier if page.outcome == DONE}
        wanted = {task.agency for task in tasks}
        missing = [task for task in tasks if task.agency not in done]
        kept = [page for page in earlier if page.agency in done or page.agency not in wanted]

        def note(pages: Iterable[PageResult]) -> None:
            write_whole(folder / "run.json", run_text(replace(run, pages=(*kept, *pages))))

        note([])  # what cannot be recorded is not begun
        _clear(folder, run, {page.agency for page in kept}, compared=previous is not None)
        if missing:
            prepare(campaign, scores, methodology, request.language)
            page_exporter()
            vega_bundle()
        pages = make_pages(missing, request.crew, note=note, progress=request.progress)
        everything = (*pages, *kept)
        run = replace(run, pages=everything)
        index, rules, comparison = (folder / name for name in RESERVED)
        write_whole(index, index_page(run, previous))
        if previous is not None:
            write_whole(comparison, comparison_page(run, previous))
        write_whole(folder / "scores.csv", scores_csv(scores))
        write_whole(rules, methodology_page(methodology, request.readings, request.language))
        write_whole(folder / "timings.json", timings_text(pages))
    return Published(index, tuple(page for page in everything if page.agency in wanted), len(done & wanted))


def _clear(folder: Path, run: Run, kept: Container[str], *, compared: bool) -> None:
    """Remove what earlier runs have left and this one would not make: halves, and pages of other rules."""
    pages = [page_path(folder, it.code) for it in run.campaign.agencies if it.code not in kept]
    halves = [path for path in folder.glob(".unfinished-*") if path.is_file()]
    left = [*halves, *pages, *([] if compared else [folder / RESERVED[-1]])]
    for path in left:
        path.unlink(missing_ok=True)


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
        PageTask(
            notebook, agency.code, agency.name, folder, parameters, request.keep_notebooks, request.timeout
        )
        for agency in campaign.agencies
        if not wanted or agency.code in wanted
    ]


def make_pages(
    tasks: Sequence[PageTask],
    crew: Crew | None = None,
    *,
    note: Callable[[Iterable[PageResult]], Any] = tuple,
    progress: bool = True,
) -> tuple[PageResult, ...]:
    """Make the pages side by side, behind a bar on the error stream.

    Parameters:
        tasks: what the pages are made from.
        crew: who makes them; as many processes as the machine has processors, when left out.
        note: is told what has come out so far, after each page.
        progress: whether a bar is shown on a terminal.

    Returns:
        How each came out, in the order of the tasks.
    """
    # None: where the error stream is no terminal there is no bar.
    tqdm.monitor_interval = 0  # its thread would stand in the way of a fork
    bar = tqdm(total=len(tasks), desc="Отчёты", unit="стр.", disable=None if progress else True)
    found: dict[str, PageResult] = {}
    with bar:
        for made in (crew or Crew()).make(tasks):
            found[made.agency] = made
            note(found.values())
            bar.update()
    return tuple(found[task.agency] for task in tasks)
