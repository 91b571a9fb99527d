"""A workbook as sheets of cells that know their addresses and what they are merged with."""

import re
import zipfile
from io import BytesIO
from itertools import chain
from typing import Any, NamedTuple

from toolkit.errors import Place, ToolkitError, one_line
from toolkit.intake.table import EMPTY, Cell, fold, name_letters
from toolkit.intake.xlsx_table import complaining, read_cell, refuse_foreign_archive

LARGEST_FORM = 30_000_000
MOST_CELLS = 300_000

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([^"]*)"')


class Merge(NamedTuple):
    """A range of merged cells, by its first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(NamedTuple):
    """One sheet.

    Attributes:
        file: name of the file, for messages.
        sheet: name of the sheet, safe to show.
        hidden: whether the sheet is hidden.
        cells: the cells that are not empty, by row and column, from 1, in this order.
        merges: the merged range of each cell that lies in one.
    """

    file: str
    sheet: str
    hidden: bool
    cells: dict[int, dict[int, Cell]]
    merges: dict[tuple[int, int], Merge]

    def cell(self, row: int, column: int | None) -> Cell:
        """Return a cell; without a column it is empty."""
        return self.cells.get(row, {}).get(column or 0, EMPTY)

    def merge(self, row: int, column: int) -> Merge:
        """Return the merged range of a cell, which is the cell itself when it is not merged."""
        return self.merges.get((row, column)) or Merge(row, column, row, column)

    def shown(self, row: int, column: int) -> Cell:
        """Return what is shown in a cell, merged or not."""
        return self.cell(*self.merge(row, column)[:2])

    def letters(self, row: int, column: int) -> str:
        """Return the letters and digits of what is shown in a cell."""
        return fold(self.shown(row, column).text)

    def place(self, row: int = 0, *columns: int) -> Place:
        """Return where cells of a row stand."""
        cells = ", ".join(f"{name_letters(column - 1)}{row}" for column in columns)
        return Place(self.file, self.sheet, 0 if cells else row, cell=cells)


def read_grids(data: bytes, file: str) -> list[Grid]:
    """Read the sheets of a workbook.

    Parameters:
        data: the bytes of the file.
        file: its name, for messages.

    Returns:
        Each sheet with its cells.

    Raises:
        ToolkitError: it is no workbook, is damaged, has macros or links, or is too large.

    Source:
        The orders ask for forms in the format «MSExcel».
    """
    from openpyxl import load_workbook

    refuse_foreign_archive(data, file, LARGEST_FORM)
    with complaining(file):
        formulas = _has_formulas(data, file)
        values = load_workbook(BytesIO(data), data_only=True, keep_links=False)
        twins = load_workbook(BytesIO(data), keep_links=False) if formulas else values
        return [_read_grid(sheet, twins[sheet.title], file) for sheet in values.worksheets]


def _has_formulas(data: bytes, file: str) -> bool:
    """Say whether a workbook has formulas; refuse more cells, stored or merged, than a form has."""
    from openpyxl.utils.cell import range_boundaries

    with zipfile.ZipFile(BytesIO(data)) as archive:
        # An archive may unpack into more than it lists: this reads no further than what is listed.
        if archive.testzip():
            raise zipfile.BadZipFile
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    for part in parts:
        bounds: Any = (range_boundaries(found.decode()) for found in _MERGED.findall(part))
        size = sum((right - left + 1) * (bottom - top + 1) for left, top, right, bottom in bounds)
        _refuse_more("на листе объединено", size, file)
        _refuse_more("на листе", sum(1 for _ in _CELL.finditer(part)), file)
    return any(map(_FORMULA.search, parts))


def _refuse_more(what: str, size: int, file: str) -> None:
    if size > MOST_CELLS:
        raise ToolkitError(f"{what} больше {MOST_CELLS} ячеек", "форма приложения", Place(file))


def _read_grid(sheet: Any, twin: Any, file: str) -> Grid:
    # Only what is stored: a sheet may state any size, and asking for a cell would make it.
    stored = sheet._cells  # noqa: SLF001
    _refuse_more("на листе", len(stored), file)
    cells: dict[int, dict[int, Cell]] = {}
    for row, column in sorted(stored):
        if not (cell := read_cell(stored[row, column], twin._cells[row, column])).empty:  # noqa: SLF001
            cells.setdefault(row, {})[column] = cell
    merges: dict[tuple[int, int], Merge] = {}
    for area in sheet.merged_cells.ranges:
        merge = Merge(area.min_row, area.min_col, area.max_row, area.max_col)
        merges |= dict.fromkeys(chain.from_iterable(area.rows), merge)
    return Grid(file, one_line(sheet.title), sheet.sheet_state != "visible", cells, merges)
