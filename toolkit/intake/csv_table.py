"""A CSV file into a table: the separator and the encoding are recognised, broken rows are marked."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import replace

from toolkit.errors import Place, ToolkitError
from toolkit.intake.csv_records import QUOTE, read_records, split_loosely
from toolkit.intake.decoding import decode
from toolkit.intake.table import Row, Table, normalise

SEPARATORS = (",", ";", "\t")
MOST_COLUMNS = 1_000
MOST_CELLS = 10_000_000

_SURPLUS = "ячеек больше, чем столбцов: значения могли сдвинуться"
_ALLOWED = "имена столбцов в первой строке и данные под ними"


def read_csv_table(data: bytes, source: str, known: Collection[str]) -> Table:
    r"""Read a CSV file.

    Parameters:
        data: the bytes of the file.
        source: its name, for messages.
        known: column names by which the separator is recognised.

    Returns:
        The header and the rows below it that are not empty.

    Raises:
        ToolkitError: the file is no text, is empty, too large or has a broken header.

    Source:
        The format is ours: the columns are the declared inputs.

    Example:
        >>> table = read_csv_table(b"agency;workdays\nmf;247\n", "agencies.csv", ["agency", "workdays"])
        >>> table.rows[0].cells[1].text
        '247'
    """
    text = decode(data, source)
    _refuse_too_many_cells(text, source)
    separator = _recognise(text, known)
    records = read_records(text, separator)
    header = next((row for row in records if not row.empty), None)
    if header is None or header.fault:
        row = header.number if header else 1
        raise ToolkitError("строку с именами столбцов не разобрать", "имена столбцов", Place(source, row=row))
    if len(header.cells) > MOST_COLUMNS:
        what = f"столбцов {len(header.cells)}"
        raise ToolkitError(what, f"не больше {MOST_COLUMNS}", Place(source, row=header.number))
    return _judge_widths(Table(source, header, tuple(row for row in records if not row.empty)), separator)


def _refuse_too_many_cells(text: str, source: str) -> None:
    # Counting signs is cheap; every cell that is made costs a hundred bytes.
    lines = max(text.count("\n"), text.count("\r"))
    if lines + max(text.count(separator) for separator in SEPARATORS) > MOST_CELLS:
        raise ToolkitError(f"в файле больше {MOST_CELLS} ячеек", _ALLOWED, Place(source))


def _recognise(text: str, known: Collection[str]) -> str:
    """Return the separator that finds the most known names in the first line with words."""
    blank = "".join(SEPARATORS) + QUOTE + "\ufeff \r\n"
    line = next((line for line in io.StringIO(text, newline="") if line.strip(blank)), "")
    return max(SEPARATORS, key=lambda separator: _count_known(line, separator, known))


def _count_known(line: str, separator: str, known: Collection[str]) -> int:
    return sum(normalise(name) in known for name in split_loosely(line, separator))


def _judge_widths(table: Table, separator: str) -> Table:
    """Refuse the rows longer than the header, doubt those shorter."""
    width = len(table.header.cells)
    lengths = {len(row.cells) for row in table.rows if not row.fault}
    # An unquoted decimal comma makes a surplus too, but hardly the same one in every row.
    lenient = separator != "," or len(lengths) == 1
    rows = tuple(_judge_width(row, width, lenient=lenient) for row in table.rows)
    if separator == "," and any(len(row.cells) > width and not row.fault for row in rows):
        doubt = (
            f"в каждой строке пустых ячеек без столбца: {lengths.pop() - width}; проверьте, не сдвинуты ли"
        )
        return replace(table, header=replace(table.header, doubt=f"{doubt} значения"), rows=rows)
    return replace(table, rows=rows)


def _judge_width(row: Row, width: int, *, lenient: bool) -> Row:
    surplus = row.cells[width:]
    if any(not cell.empty for cell in surplus) or (surplus and not lenient):
        return replace(row, fault=_SURPLUS)
    if row.fault or len(row.cells) >= width:
        return row
    doubt = f"ячеек {len(row.cells)} из {width}: строка оборвана, недостающие значения не заданы"
    return replace(row, doubt=doubt)
