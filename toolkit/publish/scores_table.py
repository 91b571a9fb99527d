"""The table of scores as a file: the binding columns, one row per agency and code."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from toolkit.publish.output import write_output
from toolkit.rules.outcome import Scores

COLUMNS = (
    "agency",
    "year",
    "code",
    "level",
    "points",
    "exact",
    "maximum",
    "status",
    "low",
    "high",
    "provenance",
    "readings",
    "note",
)


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
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(score.row() for score in scores)
    return text.getvalue()


def write_scores(scores: Scores, out: Path) -> None:
    """Write the scores to a file, or to the screen when `out` is `-`.

    Raises:
        ToolkitError: the file cannot be written; the message says why.
    """
    write_output(scores_csv(scores).encode("utf-8"), out)
