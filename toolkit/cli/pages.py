"""The command that publishes pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.app import REFUSED, Readings, app, finish, pairs, read, say
from toolkit.errors import Problem, ToolkitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.publish.runner import Published


@app.command("report")
def report_command(  # noqa: PLR0913  # long: each option of the command is a parameter
    campaign: Annotated[
        Path | None, typer.Argument(metavar="КАМПАНИЯ", help="Папка с agencies.csv или agencies.xlsx.")
    ] = None,
    *,
    servants: Annotated[
        Path | None,
        typer.Option("--servants", metavar="ФАЙЛ", help="Вместо кампании: таблица служащих А или Б."),
    ] = None,
    agency: Annotated[
        list[str] | None,
        typer.Option("--agency", metavar="КОД", help="Только этот орган; можно повторять."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="ПАПКА", help="Куда писать: reports, служебные страницы — internal."),
    ] = None,
    language: Annotated[str, typer.Option("--language", help="Язык страниц: ru.")] = "ru",
    internal: Annotated[
        bool, typer.Option("--internal", help="Служебные страницы служащих: отдельные оценки по кодам.")
    ] = False,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Служебные страницы служащих с именами.")
    ] = False,
    today: Annotated[
        str, typer.Option("--today", metavar="ДАТА", help="Отметить на страницах служащих истекшие сроки.")
    ] = "",
    calendar: Annotated[
        Path | None, typer.Option("--calendar", metavar="ФАЙЛ", help="Перенесённые дни: date,kind,note.")
    ] = None,
    reading: Readings = None,
) -> None:
    """Сделать страницу на каждый орган и оглавление с местами."""
    readings = pairs(reading, "--reading")
    if servants is not None and campaign is None:
        from toolkit.analysis.servants import ServantStudy
        from toolkit.publish.servants_site import ServantRequest, publish_servants
        from toolkit.servants.records import read_servants

        study = ServantStudy(read_servants(servants), readings)
        say(study.results.problems)
        wanted = tuple(agency or ())
        request = ServantRequest(study, out, wanted, internal, with_names, language, today, calendar)
        _tell(publish_servants(request), study.results.problems)
        return
    if campaign is None or servants is not None:
        raise ToolkitError("нужно одно из двух", "КАМПАНИЯ или --servants ФАЙЛ")
    if internal or with_names or today or calendar:
        what = "--internal, --with-names, --today и --calendar — о страницах служащих"
        raise ToolkitError(what, "вместе с --servants ФАЙЛ")
    from toolkit.publish.runner import Request, publish

    found = read(campaign)
    campaign_request = Request(
        found, out or Path("reports"), agencies=tuple(agency or ()), language=language, readings=readings
    )
    _tell(publish(campaign_request), found.problems)


def _tell(published: Published, problems: Sequence[Problem]) -> None:
    """Say what was written, and end with the status of what failed or was refused."""
    failed = len(published.failed)
    typer.echo(f"Страниц: {len(published.pages) - failed}; не получилось: {failed}. {published.index}")
    if failed:
        raise typer.Exit(REFUSED)
    finish(problems)
