"""Where the tables of the forms stand: a header is known by its titles, wherever it was moved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from toolkit.errors import Problem
from toolkit.intake.forms.definition import ANNEXES, Column, FormTable, load_form
from toolkit.intake.forms.grid import Grid
from toolkit.intake.numbers import CellError, quote
from toolkit.intake.table import Cell, fold

_NUMBERING = {"", "n", "no", "пп", "nпп", "noпп", "номер", "номерпп"}
_PARAMETER = "наименованиепараметра"
_ENOUGH, _MOST = 12, 24  # letters by which a printed line is known


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table found on a sheet.

    Attributes:
        table: what the order prints.
        grid: the sheet.
        columns: where its columns stand; of a table of contracts, in which rows.
        first: first row below the header.
        last: last row before the next table or the end of the sheet.
        problems: for each column that is absent or stands twice, what to say of it.
    """

    table: FormTable
    grid: Grid
    columns: Mapping[str, int]
    first: int
    last: int
    problems: Mapping[str, Problem]

    @property
    def rows(self) -> list[int]:
        """Return the rows that may hold data: neither the numbering of the columns nor printed lines."""
        rows = [row for row in self.grid.cells if self.first <= row <= self.last]
        rows = rows[1:] if rows and self._is_numbering(rows[0]) else rows
        return [row for row in rows if not self._is_printed(row)]

    def explain(self, error: CellError, cell: Cell) -> str:
        """Say what is wrong with a cell; the text of one of annex 8 may name what must not be named."""
        return error.what.replace(quote(cell.text), "значение") if self.table.annex == "8" else error.what

    def _is_printed(self, row: int) -> bool:
        return fold(next(iter(self.grid.cells[row].values())).text).startswith(_printed(self.table.annex))

    def _is_numbering(self, row: int) -> bool:
        shown = [cell.text for cell in self.grid.cells[row].values()]
        if len(shown) >= len(self.columns) > 1 and shown == [str(at) for at in range(1, len(shown) + 1)]:
            return True
        # Columns that changed places took their printed numbers along.
        printed = {column.key: str(at) for at, column in enumerate(self.table.columns, 1)}
        return all(self.grid.cell(row, at).text == printed.get(key) for key, at in self.columns.items())


def find_tables(grid: Grid) -> list[FoundTable]:
    """Find the tables of the forms on a sheet.

    Parameters:
        grid: the sheet.

    Returns:
        The tables in the order of their headers, each with the rows below it.

    Source:
        The titles of the columns printed in annexes 1, 2, 7 and 8.
    """
    found = list(_find_headers(grid))
    ends = [header for header, _ in found[1:]] + [max(grid.cells, default=0) + 1]
    return [replace(table, last=end - 1) for (_, table), end in zip(found, ends, strict=False)]


@cache
def _printed(annex: str) -> tuple[str, ...]:
    """Return the beginnings of the lines printed around the tables of a form."""
    form = load_form(annex)
    lines = [*form.notes, *(line for table in form.tables for line in (table.caption, *table.notes))]
    return tuple(fold(line)[:_MOST] for line in lines if len(fold(line)) >= _ENOUGH)


def all_tables() -> tuple[FormTable, ...]:
    """Return the tables of every form."""
    return tuple(table for annex in ANNEXES for table in load_form(annex).tables)


def _find_headers(grid: Grid) -> Iterator[tuple[int, FoundTable]]:
    after = 0
    for row in grid.cells:
        if row < after:
            continue
        text = "".join(fold(cell.text) for cell in grid.cells[row].values())
        tables = (_match(grid, row, text, table) for table in all_tables())
        best = max((found for found in tables if found), key=lambda found: len(found.columns), default=None)
        if best is not None:
            after = best.first
            yield row, best


def _match(grid: Grid, row: int, text: str, table: FormTable) -> FoundTable | None:
    """Return the table whose header begins in a row, if at least half of its titles stand there."""
    titled = [column for column in table.columns if column.unit != "number"]
    if table.kind == "contracts":
        return _match_rows(grid, row, table, titled)
    if not any(all(word in text for word in column.words) for column in titled):
        return None
    depth = max(len(column.title) for column in titled)
    below = [grid.cells.get(row + step, {}) for step in range(depth)]
    covered = {column for at, column in grid.merges if at == row}
    positions = sorted({at for cells in below for at in cells} | covered)
    suiting = {column.key: [at for at in positions if _suits(grid, row, at, column)] for column in titled}
    columns = {key: places[0] for key, places in suiting.items() if len(places) == 1}
    start = min(columns.values(), default=0)
    numbering = [at for at in positions if at < start and grid.letters(row, at) in _NUMBERING]
    # A sentence may hold the words of a title, or of two: the titles of a header stand apart.
    if 2 * (len({*columns.values()}) + bool(numbering)) < len(table.columns):
        return None
    bottom = max(grid.merge(row, at).bottom for at in columns.values())
    first = max(bottom, row + depth - 1) + 1
    if numbering:
        columns["number"] = numbering[-1]
    problems = _refuse_titles(grid, row, titled, suiting, "столбец")
    return FoundTable(table, grid, columns, first, first, problems)


def _suits(grid: Grid, row: int, at: int, column: Column) -> bool:
    steps = [grid.letters(row + step, at) for step in range(len(column.title))]
    # «Наблюдателя» holds the letters of «да», so the mark itself must be all there is.
    if column.unit == "mark" and steps[-1] != fold(column.title[-1]):
        return False
    text = "".join(steps)
    return all(word in text for word in column.words) and not any(word in text for word in column.without)


def _match_rows(grid: Grid, row: int, table: FormTable, titled: list[Column]) -> FoundTable | None:
    """Return a table whose titles stand one below the other, each record in a column of its own."""
    labels = [at for at in grid.cells[row] if grid.letters(row, at) == _PARAMETER]
    if not labels:
        return None
    below = [at for at in grid.cells if at > row]
    suiting = {column.key: [at for at in below if _suits(grid, at, labels[0], column)] for column in titled}
    columns = {key: places[0] for key, places in suiting.items() if len(places) == 1}
    problems = _refuse_titles(grid, row, titled, suiting, "строка")
    return FoundTable(table, grid, {**columns, "titles": labels[0]}, row + 1, row + 1, problems)


def _refuse_titles(
    grid: Grid, row: int, titled: list[Column], suiting: Mapping[str, list[int]], what: str
) -> dict[str, Problem]:
    """Name the titles that are absent or stand twice, so that neither is used."""
    absent = "не найден" if what == "столбец" else "не найдена"
    return {
        column.key: Problem(
            grid.place(row),
            f"{what} «{', '.join(column.title)}» {'стоит дважды' if suiting[column.key] else absent}",
            "заголовки, как в форме приложения",
        )
        for column in titled
        if len(suiting[column.key]) != 1
    }
