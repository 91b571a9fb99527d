"""A table becomes agencies: rows are identified, cells are checked, nothing stops at a problem."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType

from toolkit.errors import Place, Problem
from toolkit.intake.checking import Checker
from toolkit.intake.columns import Columns
from toolkit.intake.identity import RefusedRow, Register, RowError
from toolkit.intake.numbers import quote
from toolkit.intake.table import Row, Table
from toolkit.rules.agency import Agency
from toolkit.rules.methodology import Methodology


@dataclass(slots=True)
class Assembly:
    """What the rows of a table gave: agencies, the rows they stand in, refused rows and problems."""

    agencies: list[Agency] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def year(self) -> int | None:
        """Return the most common year."""
        counted = Counter(agency.year for agency in self.agencies if agency.year is not None)
        return counted.most_common(1)[0][0] if counted else None


def assemble(table: Table, columns: Columns, methodology: Methodology) -> Assembly:
    """Read every row of a table.

    Parameters:
        table: the table.
        columns: where its columns stand.
        methodology: the domains, limits and checks.

    Returns:
        The agencies of the good rows, the refused rows and all problems.

    Source:
        Conventions G6 and G7.
    """
    made = Assembly(problems=[*columns.problems, *_doubt_row(table, table.header)])
    register, checker = Register(table, columns), Checker(table, columns, methodology)
    for row in table.rows:
        try:
            code, kind = register.identify(row)
        except RowError as error:
            made.refused.append(register.list_refused(row, error))
            made.problems.append(register.report(row, error.column, error.what, error.allowed))
            continue
        made.problems += _doubt_row(table, row)
        _add(made, row, (code, kind), register, checker)
    made.problems += [*_doubt_parents(made, register), *_doubt_years(made, table)]
    return made


def _add(made: Assembly, row: Row, identity: tuple[str, str], register: Register, checker: Checker) -> None:
    code, kind = identity
    name, about_name = register.name(row, code)
    year, about_year = register.year(row)
    parent, about_parent = register.parent(row)
    found = checker.check(row)
    agency = Agency(
        code=code,
        name=name,
        type=kind,
        values=MappingProxyType(found.values),
        refused=MappingProxyType(found.refused),
        year=year,
        parent=parent,
        unshown=frozenset(found.unshown),
    )
    made.agencies.append(agency)
    made.rows.append(row)
    made.problems += [*about_name, *about_year, *about_parent, *found.problems]


def _doubt_row(table: Table, row: Row) -> list[Problem]:
    """Warn of what is strange about a row as a whole."""
    return [Problem(table.place(row.number), row.doubt, warning=True)] if row.doubt else []


def _doubt_parents(made: Assembly, register: Register) -> list[Problem]:
    """Warn of higher bodies that are not among the agencies."""
    codes = {agency.code for agency in made.agencies}
    return [
        register.report(row, "parent", f"органа {quote(agency.parent)} в кампании нет", warning=True)
        for agency, row in zip(made.agencies, made.rows, strict=True)
        if agency.parent and agency.parent not in codes
    ]


def _doubt_years(made: Assembly, table: Table) -> list[Problem]:
    """Warn when the rows are of different years."""
    counted = Counter(agency.year for agency in made.agencies if agency.year is not None)
    if len(counted) < 2:  # noqa: PLR2004  one year is as it should be
        return []
    shown = ", ".join(f"{year} (строк: {count})" for year, count in counted.most_common(5))
    return [
        Problem(
            Place(table.source, table.sheet, column="year"), f"годы строк различаются: {shown}", warning=True
        )
    ]
