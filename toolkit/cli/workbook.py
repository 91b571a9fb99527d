"""The command that writes the auditor's workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.app import Folder, Parameters, Readings, app, finish, numbers, pairs, read, refuse_data_file


@app.command("workbook")
def workbook_command(
    campaign: Folder,
    agency: Annotated[str, typer.Option("--agency", metavar="КОД", help="Код органа.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ФАЙЛ.xlsx", help="Куда записать; иначе КОД.xlsx здесь.")
    ] = None,
    reading: Readings = None,
    parameter: Parameters = None,
) -> None:
    """Записать книгу Excel, в которой каждая строка приказа — живая формула рядом с расчётом."""
    from toolkit.errors import ToolkitError
    from toolkit.publish.output import write_output
    from toolkit.publish.workbook.make import make_workbook

    readings, parameters = pairs(reading, "--reading"), numbers(parameter)
    found = read(campaign)
    target = out or Path(f"{agency}.xlsx")
    if target.suffix.lower() != ".xlsx":
        raise ToolkitError(f"{target}: книга Excel пишется в файл .xlsx", "имя файла с окончанием .xlsx")
    refuse_data_file(found, target)
    write_output(make_workbook(found, agency, readings=readings, parameters=parameters), target)
    typer.echo(f"Книга записана: {target}.")
    finish(found.problems)
