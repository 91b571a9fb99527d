"""A file of servants becomes records: one for each row, with typed values and the problems of its cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.errors import Place, Problem, ToolkitError, one_line
from toolkit.intake.campaign import SYNTHETIC
from toolkit.intake.gathering import gather
from toolkit.intake.numbers import CellError, quote
from toolkit.intake.source import read_source
from toolkit.intake.table import Columns, Row, Table, find_columns, normalise
from toolkit.intake.values import doubt_value
from toolkit.rules.loader import SERVANTS_2025, load_methodology, read_toml
from toolkit.servants.cells import LONGEST_TEXT, Reader, make_reader
from toolkit.servants.periods import Period

_PERSONAL_NUMBER = 12
# Small letters of one alphabet that look like those of the other.
_LOOK_ALIKE = str.maketrans("авсеокмнртху", "abceokmhptxy")
# Whatever these say may be a thousand or one with three decimals.
_UNBOUNDED = ("plan", "actual")

# How to write that there is nothing to say; a cell of any other column must hold its value.
_EMPTY = {"sanction": "none, если взысканий не было"}
# What describes a servant and changes no mark: a bad cell of these is a warning.
_DESCRIPTIONS = ("agency", "name", "title", "evaluator", "position", "grade", "role", "leading", "comment")


class Layout(NamedTuple):
    """The columns of a file: all it may have, and those without which it says nothing."""

    corps: str
    columns: Sequence[str]
    required: Sequence[str]


_COLUMNS = read_toml(files("toolkit") / "law" / SERVANTS_2025 / "lists" / "columns.toml")
LAYOUTS = {corps: Layout(corps, **columns) for corps, columns in _COLUMNS.items()}
CORPS_A, CORPS_B = LAYOUTS.values()


@dataclass(frozen=True, slots=True)
class Record:
    """One row; two are equal when they say the same.

    Attributes:
        row: its number as a spreadsheet counts it.
        values: what stands in its good cells: text, exact number, date or quarter.
        refused: what stood in the refused ones, safe to show.
        problems: what is wrong with its cells.
        torn: whether its cells cannot be told apart.
    """

    row: int = field(compare=False)
    values: Mapping[str, Any]
    refused: Mapping[str, str]
    problems: tuple[Problem, ...] = field(compare=False)
    torn: bool = False

    @property
    def servant(self) -> str:
        """Return the code of the servant."""
        return str(self.values["servant"])


class ServantFile(NamedTuple):
    """A file of servants as read.

    Attributes:
        path: the file.
        corps: `corps_a` or `corps_b`.
        records: the rows that name a servant, in the order of the file.
        problems: what is wrong with the header and with rows that name no servant.
        digest: sha256 of the bytes of the file.
        synthetic: whether its folder says that its data are made up.
        sheet: name of the sheet of a workbook, or empty.
    """

    path: Path
    corps: str
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    digest: str
    synthetic: bool
    sheet: str = ""

    def place(self, record: Record, column: str = "") -> Place:
        """Return where a cell of a record stands."""
        return Place(self.path.name, self.sheet, record.row, column)

    def problem(self, record: Record, column: str, what: str, allowed: str = "") -> Problem:
        """Return what refuses a cell of a record."""
        return Problem(self.place(record, column), what, allowed)

    def warn(self, record: Record, column: str, what: str, allowed: str = "") -> Problem:
        """Return what is only implausible about a cell, or about the whole row."""
        return Problem(self.place(record, column), what, allowed, warning=True)

    def list_lacks(self, record: Record, columns: Iterable[str], called: str = "") -> Iterator[Problem]:
        """Yield a problem for each of some cells that is empty; a refused one has its own."""
        for column in columns:
            if not record.torn and column not in record.values and column not in record.refused:
                yield self.problem(record, column, f"{called}нет значения", _EMPTY.get(column, "значение"))

    def doubt_days(
        self, record: Record, values: Mapping[str, Any], period: Period, called: tuple[str, str]
    ) -> Iterator[Problem]:
        """Yield what is implausible about a servant's days; `called` is how to say: in, after the period."""
        (inside, after), longest = called, (period.end - period.start).days + 1
        if (days := values.get("worked_days", 0)) > longest:
            yield self.warn(record, "worked_days", f"отработано дней {days}, а {inside} их {longest}")
        if (appointed := values.get("appointed_on", period.end)) > period.end:
            yield self.warn(record, "appointed_on", f"назначение {appointed:%d.%m.%Y} {after}")

    def leave_out_repeated(self, records: list[Record]) -> tuple[list[Record], list[Problem]]:
        """Return the rows of a servant that differ, and a warning for each that only repeats another."""
        used: list[Record] = []
        problems = []
        for record in records:
            if record.torn or record not in used:
                used.append(record)
            else:
                what = f"строка повторяет строку {used[used.index(record)].row} и не использована"
                problems.append(self.warn(record, "", what))
        return used, problems


