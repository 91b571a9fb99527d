"""Writes the file itself: styles, defined names, texts that stay texts, formulas with their values."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

# The file has no clock in it, so that two runs give the same bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WRAPPED = {"text_wrap": True, "valign": "top"}
_DECIMALS = "0.00####"
_LINE = {"border": 1, "border_color": "#D5DBE3"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#12355B"},
    "subtitle": {"font_size": 11, "font_color": "#5A6675"},
    "head": {"bold": True, "bg_color": "#12355B", "font_color": "#FFFFFF", **_WRAPPED, **_LINE},
    "group": {"bold": True, "bg_color": "#DCE6F2", **_WRAPPED, **_LINE},
    "total": {"bold": True, "bg_color": "#B9CFE8", **_WRAPPED, **_LINE},
    "text": {**_WRAPPED, **_LINE},
    "given": {**_WRAPPED, **_LINE, "quote_prefix": True},
    "muted": {"font_color": "#5A6675", "italic": True, **_WRAPPED, **_LINE},
    "formula": {"font_color": "#5A6675", "font_size": 9, **_WRAPPED, **_LINE, "quote_prefix": True},
    "input": {"bg_color": "#FFF4C2", "locked": False, **_WRAPPED, **_LINE},
    "after": {"align": "left", "indent": 1, **_WRAPPED, **_LINE},
    "whole": {"align": "right", "valign": "top", **_LINE},
    "decimal input": {"bg_color": "#FFF4C2", "locked": False, "num_format": _DECIMALS, **_WRAPPED, **_LINE},
    "number": {"align": "right", "num_format": _DECIMALS, "valign": "top", **_LINE},
    "stored": {"align": "right", "num_format": _DECIMALS, "font_color": "#5A6675", "valign": "top", **_LINE},
    "stored whole": {"align": "right", "font_color": "#5A6675", "valign": "top", **_LINE},
    "points": {"bold": True, "num_format": _DECIMALS, "align": "right", "valign": "top", **_LINE},
    "warning": {"font_color": "#9C2A10", **_WRAPPED, **_LINE},
    "plain": {**_WRAPPED},
}
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
        self.styles = {name: self._book.add_format(style) for name, style in _STYLES.items()}
        self.colours = {
            SAME: self._book.add_format({"font_color": "#1E6B3A"}),
            CHANGED: self._book.add_format({"font_color": "#9C2A10", "bg_color": "#FBE3DC", "bold": True}),
        }

    def add(self, title: str, widths: tuple[float, ...]) -> Sheet:
        """Add a sheet with columns of these widths, in characters."""
        return Sheet(self, self._book.add_worksheet(title), widths)

    def define(self, name: str, sheet: str, row: int, column: int) -> None:
        """Give a cell a name by which formulas and readers find it."""
        address = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        self._book.define_name(name, f"={quote_sheetname(sheet)}!{address}")

    def finish(self) -> bytes:
        """Return the file."""
        self._book.close()
        return self._bytes.getvalue()


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

    def heading(self, title: str, subtitle: str) -> None:
        """Write the title of the sheet and one sentence under it."""
        self.text(0, title, "title")
        self.down()
        self.text(0, subtitle, "subtitle")
        self.down(2)

    def heads(self, *titles: str) -> None:
        """Write the head of a table; it stays in sight and is repeated on every printed page."""
        for column, title in enumerate(titles):
            self.text(column, title, "head")
        self.sheet.repeat_rows(self.row)
        self.down()
        self.sheet.freeze_panes(self.row, 0)

    def text(self, column: int, text: str, style: str = "text") -> None:
        """Write a text that is never taken for a formula or an address, whatever it begins with."""
        self.sheet.write_string(self.row, column, text, self.book.styles[style])
        if style not in ("title", "subtitle"):
            self._leave_room(text, self.widths[column] * (_SMALL if style == "formula" else _LETTERS))

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

    def compare(self, column: int, live: int, stored: int, value: Fraction | None) -> None:
        """Say whether the live value still is the stored one."""
        now, before = xl_rowcol_to_cell(self.row, live), xl_rowcol_to_cell(self.row, stored)
        formula = (
            f'=IF(ISNUMBER({now}),IF(ISNUMBER({before}),IF(ABS({now}-{before})<=1E-9,"{SAME}","{CHANGED}"),'
            f'"{CHANGED}"),IF(ISNUMBER({before}),"{CHANGED}","{NO_DATA}"))'
        )
        self.live(column, formula, NO_DATA if value is None else SAME, "after")

    def colour(self, column: int) -> None:
        """Colour the comparisons of a column."""
        for word, style in self.book.colours.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
            self.sheet.conditional_format(0, column, self.row, column, rule)

    def _leave_room(self, text: str, letters: float) -> None:
        wrapped = sum(max(1, math.ceil(len(part) / letters)) for part in text.split("\n"))
        self.lines = max(self.lines, wrapped)

    def down(self, rows: int = 1) -> None:
        """Go on to a row below; a row is as high as its longest text, as not every program sees to it."""
        if self.lines > 1:
            self.sheet.set_row(self.row, _HEIGHT * self.lines)
        self.row, self.lines = self.row + rows, 1
