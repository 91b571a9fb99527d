"""The rows of the table of agencies, and what else is said of them, become agencies."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from toolkit.errors import Place, Problem, nearest, one_line
from toolkit.intake.gathering import gather
from toolkit.intake.numbers import LONGEST_SHOWN, CellError, quote
from toolkit.intake.offers import Decision, Findings, Offer, Origin
from toolkit.intake.settling import Checker, Settled, settle
from toolkit.intake.table import Cell, Columns, Row, Table
from toolkit.intake.values import LONGEST_CODE, YEAR, doubt_value, read_code, read_declared
from toolkit.rules.agency import AGENCY_TYPES, Agency
from toolkit.rules.methodology import Methodology

REQUIRED = ("agency", "agency_type")
IDENTITY = (*REQUIRED, "agency_name", "parent", "year")

_REPEATED = "столбец повторяется, ни один не использован"
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


class Assembler:
    """Puts the agencies of one table together: first who they are, then what all sources say of them.

    Nothing stops at a problem: a bad code or type refuses its row, any other bad cell only itself.

    Parameters:
        table: the table of agencies.
        columns: where its columns stand.
        methodology: the domains, limits and checks.

    Attributes:
        rows: the row of each agency.
        types: type of each agency.
        refused: the rows that give none.
        agencies: the agencies, once they are assembled.
        settled: what is settled about the inputs of each.
        problems: all that is wrong.

    Source:
        Convention G6: a bad identity refuses the row; point 28 for the types.
    """

    def __init__(self, table: Table, columns: Columns, methodology: Methodology) -> None:
        self.table, self.columns, self.methodology = table, columns, methodology
        self.checker = Checker(methodology)
        self.rows: dict[str, Row] = {}
        self._years: dict[str, int | None] = {}
        self.types: dict[str, str] = {}
        self.refused: list[RefusedRow] = []
        self.agencies: list[Agency] = []
        self.settled: dict[str, Settled] = {}
        self.problems = list(columns.problems)
        self._doubt(table.header)
        for row in table.rows:
            self._identify(row)

    @property
    def years(self) -> list[tuple[int, int]]:
        """Return the years with the number of agencies of each, the most common one first."""
        return Counter(year for year in self._years.values() if year is not None).most_common()

    def assemble(self, said: Findings, decisions: Mapping[tuple[str, str], Decision]) -> None:
        """Settle the inputs of every agency.

        Parameters:
            said: what forms, lists and the journal say.
            decisions: which source was chosen, by agency and input.

        Source:
            Conventions G6 and G7.
        """
        offers = gather(said.offers, lambda offer: offer.agency)
        for code, row in self.rows.items():
            chosen = {name: decision for (agency, name), decision in decisions.items() if agency == code}
            self._add(code, row, offers.get(code, []), chosen)
        self.problems += said.problems
        for agency in self.agencies:
            if agency.parent and agency.parent not in self.rows:
                what = f"органа {quote(agency.parent)} в кампании нет"
                self._report(self.rows[agency.code], "parent", what, warning=True)
        if len(self.years) > 1:
            shown = ", ".join(f"{year} (строк: {count})" for year, count in self.years[:5])
            place = Place(self.table.source, self.table.sheet, column="year")
            self.problems.append(Problem(place, f"годы строк различаются: {shown}", warning=True))

    def _identify(self, row: Row) -> None:
        column = ""
        try:
            if row.fault:
                raise CellError(row.fault, _SHIFTED)  # noqa: TRY301
            column = "agency"
            if (code := read_code(self._cell(row, "agency"))) in self.rows:
                what = f"код {quote(code)} уже стоит в строке {self.rows[code].number}"
                raise CellError(what, "разные коды у разных органов")  # noqa: TRY301
            column = "agency_type"
            self.types[code] = _read_type(self._cell(row, "agency_type"))
        except CellError as error:
            shown = [one_line(self._cell(row, it).text, LONGEST_CODE) for it in ("agency", "agency_name")]
            self.refused.append(RefusedRow(row.number, shown[0], shown[1], error.what))
            self._report(row, column, error.what, error.allowed)
        else:
            # A refused row does not hold its code: the good one may stand below.
            self.rows[code] = row
            self._years[code] = self._read(row, "year", lambda cell: int(read_declared(cell, YEAR)))

    def _add(self, code: str, row: Row, offers: list[Offer], chosen: Mapping[str, Decision]) -> None:
        self._doubt(row)
        if (name := self._cell(row, "agency_name")).fault:
            self._report(row, "agency_name", name.fault, "текст")
        parent = self._read(row, "parent", read_code, warning=True) or ""
        settled = settle([*self._read_inputs(code, row), *offers], chosen)
        self.checker.check(settled)
        agency = Agency(
            code=code,
            name=(not name.fault and one_line(name.text).strip()) or code,
            type=self.types[code],
            values=MappingProxyType(settled.values),
            refused=MappingProxyType(settled.refused),
            year=self._years[code],
            parent=parent,
            unshown=frozenset(name for name, offer in settled.offers.items() if not offer.text),
        )
        self.agencies.append(agency)
        self.settled[code] = settled
        self.problems += settled.problems

    def _read_inputs(self, code: str, row: Row) -> list[Offer]:
        """Return an offer for each filled cell, and for each empty one to which the order gives a value."""
        inputs, at_row = self.methodology.inputs, (Origin(self.table.place(row.number)),)
        repeated = (name for name in self.columns.repeated if name in inputs)
        offers = [Offer(code, name, None, at_row, fault=_REPEATED) for name in repeated]
        for declared in (inputs[name] for name in self.columns.positions if name in inputs):
            name, cell = declared.name, self._cell(row, declared.name)
            at = (Origin(self.table.place(row.number, name, cell)),)
            if cell.empty:
                if declared.empty_cell is not None and not cell.absent:
                    offers.append(Offer(code, name, declared.empty_cell, at))
                continue
            try:
                offers.append(Offer(code, name, read_declared(cell, declared), at, cell.text))
            except CellError as error:
                offers.append(Offer(code, name, None, at, cell.text, f"ячейка отклонена: {error.what}"))
                self._report(row, name, error.what, error.allowed)
            else:
                if declared.unit == "persons" and (what := doubt_value(cell)):
                    self._report(row, name, what, warning=True)
        return offers

    def _read(self, row: Row, name: str, read: Callable[[Cell], Any], *, warning: bool = False) -> Any:
        """Return what a cell says, or nothing for an empty or a bad one."""
        cell = self._cell(row, name)
        try:
            return None if cell.empty else read(cell)
        except CellError as error:
            self._report(row, name, error.what, error.allowed, warning=warning)

    def _cell(self, row: Row, name: str) -> Cell:
        return row.cell(self.columns.positions.get(name))

    def _doubt(self, row: Row) -> None:
        """Warn of what is strange about a row as a whole."""
        if row.doubt:
            self._report(row, "", row.doubt, warning=True)

    def _report(self, row: Row, name: str, what: str, allowed: str = "", *, warning: bool = False) -> None:
        place = self.table.place(row.number, name, self._cell(row, name))
        self.problems.append(Problem(place, what, allowed, warning))


def _read_type(cell: Cell) -> str:
    word = cell.text.casefold()
    if cell.fault or word not in AGENCY_TYPES:
        near = nearest(one_line(word, LONGEST_SHOWN), AGENCY_TYPES)
        unknown = f"{quote(cell.text)} — неизвестный тип органа{near}" if word else "нет типа органа"
        raise CellError(cell.fault or unknown, " | ".join(AGENCY_TYPES))
    return word
