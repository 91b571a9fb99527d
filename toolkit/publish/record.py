"""The record of a run: what came out of which data, in the same bytes each time; times stand apart."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import toolkit
from toolkit.intake.campaign import Campaign
from toolkit.publish.task import PageResult
from toolkit.rules.agency import Agency
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Scores
from toolkit.rules.reading import choose


@dataclass(frozen=True, slots=True)
class Run:
    """One run: the data, the rules, the scores and the pages."""

    campaign: Campaign
    methodology: Methodology
    scores: Scores
    pages: tuple[PageResult, ...]
    language: str
    readings: Mapping[str, str]


def run_text(run: Run) -> str:
    """Return `run.json`: the outcome of every page with the hash of its input, and what all share.

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
    agencies = {agency.code: agency for agency in run.campaign.agencies}
    rows = [
        page.row() | {"error": page.error, "input": input_hash(agencies[page.agency])}
        for page in sorted(run.pages, key=lambda page: page.agency)
    ]
    return json_text({**_shared(run), "agencies": rows})


def earlier_pages(folder: Path, run: Run) -> tuple[PageResult, ...]:
    """Return the pages of an earlier run that still stand beside those of this one.

    Asking again for one agency must not cut the links to the others, as long as they were made from the same
    data, rules and readings.

    Parameters:
        folder: folder of the pages.
        run: this run.

    Returns:
        The earlier pages of agencies that this run has not made, in the order of the data.

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
        rows = {row["agency"]: row for row in record["agencies"]}
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    if _shared(run) != {key: record.get(key) for key in _shared(run)}:
        return ()
    made = {page.agency for page in run.pages}
    return tuple(
        PageResult(code, rows[code]["outcome"], page, rows[code]["error"], 0, 0)
        for code in (agency.code for agency in run.campaign.agencies)
        if code in rows and code not in made and (folder / (page := f"{code}.html")).is_file()
    )


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
    return hashlib.sha256(json_text(known).encode("utf-8")).hexdigest()


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
