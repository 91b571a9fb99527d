"""The blank of an annex form: laid out as the order prints it, with cells that take only what is allowed."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, zip_longest
from math import ceil
from pathlib import Path

from toolkit.intake.forms.definition import Form, FormTable, Group
from toolkit.publish.output import write_output
from toolkit.publish.workbook.book import Book, Sheet, load_look

_LOOK = load_look("blank_form.toml")
_WORDS, _WIDTHS = _LOOK["words"]["ru"], _LOOK["widths"]
_UNDERLINED = re.compile(r"\s*_{5,}")


def write_blank(form: Form, path: Path, rows: int = 10) -> None:
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
    book = Book(_LOOK["styles"])
    # A form without a preamble has one table, on its first sheet.
    widths = (_WIDTHS["rest"] / 8,) * 8 if form.preamble else _widths(form.tables[0], rows)
    page = _Page(book, f"Приложение {form.annex}", widths)
    page.begin(form)
    for table in form.tables:
        if form.preamble:
            page = _Page(book, table.sheet, _widths(table, rows))
        page.write(table, rows)
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


def _titles(table: FormTable, width: int) -> list[tuple[str, ...]]:
    """Return what stands above each column of a sheet; contracts are columns of their own."""
    if table.kind != "contracts":
        return [column.title for column in table.columns]
    head = table.groups[0]
    return [(head.number,), (head.title,), *((f"{_WORDS['contract']} {at}",) for at in range(1, width - 1))]


def _styles(table: FormTable) -> list[str]:
    """Return the style of each column, or line of contracts; units that have none of their own are counts."""
    return [column.unit if column.unit in _LOOK["styles"] else "count" for column in table.columns]


class _Page(Sheet):
    """One sheet of a form, written from the top."""

    def __init__(self, book: Book, title: str, widths: tuple[float, ...]) -> None:
        super().__init__(book, title, widths)
        self.last = len(widths) - 1
        # A number such as 1.1 is a text on purpose.
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def begin(self, form: Form) -> None:
        """Write what stands above the first table; what is underlined is to be filled in."""
        for text in form.head:
            self._line(text, "corner", self.last // 2 + 1)
        self._line(form.title, "name", lines=2)
        for text in form.preamble:
            style = "signed" if text.startswith("(") else "line" if text.strip("_") else "text"
            self._line(text.strip("_"), style)

    def write(self, table: FormTable, rows: int) -> None:
        """Write one table with its caption and notes."""
        if table.caption:
            self._line(table.caption, "caption")
        self._line(_LOOK["hints"]["ru"][table.kind], "hint")
        self._header(_titles(table, len(self.widths)))
        write = {"breakdown": self._breakdown, "contests": self._contests, "contracts": self._contracts}
        write.get(table.kind, self._records)(table, 1 if table.kind == "figures" else rows)
        self.notes(table.notes)

    def notes(self, lines: Iterable[str]) -> None:
        """Write the lines below a table; what is underlined becomes a place to sign."""
        self.down()
        cut = self.last - 3
        for text in lines:
            if text.startswith("(подпись)"):
                apart = " " * int(4.5 * self.widths[cut])
                self._line(text.replace(") (", f"){apart}("), "signed", cut, lines=1)
            elif text[0].isalpha() and _UNDERLINED.search(text):
                for at in (cut, cut + 2, self.last):
                    self.put(at, None, style="signature")
                self.wide(0, cut - 1, _UNDERLINED.sub("", text), "line")
                self.down()
            else:
                self._line(text, "line")

    def _header(self, titles: list[tuple[str, ...]]) -> None:
        """Write the titles of the columns, which stay in sight and on every printed page."""
        top, depth = self.row, max(map(len, titles))
        for above, run in groupby(enumerate(titles), lambda title: title[1][0]):
            places = [at for at, _ in run]
            if len(places) > 1:
                self.wide(places[0], places[-1], above, "column")
        if depth > 1:
            self.down()
        for at, title in enumerate(titles):
            self.put(at, title[-1], style="column")
            if len(title) < depth:
                self.sheet.merge_range(top, at, self.row, at, title[0], self.book.styles["column"])
        # Small letters need less room than the sheet leaves.
        self.lines = ceil(self.lines * 0.8)
        self.down()
        self.sheet.repeat_rows(top, self.row - 1)
        self.sheet.freeze_panes(self.row, 2)

    def _breakdown(self, table: FormTable, rows: int) -> None:
        top, figures = self.row, self.last - 1
        for group in table.groups:
            self._row(group.number, group.title, "printed", *["sum"] * figures)
            for number, title, style in _patterns(group, rows):
                self._row(number, title, style, *["count"] * figures)
        self._row("", _WORDS["total"], "printed", *["sum"] * figures)
        self._take(top, "text", *["breakdown"] * figures)

    def _contests(self, table: FormTable, rows: int) -> None:
        top, styles = self.row, _styles(table)[1:]
        for group in table.groups:
            self._line(group.title, "printed")
            self._numbered(rows, styles)
        self._take(top, *styles)
        top = self.row
        for total in table.totals.values():
            self.wide(0, 1, total.title, "printed")
            self.put(2, None, style="sum")
            self.down()
        self._take(top, "text", "count")

    def _records(self, table: FormTable, rows: int) -> None:
        self.put(0, *(str(at + 1) for at in range(len(self.widths))), style="order")
        self.down()
        top, styles = self.row, _styles(table)[1:]
        self._numbered(rows, styles)
        self._take(top, *styles)

    def _contracts(self, table: FormTable, _: int) -> None:
        for number, (column, style) in enumerate(zip(table.columns, _styles(table), strict=True), 1):
            styles = ["row", *[style] * (self.last - 1)]
            self._row(str(number), column.title[0], *styles)
            self._take(self.row - 1, *styles)

    def _numbered(self, rows: int, styles: list[str]) -> None:
        for number in range(1, rows + 1):
            self._row(str(number), "", *styles)

    def _row(self, number: str, title: str, *styles: str) -> None:
        """Write a row that begins with a number and a text, with cells of these styles."""
        for at, (text, style) in enumerate(zip_longest((number, title), ("order", *styles))):
            self.put(at, text or None, style=style)
        self.down()

    def _line(self, text: str, style: str, first: int = 0, lines: int = 0) -> None:
        """Write across the sheet; the number of lines is given where its letters do not tell it."""
        self.wide(first, self.last, text, style)
        self.lines = lines or self.lines
        self.down()

    def _take(self, top: int, *units: str) -> None:
        """Let the cells of the rows just written take only what their units allow, and say so beside them."""
        for at, unit in enumerate(units, 1):
            if unit in _LOOK["taken"]:
                self.sheet.data_validation(top, at, self.row - 1, at, _LOOK["taken"][unit])
