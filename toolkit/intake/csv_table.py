"""A CSV file into a table: the separator and the encoding are recognised, broken rows are marked."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import count

from toolkit.errors import Place, ToolkitError
from toolkit.intake.decoding import DAMAGE, decode
from toolkit.intake.table import Cell, Row, Table, normalise

SEPARATORS = (",", ";", "\t")

_BROKEN = "кавычки расставлены неверно или не закрыты: ячейки строки не разобрать"
_SURPLUS = "ячеек больше, чем столбцов: значения могли сдвинуться"
_DAMAGED = "ячейка повреждена: её байты не читаются ни в одной кодировке"


def read_csv_table(data: bytes, source: str, known: Collection[str]) -> Table:
    r"""Read a CSV file.

    Parameters:
        data: the bytes of the file.
        source: its name, for messages.
        known: column names by which the separator is recognised.

    Returns:
        The header and the rows below it that are not empty.

    Raises:
        ToolkitError: the file is no text, is empty or has a broken header.

    Source:
        The format is ours: the columns are the declared inputs.

    Example:
        >>> table = read_csv_table(b"agency;workdays\nmf;247\n", "agencies.csv", ["agency", "workdays"])
        >>> table.rows[0].cells[1].text
        '247'
    """
    text = decode(data, source)
    separator = max(SEPARATORS, key=lambda separator: _count_known(text, separator, known))
    records = _read_records(text, separator)
    header = next((row for row in records if not row.empty), None)
    if header is None or header.fault:
        row = header.number if header else 1
        raise ToolkitError("строку с именами столбцов не разобрать", "имена столбцов", Place(source, row=row))
    rows = (_mark_surplus(row, len(header.cells)) for row in records if not row.empty)
    return Table(source, header, tuple(rows))


def _count_known(text: str, separator: str, known: Collection[str]) -> int:
    header = next((row for row in _read_records(text, separator) if not row.empty), None)
    return sum(normalise(cell.text) in known for cell in header.cells) if header else 0


def _read_records(text: str, separator: str) -> Iterator[Row]:
    """Yield every record as a row, counted as a spreadsheet counts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for number in count(1):
        row = _read_record(reader, number, longest=len(text) + 1)
        if row is None:
            return
        yield row


def _read_record(reader: Iterator[list[str]], number: int, longest: int) -> Row | None:
    """Return the next record, or nothing at the end; broken quotation marks give a fault instead of cells."""
    limit = csv.field_size_limit(longest)
    try:
        return Row(number, tuple(_read_cell(value) for value in next(reader)))
    except StopIteration:
        return None
    except csv.Error:
        return Row(number, (), _BROKEN)
    finally:
        csv.field_size_limit(limit)


def _read_cell(value: str) -> Cell:
    text = value.strip()
    return Cell(text, fault=_DAMAGED if DAMAGE in text else "")


def _mark_surplus(row: Row, width: int) -> Row:
    surplus = any(not cell.empty for cell in row.cells[width:])
    return replace(row, fault=row.fault or _SURPLUS) if surplus else row
