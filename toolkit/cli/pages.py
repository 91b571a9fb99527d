"""The command that publishes pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.app import REFUSED, Folder, Readings, app, finish, pairs, read


@app.command("report")
def report_command(
    campaign: Folder,
    agency: Annotated[
        list[str] | None,
        typer.Option("--agency", metavar="КОД", help="Только этот орган; можно повторять."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="ПАПКА", help="Куда писать страницы.")] = Path(
        "reports"
    ),
    language: Annotated[str, typer.Option("--language", help="Язык страниц: ru.")] = "ru",
    reading: Readings = None,
) -> None:
    """Сделать страницу на каждый орган и оглавление с местами."""
    from toolkit.publish.runner import Request, publish

    readings = pairs(reading, "--reading")
    found = read(campaign)
    request = Request(found, out, agencies=tuple(agency or ()), language=language, readings=readings)
    published = publish(request)
    failed = len(published.failed)
    typer.echo(f"Страниц: {len(published.pages) - failed}; не получилось: {failed}. {published.index}")
    if failed:
        raise typer.Exit(REFUSED)
    finish(found)
