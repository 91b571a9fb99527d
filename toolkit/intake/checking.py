"""The values of one row: domains first, then limits between cells, then what is only implausible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from graphlib import TopologicalSorter

from toolkit.errors import Problem
from toolkit.formula.exact import compare, evaluate
from toolkit.formula.parse import parse_condition
from toolkit.formula.tree import Comparison, names
from toolkit.intake.columns import Columns
from toolkit.intake.numbers import CellError, quote
from toolkit.intake.table import Row, Table
from toolkit.intake.values import doubt_value, explain, read_value
from toolkit.rules.agency import Input
from toolkit.rules.methodology import Methodology
from toolkit.rules.notes import comma


@dataclass(slots=True)
class Values:
    """What the cells of one row gave.

    Attributes:
        values: the good ones.
        refused: what was wrong with the others, by input.
        unshown: inputs whose empty cell the order itself gives a value.
        problems: one for each refused cell, and the warnings.
    """

    values: dict[str, Fraction] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    unshown: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


class Checker:
    """Reads the inputs of every row of one table.

    Parameters:
        table: the table.
        columns: where its columns stand.
        methodology: the domains, limits and checks.
    """

    def __init__(self, table: Table, columns: Columns, methodology: Methodology) -> None:
        self.table, self.columns = table, columns
        self.declared = methodology.inputs
        self.present = [self.declared[name] for name in columns.positions if name in self.declared]
        self.limited = _order(self.present)
        self.checks = [(check, parse_condition(check["when"])) for check in methodology.checks]

    def check(self, row: Row) -> Values:
        """Read the inputs of a row; a bad cell spoils only itself.

        Parameters:
            row: a row of the table.

        Returns:
            Its values, refusals and problems.

        Source:
            Conventions G6 and G7.
        """
        found = Values()
        for name in self.columns.repeated:
            if name in self.declared:
                found.refused[name] = "столбец повторяется, ни один не использован"
        for column in self.present:
            self._read(row, column, found)
        for column in self.present:
            self._refuse_forbidden(row, column, found)
        for column in self.limited:
            self._refuse_above_limit(row, column, found)
        for check, condition in self.checks:
            self._warn(row, check, condition, found)
        return found

    def _read(self, row: Row, column: Input, found: Values) -> None:
        cell = row.cell(self.columns.positions[column.name])
        if cell.empty:
            if column.empty_cell is not None and not cell.absent:
                found.values[column.name] = column.empty_cell
                found.unshown.add(column.name)
            return
        try:
            found.values[column.name] = read_value(cell, column)
        except CellError as error:
            self._refuse(row, column.name, error.what, explain(error, column), found)
            return
        what = doubt_value(cell) if column.unit == "persons" else ""
        if what:
            found.problems.append(self._report(row, column.name, what, warning=True))

    def _refuse_forbidden(self, row: Row, column: Input, found: Values) -> None:
        if not column.forbidden_with or column.name not in found.values or column.name in found.unshown:
            return
        other, option = column.forbidden_with
        if found.values.get(other) == list(self.declared[other].options).index(option):
            what = f"{self._show(row, column.name)} стоит рядом с {other} = {option}"
            self._refuse(row, column.name, what, f"пустая ячейка, когда {other} = {option}", found)

    def _refuse_above_limit(self, row: Row, column: Input, found: Values) -> None:
        if column.limit is None or not {column.name, *names(column.limit[1])} <= found.values.keys():
            return
        text, tree = column.limit
        bound = evaluate(tree, found.values).number
        if found.values[column.name] > bound:
            what = f"{self._show(row, column.name)} больше, чем {text} = {bound}"
            self._refuse(row, column.name, what, column.domain, found)

    def _warn(self, row: Row, check: Mapping[str, str], condition: Comparison, found: Values) -> None:
        used = names(condition)
        if not found.values.keys() >= {check["input"], *used}:
            return
        left, right = (evaluate(side, found.values).number for side in (condition.left, condition.right))
        if compare(condition.sign, left, right):
            shown = ", ".join(f"{name} = {comma(found.values[name])}" for name in used)
            found.problems.append(
                self._report(row, check["input"], f"{check['text']} ({shown})", warning=True)
            )

    def _refuse(self, row: Row, name: str, what: str, allowed: str, found: Values) -> None:
        found.values.pop(name, None)
        found.refused[name] = f"ячейка отклонена: {what}"
        found.problems.append(self._report(row, name, what, allowed))

    def _report(self, row: Row, name: str, what: str, allowed: str = "", *, warning: bool = False) -> Problem:
        cell = row.cell(self.columns.positions.get(name))
        return Problem(self.table.place(row.number, name, cell), what, allowed, warning)

    def _show(self, row: Row, name: str) -> str:
        return quote(row.cell(self.columns.positions[name]).text)


def _order(columns: list[Input]) -> list[Input]:
    """Return the columns with a limit, each after those its limit uses: a refused cell limits nothing."""
    limited = {column.name: column for column in columns if column.limit}
    graph = {name: names(column.limit[1]) if column.limit else () for name, column in limited.items()}
    return [limited[name] for name in TopologicalSorter(graph).static_order() if name in limited]
