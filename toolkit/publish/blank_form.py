"""The blank of an annex form: laid out as the order prints it, with cells that take only what is allowed."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Any

from toolkit.intake.forms.definition import Column, Form, FormTable, Group
from toolkit.publish.output import write_output
from toolkit.publish.workbook.book import Book

ROWS = 10

_LOOK: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "template" / "blank_form.toml").read_text("utf-8")
)
_WORDS, _WIDTHS = _LOOK["words"]["ru"], _LOOK["widths"]
_UNDERLINED = re.compile(r"\s*_{5,}")


def write_blank(form: Form, path: Path, rows: int = ROWS) -> None:
    """Write the blank of a form as a workbook.

    Parameters:
        form: the form of an annex.
        path: where to write it.
        rows: rows left for records and units; a form with departments has half as many of these, each
            with two units.

    Raises:
        ToolkitError: the file cannot be written; the message says why.

    Source:
        Annexes 1, 2, 7 and 8 of the order of 2023; a report is prepared in the format «MSExcel».

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from toolkit.intake.forms.definition import load_form
        >>> with TemporaryDirectory() as folder:
        ...     write_blank(load_form("2"), Path(folder) / "annex_2.xlsx")
        ...     [path.name for path in Path(folder).iterdir()]
        ['annex_2.xlsx']
    """
    book = _FormBook()
    # A form without a preamble has one table, on its first sheet.
    widths = (_WIDTHS["rest"] / 8,) * 8 if form.preamble else _widths(form.tables[0], rows)
    page = _Page(book, f"Приложение {form.annex}", widths)
    page.begin(form)
    for table in form.tables:
        if form.preamble:
            page = _Page(book, table.sheet, _widths(table, rows))
        page.table(table, rows)
    page.notes(form.notes)
    write_output(book.finish(), path)


def _widths(table: FormTable, rows: int) -> tuple[float, ...]:
    count = rows // 2 if table.kind == "contracts" else len(table.columns) - 2
    text = _WIDTHS["text"].get(table.kind, _WIDTHS["rest"] / (count + 1))
    return (_WIDTHS["number"], text, *(max((_WIDTHS["rest"] - text) / count, _WIDTHS["figure"]),) * count)


def _patterns(group: Group, rows: int) -> Iterator[tuple[str, str, str]]:
    """Yield number, title and style of the rows under a group: departments with their units, or units."""
    title, *units = group.rows or ("",)
    for at in range(1, (rows // 2 if group.rows else 2) + 1):
        yield f"{group.number}.{at}" if group.rows else "", title, "department"
        for unit in (1, 2) if units else ():
            yield f"{group.number}.{at}.{unit}", units[0], "unit"


class _FormBook(Book):
    """A workbook with the styles of a form."""

    def __init__(self) -> None:
        super().__init__()
        self.styles = {name: self._book.add_format(_look(name)) for name in _LOOK["styles"]}


class _Page:
    """One sheet of a form, written from the top."""

    def __init__(self, book: Book, title: str, widths: tuple[float, ...]) -> None:
        self.sheet, self.last = book.add(title, widths), len(widths) - 1
        # A number such as 1.1 is a text on purpose.
        self.sheet.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def begin(self, form: Form) -> None:
        """Write what stands above the first table; what is underlined is to be filled in."""
        for text in form.head:
            self._line(text, "corner", self.last // 2 + 1)
        self._line(form.title, "name", lines=2)
        for text in form.preamble:
            style = "signed" if text.startswith("(") else "line" if text.strip("_") else "text"
            self._line(text.strip("_"), style)

    def table(self, table: FormTable, rows: int) -> None:
        """Write one table with its caption and notes."""
        if table.caption:
            self._line(table.caption, "caption")
        self._line(_LOOK["hints"]["ru"][table.kind], "hint")
        write = {"breakdown": self._breakdown, "contests": self._contests, "contracts": self._contracts}
        write.get(table.kind, self._records)(table, 1 if table.kind == "figures" else rows)
        self.notes(table.notes)

    def notes(self, lines: Iterable[str]) -> None:
        """Write the lines below a table; what is underlined becomes a place to sign."""
        self.sheet.down()
        cut = self.last - 3
        for text in lines:
            if text.startswith("(подпись)"):
                apart = " " * int(4.5 * self.sheet.widths[cut])
                self._line(text.replace(") (", f"){apart}("), "signed", cut, lines=1)
            elif text[0].isalpha() and _UNDERLINED.search(text):
                for at in (cut, cut + 2, self.last):
                    self.sheet.blank(at, "signature")
                self.sheet.wide(0, cut - 1, _UNDERLINED.sub("", text), "line")
                self.sheet.down()
            else:
                self._line(text, "line")

    def _breakdown(self, table: FormTable, rows: int) -> None:
        top = self._titles([column.title for column in table.columns])
        counts, sums = ["count"] * (self.last - 1), ["sum"] * (self.last - 1)
        for group in table.groups:
            self._row(group.number, group.title, "printed", *sums)
            for number, title, style in _patterns(group, rows):
                self._row(number, title, style, *counts)
        self._row("", _WORDS["total"], "printed", *sums)
        self._take(top, "text", *counts, more=_WORDS["sums"])

    def _contests(self, table: FormTable, rows: int) -> None:
        top = self._titles([column.title for column in table.columns])
        styles = [_style(column) for column in table.columns[1:]]
        for group in table.groups:
            self._line(group.title, "printed")
            for number in range(1, rows + 1):
                self._row(str(number), "", *styles)
        self._take(top, *styles)
        top = self.sheet.row
        for total in table.totals.values():
            self.sheet.wide(0, 1, total.title, "printed")
            self.sheet.blank(2, "sum")
            self.sheet.down()
        self._take(top, "text", "count")

    def _records(self, table: FormTable, rows: int) -> None:
        self._titles([column.title for column in table.columns])
        for at in range(self.last + 1):
            self.sheet.text(at, str(at + 1), "order")
        self.sheet.down()
        top, styles = self.sheet.row, [_style(column) for column in table.columns[1:]]
        for number in range(1, rows + 1):
            self._row(str(number), "", *styles)
        self._take(top, *styles)

    def _contracts(self, table: FormTable, _: int) -> None:
        head = table.groups[0]
        self._titles(
            [(head.number,), (head.title,), *((f"{_WORDS['contract']} {at}",) for at in range(1, self.last))]
        )
        for number, column in enumerate(table.columns, 1):
            top, styles = self.sheet.row, [_style(column)] * (self.last - 1)
            self._row(str(number), column.title[0], "row", *styles)
            self._take(top, "row", *styles)

    def _titles(self, titles: Sequence[tuple[str, ...]]) -> int:
        """Write the header, which stays in sight and on every printed page; return the row below it."""
        top, depth, cells = self.sheet.row, max(map(len, titles)), self.sheet.sheet
        for above, run in groupby(enumerate(titles), lambda title: title[1][0]):
            places = [at for at, _ in run]
            if len(places) > 1:
                self.sheet.wide(places[0], places[-1], above, "column")
            elif depth == 1:
                self.sheet.text(places[0], above, "column")
        for at, title in enumerate(titles) if depth > 1 else ():
            if at == 0:
                self.sheet.down()
            self.sheet.text(at, title[-1], "column")
            if len(title) < depth:
                cells.merge_range(top, at, self.sheet.row, at, title[0], self.sheet.book.styles["column"])
        # Small letters need less room than the sheet leaves.
        self.sheet.lines = ceil(self.sheet.lines * 0.8)
        self.sheet.down()
        cells.repeat_rows(top, self.sheet.row - 1)
        cells.freeze_panes(self.sheet.row, 2)
        return self.sheet.row

    def _row(self, number: str, title: str, *styles: str) -> None:
        """Write a row that begins with a number and a text, with cells of these styles."""
        texts = (number, title, *[""] * len(styles))
        for at, (text, style) in enumerate(zip(texts, ("order", *styles), strict=False)):
            self.sheet.text(at, text, style) if text else self.sheet.blank(at, style)
        self.sheet.down()

    def _line(self, text: str, style: str, first: int = 0, lines: int = 0) -> None:
        """Write across the sheet; the number of lines is given where its letters do not tell it."""
        row, cells = self.sheet.row, self.sheet.sheet
        if text:
            self.sheet.wide(first, self.last, text, style)
        else:
            cells.merge_range(row, first, row, self.last, "", self.sheet.book.styles[style])
        self.sheet.lines = lines or self.sheet.lines
        self.sheet.down()

    def _take(self, top: int, *units: str, more: str = "") -> None:
        """Let the cells of the rows just written take only what their units allow, and say so beside them."""
        for at, unit in enumerate(units, 1):
            if unit in _LOOK["taken"]:
                rule, allowed = _LOOK["taken"][unit].values()
                said = {"input_title": _WORDS["prompt"], "input_message": f"{allowed}. {more}".strip()}
                refused = {
                    "error_title": _WORDS["refused"],
                    "error_message": f"{_WORDS['allowed']}: {allowed}.",
                }
                cells = (top, at, self.sheet.row - 1, at)
                self.sheet.sheet.data_validation(*cells, {**rule, **said, **refused})


def _look(name: str) -> dict[str, Any]:
    own = dict(_LOOK["styles"][name])
    return _look(own.pop("base")) | own if "base" in own else own


def _style(column: Column) -> str:
    return column.unit if column.unit in _LOOK["styles"] else "count"
