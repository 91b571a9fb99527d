"""The command that writes the auditor's workbook."""

from pathlib import Path
from typing import Annotated

from toolkit.cli.app import Folder, Parameters, Readings, app, finish, given, option, read, refuse_data_file
from toolkit.cli.output import save
from toolkit.errors import ToolkitError


@app.command("workbook")
def workbook_command(
    campaign: Folder,
    agency: Annotated[str, option("КОД", "Код органа.")],
    out: Annotated[Path | None, option("ФАЙЛ.xlsx", "Куда записать; иначе КОД.xlsx здесь.")] = None,
    reading: Readings = None,
    parameter: Parameters = None,
) -> None:
    """Записать книгу Excel, в которой каждая строка приказа — живая формула рядом с расчётом."""
    from toolkit.publish.workbook.make import make_workbook

    readings, parameters = given(reading, parameter)
    found = read(campaign)
    target = out or Path(f"{agency}.xlsx")
    if target.suffix.lower() != ".xlsx":
        raise ToolkitError(f"{target}: книга Excel пишется в файл .xlsx", "имя файла с окончанием .xlsx")
    refuse_data_file(found, target)
    book = make_workbook(found, agency, readings=readings, parameters=parameters)
    save(book, target, f"Книга записана: {target}.")
    finish(found.problems)
