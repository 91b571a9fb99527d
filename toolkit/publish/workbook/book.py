"""Writes the file itself: styles, defined names, texts that stay texts, formulas with their values."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from toolkit.display.words import DIRECTIONS

Item = TypeVar("Item")
Value = Fraction | None
# The file has no clock in it, so that two runs give the same bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_TEXTS_STAY_TEXTS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
# A line of text in a row, in points; the widths of letters are guessed on the side of too much room.
_HEIGHT, _USUAL = 15, 0.95
# Small letters need less room, and what stands above a table runs on beside its column.
_LETTERS = {"formula": 1.5, "title": math.inf, "subtitle": math.inf}
SAME, CHANGED, NO_DATA = "совпадает", "изменено", "нет данных"


def load_look(file: str) -> dict[str, Any]:
    """Return how workbooks look: what an entry of a table does not say itself it takes over from its base."""
    look = tomllib.loads((Path(__file__).parents[1] / "template" / file).read_text("utf-8"))
    for named in (look["styles"], look.get("sheets", {}), look.get("taken", {})):
        for name, own in named.items():
            if "base" in own:
                named[name] = named[own.pop("base")] | own
    return look


_LOOK = load_look("workbook.toml")
SHEETS = _LOOK["sheets"]


class Book:
    """A workbook in memory, with one vocabulary of styles."""

    def __init__(self, styles: Mapping[str, dict[str, Any]] = _LOOK["styles"]) -> None:
        """Start an empty workbook with these styles, those of the auditor's workbook when left out."""
        self._bytes = BytesIO()
        self.file = xlsxwriter.Workbook(self._bytes, _TEXTS_STAY_TEXTS)
        self.file.set_properties({"created": _CREATED})
        self.styles = {name: self.file.add_format(style) for name, style in styles.items()}

    def begin(self, key: str, agency: str) -> Sheet:
        """Add a sheet of the auditor's workbook, with its title and one sentence under it."""
        about = SHEETS[key]
        _, widths, styles = zip(*about["columns"], strict=True)
        sheet = Sheet(self, about["name"], widths, styles)
        sheet.put(0, about["title"].format(agency=agency, direction=DIRECTIONS.get(key)), style="title")
        sheet.down()
        sheet.put(0, about["subtitle"], style="subtitle")
        sheet.down(2)
        return sheet

    def table(self, key: str, agency: str) -> Sheet:
        """Add such a sheet that is one table; its head stays in sight and on every printed page."""
        sheet = self.begin(key, agency)
        sheet.sheet.repeat_rows(sheet.row)
        sheet.head(key)
        sheet.sheet.freeze_panes(sheet.row, 0)
        return sheet

    def finish(self) -> bytes:
        """Return the file."""
        self.file.close()
        return self._bytes.getvalue()


def number_style(value: Value) -> str:
    """Return the style of a number: decimals are shown where it has some."""
    return "whole" if value is None or value.denominator == 1 else "number"


class Sheet:
    """One sheet, written row by row from the top."""

    def __init__(self, book: Book, title: str, widths: Sequence[float], styles: Sequence[str] = ()) -> None:
        """Add a sheet with columns of these widths, in characters; it is printed as wide as the paper."""
        self.book, self.row, self.widths, self.styles, self.lines = book, 0, widths, styles, 1
        self.sheet: Any = book.file.add_worksheet(title)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.set_footer("&L&A&RСтраница &P из &N")
        self.sheet.hide_gridlines(2)

    def head(self, key: str) -> None:
        """Write the titles of the columns of a sheet of the auditor's workbook."""
        self.put(0, *(title for title, *_ in SHEETS[key]["columns"]), style="head")
        self.down()

    def put(self, first: int, *values: str | Value, style: str = "") -> None:
        """Write texts and numbers side by side, each in the style of its column unless one is given."""
        for column, value in enumerate(values, first):
            named = style or self.styles[column]
            if isinstance(value, str):
                self.sheet.write_string(self.row, column, value, self.book.styles[named])
                self._leave_room(value, self.widths[column], named)
            else:
                # Where there is nothing, a cell stays empty in its style.
                shown = None if value is None else float(value)
                self.sheet.write(self.row, column, shown, self.book.styles[named])

    def wide(self, first: int, last: int, text: str, style: str) -> None:
        """Write a text across several columns."""
        self.sheet.merge_range(self.row, first, self.row, last, text, self.book.styles[style])
        self._leave_room(text, sum(self.widths[first : last + 1]), style)

    def live(self, column: int, formula: str, value: str | Value, style: str) -> None:
        """Write a formula with the value it has now; what is missing is `#N/A`."""
        shown = "#N/A" if value is None else value if isinstance(value, str) else float(value)
        self.sheet.write_formula(self.row, column, formula, self.book.styles[style], shown)

    def define(self, column: int, name: str) -> None:
        """Give a cell of this row a name by which formulas and readers find it."""
        address = xl_rowcol_to_cell(self.row, column, row_abs=True, col_abs=True)
        self.book.file.define_name(name, f"={quote_sheetname(self.sheet.get_name())}!{address}")

    def check(self, column: int, formula: str, value: Value, stored: Value, style: str) -> None:
        """Write a formula, the stored value beside it, and whether the live value still is the stored one."""
        self.live(column, formula, value, style)
        beside = "stored whole" if style == "whole" else "stored"
        self.put(column + 1, NO_DATA if stored is None else stored, style=beside)
        now, before = (xl_rowcol_to_cell(self.row, place) for place in (column, column + 1))
        compared = _LOOK["check"].format(now=now, before=before)
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

    def rows(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield items, each for a row of its own."""
        for item in items:
            yield item
            self.down()

    def _leave_room(self, text: str, width: float, style: str) -> None:
        letters = width * _LETTERS.get(style, _USUAL)
        self.lines = max(self.lines, sum(max(1, math.ceil(len(part) / letters)) for part in text.split("\n")))
