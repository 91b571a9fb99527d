"""The lines of a CSV file into rows: a stray quotation mark refuses its own line and no other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import count

from toolkit.intake.decoding import DAMAGE
from toolkit.intake.table import EMPTY, Cell, Row

QUOTE = '"'

_BROKEN = "кавычки расставлены неверно или не закрыты: ячейки строки не разобрать"
_DAMAGED = "ячейка повреждена: её байты не читаются ни в одной кодировке"


def read_records(text: str, separator: str) -> Iterator[Row]:
    r"""Yield every record of a text as a row, counted as a spreadsheet counts.

    Parameters:
        text: the text of the file.
        separator: the sign between cells.

    Returns:
        The rows; one whose quotation marks are broken has a fault instead of cells and takes one line.

    Source:
        RFC 4180; a cell of many lines is refused when it may be several rows that a stray mark joined.

    Example:
        >>> [row.number for row in read_records('agency,name\nmf,"Мин\nфин"\nme,\n', ",")]
        [1, 2, 3]
    """
    lines = io.StringIO(text, newline="").readlines()
    at = width = 0
    known: dict[str, Cell] = {}  # most cells of a column repeat, and a cell never changes
    for number in count(1):
        if at == len(lines):
            return
        size = _measure(lines, at)
        values = _split(lines[at : at + size], separator) if size else None
        if values is None or (size > 1 and _may_be_several(values, separator, width)):
            size, row = 1, Row(number, (), _BROKEN)
        else:
            cells = (known.get(value) or known.setdefault(value, _read_cell(value)) for value in values)
            row = Row(number, tuple(cells))
        # The first row with cells is the header.
        width = width or (0 if row.empty else len(row.cells))
        at += size
        yield row


def split_loosely(line: str, separator: str) -> list[str]:
    """Return the cells of one line whatever its quotation marks are."""
    return _parse([line], separator, strict=False)[0]


def _measure(lines: list[str], at: int) -> int:
    """Return how many lines a record takes until its quotation marks are paired, 0 when they never are."""
    marks = 0
    for end in range(at, len(lines)):
        marks += lines[end].count(QUOTE)
        if marks % 2 == 0:
            return end - at + 1
    return 0


def _split(lines: list[str], separator: str) -> list[str] | None:
    """Return the cells of one record, or nothing when the lines are no one record."""
    try:
        records = _parse(lines, separator, strict=True)
    except csv.Error:
        return None
    return records[0] if len(records) == 1 else None


def _parse(lines: list[str], separator: str, *, strict: bool) -> list[list[str]]:
    limit = csv.field_size_limit(sum(map(len, lines)) + 1)
    try:
        return list(csv.reader(lines, delimiter=separator, strict=strict))
    finally:
        csv.field_size_limit(limit)


def _may_be_several(values: list[str], separator: str, width: int) -> bool:
    """Say whether a record of many lines may be several rows: a cell holds a separator, or cells miscount."""
    if any(separator in value and ("\n" in value or "\r" in value) for value in values):
        return True
    return bool(width) and (len(values) < width or any(value.strip() for value in values[width:]))


def _read_cell(value: str) -> Cell:
    text = value.strip()
    return Cell(text, fault=_DAMAGED if DAMAGE in text else "") if text else EMPTY
