"""A table as both kinds of file give it: a header and rows of cells that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from toolkit.errors import Place, one_line
from toolkit.intake.numbers import LONGEST_SHOWN, Figure


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: what stands in it, trimmed.
        figure: its number, when the file itself keeps numbers.
        fault: why it cannot be used, whatever its column allows.
        address: its address in a workbook, as `F12`.
        day: the date, when the file itself keeps dates.
        absent: whether its row ends before it, so that it is not even empty.
    """

    text: str = ""
    figure: Figure | None = None
    fault: str = ""
    address: str = ""
    day: date | None = None
    absent: bool = False

    @property
    def empty(self) -> bool:
        """Say whether nothing stands in it."""
        return not self.text and not self.fault


EMPTY = Cell()
ABSENT = Cell(absent=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        number: the number a spreadsheet shows.
        cells: its cells.
        fault: why the whole row cannot be used.
        doubt: what is strange about the whole row; the cells such a row lacks are absent.
    """

    number: int
    cells: tuple[Cell, ...]
    fault: str = ""
    doubt: str = ""

    @property
    def empty(self) -> bool:
        """Say whether nothing stands in it."""
        return not self.fault and all(cell.empty for cell in self.cells)

    def cell(self, position: int | None) -> Cell:
        """Return the cell at a position; without a column and beyond the end of a sound row it is empty."""
        if position is not None and position < len(self.cells):
            return self.cells[position]
        return ABSENT if self.doubt else EMPTY


@dataclass(frozen=True, slots=True)
class Table:
    """The header and the rows below it that are not empty."""

    source: str
    header: Row
    rows: tuple[Row, ...]
    sheet: str = ""

    def place(self, row: int, column: str = "", cell: Cell = EMPTY) -> Place:
        """Return where a cell stands, with its address when it has one."""
        name = one_line(column, LONGEST_SHOWN)
        return Place(self.source, self.sheet, row, f"{name} ({cell.address})" if cell.address else name)


def name_letters(position: int) -> str:
    """Return the letters a spreadsheet shows above a column, counted from 0.

    Example:
        >>> name_letters(0), name_letters(27)
        ('A', 'AB')
    """
    letters, rest = "", position + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def normalise(name: str) -> str:
    """Return a header cell as names are compared: trimmed, without a byte order mark, in lower case."""
    return name.strip().strip("\ufeff").strip().casefold()
