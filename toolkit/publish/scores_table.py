"""The table of scores as a file: the binding columns, one row per agency and code."""

from __future__ import annotations

import csv
import io
import os
import sys
from pathlib import Path

from toolkit.errors import ToolkitError, one_line, why
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

    The file appears whole or not at all, so that an interrupted command leaves no half table. A link is
    followed; a folder or a device is refused, never replaced.

    Raises:
        ToolkitError: the file cannot be written; the message says why.
    """
    data = scores_csv(scores).encode("utf-8")
    if str(out) == "-":
        sys.stdout.buffer.write(data)
        return
    shown = one_line(str(out))
    try:
        target = out.resolve()
        if target.exists() and not target.is_file():
            raise ToolkitError(f"не записать {shown}: это не файл", "имя файла в существующей папке")
        unfinished = target.with_name(f".unfinished-{os.getpid()}.csv")
        unfinished.write_bytes(data)
        unfinished.replace(target)
    except OSError as error:
        raise ToolkitError(f"не записать {shown}: {why(error)}", "имя файла в существующей папке") from None
