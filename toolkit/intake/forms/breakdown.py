"""A table broken down by units: rows under rows, each equal to the sum of those under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from toolkit.errors import Place, Problem
from toolkit.intake.forms.definition import Group
from toolkit.intake.forms.finding import FoundTable, Reading
from toolkit.intake.numbers import CellError
from toolkit.intake.table import EMPTY, Cell, fold
from toolkit.intake.values import COUNT, explain, read_value
from toolkit.rules.notes import comma

_TOTALS = ("итог", "общийитог", "всего", "барлығы", "жиыны")
_WHOLE = {*_TOTALS, "итого"}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[.,)]*")
_UNIT = 2  # parts of a number that tell a unit, whatever its name, from a printed row
_BEGINNING = 14  # letters that tell «Территориальные подразделения» from one of these
_UNFILLED = "«Итого» не заполнено"


@dataclass(slots=True)
class Node:
    """A row with the rows under it; the root is the row «Итого», where there is one.

    Attributes:
        row: its number on the sheet.
        path: the parts of its own number.
        placed: whether that number, or its printed title, tells under which row it stands.
        children: the rows under it.
    """

    row: int
    path: tuple[str, ...] = ()
    placed: bool = True
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Yield it and the rows under it, at any depth."""
        yield self
        for child in self.children:
            yield from child.walk()


class Sum(NamedTuple):
    """What the rows of one column add up to.

    Attributes:
        value: the sum, or nothing when no cell is filled.
        place: the cell that states it, or the table.
        how: how it follows from the cells, empty when a cell states it.
        fault: why it cannot be used.
    """

    value: Fraction | None
    place: Place
    how: str = ""
    fault: str = ""


