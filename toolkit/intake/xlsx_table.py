"""A workbook into a table: the same cells as of a CSV file, with the address of each."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING, Any

from toolkit.errors import Place, ToolkitError, one_line
from toolkit.intake.table import Row, Table, normalise
from toolkit.intake.xlsx_cell import read_cell

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST_ARCHIVE = 200_000_000
LAST_ROW = 1_048_576
MOST_CELLS = 10_000_000

_ALLOWED = "книга .xlsx без пароля, сохранённая Excel или LibreOffice"


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
    _refuse_what_is_no_workbook(data, source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(data, source, sheet, key)
    except ToolkitError:
        raise
    except Exception:  # noqa: BLE001  a damaged workbook breaks its reader in ways nobody has listed
        raise ToolkitError("книга не читается, файл повреждён", _ALLOWED, Place(source)) from None


def _refuse_what_is_no_workbook(data: bytes, source: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ToolkitError("книга зашифрована или сохранена старым Excel (.xls)", _ALLOWED, Place(source))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except Exception:  # noqa: BLE001  a damaged archive breaks its reader in ways nobody has listed
        raise ToolkitError("это не книга Excel или файл повреждён", _ALLOWED, Place(source)) from None
    if size > LARGEST_ARCHIVE:
        what = f"книга распаковывается в {size // 1_000_000} МБ"
        raise ToolkitError(what, f"не больше {LARGEST_ARCHIVE // 1_000_000} МБ", Place(source))


def _read(data: bytes, source: str, sheet: str, key: str) -> Table:
    # One reading gives what was computed, the other tells which cells are formulas.
    with closing(_open(data, computed=True)) as values, closing(_open(data, computed=False)) as formulas:
        return _choose(values, formulas, source, sheet, key)


def _open(data: bytes, *, computed: bool) -> Workbook:
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


def _choose(values: Workbook, formulas: Workbook, source: str, title: str, key: str) -> Table:
    """Return the table of the first sheet that suits."""
    pairs = list(zip(values.worksheets, formulas.worksheets, strict=True))
    named = [pair for pair in pairs if normalise(pair[0].title) == title]
    blank: Table | None = None
    for sheet, twin in named or pairs:
        rows = (row for row in _read_rows(sheet, twin, source) if not row.empty)
        header = next(rows, None)
        if header is None:
            continue
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
