"""A table as both kinds of file give it: a header and rows of cells that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass

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
    """

    text: str = ""
    figure: Figure | None = None
    fault: str = ""
    address: str = ""

    @property
    def empty(self) -> bool:
        """Say whether nothing stands in it."""
        return not self.text and not self.fault


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the number a spreadsheet shows; `fault` says why the whole row cannot be used."""

    number: int
    cells: tuple[Cell, ...]
    fault: str = ""

    @property
    def empty(self) -> bool:
        """Say whether nothing stands in it."""
        return not self.fault and all(cell.empty for cell in self.cells)

    def cell(self, position: int | None) -> Cell:
        """Return the cell at a position; beyond the end of a short row and without a column it is empty."""
        return self.cells[position] if position is not None and position < len(self.cells) else EMPTY


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
