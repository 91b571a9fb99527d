"""The table of scores as a file: the binding columns, one row per agency and code."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from toolkit.errors import ToolkitError
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

    The file appears whole or not at all, so that an interrupted command leaves no half table.

    Raises:
        ToolkitError: the file cannot be written; the message says why.
    """
    text = scores_csv(scores)
    if str(out) == "-":
        sys.stdout.write(text)
        return
    unfinished = out.with_name(f".{out.name}.unfinished")
    try:
        unfinished.write_text(text, encoding="utf-8", newline="")
        unfinished.replace(out)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ToolkitError(f"не записать {out}: {error.strerror}", "файл в существующей папке") from None
