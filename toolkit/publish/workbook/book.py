"""Writes the file itself: styles, defined names, texts that stay texts, formulas with their values."""

from __future__ import annotations

import math
import tomllib
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from toolkit.display.words import DIRECTIONS

# The file has no clock in it, so that two runs give the same bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_LOOK = tomllib.loads((Path(__file__).parents[1] / "template" / "workbook.toml").read_text("utf-8"))
# A line of text in a row, in points; the widths of letters are guessed on the side of too much room.
_HEIGHT, _LETTERS, _SMALL = 15, 0.95, 1.5
SAME, CHANGED, NO_DATA = "совпадает", "изменено", "нет данных"


class Book:
    """A workbook in memory, with one vocabulary of styles."""

    def __init__(self) -> None:
        """Start an empty workbook."""
        self._bytes = BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True})
        self._book.set_properties({"created": _CREATED})
        self.styles = {name: self._book.add_format(look("styles", name)) for name in _LOOK["styles"]}

    def add(self, title: str, widths: tuple[float, ...]) -> Sheet:
        """Add a sheet with columns of these widths, in characters."""
        return Sheet(self, self._book.add_worksheet(title), widths)

    def begin(self, key: str, agency: str) -> Sheet:
        """Add a sheet of the workbook, with its title and one sentence under it."""
        about = look("sheets", key)
        sheet = self.add(about["name"], tuple(width for _, width in about["columns"]))
        sheet.text(0, about["title"].format(agency=agency, direction=DIRECTIONS.get(key)), "title")
        sheet.down()
        sheet.text(0, about["subtitle"], "subtitle")
        sheet.down(2)
        return sheet

    def table(self, key: str, agency: str) -> Sheet:
        """Add a sheet that is one table; its head stays in sight and is repeated on every printed page."""
        sheet = self.begin(key, agency)
        sheet.sheet.repeat_rows(sheet.row)
        sheet.head(key)
        sheet.sheet.freeze_panes(sheet.row, 0)
        return sheet

    def define(self, name: str, sheet: str, row: int, column: int) -> None:
        """Give a cell a name by which formulas and readers find it."""
        address = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        self._book.define_name(name, f"={quote_sheetname(sheet)}!{address}")

    def finish(self) -> bytes:
        """Return the file."""
        self._book.close()
        return self._bytes.getvalue()


def look(kind: str, name: str) -> dict[str, Any]:
    """Return how a style or a sheet looks, with what it takes over from another one."""
    own = dict(_LOOK[kind][name])
    return look(kind, own.pop("base")) | own if "base" in own else own


def number_style(value: Fraction | None) -> str:
    """Return the style of a number: decimals are shown where it has some."""
    return "whole" if value is None or value.denominator == 1 else "number"


class Sheet:
    """One sheet, written row by row from the top."""

    def __init__(self, book: Book, sheet: Any, widths: tuple[float, ...]) -> None:
        """Take the workbook, the sheet and its widths; the page is printed as wide as the paper."""
        self.book, self.sheet, self.row, self.widths, self.lines = book, sheet, 0, widths, 1
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&RСтраница &P из &N")
        sheet.hide_gridlines(2)

    def head(self, key: str) -> None:
        """Write the titles of the columns of a sheet of the workbook."""
        self.texts(0, *(title for title, _ in look("sheets", key)["columns"]), style="head")
        self.down()

    def text(self, column: int, text: str, style: str = "text") -> None:
        """Write a text that is never taken for a formula or an address, whatever it begins with."""
        self.sheet.write_string(self.row, column, text, self.book.styles[style])
        if style not in ("title", "subtitle"):
            self._leave_room(text, self.widths[column] * (_SMALL if style == "formula" else _LETTERS))

    def texts(self, first: int, *texts: str, style: str = "text") -> None:
        """Write texts side by side."""
        for column, text in enumerate(texts, first):
            self.text(column, text, style)

    def wide(self, first: int, last: int, text: str, style: str) -> None:
        """Write a text across several columns."""
        self.sheet.merge_range(self.row, first, self.row, last, "", self.book.styles[style])
        self.sheet.write_string(self.row, first, text, self.book.styles[style])
        self._leave_room(text, sum(self.widths[first : last + 1]) * _LETTERS)

    def blank(self, column: int, style: str) -> None:
        """Leave a cell empty, in its style."""
        self.sheet.write_blank(self.row, column, None, self.book.styles[style])

    def number(self, column: int, value: Fraction | None, style: str, *, missing: str = "") -> None:
        """Write a number, or the word for a missing one."""
        if value is not None:
            self.sheet.write_number(self.row, column, float(value), self.book.styles[style])
        elif missing:
            self.text(column, missing, style)
        else:
            self.blank(column, style)

    def live(self, column: int, formula: str, value: Fraction | str | None, style: str) -> None:
        """Write a formula with the value it has now; what is missing is `#N/A`."""
        shown = "#N/A" if value is None else value if isinstance(value, str) else float(value)
        self.sheet.write_formula(self.row, column, formula, self.book.styles[style], shown)

    def define(self, column: int, name: str) -> None:
        """Name a cell of this row."""
        self.book.define(name, self.sheet.get_name(), self.row, column)

    def check(
        self, column: int, formula: str, value: Fraction | None, stored: Fraction | None, style: str
    ) -> None:
        """Write a formula, the stored value beside it, and whether the live value still is the stored one."""
        self.live(column, formula, value, style)
        beside = "stored whole" if style == "whole" else "stored"
        self.number(column + 1, stored, beside, missing="нет данных")
        now, before = (xl_rowcol_to_cell(self.row, place) for place in (column, column + 1))
        compared = (
            f'=IF(ISNUMBER({now}),IF(ISNUMBER({before}),IF(ABS({now}-{before})<=1E-9,"{SAME}","{CHANGED}"),'
            f'"{CHANGED}"),IF(ISNUMBER({before}),"{CHANGED}","{NO_DATA}"))'
        )
        self.live(column + 2, compared, NO_DATA if stored is None else SAME, "after")

    def colour(self, column: int) -> None:
        """Colour the comparisons of a column."""
        for word in (SAME, CHANGED):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.book.styles[word]}
            self.sheet.conditional_format(0, column, self.row, column, rule)

    def down(self, rows: int = 1) -> None:
        """Go on to a row below; a row is as high as its longest text, as not every program sees to it."""
        if self.lines > 1:
            self.sheet.set_row(self.row, _HEIGHT * self.lines)
        self.row, self.lines = self.row + rows, 1

    def _leave_room(self, text: str, letters: float) -> None:
        wrapped = sum(max(1, math.ceil(len(part) / letters)) for part in text.split("\n"))
        self.lines = max(self.lines, wrapped)
