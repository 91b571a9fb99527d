"""Results as CSV files: the binding columns of each table, and the one way in which all are written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING

from toolkit.rules.loader import read_toml
from toolkit.rules.outcome import Score, Scores, decimal

if TYPE_CHECKING:
    from toolkit.analysis.coverage import Point
    from toolkit.analysis.places import Place
    from toolkit.analysis.readings import ReadingStudy
    from toolkit.calendar.terms import Deadline
    from toolkit.display.sources import InputSource
    from toolkit.intake.campaign import Campaign
    from toolkit.rules.methodology import Methodology
    from toolkit.servants.decision import Results

_COLUMNS = read_toml(files("toolkit") / "publish" / "template" / "tables.toml")
_FORMULAS, _NUMBER = ("=", "+", "-", "@", "\t", "\r"), re.compile(r"-[0-9]+(?:[./][0-9]+)?")


def scores_csv(scores: Scores) -> str:
    """Return the scores as CSV text with a header.

    Parameters:
        scores: scores of a campaign.

    Returns:
        Comma separated UTF-8 text; `exact`, `low` and `high` are fractions such as `9/4`.

    Raises:
        Nothing.

    Source:
        Binding columns of the result.

    Example:
        >>> scores_csv(Scores((), {})).startswith("agency,year,code,level,points,exact")
        True
    """
    return _csv("scores", (score.row() for score in scores))


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
        >>> from toolkit.analysis.readings import ReadingStudy
        >>> study = ReadingStudy(evaluate(read_campaign("tests/samples/drawn_2023")))
        >>> table = readings_csv(study, ["gardens-ministry"]).splitlines()
        >>> [row.split(",")[4:8] for row in table if ",contest_transparency," in row][1]
        ['contest_formula', 'capped_sum', '8', '8']
    """
    return _csv("readings", (row for agency in agencies for row in _reading_rows(study, agency)))


def coverage_csv(points: Iterable[Point]) -> str:
    r"""Return the points and their answers as CSV text with a header.

    Parameters:
        points: points of one order or of several.

    Returns:
        Comma separated UTF-8 text; `planned` is `yes` or `no`, the codes in `by` are separated by semicolons.

    Raises:
        Nothing.

    Source:
        Binding columns of the coverage.

    Example:
        >>> coverage_csv([])
        'order,section,point,opening,answer,planned,by,file,cases,test,note\n'
    """
    return _csv("coverage", (row for point in points for row in _coverage_rows(point)))


def deadlines_csv(found: Iterable[Deadline]) -> str:
    r"""Return deadlines as CSV text with a header.

    Parameters:
        found: deadlines of one year or of several.

    Returns:
        Comma separated UTF-8 text; days are written 2026-01-20 and are empty where there is none, phrases of
        `flags` and `notes` are separated by semicolons.

    Raises:
        Nothing.

    Source:
        Binding columns of the deadlines.

    Example:
        >>> deadlines_csv([]).count(",")
        16
    """
    return _csv("deadlines", map(_deadline_row, found))


def servants_csv(results: Results) -> str:
    """Return results as CSV text with a header.

    Parameters:
        results: results of either corps.

    Returns:
        Comma separated UTF-8 text: a row for each servant of corps A, for each quarter and year of corps B.
        `mean` is a decimal of at most twelve digits, `exact` a fraction such as `1499/500`; several problems
        are parted by a vertical line.

    Raises:
        Nothing.

    Source:
        Binding columns of the results.

    Example:
        >>> from toolkit.servants.corps_a import evaluate_corps_a
        >>> from toolkit.servants.records import CORPS_A, read_servants
        >>> found = evaluate_corps_a(read_servants("data_samples/servants_2025/corps_a.csv", CORPS_A))
        >>> servants_csv(found).startswith("servant,status,mean,exact,label,problems")
        True
    """
    return _csv(results.file.corps, (one.row() for one in results.outcomes))


def sources_csv(campaign: Campaign, agencies: Iterable[str], methodology: Methodology) -> str:
    """Return where every input of some agencies was read as CSV text with a header.

    Parameters:
        campaign: the campaign as it was read.
        agencies: codes of agencies.
        methodology: the rules, which say what an agency needs.

    Returns:
        Comma separated UTF-8 text; `value` is a fraction such as `9/4`, several sources are parted by `;`.

    Raises:
        ToolkitError: there is no such agency.

    Source:
        The columns are ours.
    """
    from toolkit.display.sources import input_sources

    rows = ((code, row) for code in agencies for row in input_sources(campaign, code, methodology))
    return _csv("sources", (_source_row(code, row) for code, row in rows))


def _csv(table: str, rows: Iterable[Mapping[str, str]]) -> str:
    """Write a table; what a row knows beyond its columns is left out, what it does not know is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS[table], extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _tame(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _tame(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; a number stays one."""
    return f"'{text}" if text.startswith(_FORMULAS) and not _NUMBER.fullmatch(text) else text


def _reading_rows(study: ReadingStudy, agency: str) -> Iterator[dict[str, str]]:
    moves = [move for move in study.moves(agency) if move.moved]
    for code, spread in study.spreads(agency).items():
        own = [move for move in moves if move.after.code == code]
        if own or spread.matters or spread.score.rule.total:
            yield _placed(spread.score, study.place(spread.score)) | {
                "lowest": str(spread.low),
                "lowest_at": _named(spread.lowest[0]),
                "highest": str(spread.high),
                "highest_at": _named(spread.highest[0]),
                "matters": ";".join(spread.matters),
            }
        for move in own:
            yield _placed(move.after, move.place_after) | {
                "reading": move.reading.key,
                "option": move.option,
                "change": "" if move.change is None else decimal(move.change),
                "place_change": "" if move.place_change is None else str(move.place_change),
            }


def _placed(score: Score, place: Place | None) -> dict[str, str]:
    return score.row() | ({"place": str(place.place), "among": str(place.among)} if place else {})


def _named(choice: Mapping[str, str]) -> str:
    return ";".join(f"{key}={option}" for key, option in choice.items())


def _coverage_rows(point: Point) -> Iterator[dict[str, str]]:
    """Yield a row for each answer; a point that was passed over has a row too, so that it is seen."""
    head = {"order": point.order, "section": point.section, "point": point.number, "opening": point.opening}
    if not point.answers:
        yield head
    for answer in point.answers:
        planned, by = "yes" if answer.planned else "no", ";".join(answer.by)
        yield head | asdict(answer) | {"answer": answer.kind, "planned": planned, "by": by}


def _deadline_row(it: Deadline) -> dict[str, str]:
    row = asdict(it) | {"document": it.document.title, "event": it.event.code}
    row |= {"first_day": it.first, "last_day": it.last}
    row |= {"flags": "; ".join(it.flags), "notes": "; ".join(it.notes)}
    return {name: "" if value is None else str(value) for name, value in row.items()}


def _source_row(code: str, row: InputSource) -> dict[str, str]:
    from toolkit.display.explanation import value_text

    origins = row.origins or [offer.origins[0] for offer in row.said]
    return {
        "agency": code,
        "input": row.declared.name,
        "title": row.declared.title,
        "value": "" if row.value is None else str(row.value),
        "shown": value_text(row.declared, row.value),
        "state": row.state,
        "why": row.why,
        "source": "; ".join(str(one.place) for one in origins),
        "how": "; ".join(one.how for one in origins if one.how),
        "basis": "; ".join(one.basis for one in origins if one.basis),
        "date": "; ".join(one.day.isoformat() for one in origins if one.day),
    }
