"""Who a row is about: code, type, name, year and higher body; a bad code or type refuses the row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.errors import Problem, nearest, one_line
from toolkit.intake.columns import Columns
from toolkit.intake.numbers import LONGEST_SHOWN, CellError, quote
from toolkit.intake.table import Cell, Row, Table
from toolkit.intake.values import YEAR, explain, read_value
from toolkit.rules.agency import AGENCY_TYPES

REQUIRED = ("agency", "agency_type")
IDENTITY = (*REQUIRED, "agency_name", "parent", "year")
LONGEST_CODE = 64
# `index` is the page of contents; the others are names Windows keeps for devices.
RESERVED = frozenset(
    [
        "index",
        "con",
        "nul",
        "aux",
        "prn",
        *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(1, 10)),
    ]
)

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE_ALLOWED = f"строчные латинские буквы, цифры и дефисы между ними, до {LONGEST_CODE} знаков"
_SHIFTED = "столько ячеек, сколько столбцов; ячейка с разделителем или кавычкой в кавычках"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that gives no agency.

    Attributes:
        row: its number as a spreadsheet counts it.
        code: what stands in its code cell, safe to show.
        name: what stands in its name cell, safe to show.
        why: what is wrong, one phrase.
    """

    row: int
    code: str
    name: str
    why: str


class RowError(ValueError):
    """A row whose identity is refused; `column` is empty when it is the row as a whole."""

    def __init__(self, column: str, what: str, allowed: str) -> None:
        """Keep the parts."""
        self.column, self.what, self.allowed = column, what, allowed
        super().__init__(what)


class Register:
    """Identifies the rows of one table one after another and remembers their codes.

    Parameters:
        table: the table.
        columns: where its columns stand.
    """

    def __init__(self, table: Table, columns: Columns) -> None:
        self.table, self.columns = table, columns
        self.rows: dict[str, int] = {}

    def identify(self, row: Row) -> tuple[str, str]:
        """Return code and type of a row.

        Parameters:
            row: a row of the table.

        Returns:
            The code, not met in a good row before, and the type.

        Raises:
            RowError: the cells of the row cannot be told apart, or its code or type is refused.

        Source:
            Convention G6: a bad identity refuses the row; point 28 for the types.
        """
        if row.fault:
            raise RowError("", row.fault, _SHIFTED)
        code = read_code(self.cell(row, "agency"))
        if code in self.rows:
            what = f"код {quote(code)} уже стоит в строке {self.rows[code]}"
            raise RowError("agency", what, "разные коды у разных органов")
        kind = _read_type(self.cell(row, "agency_type"))
        # A refused row does not hold its code: the good one may stand below.
        self.rows[code] = row.number
        return code, kind

    def name(self, row: Row, code: str) -> tuple[str, list[Problem]]:
        """Return the name, which is the code when no readable name is given."""
        cell = self.cell(row, "agency_name")
        if cell.fault:
            return code, [self.report(row, "agency_name", cell.fault, "текст")]
        return one_line(cell.text).strip() or code, []

    def year(self, row: Row) -> tuple[int | None, list[Problem]]:
        """Return the year, if a good one is given."""
        cell = self.cell(row, "year")
        if cell.empty:
            return None, []
        try:
            return int(read_value(cell, YEAR)), []
        except CellError as error:
            return None, [self.report(row, "year", error.what, explain(error, YEAR))]

    def parent(self, row: Row) -> tuple[str, list[Problem]]:
        """Return the code of the higher body, if it can be one; the last row tells whether it is known."""
        cell = self.cell(row, "parent")
        if cell.empty:
            return "", []
        try:
            return read_code(cell), []
        except RowError as error:
            return "", [self.report(row, "parent", error.what, error.allowed, warning=True)]

    def cell(self, row: Row, name: str) -> Cell:
        """Return the cell of a row by the name of its column."""
        return row.cell(self.columns.positions.get(name))

    def report(self, row: Row, name: str, what: str, allowed: str = "", *, warning: bool = False) -> Problem:
        """Return a problem of one cell."""
        place = self.table.place(row.number, name, self.cell(row, name))
        return Problem(place, what, allowed, warning)

    def list_refused(self, row: Row, error: RowError) -> RefusedRow:
        """Return the entry by which a refused row can be listed."""
        texts = (self.cell(row, name).text for name in ("agency", "agency_name"))
        code, name = (one_line(text, LONGEST_CODE) for text in texts)
        return RefusedRow(row.number, code, name, error.what)


def read_code(cell: Cell) -> str:
    """Return the code of an agency, which names its page; raise `RowError` for one that cannot."""
    code = cell.text
    if cell.fault:
        raise RowError("agency", cell.fault, _CODE_ALLOWED)
    if not code:
        raise RowError("agency", "нет кода органа", _CODE_ALLOWED)
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        raise RowError("agency", f"{quote(code)} не годится как код органа", _CODE_ALLOWED)
    if code in RESERVED:
        raise RowError("agency", f"код {quote(code)} занят: так нельзя назвать страницу отчёта", "другой код")
    return code


def _read_type(cell: Cell) -> str:
    word = cell.text.casefold()
    if cell.fault or word not in AGENCY_TYPES:
        near = nearest(one_line(word, LONGEST_SHOWN), AGENCY_TYPES)
        what = cell.fault or (
            f"{quote(cell.text)} — неизвестный тип органа{near}" if word else "нет типа органа"
        )
        raise RowError("agency_type", what, " | ".join(AGENCY_TYPES))
    return word
