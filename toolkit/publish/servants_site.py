"""Pages about servants: one for each agency, and where pages that show single results may lie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import toolkit
from toolkit.analysis.servants import ServantStudy
from toolkit.calendar.overrides import read_calendar, read_day
from toolkit.display.words import LANGUAGES
from toolkit.errors import ToolkitError, nearest
from toolkit.publish.page import page_style, policy
from toolkit.publish.privacy import MARKED, PUBLISHED, keep_apart
from toolkit.publish.runner import Published, find_notebook, make_pages
from toolkit.publish.site import environment
from toolkit.publish.task import FAILED, PageResult, PageTask, spell_readings, write_whole
from toolkit.publish.words import words
from toolkit.servants.records import ServantFile, looks_personal

PUBLIC, INTERNAL = Path("reports"), Path("internal")
# No code of an agency begins so.
NAMELESS = "_servants"

_WARNING = (
    "Страницы этой папки показывают отдельные оценки служащих. Они не публикуются и не передаются третьим\n"
    "лицам (пункт 14 Типовой методики оценки служащих корпуса «Б»).\n"
)


@dataclass(frozen=True, slots=True)
class ServantRequest:
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
    """

    study: ServantStudy
    out: Path | None = None
    agencies: tuple[str, ...] = ()
    internal: bool = False
    names: bool = False
    language: str = "ru"
    today: str = ""
    calendar: Path | None = None

    @property
    def file(self) -> ServantFile:
        """Return the file."""
        return self.study.file

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
    if request.language not in LANGUAGES:
        raise ToolkitError(f"нет языка «{request.language}»", ", ".join(LANGUAGES))
    # What would stop every page stops the command.
    if request.today:
        read_day(request.today, "today")
    if request.calendar:
        read_calendar(request.calendar)
    out = request.out or (INTERNAL if request.confidential else PUBLIC)
    keep_apart(out, confidential=request.confidential)
    folder = out / f"servants-{request.file.corps.replace('_', '-')}"
    tasks = list(_tasks(request, folder))
    if not request.confidential:
        _refuse_names(request.file)
    if request.confidential:
        # The mark comes first, so that not even an interrupted run leaves such pages without it.
        write_whole(folder / MARKED, _WARNING)
    pages = make_pages(tasks, progress=True)
    _remove_others(folder, pages)
    if not request.confidential:
        write_whole(folder / PUBLISHED, _record(request, pages))
    index = folder / "index.html"
    write_whole(index, _index(request, pages))
    return Published(index, pages)


def _refuse_names(file: ServantFile) -> None:
    """Refuse to publish codes that look like names or personal numbers."""
    for record in file.records:
        if looks_personal(record.servant):
            place = file.place(record, "servant")
            what = "код похож на имя или ИИН, такие страницы не публикуются"
            raise ToolkitError(what, "условные коды с цифрами или --internal", place)


def _remove_others(folder: Path, pages: tuple[PageResult, ...]) -> None:
    """Remove pages of earlier runs: beside the new ones they are stale and tell what has changed."""
    made = {page.page for page in pages} | {"index.html"}
    for path in folder.glob("*.html"):
        if path.name not in made:
            path.unlink()


def _tasks(request: ServantRequest, folder: Path) -> Iterator[PageTask]:
    notebook = find_notebook(None, Path("notebooks") / f"{request.file.corps}.ipynb")
    for code in request.agencies:
        if code not in request.study.agencies:
            raise ToolkitError(f"в файле нет органа «{code}»{nearest(code, request.study.agencies)}")
    for code in request.study.agencies:
        if not request.agencies or code in request.agencies:
            yield PageTask(
                notebook=notebook,
                agency=code or NAMELESS,
                name=code or "Служащие",
                folder=folder,
                parameters={
                    "servants": str(request.file.path.resolve()),
                    "agency": code,
                    "internal": request.confidential,
                    "names": request.names,
                    "language": request.language,
                    "today": request.today,
                    "calendar": str(request.calendar.resolve()) if request.calendar else "",
                    "readings": spell_readings(
                        {
                            **request.study.readings,
                            "before_date": request.study.results.readings["before_date"],
                        }
                    ),
                },
            )


def _record(request: ServantRequest, pages: tuple[PageResult, ...]) -> str:
    rows = [{"agency": page.agency, "outcome": page.outcome, "page": page.page} for page in pages]
    known = {
        "corps": request.file.corps,
        "readings": dict(request.study.readings),
        "language": request.language,
        "toolkit": toolkit.__version__,
        "agencies": sorted(rows, key=lambda row: row["agency"]),
    }
    return json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _index(request: ServantRequest, pages: tuple[PageResult, ...]) -> str:
    corps = {"corps_a": "корпуса «А»", "corps_b": "корпуса «Б»"}[request.file.corps]
    html = (
        environment()
        .get_template("servants_index.html.j2")
        .render(
            title=f"Оценка служащих {corps}",
            policy=policy([]),
            style=page_style(),
            language="ru",
            words=words("ru"),
            home="",
            request=request,
            study=request.study,
            pages=pages,
            failed=FAILED,
        )
    )
    return f"{html.rstrip()}\n"
