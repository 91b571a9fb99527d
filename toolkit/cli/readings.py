"""The command that shows what readings do."""

import typer

from toolkit.cli.app import Agencies, Folder, Parameters, Readings, app, finish, given, read, refuse_data_file
from toolkit.cli.output import Table, save, screen_width


@app.command("readings")
def readings_command(
    campaign: Folder,
    agency: Agencies = None,
    reading: Readings = None,
    parameter: Parameters = None,
    out: Table = None,
) -> None:
    """Показать, что меняет каждое прочтение: баллы, места и границы итогов по всем сочетаниям."""
    from toolkit.analysis.readings import ReadingStudy
    from toolkit.display.doubt_text import NARROWEST, WIDEST, WIDTH, readings_text
    from toolkit.evaluate import evaluate
    from toolkit.publish.tables import readings_csv

    readings, parameters = given(reading, parameter)
    found = read(campaign)
    if out is not None:
        refuse_data_file(found, out)
    wanted = {found.find(code).code for code in agency or ()}
    codes = [one.code for one in found.agencies if not wanted or one.code in wanted]
    study = ReadingStudy(evaluate(found, readings=readings, parameters=parameters))
    if out is None:
        columns = min(max(screen_width(WIDTH), NARROWEST), WIDEST)
        typer.echo("\n\n\n".join(readings_text(study, code, columns) for code in codes))
    else:
        save(readings_csv(study, codes), out, f"Прочтения записаны: {out} (органов: {len(codes)}).")
    finish(found.problems)
