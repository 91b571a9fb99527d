"""The command that publishes pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.app import REFUSED, app, finish, read, say
from toolkit.cli.options import FOLDER, Agencies, Readings, option, pairs
from toolkit.errors import ToolkitError, one_line
from toolkit.intake.campaign import Campaign

if TYPE_CHECKING:
    from toolkit.publish.runner import Published

INTERRUPTED = 128 + 2  # as shells say it of the signal
INTERNAL = typer.Option("--internal", help="Служебные страницы служащих: отдельные оценки по кодам.")
WITH_NAMES = typer.Option("--with-names", help="Служебные страницы служащих с именами.")
PREVIOUS = option("КАМПАНИЯ", "Данные более раннего года: добавить страницу сравнения двух лет.")
ONE_OF_TWO = "КАМПАНИЯ или --servants ФАЙЛ (--previous — только с кампанией)"
OF_SERVANTS = "--internal, --with-names, --today и --calendar — о страницах служащих"
JOBS = typer.Option(metavar="ЧИСЛО", min=0, help="Сколько страниц делать сразу; 0 — сколько процессоров.")
CLUSTER = option("АДРЕС", "Делать страницы на кластере dask: tcp://… или local:2 для пробы.")
FORCE = typer.Option("--force", help="Сделать заново и те страницы, которые уже есть.")
TIMEOUT = typer.Option(metavar="СЕКУНДЫ", min=1, help="Сколько может работать одна ячейка блокнота.")
OUT = option("ПАПКА", "Куда писать: reports, служебные страницы — internal.")


@app.command("report")
def report_command(  # noqa: PLR0913  # long: each option of the command is a parameter on a line
    campaign: Annotated[Path | None, FOLDER] = None,
    *,
    servants: Annotated[Path | None, option("ФАЙЛ", "Вместо кампании: таблица служащих А или Б.")] = None,
    agency: Agencies = None,
    out: Annotated[Path | None, OUT] = None,
    previous: Annotated[Path | None, PREVIOUS] = None,
    language: Annotated[str, typer.Option(help="Язык страниц: ru.")] = "ru",
    internal: Annotated[bool, INTERNAL] = False,
    with_names: Annotated[bool, WITH_NAMES] = False,
    today: Annotated[str, option("ДАТА", "Отметить на страницах служащих истекшие сроки.")] = "",
    calendar: Annotated[Path | None, option("ФАЙЛ", "Перенесённые дни: date,kind,note.")] = None,
    reading: Readings = None,
    jobs: Annotated[int, JOBS] = 0,
    cluster: Annotated[str, CLUSTER] = "",
    force: Annotated[bool, FORCE] = False,
    timeout: Annotated[int, TIMEOUT] = 600,
) -> None:
    """Сделать страницу на каждый орган и оглавление с местами."""
    readings, wanted = pairs(reading, "--reading"), tuple(agency or ())
    if servants is not None and campaign is None and previous is None:
        from toolkit.analysis.servants import ServantStudy
        from toolkit.publish.crew import Crew
        from toolkit.publish.servants_site import ServantRequest, publish_servants
        from toolkit.servants.records import read_servants

        study = ServantStudy(read_servants(servants), readings)
        say(problems := study.results.problems)
        shown = internal, with_names, language, today, calendar
        request = ServantRequest(study, out, wanted, *shown, Crew(jobs, cluster), timeout)
        published = publish_servants(request)
    elif campaign is None or servants is not None:
        raise ToolkitError("нужно одно из двух", ONE_OF_TWO)
    elif internal or with_names or today or calendar:
        raise ToolkitError(OF_SERVANTS, "вместе с --servants ФАЙЛ")
    else:
        from toolkit.publish.crew import Crew
        from toolkit.publish.runner import Request, publish

        found, earlier = read(campaign), _read_earlier(previous)
        problems = (*found.problems, *(earlier.problems if earlier else ()))
        asked = Request(found, out or Path("reports"), wanted, language, readings, earlier)
        try:
            published = publish(replace(asked, crew=Crew(jobs, cluster), force=force, timeout=timeout))
        except KeyboardInterrupt:
            typer.echo("Прервано: готовые страницы остались, та же команда сделает остальные.", err=True)
            raise typer.Exit(INTERRUPTED) from None
    _tell(published)
    finish(problems)


def _tell(published: Published) -> None:
    """Say what came out, and stop with a status of its own where a page did not."""
    failed = len(published.failed)
    kept = f" (без изменений: {published.kept})" if published.kept else ""
    typer.echo(f"Страниц: {len(published.pages) - failed}{kept}; не получилось: {failed}. {published.index}")
    slow = {page.obstacle for page in published.pages} - {""}
    if slow:
        typer.echo(f"Обычным, медленным движком, потому что {'; '.join(sorted(slow))}", err=True)
    if failed:
        raise typer.Exit(REFUSED)


def _read_earlier(previous: Path | None) -> Campaign | None:
    """Read the campaign of an earlier year, if there is one, and say its problems under its name."""
    if previous is None:
        return None
    typer.echo(f"Данные более раннего года, {one_line(previous.name)}:", err=True)
    return read(previous)
