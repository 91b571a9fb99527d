"""A workbook into a table: the same cells as of a CSV file, with the address of each."""

import math
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from io import BytesIO
from posixpath import normpath
from typing import Any

from toolkit.errors import Place, ToolkitError, one_line
from toolkit.intake.numbers import LONGEST_NUMBER, Figure
from toolkit.intake.table import DAMAGE, EMPTY, Cell, Row, Table, normalise

LARGEST_ARCHIVE = 200_000_000
LAST_ROW = 1_048_576
MOST_CELLS = 10_000_000
ALLOWED = "книга .xlsx без пароля и макросов, сохранённая Excel или LibreOffice"

_FOREIGN = {
    ("/xl/vbaproject", "/xl/macrosheets/"): "в книге есть макросы",
    ("/xl/externallink",): "книга ссылается на другие книги",
    ("/xl/connections",): "книга связана с внешними данными",
}
_UNCOMPUTED = "формула без сохранённого значения: пересчитайте и сохраните книгу или впишите значение"
# What a number format shows as it is; a percent sign outside of these multiplies by a hundred.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def read_xlsx_table(data: bytes, source: str, sheet: str, key: str) -> Table:
    """Read one sheet of a workbook.

    Parameters:
        data: the bytes of the file.
        source: its name, for messages.
        sheet: name of the sheet.
        key: name of the column that tells the right sheet where none has that name.

    Returns:
        The header and the rows below it that are not empty, of the sheet of that name or else of the
        first sheet that has the key column.

    Raises:
        ToolkitError: it is no workbook, is encrypted, too large or empty.

    Source:
        The format is ours: the columns are the declared inputs.

    Example:
        >>> read_xlsx_table(b"agency", "agencies.xlsx", "agencies", "agency")
        Traceback (most recent call last):
        ...
        toolkit.errors.ToolkitError: agencies.xlsx: ...
    """
    refuse_foreign_archive(data, source)
    # One reading gives what was computed, the other tells which cells are formulas.
    with (
        complaining(source),
        closing(_open(data, computed=True)) as values,
        closing(_open(data, computed=False)) as twins,
    ):
        return _choose(values, twins, source, sheet, key)


