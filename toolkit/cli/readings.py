"""The command that shows what readings do."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.app import Folder, Parameters, Readings, app, finish, numbers, pairs, read, refuse_data_file


@app.command("readings")
def readings_command(
    campaign: Folder,
    agency: Annotated[
        list[str] | None,
        typer.Option("--agency", metavar="КОД", help="Только этот орган; можно повторять."),
    ] = None,
    reading: Readings = None,
    parameter: Parameters = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ФАЙЛ", help="Записать таблицей CSV; «-» — на экран.")
    ] = None,
) -> None:
    """Показать, что меняет каждое прочтение: баллы, места и границы итогов по всем сочетаниям."""
    from toolkit.analysis.readings import ReadingStudy
    from toolkit.display.doubt_text import NARROWEST, WIDEST, WIDTH, readings_text
    from toolkit.evaluate import evaluate
    from toolkit.publish.readings_table import write_readings

    readings, parameters = pairs(reading, "--reading"), numbers(parameter)
    found = read(campaign)
    if out is not None:
        refuse_data_file(found, out)
    wanted = {found.find(code).code for code in agency or ()}
    codes = [one.code for one in found.agencies if not wanted or one.code in wanted]
    study = ReadingStudy(evaluate(found, readings=readings, parameters=parameters))
    if out is None:
        columns = min(max(shutil.get_terminal_size((WIDTH, 24)).columns, NARROWEST), WIDEST)
        typer.echo("\n\n\n".join(readings_text(study, code, columns) for code in codes))
    else:
        write_readings(study, codes, out)
        if str(out) != "-":
            typer.echo(f"Прочтения записаны: {out} (органов: {len(codes)}).")
    finish(found.problems)
