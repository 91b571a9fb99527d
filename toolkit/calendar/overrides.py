"""The file that decides which days are worked: a table of dates, kinds and notes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from toolkit.calendar.dates import read_date
from toolkit.calendar.working import Override, WorkingCalendar
from toolkit.errors import Place, Problem, ToolkitError, nearest, one_line, why
from toolkit.intake.csv_table import read_csv_table
from toolkit.intake.numbers import LONGEST_SHOWN, CellError, quote
from toolkit.intake.table import Cell, Row, Table, name_letters, normalise

REQUIRED = ("date", "kind")
COLUMNS = (*REQUIRED, "note")
KINDS = {"day_off": False, "working": True}
LARGEST_FILE = 1_000_000

_ALLOWED = "таблица .csv со столбцами date, kind и, если нужно, note"
_KINDS_ALLOWED = "day_off (выходной) или working (рабочий)"
_BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


class _RowError(Exception):
    """A row that is refused; `column` is empty when it is the row as a whole."""

    def __init__(self, column: str, what: str, allowed: str) -> None:
        self.column, self.what, self.allowed = column, what, allowed
        super().__init__(what)


def read_calendar(path: str | Path) -> WorkingCalendar:
    r"""Read a file of days off and working days.

    Parameters:
        path: CSV file with the columns `date` (2026-01-20 or 20.01.2026), `kind` (`day_off` or `working`) and
            perhaps `note`.

    Returns:
        The calendar in which the good rows decide; `problems` holds one for each refused row or column.

    Raises:
        ToolkitError: there is no such file, it is no such table, or nothing in it is good.

    Source:
        The calendar of holidays is not in the orders and must be supplied.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "calendar.csv")
        ...     _ = file.write_text("date,kind\n05.01.2026,day_off\n2026-01-06,holiday\n", "utf-8")
        ...     calendar = read_calendar(file)
        >>> calendar.is_working(date(2026, 1, 5))
        False
        >>> print(calendar.problems[0])
        calendar.csv, строка 3, столбец kind: «holiday» — неизвестный вид дня; допускается: day_off ...
    """
    table = _read_table(Path(path))
    positions, problems = _find_columns(table)
    overrides: dict[date, Override] = {}
    rows: dict[date, int] = {}
    for row in table.rows:
        try:
            override = _read_row(row, positions, rows)
        except _RowError as error:
            cell = row.cell(positions.get(error.column))
            problems.append(Problem(table.place(row.number, error.column, cell), error.what, error.allowed))
            continue
        overrides[override.day], rows[override.day] = override, row.number
        if row.doubt:
            problems.append(Problem(table.place(row.number), row.doubt, warning=True))
    if not overrides:
        said = f": {'; '.join(map(str, problems[:3]))}" if problems else ""
        raise ToolkitError(f"в файле календаря нет ни одного дня{said}", _ALLOWED, Place(table.source))
    return WorkingCalendar(overrides.values(), problems, table.source)


def _read_table(file: Path) -> Table:
    place = Place(one_line(file.name))
    if file.suffix.casefold() in _BOOKS:
        raise ToolkitError("это книга, а не текст", f"{_ALLOWED}; в Excel — «Сохранить как» CSV", place)
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise ToolkitError("файл слишком велик", f"до {LARGEST_FILE // 1_000_000} МБ", place)
        data = file.read_bytes()
    except OSError as error:
        raise ToolkitError(f"файл календаря не открывается: {why(error)}", _ALLOWED, place) from None
    try:
        return read_csv_table(data, place.file, COLUMNS)
    except ToolkitError as error:
        # What is wrong with a text is the same here; what is allowed instead is not.
        raise ToolkitError(error.what, _ALLOWED, error.place) from None


def _find_columns(table: Table) -> tuple[dict[str, int], list[Problem]]:
    """Return where the known columns stand, and a problem for each unknown, unnamed or repeated one."""
    names = [normalise(cell.text) for cell in table.header.cells]
    counted = Counter(names)
    place = table.place(table.header.number)
    for name in REQUIRED:
        if not counted[name]:
            raise ToolkitError(f"нет столбца {name}{nearest(name, filter(None, names))}", _ALLOWED, place)
    for name in COLUMNS:
        if counted[name] > 1:
            raise ToolkitError(f"столбец {name} назван дважды", f"один столбец {name}", place)
    problems = [
        Problem(table.place(table.header.number, cell.text or name_letters(at)), _say_unknown(cell), _ALLOWED)
        for at, (name, cell) in enumerate(zip(names, table.header.cells, strict=True))
        if name not in COLUMNS and (name or _is_filled(table, at))
    ]
    return {name: names.index(name) for name in COLUMNS if name in names}, problems


def _say_unknown(cell: Cell) -> str:
    if cell.empty:
        return "у столбца нет имени, он не использован"
    near = nearest(one_line(cell.text, LONGEST_SHOWN), COLUMNS)
    return f"неизвестный столбец {quote(cell.text)}{near}, он не использован"


def _is_filled(table: Table, at: int) -> bool:
    return any(not row.cell(at).empty for row in table.rows)


def _read_row(row: Row, positions: dict[str, int], rows: dict[date, int]) -> Override:
    if row.fault:
        raise _RowError("", row.fault, "столько ячеек, сколько столбцов")
    cells = {name: row.cell(at) for name, at in positions.items()}
    day, kind = _read_day(cells["date"]), _read_kind(cells["kind"])
    if day in rows:
        raise _RowError("date", f"этот день уже стоит в строке {rows[day]}", "каждый день один раз")
    note = cells.get("note", Cell())
    if note.fault:
        raise _RowError("note", note.fault, "текст")
    return Override(day, KINDS[kind], one_line(note.text))


def _read_day(cell: Cell) -> date:
    if cell.fault:
        raise _RowError("date", cell.fault, _ALLOWED)
    try:
        return read_date(cell.text)
    except CellError as error:
        what = "нет даты" if cell.empty else error.what
        raise _RowError("date", what, error.allowed) from None


def _read_kind(cell: Cell) -> str:
    word = cell.text.casefold()
    if cell.fault or not word:
        raise _RowError("kind", cell.fault or "не сказано, рабочий это день или нет", _KINDS_ALLOWED)
    if word not in KINDS:
        near = nearest(one_line(word, LONGEST_SHOWN), KINDS)
        raise _RowError("kind", f"{quote(cell.text)} — неизвестный вид дня{near}", _KINDS_ALLOWED)
    return word