def group(records: Iterable[Record], column: str) -> dict[Any, list[Record]]:
    """Return the records by what they say in a column, those that say nothing left out."""
    known = (record for record in records if column in record.values)
    return gather(known, lambda record: record.values[column])


def read_servants(path: str | Path, layout: Layout | None = None) -> ServantFile:
    """Read a file of servants.

    Parameters:
        path: a CSV file or a workbook.
        layout: `CORPS_A` or `CORPS_B`; told by the columns when left out.

    Returns:
        A record for each row that names a servant; a bad cell spoils only itself.

    Raises:
        ToolkitError: the file is no table, or lacks a column without which it says nothing.

    Source:
        The format is ours; the domains are those of the points named by the declared inputs.

    Example:
        >>> read_servants("data_samples/servants_2025/corps_b.csv", CORPS_B).corps
        'corps_b'
    """
    file = Path(path)
    known = layout.columns if layout else (*CORPS_A.columns, *CORPS_B.columns)
    table, digest = read_source(file, known, sheet=layout.corps if layout else "servants", key="servant")
    layout = layout or _tell(table)
    columns = find_columns(table, layout.columns, layout.required)
    if not table.rows:
        what = "под строкой заголовка нет ни одной строки"
        raise ToolkitError(what, "строки служащих", Place(table.source))
    inputs = load_methodology(SERVANTS_2025).inputs
    # The same cell stands in many rows of a text, and a cell never changes.
    readers = {name: lru_cache(10_000)(make_reader(name, inputs)) for name in columns.positions}
    records = [_read_row(row, table, columns, readers) for row in table.rows]
    named = tuple(record for record in records if "servant" in record.values)
    nameless = chain.from_iterable(record.problems for record in records if "servant" not in record.values)
    problems = (*columns.problems, *nameless, *_doubt_codes(named, table))
    synthetic = (file.parent / SYNTHETIC).is_file()
    return ServantFile(file, layout.corps, named, problems, digest, synthetic, table.sheet)


def _tell(table: Table) -> Layout:
    """Tell the layout of a table by the columns that only one of them has."""
    names = {normalise(cell.text) for cell in table.header.cells}
    return max((CORPS_B, CORPS_A), key=lambda layout: len(names.intersection(layout.columns)))


def _read_row(row: Row, table: Table, columns: Columns, readers: Mapping[str, Reader]) -> Record:
    """Return the record of a row."""
    values: dict[str, Any] = {}
    refused: dict[str, str] = {}
    place = partial(table.place, row.number)
    problems = [Problem(place(), row.doubt, warning=True)] if row.doubt else []
    filled = ((name, cell) for name, at in columns.positions.items() if not (cell := row.cell(at)).empty)
    for name, cell in filled:
        try:
            values[name] = readers[name](cell)
        except CellError as error:
            refused[name] = one_line(cell.text, LONGEST_TEXT)
            problems.append(Problem(place(name, cell), error.what, error.allowed, name in _DESCRIPTIONS))
            continue
        if name in _UNBOUNDED and (what := doubt_value(cell)):
            problems.append(Problem(place(name, cell), what, warning=True))
    if row.fault:
        # The code stands where it would in a sound row as long as nothing before it is torn.
        code = {"servant": values["servant"]} if values.get("servant") else {}
        problem = Problem(place(), row.fault, "столько ячеек, сколько столбцов")
        return Record(row.number, code, {}, (problem,), torn=True)
    if "servant" not in values and "servant" not in refused:
        what = "нет кода служащего, строка не использована"
        problems.append(Problem(place("servant"), what, "код служащего"))
    return Record(row.number, values, refused, tuple(problems))


def looks_personal(code: str) -> bool:
    """Say whether a code looks like a name or a personal number, which no page may show.

    Example:
        >>> looks_personal("Иванов"), looks_personal("850101300123"), looks_personal("b-204")
        (True, True, False)
    """
    if code.isdigit():
        return len(code) == _PERSONAL_NUMBER
    return not any(sign.isdigit() for sign in code) and (code != code.lower() or not code.isascii())


def _doubt_codes(records: tuple[Record, ...], table: Table) -> Iterator[Problem]:
    """Warn of codes that pages may not show, and of those that differ in nothing a reader sees."""
    for record in [record for record in records if looks_personal(record.servant)][:1]:
        what = "код похож на имя или ИИН, а страницы показывают коды (названа первая такая строка)"
        yield Problem(table.place(record.row, "servant"), what, "условный код служащего", warning=True)
    seen: dict[str, str] = {}
    for code, record in {record.servant: record for record in records}.items():
        if (twin := seen.setdefault(code.casefold().translate(_LOOK_ALIKE), code)) != code:
            what = f"код {quote(code)} отличается от {quote(twin)} только регистром или алфавитом"
            yield Problem(table.place(record.row, "servant"), what, "один код на служащего", warning=True)
