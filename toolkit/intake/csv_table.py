"""A CSV file into a table: encoding and separator are recognised, broken rows and damage marked."""

import codecs
import csv
import io
from collections.abc import Collection, Iterator
from itertools import accumulate

from toolkit.errors import Place, ToolkitError, one_line
from toolkit.intake.table import DAMAGE, EMPTY, Cell, Row, Table, normalise

SEPARATORS = (",", ";", "\t")
QUOTE = '"'
MOST_COLUMNS = 1_000
MOST_CELLS = 10_000_000

_BROKEN = "кавычки расставлены неверно или не закрыты: ячейки строки не разобрать"
_ALLOWED = "имена столбцов в первой строке и данные под ними"
_TEXT = "текстовая таблица .csv в кодировке UTF-8 или Windows-1251"
_SIGNATURES = {
    b"PK\x03\x04": ("это книга Excel под именем .csv", "книга под именем {stem}.xlsx"),
    b"\xd0\xcf\x11\xe0": ("это книга старого Excel под именем .csv", "книга, сохранённая как {stem}.xlsx"),
    codecs.BOM_UTF16_LE: ("файл в кодировке UTF-16", _TEXT),
    codecs.BOM_UTF16_BE: ("файл в кодировке UTF-16", _TEXT),
}
_LOOKS = {"{": "JSON", "[": "JSON", "<": "страницу HTML или XML", "%PDF": "документ PDF"}


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
    # Counting signs is cheap; every cell that is made costs a hundred bytes.
    lines = max(text.count("\n"), text.count("\r"))
    if lines + max(text.count(separator) for separator in SEPARATORS) > MOST_CELLS:
        raise ToolkitError(f"в файле больше {MOST_CELLS} ячеек", _ALLOWED, Place(source))
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


def _recognise(text: str, known: Collection[str]) -> str:
    """Return the separator that finds the most known names in the first line with words."""
    blank = "".join(SEPARATORS) + QUOTE + "\ufeff \r\n"
    line = next((line for line in io.StringIO(text, newline="") if line.strip(blank)), "")
    names = {separator: _parse([line], separator, strict=False)[0] for separator in SEPARATORS}
    return max(names, key=lambda separator: sum(normalise(name) in known for name in names[separator]))


def _judge_widths(table: Table, separator: str) -> Table:
    """Refuse the rows longer than the header, doubt those shorter."""
    width = len(table.header.cells)
    lengths = {len(row.cells) for row in table.rows if not row.fault}
    # An unquoted decimal comma makes a surplus too, but hardly the same one in every row.
    lenient = separator != "," or len(lengths) == 1
    rows = tuple(_judge_width(row, width, lenient=lenient) for row in table.rows)
    if separator == "," and any(len(row.cells) > width and not row.fault for row in rows):
        surplus = f"в каждой строке пустых ячеек без столбца: {lengths.pop() - width}"
        header = table.header._replace(doubt=f"{surplus}; проверьте, не сдвинуты ли значения")
        return table._replace(header=header, rows=rows)
    return table._replace(rows=rows)


def _judge_width(row: Row, width: int, *, lenient: bool) -> Row:
    surplus = row.cells[width:]
    if any(not cell.empty for cell in surplus) or (surplus and not lenient):
        return row._replace(fault="ячеек больше, чем столбцов: значения могли сдвинуться")
    if row.fault or len(row.cells) >= width:
        return row
    doubt = f"ячеек {len(row.cells)} из {width}: строка оборвана, недостающие значения не заданы"
    return row._replace(doubt=doubt)


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
    number = at = width = 0
    known: dict[str, Cell] = {}  # most cells of a column repeat, and a cell never changes
    while at < len(lines):
        number += 1
        size = _measure(lines, at)
        values = _split(lines[at : at + size], separator)
        if values is None or (size > 1 and _may_be_several(values, separator, width)):
            size, row = 1, Row(number, (), _BROKEN)
        else:
            cells = (known.get(value) or known.setdefault(value, _read_cell(value)) for value in values)
            row = Row(number, tuple(cells))
        # The first row with cells is the header.
        width = width or (0 if row.empty else len(row.cells))
        at += size
        yield row


def _measure(lines: list[str], at: int) -> int:
    """Return how many lines a record takes until its quotation marks are paired, 0 when they never are."""
    marks = accumulate(lines[end].count(QUOTE) for end in range(at, len(lines)))
    return next((size for size, count in enumerate(marks, 1) if count % 2 == 0), 0)


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
    if DAMAGE in (text := value.strip()):
        return Cell(text, fault="ячейка повреждена: её байты не читаются ни в одной кодировке")
    return Cell(text) if text else EMPTY


def decode(data: bytes, source: str) -> str:
    """Decode a text file as UTF-8 or Windows-1251.

    Parameters:
        data: the bytes of the file.
        source: its name, for the message.

    Returns:
        The text; bytes that mean nothing become U+FFFD.

    Raises:
        ToolkitError: the bytes are no text, or there is nothing in them.

    Source:
        Encodings in which office programs of the country save tables.

    Example:
        >>> decode("код".encode("cp1251"), "agencies.csv")
        'код'
    """
    for signature, (what, allowed) in _SIGNATURES.items():
        if data.startswith(signature):
            stem = one_line(source.rpartition(".")[0])
            raise ToolkitError(what, allowed.replace("{stem}", stem), Place(source))
    if b"\0" in data:
        raise ToolkitError("это не текст: в файле есть нулевые байты", _TEXT, Place(source))
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="replace")
    damaged = text.count(DAMAGE)
    # A damaged UTF-8 file is sound almost everywhere; Windows-1251 read as UTF-8 almost nowhere.
    sound = sum(not character.isascii() for character in text) - damaged if damaged else 0
    if sound < damaged and not data.startswith(codecs.BOM_UTF8):
        text = data.decode("cp1251", errors="replace")
    if not text.strip():
        raise ToolkitError("файл пуст", "первая строка с именами столбцов и данные под ней", Place(source))
    return text


def liken(text: str) -> str:
    """Return a phrase that says what a text that is no table resembles, or nothing."""
    start = text.lstrip()
    return next((f"; файл похож на {look}" for sign, look in _LOOKS.items() if start.startswith(sign)), "")
