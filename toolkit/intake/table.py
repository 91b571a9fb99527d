"""A table as both kinds of file give it: a header and rows of cells that know where they stand."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from toolkit.errors import Place, Problem, ToolkitError, nearest, one_line
from toolkit.intake.numbers import LONGEST_SHOWN, CellError, Figure, quote

MOST_SUGGESTIONS = 100
DAMAGE = "\ufffd"

# Small letters of the Latin alphabet that look like Cyrillic ones, and `ё` as it is often typed.
_LOOK_ALIKE = str.maketrans("abceokmhptxyiё", "авсеокмнртхуіе")

_ALLOWED = "имена столбцов через запятую, точку с запятой или табуляцию"


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
        uncomputed: whether it is a formula that no program has computed.
    """

    text: str = ""
    figure: Figure | None = None
    fault: str = ""
    address: str = ""
    day: date | None = None
    absent: bool = False
    uncomputed: bool = False

    @property
    def empty(self) -> bool:
        """Say whether nothing stands in it."""
        return not self.text and not self.fault

    def sound(self, allowed: str = "") -> str:
        """Return its text; raise `CellError` when it has a fault."""
        if self.fault:
            raise CellError(self.fault, allowed)
        return self.text


EMPTY = Cell()
ABSENT = Cell(absent=True)


class Row(NamedTuple):
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


class Table(NamedTuple):
    """The header and the rows below it that are not empty.

    Attributes:
        source: name of the file.
        header: the row with the names of the columns.
        rows: the rows below it.
        sheet: name of the sheet of a workbook.
        hint: what a text resembles if it is no table, or empty.
    """

    source: str
    header: Row
    rows: tuple[Row, ...]
    sheet: str = ""
    hint: str = ""

    def place(self, row: int, column: str = "", cell: Cell = EMPTY) -> Place:
        """Return where a cell stands, with its address when it has one."""
        name = one_line(column, LONGEST_SHOWN)
        return Place(self.source, self.sheet, row, f"{name} ({cell.address})" if cell.address else name)


class Columns(NamedTuple):
    """Where the known columns stand.

    Attributes:
        positions: position of each known column, from 0, in the order of the header.
        repeated: known columns that stand twice, so that neither is used.
        problems: what is wrong with the header.
    """

    positions: Mapping[str, int]
    repeated: tuple[str, ...]
    problems: tuple[Problem, ...]


def find_columns(table: Table, known: Collection[str], required: Collection[str]) -> Columns:
    """Find the known columns of a table.

    Parameters:
        table: the table.
        known: names a column may have.
        required: those without which the table says nothing.

    Returns:
        The positions and the problems of the header.

    Raises:
        ToolkitError: a required column is absent or stands twice.

    Source:
        The format is ours: the columns are the declared inputs.
    """
    names = [normalise(cell.text) for cell in table.header.cells]
    counted, at_header = Counter(names), partial(table.place, table.header.number)
    for name in required:
        if counted[name] > 1:
            raise ToolkitError(f"столбец {name} назван дважды", f"один столбец {name}", at_header())
        if not counted[name]:
            shown = [one_line(column, LONGEST_SHOWN) for column in list(counted)[:MOST_SUGGESTIONS]]
            what = f"нет столбца {name}{nearest(name, shown)}{table.hint}"
            raise ToolkitError(what, f"{_ALLOWED}: {', '.join(required)} и другие", at_header())
    repeated = tuple(name for name in known if counted[name] > 1)
    positions = {name: at for at, name in enumerate(names) if name in known and counted[name] == 1}
    problems: list[Problem] = []
    for name, cell in zip(names, table.header.cells, strict=True):
        if name and name not in known:
            near = nearest(one_line(name, LONGEST_SHOWN), known) if len(problems) < MOST_SUGGESTIONS else ""
            what = f"неизвестный столбец {quote(cell.text)}{near}, он не использован"
            problems.append(Problem(at_header(cell.text, cell), what, "имена входных данных"))
    for name in repeated:
        what = f"столбец повторяется ({counted[name]}), ни один из них не использован"
        problems.append(Problem(at_header(name), what, f"один столбец {name}"))
    sound = (row for row in table.rows if not row.fault)
    filled = {at for row in sound for at, cell in enumerate(row.cells) if not cell.empty}
    for at in sorted(at for at in filled if at >= len(names) or not names[at]):
        what = "у столбца нет имени, его значения не использованы"
        problems.append(Problem(at_header(name_letters(at)), what, "имя столбца"))
    return Columns(positions, repeated, tuple(problems))


def letter_unknown(table: Table, known: Collection[str]) -> Table:
    """Return a table whose unknown columns have letters for names: what stands there is for no message."""
    cells = enumerate(table.header.cells)
    shown = (cell if normalise(cell.text) in ("", *known) else Cell(name_letters(at)) for at, cell in cells)
    return table._replace(header=table.header._replace(cells=tuple(shown)))


@lru_cache(maxsize=10_000)  # titles and names are compared again and again
def fold(text: str, signs: str = "") -> str:
    """Return the letters and digits of a title or name as they are compared, and the signs that are kept.

    Example:
        >>> fold("№ п/п"), fold("Aктуальность  сведений")
        ('пп', 'актуальностьсведений')
    """
    return "".join(letter for letter in liken_letters(text) if letter.isalnum() or letter in signs)


def liken_letters(text: str) -> str:
    """Return small letters, with a Cyrillic one for each Latin one that looks the same."""
    # Without the normal form a letter й may be two characters.
    return unicodedata.normalize("NFC", text).casefold().translate(_LOOK_ALIKE)


def name_letters(position: int) -> str:
    """Return the letters a spreadsheet shows above a column, counted from 0.

    Example:
        >>> name_letters(0), name_letters(27)
        ('A', 'AB')
    """
    before, at = divmod(position, 26)
    letter = chr(ord("A") + at)
    return name_letters(before - 1) + letter if before else letter


def normalise(name: str) -> str:
    """Return a header cell as names are compared: trimmed, without a byte order mark, in lower case."""
    return name.strip().strip("\ufeff").strip().casefold()
