"""The command that lists the deadlines of a year."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.app import Readings, app, finish, option, pairs, say
from toolkit.cli.output import Table, refuse_over, save, screen_width
from toolkit.errors import ToolkitError, one_line


@app.command("deadlines")
def deadlines_command(  # noqa: PLR0913, PLR0917 - each option of a command is an argument
    year: Annotated[str, option("ГОД", "Оцениваемый год.")] = "",
    appointed: Annotated[str | None, option("ДАТА", "День назначения на должность.")] = None,
    result: Annotated[str | None, option("ДАТА", "День ознакомления с результатом оценки.")] = None,
    appeal: Annotated[str | None, option("ДАТА", "День заявления о калибровочной сессии.")] = None,
    event: Annotated[list[str] | None, option("ИМЯ=ДАТА", "День другого события; можно повторять.")] = None,
    calendar: Annotated[Path | None, option("ФАЙЛ", "CSV рабочих и выходных дней: date,kind,note.")] = None,
    today: Annotated[
        str | None, option("ДАТА", "День, на который отметить истекшее, вместо сегодня.")
    ] = None,
    corps: Annotated[str | None, option("a|b", "Только корпус «А» или «Б».")] = None,
    reading: Readings = None,
    out: Table = None,
) -> None:
    """Перечислить сроки приказов за оцениваемый год: дату каждого, истекшие и спорные."""
    from toolkit.calendar.deadlines import choose_before, deadlines, of_corps
    from toolkit.calendar.overrides import read_calendar, read_day
    from toolkit.calendar.working import WorkingCalendar
    from toolkit.display.deadlines import deadlines_text
    from toolkit.publish.tables import deadlines_csv

    if not (year.isascii() and year.isdigit()):
        what = f"--year {one_line(year)} — не год" if year else "не назван оцениваемый год"
        raise ToolkitError(what, "--year 2026")
    events = _read_events({"appointed": appointed, "result": result, "appeal": appeal}, event)
    before = choose_before(pairs(reading, "--reading"))
    now = datetime.now().astimezone().date() if today is None else read_day(today, "--today")
    days = read_calendar(calendar) if calendar else WorkingCalendar()
    say(days.problems)
    if calendar and out:
        refuse_over(calendar, "файл календаря", out)
    found = deadlines(int(year[:9]), events, days, before_date=before, today=now)
    if corps is not None:
        found = of_corps(found, corps)
    if out is None:
        typer.echo(deadlines_text(found, screen_width()))
    else:
        save(deadlines_csv(found), out, f"Сроки записаны: {out} (строк: {len(found)}).")
    finish(days.problems)


def _read_events(options: dict[str, str | None], event: list[str] | None) -> dict[str, str | date]:
    """Return the days of events; one that has an option of its own may be named either way, but once."""
    from toolkit.calendar.overrides import read_day

    named = pairs(event, "--event")
    given = {name: read_day(day, f"--{name}") for name, day in options.items() if day is not None}
    for name in given.keys() & named:
        raise ToolkitError(f"{name} дано и своим параметром, и через --event", "каждое событие один раз")
    return {**named, **given}
