"""The coverage of the orders as a file: the binding columns, one row for each point and answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.analysis.coverage import Point
from toolkit.publish.output import write_output

COLUMNS = (
    *("order", "section", "point", "opening"),
    *("answer", "planned", "by", "file", "cases", "test", "note"),
)


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
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(row for point in points for row in _rows(point))
    return text.getvalue()


def write_coverage(points: Iterable[Point], out: Path) -> None:
    """Write the coverage to a file, or to the screen when `out` is `-`.

    Raises:
        ToolkitError: the file cannot be written; the message says why.
    """
    write_output(coverage_csv(points).encode("utf-8"), out)


def _rows(point: Point) -> Iterator[dict[str, str]]:
    """Yield a row for each answer; a point that was passed over has a row too, so that it is seen."""
    head = {"order": point.order, "section": point.section, "point": point.number, "opening": point.opening}
    if not point.answers:
        yield head
    for answer in point.answers:
        yield head | {
            "answer": answer.kind,
            "planned": "yes" if answer.planned else "no",
            "by": ";".join(answer.by),
            "file": answer.file,
            "cases": answer.cases,
            "test": answer.test,
            "note": answer.note,
        }