@contextmanager
def complaining(source: str) -> Iterator[None]:
    """Read a workbook without the warnings of its reader, and turn what breaks it into one sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ToolkitError:
        raise
    except Exception:  # noqa: BLE001  a damaged workbook breaks its reader in ways nobody has listed
        raise ToolkitError("книга не читается, файл повреждён", ALLOWED, Place(source)) from None


def _open(data: bytes, *, computed: bool) -> Any:
    from openpyxl.chartsheet import Chartsheet
    from openpyxl.reader.excel import ExcelReader

    class Reader(ExcelReader):
        """A reader that keeps the place of a chart sheet and nothing of it: an empty one would break it."""

        def read_chartsheet(self, sheet: Any, rel: Any) -> None:  # noqa: ARG002  the reader passes both
            book: Any = self.wb
            book._add_sheet(Chartsheet(parent=book, title=sheet.name))  # noqa: SLF001  it has no other way

    reader = Reader(BytesIO(data), read_only=True, data_only=computed, keep_links=False)
    reader.read()
    return reader.wb


def _choose(values: Any, formulas: Any, source: str, title: str, key: str) -> Table:
    """Return the table of the first sheet that suits."""
    pairs = list(zip(values.worksheets, formulas.worksheets, strict=True))
    named = [pair for pair in pairs if normalise(pair[0].title) == title]
    blank: Table | None = None
    for sheet, twin in named or pairs:
        rows = (row for row in _read_rows(sheet, twin, source) if not row.empty)
        if header := next(rows, None):
            if named or any(normalise(cell.text) == key for cell in header.cells):
                return Table(source, header, tuple(rows), one_line(sheet.title))
            blank = blank or Table(source, header, (), one_line(sheet.title))
    if blank is None:
        raise ToolkitError("в книге нет заполненных листов", f"лист {title}", Place(source))
    return blank


def _read_rows(sheet: Any, twin: Any, source: str) -> Iterator[Row]:
    """Yield the rows of a sheet, each as wide as its last cell."""
    # The size a workbook states may be wrong, and rows would be padded to it.
    sheet.reset_dimensions()
    twin.reset_dimensions()
    seen = 0
    both = zip(sheet.iter_rows(max_row=LAST_ROW), twin.iter_rows(max_row=LAST_ROW), strict=True)
    for number, (cells, formulas) in enumerate(both, 1):
        seen += len(cells)
        if seen > MOST_CELLS:
            raise ToolkitError(f"на листе больше {MOST_CELLS} ячеек", "лист с данными", Place(source))
        yield Row(number, tuple(read_cell(*pair) for pair in zip(cells, formulas, strict=True)))


def refuse_foreign_archive(data: bytes, source: str, largest: int = LARGEST_ARCHIVE) -> None:
    """Refuse what is no workbook, unpacks into too much, has macros or takes data from elsewhere.

    Parameters:
        data: the bytes of the file.
        source: its name, for messages.
        largest: most bytes that it may unpack into.

    Raises:
        ToolkitError: one of these; the list of the archive's members tells it, none of them is read.

    Source:
        The limits are ours.

    Example:
        >>> refuse_foreign_archive(b"agency", "agencies.xlsx")
        Traceback (most recent call last):
        ...
        toolkit.errors.ToolkitError: agencies.xlsx: это не книга Excel или файл повреждён; ...
    """
    place = Place(source)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ToolkitError("книга зашифрована или сохранена старым Excel (.xls)", ALLOWED, place)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except Exception:  # noqa: BLE001  a damaged archive breaks its reader in ways nobody has listed
        raise ToolkitError("это не книга Excel или файл повреждён", ALLOWED, place) from None
    if any(member.filename == "mimetype" for member in members):
        raise ToolkitError("это таблица OpenDocument (.ods)", ALLOWED, place)
    if (size := sum(member.file_size for member in members)) > largest:
        what = f"книга распаковывается в {size // 1_000_000} МБ"
        raise ToolkitError(what, f"не больше {largest // 1_000_000} МБ", place)
    for member in members:
        for starts, what in _FOREIGN.items():
            if normpath("/" + member.filename.replace("\\", "/").lstrip("/")).casefold().startswith(starts):
                raise ToolkitError(what, ALLOWED, place)


def read_cell(cell: Any, twin: Any) -> Cell:
    """Read one cell.

    Parameters:
        cell: the cell as openpyxl reads computed values.
        twin: the same cell as openpyxl reads formulas.

    Returns:
        The cell; a formula that was never computed has a fault, so that it is not taken for an empty cell.
    """
    value = cell.value
    if value is None or value == "":
        # A formula that gave an empty text is of type `str`; one that was never computed has no type.
        uncomputed = twin.data_type == "f" and cell.data_type != "str"
        return Cell("формула", None, _UNCOMPUTED, twin.coordinate, uncomputed=True) if uncomputed else EMPTY
    address = cell.coordinate
    if fault := _find_fault(value, cell.data_type):
        return Cell(one_line(str(value)), fault=fault, address=address, day=_read_day(value))
    if isinstance(value, int | float):
        # The shortest decimal that gives this binary number is what was typed: 0.1 is one tenth.
        exact = Fraction(repr(value))
        if "%" in _LITERAL.sub("", cell.number_format):
            return Cell(f"{100 * value:g}%", Figure(100 * exact, percent=True), address=address)
        return Cell(str(exact) if exact.denominator == 1 else repr(value), Figure(exact), address=address)
    return Cell(str(value).strip(), address=address)


def _find_fault(value: object, kind: str) -> str:
    if kind == "e":
        return f"ошибка вычисления {one_line(str(value), 20)}"
    if isinstance(value, bool):
        return f"логическое значение {'ИСТИНА' if value else 'ЛОЖЬ'}"
    if isinstance(value, date | time | timedelta):
        return f"дата или время ({one_line(str(value), 20)})"
    if isinstance(value, int | float) and not (math.isfinite(value) and abs(value) < 10**LONGEST_NUMBER):
        return "число слишком велико"
    return "ячейка повреждена" if DAMAGE in str(value) else ""


def _read_day(value: object) -> date | None:
    """Return the day of a date cell; the time of day that a workbook keeps with it must be midnight."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else None
    return value if isinstance(value, date) else None
