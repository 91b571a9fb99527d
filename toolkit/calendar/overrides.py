"""Dates as people write them in this country, and the file that decides which days are worked."""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from toolkit.calendar.working import FIRST_YEAR, LAST_YEAR, Override, WorkingCalendar
from toolkit.errors import Place, Problem, ToolkitError, nearest, one_line, why
from toolkit.intake.csv_table import read_csv_table
from toolkit.intake.numbers import LONGEST_SHOWN, quote
from toolkit.intake.table import Columns, Row, Table, find_columns

KINDS = {"day_off": False, "working": True}
LARGEST_FILE = 1_000_000

_COLUMNS = ("date", "kind", "note")
_DATE, _KIND = "дата вида 2026-01-20 или 20.01.2026", "day_off (выходной) или working (рабочий)"
_ALLOWED = "таблица .csv со столбцами date, kind и, если нужно, note"


def read_day(day: date | str, name: str = "") -> date:
    """Read one day.

    Parameters:
        day: `2026-01-20`, `20.01.2026`, or a date with or without a time.
        name: what the message begins with, if anything.

    Returns:
        The day.

    Raises:
        ToolkitError: it is no date, there is no such day, or its year lies outside 2000-2099.

    Source:
        The format is ours.

    Example:
        >>> read_day("20.01.2026")
        datetime.date(2026, 1, 20)
    """
    text = str(day)[:10] if isinstance(day, date) else str(day).strip()
    written = re.sub(r"(..)\.(..)\.(....)", r"\3-\2-\1", text)
    fault, allowed = "не дата", _DATE
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        fault = "такого дня нет"
        with suppress(ValueError):
            found = date.fromisoformat(written)
            if FIRST_YEAR <= found.year <= LAST_YEAR:
                return found
            fault, allowed = "год вне календаря", f"годы {FIRST_YEAR}–{LAST_YEAR}"
    what = f"{quote(text)} — {fault}" if text else "нет даты"
    raise ToolkitError(f"{name}: {what}" if name else what, allowed)


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
    table, columns = _read_table(Path(path))
    problems = [replace(problem, allowed=_ALLOWED) for problem in columns.problems]
    found: dict[date, tuple[int, Override]] = {}
    for row in table.rows:
        try:
            _read_row(table, row, columns, found)
        except ToolkitError as error:
            problems += [Problem(error.place or table.place(row.number, "date"), error.what, error.allowed)]
            continue
        if row.doubt:
            problems.append(Problem(table.place(row.number), row.doubt, warning=True))
    if not found:
        said = f": {'; '.join(map(str, problems[:3]))}" if problems else ""
        raise ToolkitError(f"в файле календаря нет ни одного дня{said}", _ALLOWED, Place(table.source))
    return WorkingCalendar((override for _, override in found.values()), problems)


def _read_table(file: Path) -> tuple[Table, Columns]:
    """Read a table; what can be wrong with one is the same here, what is allowed instead is not."""
    place = Place(one_line(file.name))
    try:
        table = read_csv_table(_read_bytes(file), place.file, _COLUMNS)
        return table, find_columns(table, _COLUMNS, ("date", "kind"))
    except OSError as error:
        raise ToolkitError(f"файл календаря не открывается: {why(error)}", _ALLOWED, place) from None
    except ToolkitError as error:
        raise ToolkitError(error.what, _ALLOWED, error.place or place) from None


def _read_bytes(file: Path) -> bytes:
    if file.suffix.casefold().startswith((".xls", ".ods")):
        raise ToolkitError("это книга, а не текст: в Excel — «Сохранить как» CSV")
    if file.stat().st_size > LARGEST_FILE:
        raise ToolkitError(f"файл слишком велик: больше {LARGEST_FILE // 1_000_000} МБ")
    return file.read_bytes()


def _read_row(table: Table, row: Row, columns: Columns, found: dict[date, tuple[int, Override]]) -> None:
    """Add what a row says of its day, and the number of the row."""
    if row.fault:
        raise ToolkitError(row.fault, "столько ячеек, сколько столбцов", table.place(row.number))
    written, word, note = (row.cell(columns.positions.get(name)).text for name in _COLUMNS)
    if (day := read_day(written)) in found:
        raise ToolkitError(f"этот день уже стоит в строке {found[day][0]}", "каждый день один раз")
    if word.casefold() not in KINDS:
        unknown = f"{quote(word)} — неизвестный вид дня{nearest(one_line(word, LONGEST_SHOWN), KINDS)}"
        what = unknown if word else "не сказано, рабочий это день или нет"
        raise ToolkitError(what, _KIND, table.place(row.number, "kind"))
    found[day] = row.number, Override(day, KINDS[word.casefold()], one_line(note))
