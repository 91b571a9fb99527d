"""What readings do as a file: the binding columns, a row for each score as chosen and for each move."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from toolkit.analysis.places import Place
from toolkit.analysis.readings import Move, ReadingStudy, Spread
from toolkit.publish.output import write_output
from toolkit.rules.outcome import Score, decimal

COLUMNS = (
    *("agency", "year", "code", "level", "reading", "option"),
    *("points", "exact", "change", "status", "low", "high", "place", "among", "place_change"),
    *("lowest", "lowest_at", "highest", "highest_at", "matters"),
)


def readings_csv(study: ReadingStudy, agencies: Iterable[str]) -> str:
    """Return what readings do to some agencies as CSV text with a header.

    A row without a reading is the score as chosen; its last five columns say how far it can go over all
    combinations of readings. A row with a reading and an option is the score after that one switch, with its
    change. Indicators that no reading moves have no rows; totals always have the first.

    Parameters:
        study: the study of a campaign.
        agencies: codes of agencies.

    Returns:
        Comma separated UTF-8 text. `points` and `change` are decimals; `exact`, `low`, `high`, `lowest` and
        `highest` are fractions such as `9/4`; `place_change` below zero is a rise; `lowest_at` and
        `highest_at` are the combination nearest to the choice, of the readings in `matters`.

    Raises:
        ToolkitError: there is no such agency.

    Source:
        Binding columns of the readings.

    Example:
        >>> from toolkit import evaluate, read_campaign
        >>> study = ReadingStudy(evaluate(read_campaign("data_samples/2023")))
        >>> table = readings_csv(study, ["gardens-ministry"]).splitlines()
        >>> [row.split(",")[4:8] for row in table if ",contest_transparency," in row][1]
        ['contest_formula', 'capped_sum', '8', '8']
    """
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    for agency in agencies:
        table.writerows(_rows(study, agency))
    return text.getvalue()


def write_readings(study: ReadingStudy, agencies: Iterable[str], out: Path) -> None:
    """Write what readings do to a file, or to the screen when `out` is `-`.

    Raises:
        ToolkitError: there is no such agency, or the file cannot be written.
    """
    write_output(readings_csv(study, agencies).encode("utf-8"), out)


def _rows(study: ReadingStudy, agency: str) -> Iterator[dict[str, str]]:
    moves = [move for move in study.moves(agency) if move.moved]
    for code, spread in study.spreads(agency).items():
        own = [move for move in moves if move.after.code == code]
        if own or spread.matters or spread.score.rule.total:
            yield _of(spread.score, study.place(spread.score)) | _far(spread)
            yield from (_switched(move) for move in own)


def _of(score: Score, place: Place | None) -> dict[str, str]:
    kept = {name: text for name, text in score.row().items() if name in COLUMNS}
    return kept | {
        "place": str(place.place) if place else "",
        "among": str(place.among) if place else "",
    }


def _switched(move: Move) -> dict[str, str]:
    return _of(move.after, move.place_after) | {
        "reading": move.reading.key,
        "option": move.option,
        "change": "" if move.change is None else decimal(move.change),
        "place_change": "" if move.place_change is None else str(move.place_change),
    }


def _far(spread: Spread) -> dict[str, str]:
    return {
        "lowest": str(spread.low),
        "lowest_at": _named(spread.lowest[0]),
        "highest": str(spread.high),
        "highest_at": _named(spread.highest[0]),
        "matters": ";".join(spread.matters),
    }


def _named(choice: Mapping[str, str]) -> str:
    return ";".join(f"{key}={option}" for key, option in choice.items())
