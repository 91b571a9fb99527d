"""The record of a run: what came out of which data, in the same bytes each time; times stand apart."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import toolkit
from toolkit.intake.campaign import Campaign
from toolkit.publish.task import PageResult
from toolkit.rules.agency import Agency
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Scores
from toolkit.rules.reading import choose

# What a page is made by beside this package.
_MAKERS = "altair", "ipython", "nbconvert", "nbformat", "pandas", "papermill", "vl-convert-python"


@dataclass(frozen=True, slots=True)
class Run:
    """One run: the data, the rules, the scores, the notebook and the pages."""

    campaign: Campaign
    methodology: Methodology
    scores: Scores
    pages: tuple[PageResult, ...]
    language: str
    readings: Mapping[str, str]
    notebook: Path = Path()
    keys: Mapping[str, str] | None = None  # of its pages, once they are worked out


def run_text(run: Run) -> str:
    """Return `run.json`: the outcome of every page, hashes of it and of what it is made from, what all share.

    Parameters:
        run: the run.

    Returns:
        JSON with sorted keys; no clock and no folder of this machine stands in it.

    Source:
        Ours; the order does not say how results are published.

    Example:
        >>> run_text.__name__
        'run_text'
    """
    keys = run.keys or page_keys(run)
    rows = [
        page.row() | {"error": page.error, "sha256": page.digest, "key": keys[page.agency]}
        for page in sorted(run.pages, key=lambda page: page.agency)
    ]
    return json_text({**_shared(run), "agencies": rows})


def earlier_pages(folder: Path, run: Run) -> tuple[PageResult, ...]:
    """Return the pages of earlier runs that this one would make again, to the letter.

    Parameters:
        folder: folder of the pages.
        run: this run.

    Returns:
        The pages that are whole and were made from the same data, rules, templates, language and readings, in
        the order of the data; those that tell of a failure too.

    Raises:
        Nothing: a record that cannot be read has no pages.

    Source:
        Ours; the order does not say how results are published.

    Example:
        >>> earlier_pages.__name__
        'earlier_pages'
    """
    try:
        record = json.loads((folder / "run.json").read_text("utf-8"))
        rows = {row["key"]: (row["outcome"], row["error"], row["sha256"]) for row in record["agencies"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ()
    found = ((code, *rows[key]) for code, key in (run.keys or page_keys(run)).items() if key in rows)
    pages = (PageResult(code, done, f"{code}.html", error, digest=it) for code, done, error, it in found)
    return tuple(page for page in pages if _is_whole(folder / page.page, page.digest))


def _is_whole(page: Path, digest: str) -> bool:
    return page.is_file() and hashlib.sha256(page.read_bytes()).hexdigest() == digest


def page_keys(run: Run) -> dict[str, str]:
    """Return for each agency a hash of all that its page is made from.

    A page shows its peers and the hash of the data, so each hash is of every file of the campaign.
    """
    shared = {
        **_shared(run),
        "program": program_hash(),
        "notebook": _hash_files([run.notebook] if run.notebook.is_file() else []),
    }
    agencies = run.campaign.agencies
    return {it.code: _hash_text(json_text([shared, input_hash(it)])) for it in agencies}


@cache
def program_hash() -> str:
    """Return a hash of the whole package and of what makes its pages."""
    package = Path(toolkit.__file__).parent
    files = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return _hash_text(_hash_files(sorted(files)) + " ".join(map(version, _MAKERS)))


def _hash_files(files: Iterable[Path]) -> str:
    return _hash_text(" ".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))


def _hash_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def timings_text(pages: tuple[PageResult, ...]) -> str:
    """Return `timings.json`: seconds of each page and of its cells, which differ from run to run."""
    rows = {
        page.agency: {"seconds": round(page.seconds, 3), "cells": round(page.cell_seconds, 3)}
        for page in pages
    }
    return json_text({"agencies": rows, "seconds": round(sum(page.seconds for page in pages), 3)})


def input_hash(agency: Agency) -> str:
    """Return a hash of everything that is known of one agency, the same for the same values.

    Example:
        >>> input_hash(Agency("a", "A", "central", {})) == input_hash(Agency("a", "A", "central", {}))
        True
    """
    known = {
        "identity": [agency.code, agency.name, agency.type, agency.year, agency.parent],
        "values": {name: str(value) for name, value in agency.values.items()},
        "refused": dict(agency.refused),
        "unshown": sorted(agency.unshown),
    }
    return _hash_text(json_text(known))


def _shared(run: Run) -> dict[str, Any]:
    """Return what all pages of a run have in common."""
    return {
        "campaign": run.campaign.digest,
        "year": run.campaign.year,
        "methodology": run.methodology.name,
        "edition": run.methodology.edition,
        "readings": choose(run.methodology.readings, run.readings),
        "language": run.language,
        "toolkit": toolkit.__version__,
    }


def json_text(value: Any) -> str:
    """Return a record as text, the same for the same content."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
