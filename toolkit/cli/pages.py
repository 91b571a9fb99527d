"""The command that publishes pages."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.app import FOLDER, REFUSED, Agencies, Readings, app, finish, option, pairs, read, say
from toolkit.errors import ToolkitError

INTERNAL = typer.Option("--internal", help="Служебные страницы служащих: отдельные оценки по кодам.")
WITH_NAMES = typer.Option("--with-names", help="Служебные страницы служащих с именами.")
OUT = option("ПАПКА", "Куда писать: reports, служебные страницы — internal.")


@app.command("report")
def report_command(  # noqa: PLR0913 - each option of the command is a parameter
    campaign: Annotated[Path | None, FOLDER] = None,
    *,
    servants: Annotated[Path | None, option("ФАЙЛ", "Вместо кампании: таблица служащих А или Б.")] = None,
    agency: Agencies = None,
    out: Annotated[Path | None, OUT] = None,
    language: Annotated[str, typer.Option(help="Язык страниц: ru.")] = "ru",
    internal: Annotated[bool, INTERNAL] = False,
    with_names: Annotated[bool, WITH_NAMES] = False,
    today: Annotated[str, option("ДАТА", "Отметить на страницах служащих истекшие сроки.")] = "",
    calendar: Annotated[Path | None, option("ФАЙЛ", "Перенесённые дни: date,kind,note.")] = None,
    reading: Readings = None,
) -> None:
    """Сделать страницу на каждый орган и оглавление с местами."""
    readings, wanted = pairs(reading, "--reading"), tuple(agency or ())
    if servants is not None and campaign is None:
        from toolkit.analysis.servants import ServantStudy
        from toolkit.publish.servants_site import ServantRequest, publish_servants
        from toolkit.servants.records import read_servants

        study = ServantStudy(read_servants(servants), readings)
        problems = study.results.problems
        say(problems)
        request = ServantRequest(study, out, wanted, internal, with_names, language, today, calendar)
        published = publish_servants(request)
    elif campaign is None or servants is not None:
        raise ToolkitError("нужно одно из двух", "КАМПАНИЯ или --servants ФАЙЛ")
    elif internal or with_names or today or calendar:
        what = "--internal, --with-names, --today и --calendar — о страницах служащих"
        raise ToolkitError(what, "вместе с --servants ФАЙЛ")
    else:
        from toolkit.publish.runner import Request, publish

        found = read(campaign)
        problems = found.problems
        published = publish(Request(found, out or Path("reports"), wanted, language, readings))
    failed = len(published.failed)
    typer.echo(f"Страниц: {len(published.pages) - failed}; не получилось: {failed}. {published.index}")
    if failed:
        raise typer.Exit(REFUSED)
    finish(problems)
