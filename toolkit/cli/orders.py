"""Commands about the orders themselves: their points, their deadlines, their forms."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.app import UNUSABLE, app, finish, refuse_over, save, say, screen_width
from toolkit.cli.options import Readings, Table, option, pairs
from toolkit.errors import ToolkitError, one_line

forms = typer.Typer(help="Формы приложений приказа 2023 года.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(forms, name="forms")


@app.command("coverage")
def coverage_command(
    order: Annotated[str | None, option("2023|2025", "Только один приказ.")] = None, out: Table = None
) -> None:
    """Перечислить каждый пункт приказов: чем на него отвечено и что запланировано."""
    from toolkit.analysis.coverage import ORDERS, load_coverage
    from toolkit.display.coverage import count_answers, coverage_text
    from toolkit.publish.tables import coverage_csv

    points = [point for year in ([order] if order else ORDERS) for point in load_coverage(year)]
    if out is None:
        typer.echo(coverage_text(points, screen_width()))
    else:
        save(coverage_csv(points), out, f"Перечень записан: {out}.\n{count_answers(points)}")


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


@forms.command("blank")
def blank_command(
    annex: Annotated[str, option("НОМЕР", "Номер приложения: 1, 2, 7 или 8.")],
    out: Annotated[Path | None, option("ФАЙЛ.xlsx", "Куда записать; иначе annex_НОМЕР.xlsx здесь.")] = None,
) -> None:
    """Записать пустую форму приложения: книгу Excel для заполнения."""
    from toolkit.intake.forms.definition import load_form
    from toolkit.publish.blank_form import write_blank

    form = load_form(one_line(annex.strip()))
    target = out or Path(f"annex_{form.annex}.xlsx")
    shown = one_line(str(target))
    if target.suffix.lower() != ".xlsx":
        raise ToolkitError(f"{shown}: форма пишется в книгу Excel", "имя файла с окончанием .xlsx")
    if target.exists() or target.is_symlink():
        raise ToolkitError(f"{shown} уже есть, поверх него не пишется", "другое имя файла")
    write_blank(form, target)
    typer.echo(f"Пустая форма приложения {form.annex} записана: {shown}. «{form.title}», пункт {form.point}.")


@forms.command("read")
def read_command(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ.xlsx", help="Заполненная форма.")],
    kind: Annotated[str, option("ТИП", "Тип органа: central, local или territorial.", "--type")] = "central",
) -> None:
    """Прочитать заполненную форму: значения с ячейками и каждая ошибка."""
    from toolkit.display.markup import render_text
    from toolkit.intake.forms.reading import FormReader
    from toolkit.intake.systems import Systems
    from toolkit.rules.agency import AGENCY_TYPES
    from toolkit.rules.loader import load_methodology

    if kind not in AGENCY_TYPES:
        raise ToolkitError(f"нет типа органа «{one_line(kind)}»", ", ".join(AGENCY_TYPES))
    inputs = load_methodology().inputs
    found = Systems().redact(FormReader({"": kind}, inputs).read_file(file, one_line(file.name), ""))
    say(found.problems)
    if not found.files:
        raise typer.Exit(UNUSABLE)
    typer.echo(render_text("findings", found=found, inputs=inputs))
    finish(found.problems)