class Breakdown(Reading):
    """The rows of a table as a tree, and the sums of its columns.

    Parameters:
        found: the table.
    """

    def __init__(self, found: FoundTable) -> None:
        super().__init__(found)
        self.root, self.fault = Node(0), ""
        figures = [column.key for column in found.table.columns if column.unit not in ("number", "text")]
        self._figures = {key: found.columns[key] for key in figures if key in found.columns}
        self._grow()

    def totals(self) -> dict[str, Sum]:
        """Return the total of every column of figures.

        Returns:
            The number that «Итого» states, when the rows add up to it at every level; without it, their sum.
            A column that is absent, or has a part greater than its whole in some row, has a fault.

        Source:
            Annexes 1, 7 and 8: information is given by departments, units, territorial units and «Итого».
        """
        header = self.grid.place(self.found.first - 1, *list(self.found.columns.values())[:1])
        absent = Sum(None, header, fault="столбца нет в форме")
        totals = dict.fromkeys((column.key for column in self.found.table.columns), absent)
        totals |= {key: self._add_up(at) for key, at in self._figures.items()}
        for part, whole in self.found.table.limits.items():
            if wrong := list(self._exceed(part, whole)):
                self.problems += wrong
                totals[part] = totals[part]._replace(value=None, fault=f"ячейка отклонена: {wrong[0].what}")
        return totals

    def _add_up(self, at: int) -> Sum:
        place = self.grid.place(self.root.row or self.found.first - 1, at)
        self._bad = self._empty = self._astray = 0
        value = self._add(self.root, at)
        if self.fault or self._bad:
            return Sum(None, place, fault=self.fault or "ячейки столбца отклонены")
        if value is None or not self._cell(self.root, at).empty:
            return Sum(value, place)
        filled = [node for node in self.root.walk() if not self._cell(node, at).empty]
        if len(filled) == 1 and not self._empty:
            return Sum(value, self.grid.place(filled[0].row, at))
        fault, allowed = "", "«Итого» или число в каждой строке, в том числе 0"
        if self._empty:
            fault = f"{_UNFILLED}, а ячейка {self.grid.place(self._empty, at).cell} пуста"
        elif self._astray:
            fault = f"{_UNFILLED}, а по номеру строки {self._astray} не видно, не часть ли она другой"
            allowed = "«Итого» или номера строк: 1.1 у департамента, 1.1.1 у его управления"
        elif value and not self.root.row and self._may_be_total(filled, at, value):
            last = self.grid.place(filled[-1].row, at).cell
            fault = f"строки «Итого» нет, а {last} равна сумме остальных строк: неясно, итог ли это"
        if fault:
            self.report(place, fault, allowed)
            return Sum(None, place, fault=fault)
        first, last = (self.grid.place(row, at).cell for row in (filled[0].row, filled[-1].row))
        self.report(place, f"{_UNFILLED}, взята сумма строк: {comma(value)}")
        return Sum(value, replace(place, cell=f"{first}:{last}"), "сумма строк")

    def _may_be_total(self, filled: list[Node], at: int, value: Fraction) -> bool:
        """Say whether the last row is the sum of all others, and no row above it counts it as a part."""
        last = filled[-1]
        checked = any(last in node.children for node in filled)
        return not checked and 2 * (self._figure(last, at) or 0) == value

    def _exceed(self, part: str, whole: str) -> Iterator[Problem]:
        """Yield the rows in which a part is greater than its whole."""
        if not {part, whole} <= self._figures.keys():
            return
        at, of = self._figures[part], self._figures[whole]
        for node in self.root.walk():
            with suppress(CellError):  # said where the columns are added up
                less, more = self._figure(node, at), self._figure(node, of)
                if less is not None and more is not None and less > more:
                    where = self.grid.place(node.row, of).cell
                    what = f"{comma(less)} больше, чем {comma(more)} в ячейке {where}"
                    yield Problem(self.grid.place(node.row, at), what, f"не больше {comma(more)}")

    def _grow(self) -> None:
        """Put each row under the one it belongs to."""
        if self.found.table.kind == "breakdown" and "unit_name" not in self.found.columns:
            what = "нет столбца с наименованиями, не видно, какие строки — суммы"
            self._break(self.found.first - 1, what, "столбцы, как в форме приложения")
        above = self.root
        nodes: dict[tuple[str, ...], list[Node]] = {}
        groups: list[Group] = []
        for row in self.found.rows:
            if (name := self._name(row)).startswith(_TOTALS):
                self._found_total(row)
                continue
            if self.root.row:
                self._refuse_below(row)
                continue
            filled = any(not self.grid.cell(row, at).empty for at in self._figures.values())
            group = self._group(name)
            path = self._path(row) if group or filled else ()
            if group is not None and len(path) < _UNIT:
                above = Node(row, path or tuple(filter(None, group.number.split("."))), group not in groups)
                groups.append(group)
                self.root.children.append(above)
                nodes = {above.path: [above]} if above.path else {}
            elif filled:
                # Under «Территориальные подразделения» the order prints neither numbers nor levels.
                flat = not (groups[-1].rows if groups else self.found.table.groups)
                node = Node(row, path, flat or len(path) >= _UNIT)
                self._parent(node, nodes, above).children.append(node)
                if path:
                    nodes.setdefault(path, []).append(node)

    def _found_total(self, row: int) -> None:
        """Take a row as «Итого»: the last one, but two that are both the total of all must say the same."""
        figures = self._figures.values()
        before, now = ([self.grid.cell(at, column).text for column in figures] for at in (self.root.row, row))
        if any(before) and {self._name(self.root.row), self._name(row)} <= _WHOLE:
            if any(now) and now != before:
                self._break(row, f"итог другой, чем в строке {self.root.row}", "одна строка «Итого»")
        else:
            self.root.row = row

    def _parent(self, node: Node, nodes: dict[tuple[str, ...], list[Node]], above: Node) -> Node:
        for length in range(len(node.path) - 1, 0, -1):
            if len(same := nodes.get(node.path[:length], [])) > 1:
                what = f"номер {'.'.join(node.path[:length])} стоит в нескольких строках"
                self._break(node.row, what, "номер каждой строки один раз")
            if same:
                return same[-1]
        return above

    def _add(self, node: Node, at: int) -> Fraction | None:
        """Return the number of a row, checked against the rows under it."""
        own = self._read(node, at)
        under = [(child, self._add(child, at)) for child in node.children]
        if not (given := [value for _, value in under if value is not None]):
            return own
        total = sum(given, Fraction(0))
        if own is None:
            self._empty = next((child.row for child, value in under if value is None), self._empty)
            astray = [child.row for child, value in under if value is not None and not child.placed]
            self._astray = astray[0] if astray and len(given) > 1 else self._astray
            return total
        # Rows that do not add up say nothing when one of them is refused for another reason.
        if own != total and not self._bad:
            self._bad += 1
            cells = [self.grid.place(child.row, at).cell for child, value in under if value is not None]
            what = f"{comma(own)}, а сумма подчинённых строк {comma(total)} ({', '.join(cells)})"
            self.report(self.grid.place(node.row, at), what, "число строки равно сумме подчинённых ей строк")
        return own

    def _read(self, node: Node, at: int) -> Fraction | None:
        try:
            return self._figure(node, at)
        except CellError as error:
            self._bad += 1
            what = self.found.explain(error, self._cell(node, at))
            self.report(self.grid.place(node.row, at), what, explain(error, COUNT))
            return None

    def _figure(self, node: Node, at: int) -> Fraction | None:
        if (cell := self._cell(node, at)).empty:
            return None
        merge = self.grid.merge(node.row, at)
        merged = [column for column in self._figures.values() if merge.left <= column <= merge.right]
        if merge.top != merge.bottom or len(merged) > 1:
            raise CellError("ячейка объединена с соседними, неясно, чьё это число", "отдельная ячейка")
        return read_value(cell, COUNT)

    def _cell(self, node: Node, at: int) -> Cell:
        """Return a cell; a sum that was never computed is as good as an empty one."""
        cell = self.grid.cell(node.row, at)
        return EMPTY if cell.uncomputed and (node.children or node is self.root) else cell

    def _name(self, row: int) -> str:
        """Return the letters of the texts left of the figures, or of the names that stand after them."""
        last = max(min(self._figures.values(), default=1) - 1, self.found.columns.get("unit_name", 0))
        cells, figures = self.grid.cells[row].items(), self._figures.values()
        texts = [fold(cell.text) for at, cell in cells if at <= last and at not in figures]
        return "".join(texts).lstrip("0123456789")

    def _group(self, name: str) -> Group | None:
        groups = [it for it in self.found.table.groups if name.startswith(fold(it.title)[:_BEGINNING])]
        suiting = [group for group in groups if all(word in name for word in group.words)]
        return max(suiting, key=lambda group: len("".join(group.words)), default=None)

    def _path(self, row: int) -> tuple[str, ...]:
        if (cell := self.grid.cell(row, self.found.columns.get("number"))).fault:
            self._break(row, f"номер строки — {cell.fault}", "номер текстом, например 1.1")
        number = "".join(cell.text.split())
        return tuple(re.findall(r"\d+", number)) if _NUMBER.fullmatch(number) else ()

    def _refuse_below(self, row: int) -> None:
        """Refuse a number under «Итого»; who signs the form may write a name there."""
        cells = [self.grid.cell(row, at) for at in self._figures.values()]
        if any(cell.figure or "".join(cell.text.split()).isdigit() for cell in cells):
            self._break(row, "под строкой «Итого» стоят числа", "строки над «Итого»")

    def _break(self, row: int, fault: str, allowed: str) -> None:
        self.fault = self.fault or fault
        self.report(self.grid.place(row), fault, allowed)
