"""A blank form filled as people fill it, packed so that every run gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from copy import copy
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.cell_range import MultiCellRange

from toolkit.intake.forms.definition import load_form
from toolkit.publish.blank_form import write_blank

NUMBERING = "№ п/п"
DAY = (1980, 1, 1, 0, 0, 0)  # of every file in the archive, the earliest an archive can keep


class Filled:
    """The blank of an annex, to be filled.

    Parameters:
        annex: its number.
        rows: rows of records that the blank leaves.
        forms: how the agency writes, as `agencies_2023.toml` says.
    """

    def __init__(self, annex: str, rows: int, forms: dict[str, Any]) -> None:
        self.annex, self.forms = annex, forms
        self.tables = {table.key: table for table in load_form(annex).tables}
        self.book = load_workbook(BytesIO(print_blank(annex, rows)))

    def sheet(self, key: str) -> Any:
        """Return the sheet of a table."""
        return self.book[self.tables[key].sheet]

    def write(self, cell: Any, value: object) -> None:
        """Write a value: as it is, or in the way of this agency."""
        grouped = isinstance(value, int) and value >= 1_000 and self.forms.get("thousands") == "space"  # noqa: PLR2004
        if grouped:
            cell.value = f"{value:,}".replace(",", "\u00a0")
        elif isinstance(value, float) and self.forms.get("decimals") == "comma":
            cell.value = f"{value:.2f}".replace(".", ",")
        else:
            cell.value = value

    def first(self, key: str) -> int:
        """Return the first row of records: below the header and the numbers of its columns."""
        sheet = self.sheet(key)
        head = find(sheet, NUMBERING).row
        return next(row for row in range(head, sheet.max_row) if sheet.cell(row, 2).value == "2") + 1

    def record(self, key: str, at: int, values: list[object]) -> None:
        """Fill a row of records after its number."""
        for column, value in enumerate(values, 2):
            if value is not None:
                self.write(self.sheet(key).cell(self.first(key) + at, column), value)

    def pack(self) -> bytes:
        """Return the workbook; it has no clock in it."""
        for sheet in self.book:
            if self.forms.get("header") == "moved":
                insert(sheet, 1, 3)
                sheet.cell(1, 1).value = "Исх. № 17 от 12.01.2024"
                sheet.freeze_panes = None
        self.book.properties.creator = ""
        saved, packed = BytesIO(), BytesIO()
        self.book.save(saved)
        with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
            for name in sorted(source.namelist()):
                kept = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", source.read(name)
                )
                member = zipfile.ZipInfo(name, DAY)
                member.create_system = 3  # otherwise it names the system that the script runs on
                target.writestr(member, kept, zipfile.ZIP_DEFLATED, 9)
        return packed.getvalue()


@cache
def print_blank(annex: str, rows: int) -> bytes:
    """Return the blank of an annex."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "blank.xlsx"
        write_blank(load_form(annex), file, rows)
        return file.read_bytes()


def find(sheet: Any, text: str) -> Any:
    """Return the first cell in which a printed text stands."""
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def insert(sheet: Any, at: int, rows: int) -> None:
    """Insert rows as office programs do: what is merged, checked and as high as it is moves along."""
    heights = {row: sheet.row_dimensions[row].height for row in range(at, sheet.max_row + 1)}
    merged = list(sheet.merged_cells.ranges)
    sheet.insert_rows(at, rows)
    for area in merged:
        if area.min_row >= at:
            area.shift(row_shift=rows)
    sheet.merged_cells = MultiCellRange(merged)
    for row, height in heights.items():
        sheet.row_dimensions[row + rows].height = height
    for row in range(at, at + rows):
        sheet.row_dimensions[row].height = None
        for column in range(1, sheet.max_column + 1) if at > 1 else ():
            sheet.cell(row, column)._style = copy(sheet.cell(at - 1, column)._style)  # noqa: SLF001
    for check in sheet.data_validations.dataValidation:
        for area in check.sqref.ranges:
            area.expand(down=rows * (area.max_row >= at - 1))
            area.shrink(top=rows * (area.min_row >= at))
