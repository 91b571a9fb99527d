"""Where the tables of the forms stand: a header is known by its titles, wherever it was moved."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from toolkit.errors import Place, Problem
from toolkit.intake.forms.definition import ANNEXES, Column, FormTable, load_form
from toolkit.intake.forms.grid import Grid
from toolkit.intake.numbers import CellError, quote
from toolkit.intake.table import Cell, fold

_NUMBERING = {"", "n", "no", "пп", "nпп", "noпп", "номер", "номерпп"}
_ENOUGH, _MOST = 12, 24  # letters by which a printed line is known


class FoundTable(NamedTuple):
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


class Reading:
    """What is read of a found table, with the problems found on the way.

    Parameters:
        found: the table.
    """

    def __init__(self, found: FoundTable) -> None:
        self.found, self.grid = found, found.grid
        self.problems: list[Problem] = []

    def report(self, place: Place, what: str, allowed: str = "") -> None:
        """Add a problem; without an allowance it only warns."""
        self.problems.append(Problem(place, what, allowed, warning=not allowed))


def find_tables(grid: Grid) -> list[FoundTable]:
    """Find the tables of the forms on a sheet.

    Parameters:
        grid: the sheet.

    Returns:
        The tables in the order of their headers, each with the rows below it.

    Source:
        The titles of the columns printed in annexes 1, 2, 7 and 8.
    """
    found: list[FoundTable] = []
    for row in grid.cells:
        if found and row < found[-1].first:
            continue
        text = "".join(fold(cell.text) for cell in grid.cells[row].values())
        if suiting := [table for table in (_match(grid, row, text, it) for it in all_tables()) if table]:
            if found:
                found[-1] = found[-1]._replace(last=row - 1)
            found.append(max(suiting, key=lambda table: len(table.columns)))
    return found


@cache
def _printed(annex: str) -> tuple[str, ...]:
    """Return the beginnings of the lines printed around the tables of a form."""
    form = load_form(annex)
    lines = [*form.notes, *(line for table in form.tables for line in (table.caption, *table.notes))]
    return tuple(fold(line)[:_MOST] for line in lines if len(fold(line)) >= _ENOUGH)


def all_tables() -> tuple[FormTable, ...]:
    """Return the tables of every form."""
    return tuple(table for annex in ANNEXES for table in load_form(annex).tables)


def _match(grid: Grid, row: int, text: str, table: FormTable) -> FoundTable | None:
    """Return the table whose header begins in a row, if at least half of its titles stand there."""
    titled = [column for column in table.columns if column.unit != "number"]
    if table.kind == "contracts":
        return _match_rows(grid, row, table, titled)
    if not any(all(word in text for word in column.words) for column in titled):
        return None
    depth = max(len(column.title) for column in titled)
    filled = {at for step in range(depth) for at in grid.cells.get(row + step, ())}
    positions = sorted(filled | {column for at, column in grid.merges if at == row})
    suiting = {column.key: [at for at in positions if _suits(grid, row, at, column)] for column in titled}
    columns, problems = _tell_apart(grid.place(row), titled, suiting, "столбец", "не найден")
    start = min(columns.values(), default=0)
    numbering = [at for at in positions if at < start and grid.letters(row, at) in _NUMBERING]
    # A sentence may hold the words of a title, or of two: the titles of a header stand apart.
    if 2 * (len({*columns.values()}) + bool(numbering)) < len(table.columns):
        return None
    first = max(row + depth - 1, *(grid.merge(row, at).bottom for at in columns.values())) + 1
    if numbering:
        columns["number"] = numbering[-1]
    return FoundTable(table, grid, columns, first, max(grid.cells), problems)


def _suits(grid: Grid, row: int, at: int, column: Column) -> bool:
    steps = [grid.letters(row + step, at) for step in range(len(column.title))]
    # «Наблюдателя» holds the letters of «да», so the mark itself must be all there is.
    if column.unit == "mark" and steps[-1] != fold(column.title[-1]):
        return False
    text = "".join(steps)
    return all(word in text for word in column.words) and not any(word in text for word in column.without)


def _match_rows(grid: Grid, row: int, table: FormTable, titled: list[Column]) -> FoundTable | None:
    """Return a table whose titles stand one below the other, each record in a column of its own."""
    if not (labels := [at for at in grid.cells[row] if grid.letters(row, at) == "наименованиепараметра"]):
        return None
    below = [at for at in grid.cells if at > row]
    suiting = {column.key: [at for at in below if _suits(grid, at, labels[0], column)] for column in titled}
    columns, problems = _tell_apart(grid.place(row), titled, suiting, "строка", "не найдена")
    return FoundTable(table, grid, {**columns, "titles": labels[0]}, row + 1, max(grid.cells), problems)


def _tell_apart(
    place: Place, titled: list[Column], suiting: Mapping[str, list[int]], what: str, absent: str
) -> tuple[dict[str, int], dict[str, Problem]]:
    """Return where each title stands; one that is absent or stands twice is a problem instead."""
    columns, problems = {}, {}
    for column in titled:
        places = suiting[column.key]
        if len(places) == 1:
            columns[column.key] = places[0]
        else:
            said = f"{what} «{', '.join(column.title)}» {'стоит дважды' if places else absent}"
            problems[column.key] = Problem(place, said, "заголовки, как в форме приложения")
    return columns, problems
