"""The command that lists the deadlines of a year."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.app import REFUSED, Readings, app, pairs
from toolkit.errors import ToolkitError, one_line

if TYPE_CHECKING:
    from toolkit.calendar.working import WorkingCalendar

# Whoever types the letters of the order should be understood.
_CORPS = {"а": "a", "б": "b"}


def _day(name: str, help_text: str) -> Any:
    return typer.Option(name, metavar="ДАТА", help=help_text)


Year = Annotated[str | None, typer.Option("--year", metavar="ГОД", help="Оцениваемый год.")]
Appointed = Annotated[str | None, _day("--appointed", "День назначения на должность.")]
Result = Annotated[str | None, _day("--result", "День ознакомления с результатом оценки.")]
Appeal = Annotated[str | None, _day("--appeal", "День заявления о калибровочной сессии.")]
Today = Annotated[str | None, _day("--today", "День, на который отметить истекшее.")]
Events = Annotated[
    list[str] | None,
    typer.Option("--event", metavar="ИМЯ=ДАТА", help="День другого события; можно повторять."),
]
Days = Annotated[
    Path | None,
    typer.Option("--calendar", metavar="ФАЙЛ", help="Таблица CSV рабочих и выходных дней: date,kind,note."),
]
Corps = Annotated[str | None, typer.Option("--corps", metavar="a|b", help="Только корпус «А» или «Б».")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="ФАЙЛ", help="Записать таблицей CSV; «-» — на экран.")
]


@app.command("deadlines")
def deadlines_command(  # noqa: PLR0913, PLR0917 - each option of a command is an argument
    year: Year = None,
    appointed: Appointed = None,
    result: Result = None,
    appeal: Appeal = None,
    event: Events = None,
    calendar: Days = None,
    today: Today = None,
    corps: Corps = None,
    reading: Readings = None,
    out: Out = None,
) -> None:
    """Перечислить сроки приказов за оцениваемый год: дату каждого, истекшие и спорные."""
    from toolkit.calendar.deadlines import deadlines, find_readings, of_corps, read_day
    from toolkit.display.deadlines import deadlines_text
    from toolkit.publish.deadlines_table import write_deadlines
    from toolkit.rules.reading import choose

    evaluated = _read_year(year)
    options = {"appointed": appointed, "result": result, "appeal": appeal}
    events = _read_events({name: day for name, day in options.items() if day is not None}, event)
    chosen = choose(find_readings(), pairs(reading, "--reading"))
    now = None if today is None else read_day(today, "--today")
    days = _read_calendar(calendar, out)
    found = deadlines(evaluated, events, days, before_date=chosen["before_date"], today=now)
    if corps is not None:
        found = of_corps(found, _CORPS.get(corps.casefold(), corps.casefold()))
    if out is None:
        typer.echo(deadlines_text(found, shutil.get_terminal_size((100, 24)).columns))
    else:
        write_deadlines(found, out)
        if str(out) != "-":
            typer.echo(f"Сроки записаны: {out} (строк: {len(found)}).")
    if days and any(not problem.warning for problem in days.problems):
        raise typer.Exit(REFUSED)


def _read_year(text: str | None) -> int:
    if text is None:
        raise ToolkitError("не назван оцениваемый год", "--year 2026")
    if not (text.isascii() and text.isdigit()):
        raise ToolkitError(f"--year {one_line(text)} — не год", "--year 2026")
    return int(text[:9])


def _read_events(given: dict[str, str], event: list[str] | None) -> dict[str, date]:
    """Return the days of events; one that has an option of its own may be named either way, but once."""
    from toolkit.calendar.dates import read_option
    from toolkit.calendar.deadlines import read_events

    named = pairs(event, "--event")
    for name in given.keys() & named:
        raise ToolkitError(f"{name} дано и своим параметром, и через --event", "каждое событие один раз")
    return read_events(named) | {name: read_option(day, f"--{name}") for name, day in given.items()}


def _read_calendar(file: Path | None, out: Path | None) -> WorkingCalendar | None:
    """Read the file of days, say each of its problems, and refuse to write over it."""
    from toolkit.calendar.overrides import read_calendar

    if file is None:
        return None
    found = read_calendar(file)
    for problem in found.problems:
        typer.echo(str(problem), err=True)
    if out is not None and out.exists() and out.samefile(file):
        raise ToolkitError(f"{out} — файл календаря, поверх него не пишется", "другое имя файла")
    return found
