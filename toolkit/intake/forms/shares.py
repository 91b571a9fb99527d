"""Diagnostic shares of annex 8: shown beside the entered points, never scored."""

import re
from fractions import Fraction

from toolkit.intake.forms.finding import FoundTable, Reading
from toolkit.intake.numbers import CellError
from toolkit.intake.offers import Diagnostic, Findings, Origin
from toolkit.intake.systems import Systems
from toolkit.intake.table import Cell, fold
from toolkit.intake.values import doubt_value, explain, read_value
from toolkit.rules.agency import Input
from toolkit.rules.notes import comma

PERCENT = Input("", "", "", "percent", "", "", high=Fraction(100))
MONEY = Input("", "", "", "tenge", "", "")

# Of the words of a cell, as `fold` leaves each: that it adds up or averages others, or that it names nothing.
_TOTAL = re.compile(r"(?:итого|всего)\b|средн(?:ее|ии)(?: (?:значени|уров|показат|арифм|по\b)|$)")
_NOTHING = re.compile(
    rf"0?$|(?:не|нет|без|н ?д)\b|отсутств|не(?:имеется|автоматиз)|.*\bнет$|{_TOTAL.pattern}"
)
_AUTOMATED_BY = ("own_systems", "services", "other_systems", "partnership_systems")


class Shares(Reading):
    """The share that one table of annex 8 gives, without the systems of point 57.

    Parameters:
        found: the table.
        agency: code of the agency.
        systems: what the agency may not show.
    """

    def __init__(self, found: FoundTable, agency: str, systems: Systems) -> None:
        super().__init__(found)
        self.agency, self.systems, self._bad = agency, systems, False
        self._left_out = self._called_off = 0

    def read(self) -> Findings:
        """Read the table.

        Returns:
            At most one diagnostic share, and what is wrong with the cells; a bad cell takes the share away.

        Source:
            Annex 8, tables 1, 2, 5 and 7; point 57: systems with restricted information are not counted.
        """
        reads = {
            "systems_currency": self._read_currency,
            "functions": self._read_functions,
            "contracts": self._read_contracts,
            "unused_systems": self._read_unused,
        }
        part, whole, unit = reads[self.found.table.key]()
        if self._bad or not whole:
            return Findings(problems=self.problems)
        shown, at = self.found.table.diagnostic, min(self.found.columns.values())
        off = f"; отменённых закупов не учтено: {self._called_off}" if self._called_off else ""
        origin = Origin(self.grid.place(self.found.first - 1, at), f"строк: {len(self.found.rows)}{off}")
        share = part, whole, unit, origin, self._left_out
        given = Diagnostic(self.agency, shown["input"], shown["title"], *share)
        return Findings(diagnostics=[given], problems=self.problems)

    def _read_currency(self) -> tuple[Fraction, Fraction, str]:
        level = self.found.columns.get("level")
        levels = [self._number(row, level, PERCENT) for row in self._open_rows()]
        return sum(levels, Fraction(0)), Fraction(len(levels)), "percent"

    def _read_functions(self) -> tuple[Fraction, Fraction, str]:
        automated = whole = 0
        columns = self.found.columns
        self._bad = not columns.keys() >= {*_AUTOMATED_BY}
        for row in self.found.rows:
            if not self._is_named(row, "function"):
                continue
            lines = range(row, self.grid.merge(row, columns["function"]).bottom + 1)
            cells = [(line, columns.get(key)) for line in lines for key in _AUTOMATED_BY]
            systems = [name for line, at in cells for name in self._names(line, at)]
            if systems and all(map(self.systems.hides, systems)):
                self._left_out += 1
                continue
            whole += 1
            automated += bool(systems)
        return Fraction(automated), Fraction(whole), "functions"

    def _read_contracts(self) -> tuple[Fraction, Fraction, str]:
        columns = self.found.columns
        self._bad = "contract" not in columns
        stated = ("contract", "contract_sum", "local_sum")
        used = {at for key in stated for at in self.grid.cells.get(columns.get(key, 0), ())}
        local = whole = Fraction(0)
        rows = [row for key, row in columns.items() if key != "titles"]
        heads = [self.found.first - 1, columns.get("contract", 0)]
        for at in sorted(at for at in used if at > columns["titles"]):
            if any(self.systems.hides(self.grid.cell(row, at).text) for row in rows):
                self._left_out += 1
                continue
            called_off = "отмен" in fold(self.grid.cell(columns.get("contract_status", 0), at).text)
            self._called_off += called_off
            if called_off or any(_TOTAL.match(_words(self.grid.cell(row, at).text)) for row in heads):
                continue
            total, part = (self._number(columns.get(key, 0), at, MONEY) for key in stated[1:])
            if part > total and not self._bad:
                what = f"{comma(part)} больше суммы договора {comma(total)}"
                self._refuse(columns["local_sum"], at, what, "не больше суммы договора")
            whole, local = whole + total, local + part
        return local, whole, "tenge"

    def _read_unused(self) -> tuple[Fraction, Fraction, str]:
        count = Fraction(len(self._open_rows()))
        return count, count, "count"

    def _open_rows(self) -> list[int]:
        """Return the rows that name a system which is counted."""
        at = self.found.columns.get("system")
        named = [row for row in self.found.rows if self._is_named(row, "system")]
        shown = [row for row in named if not self.systems.hides(self.grid.cell(row, at).text)]
        self._left_out = len(named) - len(shown)
        return shown

    def _is_named(self, row: int, key: str) -> bool:
        """Say whether a cell names something; totals, and lines of text as wide as the table, do not."""
        at = self.found.columns.get(key)
        if at is None or self.grid.merge(row, at).left < at:
            return False
        if (cell := self.grid.cell(row, at)).fault:
            self._refuse(row, at, cell.fault, "текст")
        return not (cell.text.isdigit() or _NOTHING.match(_words(cell.text)))

    def _names(self, row: int, at: int | None) -> list[str]:
        """Return the systems that a cell names; a name with a comma is one when the list marks it."""
        if (cell := self.grid.shown(row, at or 0)).fault:
            self._refuse(row, at, cell.fault, "текст")
        names = re.split(r"[;,\n]", cell.text)
        if self.systems.hides(cell.text) and not any(map(self.systems.hides, names)):
            return [cell.text]  # the name itself has a comma
        if len(fold(names[0])) > len("нет") and _NOTHING.match(_words(names[0])):
            return []  # after «не автоматизирована,» stands no name, after «нет;» there may
        return [name for name in names if "+" in name or not _NOTHING.match(_words(name))]

    def _number(self, row: int, at: int | None, domain: Input) -> Fraction:
        cell = self.grid.cell(row, at)
        try:
            number = read_value(cell if not cell.empty else Cell(fault="ячейка пуста"), domain)
        except CellError as error:
            self._refuse(row, at, self.found.explain(error, cell), explain(error, domain))
            return Fraction(0)
        doubt = doubt_value(cell) if domain is MONEY else ""
        if domain is PERCENT and 0 < number <= 1 and "%" not in cell.text:
            doubt = f"прочитано как {comma(number)} %; если это доля, впишите {comma(100 * number)}"
        if doubt:
            self.report(self.grid.place(row, at or 0), doubt)
        return number

    def _refuse(self, row: int, at: int | None, what: str, allowed: str) -> None:
        self._bad = True
        cell = (row, at) if row and at else (self.found.first,)
        self.report(self.grid.place(*cell), what, allowed)


def _words(text: str) -> str:
    return " ".join(filter(None, map(fold, text.split())))
