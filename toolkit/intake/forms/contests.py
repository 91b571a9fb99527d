"""The table of annex 2: contests counted by their marks, and compared with the lines of totals."""

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction

from toolkit.intake.forms.breakdown import Sum
from toolkit.intake.forms.definition import Group
from toolkit.intake.forms.finding import FoundTable, Reading
from toolkit.intake.numbers import quote
from toolkit.intake.table import EMPTY, Cell, fold
from toolkit.rules.notes import comma

_YES = {"+", "да", "v", "x", "х", "1", "✓", "✔", "√"}
_NO = {"", "-", "–", "—", "нет", "0"}
_MARK = "«+» в одном из двух столбцов: да или нет"
_COUNT = re.compile(r"\A0*(\d+)(?:[.,]0+|\s+конкурс\w*)?\.?\Z")
_STATED = re.compile(r":[\s_]*(\d+)")


class Contests(Reading):
    """The contests of annex 2, one in a row.

    Parameters:
        found: the table.
    """

    def __init__(self, found: FoundTable) -> None:
        super().__init__(found)
        self._stated: dict[str, tuple[int, Cell]] = {}
        self._faults: dict[str, str] = {}
        self._counted = Counter[str]()
        self._seen: dict[str, int] = {}  # the contests under one heading, by their names
        self._first_column = found.columns.get("contest", min(found.columns.values()))
        self._read()

    def totals(self) -> dict[str, Sum]:
        """Return the number of contests held, observed and recorded.

        Returns:
            For each input its number; the lines of totals must state the same.

        Source:
            Annex 2: each post is a contest of its own; one without candidates is not counted.
        """
        return {name: self._total(name) for name in self.found.table.totals}

    def _read(self) -> None:
        totals, groups = self.found.table.totals, self.found.table.groups
        for row in self.found.rows:
            text = "".join(fold(cell.text) for cell in self.grid.cells[row].values())
            total = next((name for name, line in totals.items() if _fits(line, text)), "")
            # Whatever its name, what has a number or a mark is a contest; a total has text before its number.
            numbered = self.grid.cell(row, self.found.columns.get("number")).text.rstrip(".").isdigit()
            if total and not numbered:
                self._stated[total] = (row, self._find_number(row))
            elif numbered or self._marks(row) or not any(_fits(group, text) for group in groups):
                self._count(row, numbered=numbered)
            else:
                self._seen = {}

    def _count(self, row: int, *, numbered: bool) -> None:
        """Count one contest, unless nothing but a number, a line of text or a signature stands in the row."""
        contest, marks = self.grid.cell(row, self.found.columns.get("contest")), self._marks(row)
        if not marks and (contest.empty or self._stated or self._is_text(row)):
            return
        if self._stated and not numbered and not any(_read_mark(cell) in _YES for cell in marks.values()):
            return
        first, *pairs = self.found.table.totals
        self._counted[first] += 1
        same = self._seen.setdefault(fold(contest.text), row)
        if contest.empty:
            self._refuse(first, row, "не назван конкурс", "номер протокола и должность")
        elif "несостоял" in fold(contest.text):
            self._refuse(first, row, "назван не состоявшийся конкурс", "только состоявшиеся: уберите строку")
        elif same != row:
            self.report(self.grid.place(row), f"конкурс назван так же, как в строке {same}; сосчитаны оба")
        if self._stated:
            self._refuse(first, row, "конкурс стоит под итоговыми строками", "строки над итогами")
        for name, question in zip(pairs, ("observer", "recording"), strict=True):
            said = _read_answer(marks.get(f"{question}_yes", EMPTY), marks.get(f"{question}_no", EMPTY))
            if said is None:
                self._refuse(name, row, f"строка {row}: нет одной ясной отметки", _MARK, question)
            elif said:
                self._counted[name] += 1

    def _marks(self, row: int) -> dict[str, Cell]:
        """Return the marks of a row; one that is merged over «да» and «нет» is no clear one."""
        columns = {key: at for key, at in self.found.columns.items() if "_" in key}
        cells = {key: self.grid.cell(row, at) for key, at in columns.items()}
        for key, at in columns.items():
            if self.grid.merge(row, at).right > at:
                cells[key] = replace(cells[key], fault="объединена")
        return {key: cell for key, cell in cells.items() if cell.text}

    def _is_text(self, row: int) -> bool:
        """Say whether a row without marks is a line of the form: its cell is as wide as the table."""
        return self.grid.merge(row, self._first_column).right >= max(self.found.columns.values())

    def _find_number(self, row: int) -> Cell:
        """Return the number that a line of totals states, in a cell of its own or after its colon."""
        first, *others = self.grid.cells[row].values()
        if others:
            return others[0]
        written = _STATED.search(first.text)
        return Cell(written[1], address=first.address) if written else EMPTY

    def _refuse(self, name: str, row: int, what: str, allowed: str, question: str = "") -> None:
        self._faults.setdefault(name, what)
        columns = [at for key, at in self.found.columns.items() if question and key.startswith(question)]
        self.report(self.grid.place(row, *sorted(columns)), what, allowed)

    def _total(self, name: str) -> Sum:
        counted, contests = Fraction(self._counted[name]), self._counted[next(iter(self.found.table.totals))]
        row, cell = self._stated.get(name, (0, EMPTY))
        place = self.grid.place(row or self.found.first - 1, self._first_column)
        place = replace(place, cell=cell.address or place.cell)
        if name in self._faults:
            return Sum(None, place, fault=self._faults[name])
        if cell.empty or cell.uncomputed:
            if not contests:
                return Sum(None, place)
            self.report(place, f"итог не вписан, сосчитано по строкам: {comma(counted)}")
        elif cell.fault or _COUNT.sub(r"\1", cell.text) != comma(counted):
            what = f"итог {cell.fault or quote(cell.text)}, а строк с этой отметкой {comma(counted)}"
            self.report(place, what, "итог равен числу строк")
            return Sum(None, place, fault=what)
        return Sum(counted, place, f"строк: {comma(counted)} из {contests}")


def _read_answer(yes: Cell, no: Cell) -> bool | None:
    """Say which of two columns is marked; «нет» written in its own column alone is a mark."""
    words = [_read_mark(yes), _read_mark(no)]
    said_yes, said_no = words[0] in _YES, words[1] in _YES or words == ["", "нет"]
    clear = not (yes.fault or no.fault) and {*words} <= _YES | _NO and said_yes != said_no
    return said_yes if clear else None


def _read_mark(cell: Cell) -> str:
    return fold(cell.text) or cell.text.strip()


def _fits(line: Group, text: str) -> bool:
    return all(word in text for word in line.words)
