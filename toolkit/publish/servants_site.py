"""Pages about servants: one for each agency, and where pages that show single results may lie."""

from pathlib import Path
from typing import NamedTuple

import toolkit
from toolkit.analysis.servants import ServantStudy
from toolkit.calendar.overrides import read_calendar, read_day
from toolkit.errors import ToolkitError, nearest
from toolkit.publish.crew import Crew
from toolkit.publish.frame import read_template, render
from toolkit.publish.output import write_whole
from toolkit.publish.privacy import MARKED, PUBLISHED, keep_apart
from toolkit.publish.record import json_text
from toolkit.publish.runner import Published, find_notebook, make_pages, refuse_language
from toolkit.publish.task import LONGEST_CELL, PageResult, PageTask, spell_readings
from toolkit.servants.records import ServantFile, looks_personal

# No code of an agency begins so.
NAMELESS = "_servants"


class ServantRequest(NamedTuple):
    """What is to be made of a file of servants.

    Attributes:
        study: the file and its results.
        out: folder of the pages, or None for `reports`, and `internal` for pages that show single results.
        agencies: codes of the agencies that get a page; all of them when empty.
        internal: whether single results are shown.
        names: whether names are shown as well.
        language: language of the pages.
        today: the day on which overdue deadlines are marked, or empty.
        calendar: a file of moved days, or None.
        crew: who makes the pages.
        timeout: how many seconds a cell of the notebook may take.
    """

    study: ServantStudy
    out: Path | None = None
    agencies: tuple[str, ...] = ()
    internal: bool = False
    names: bool = False
    language: str = "ru"
    today: str = ""
    calendar: Path | None = None
    crew: Crew = Crew()
    timeout: int = LONGEST_CELL

    @property
    def confidential(self) -> bool:
        """Say whether the pages may be read inside alone."""
        return self.internal or self.names


def publish_servants(request: ServantRequest) -> Published:
    """Write a page about the servants of each agency, and their index.

    Parameters:
        request: what is to be made.

    Returns:
        What was written and what failed.

    Raises:
        ToolkitError: no such agency, language or notebook; confidential pages would lie in a published site,
            or a site in a folder of confidential pages.
        OSError: the folder cannot be written.

    Source:
        Point 14 of corps B: results are confidential.

    Example:
        >>> publish_servants.__name__
        'publish_servants'
    """
    refuse_language(request.language)
    # What would stop every page stops the command.
    if request.today:
        read_day(request.today, "today")
    if request.calendar:
        read_calendar(request.calendar)
    out = request.out or Path("internal" if request.confidential else "reports")
    keep_apart(out, confidential=request.confidential)
    folder = out / f"servants-{request.study.file.corps.replace('_', '-')}"
    tasks = _tasks(request, folder)
    if request.confidential:
        # The mark comes first, so that not even an interrupted run leaves such pages without it.
        write_whole(folder / MARKED, read_template("internal_warning.txt"))
    else:
        _refuse_names(request.study.file)
    pages = make_pages(tasks, request.crew)
    _remove_others(folder, pages)
    if not request.confidential:
        record = {
            "corps": request.study.file.corps,
            "readings": dict(request.study.readings),
            "language": request.language,
            "toolkit": toolkit.__version__,
            "agencies": [page.row() for page in sorted(pages, key=lambda page: page.agency)],
        }
        write_whole(folder / PUBLISHED, json_text(record))
    index = folder / "index.html"
    write_whole(index, render("servants_index.html.j2", request=request, pages=pages))
    return Published(index, pages)


def _refuse_names(file: ServantFile) -> None:
    """Refuse to publish codes that look like names or personal numbers."""
    for record in file.records:
        if looks_personal(record.servant):
            what = "код похож на имя или ИИН, такие страницы не публикуются"
            allowed = "условные коды с цифрами или --internal"
            raise ToolkitError(what, allowed, file.place(record, "servant"))


def _remove_others(folder: Path, pages: tuple[PageResult, ...]) -> None:
    """Remove pages of earlier runs: beside the new ones they are stale and tell what has changed."""
    made = {folder / page.page for page in pages} | {folder / "index.html"}
    for path in set(folder.glob("*.html")) - made:
        path.unlink()


def _tasks(request: ServantRequest, folder: Path) -> list[PageTask]:
    study = request.study
    notebook = find_notebook(None, Path("notebooks") / f"{study.file.corps}.ipynb")
    for code in request.agencies:
        if code not in study.agencies:
            raise ToolkitError(f"в файле нет органа «{code}»{nearest(code, study.agencies)}")
    readings = {**study.readings, "before_date": study.results.readings["before_date"]}
    parameters = {
        "servants": str(study.file.path.resolve()),
        "internal": request.confidential,
        "names": request.names,
        "language": request.language,
        "today": request.today,
        "calendar": str(request.calendar.resolve()) if request.calendar else "",
        "readings": spell_readings(readings),
    }
    codes = [code for code in study.agencies if not request.agencies or code in request.agencies]
    named = [(code or NAMELESS, code or "Служащие", folder, parameters | {"agency": code}) for code in codes]
    return [PageTask(notebook, *about, timeout=request.timeout) for about in named]
