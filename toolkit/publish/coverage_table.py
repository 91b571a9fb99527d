"""The coverage of the orders as a file: the binding columns, one row for each point and answer."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.errors import ToolkitError, one_line, why
from toolkit.rules.coverage import Point

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

    The file appears whole or not at all. A link is followed; a folder or a device is refused, never replaced.

    Raises:
        ToolkitError: the file cannot be written; the message says why.
    """
    data = coverage_csv(points).encode("utf-8")
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
