"""Results of servants as a file: the binding columns of corps A and corps B."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from toolkit.publish.output import write_output
from toolkit.servants.corps_a import CorpsA
from toolkit.servants.corps_b import CorpsB

COLUMNS_A = ("servant", "status", "mean", "exact", "label", "problems")
COLUMNS_B = ("servant", "period", "status", "mean", "exact", "label", "problems")


def servants_csv(results: CorpsA | CorpsB) -> str:
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
    text = io.StringIO()
    columns = COLUMNS_A if isinstance(results, CorpsA) else COLUMNS_B
    table = csv.DictWriter(text, columns, lineterminator="\n")
    table.writeheader()
    table.writerows(results.rows())
    return text.getvalue()


def write_servants(results: CorpsA | CorpsB, out: Path) -> None:
    """Write results to a file, or to the screen when `out` is `-`.

    Raises:
        ToolkitError: the file cannot be written; the message says why.
    """
    write_output(servants_csv(results).encode("utf-8"), out)
