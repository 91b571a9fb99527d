"""The command that explains one score in the terminal."""

from typing import Annotated

import typer

from toolkit.cli.app import Folder, Parameters, Readings, app, finish, given, read
from toolkit.errors import one_line


@app.command("explain")
def explain_command(
    campaign: Folder,
    agency: Annotated[str, typer.Argument(metavar="ОРГАН", help="Код органа из данных.")],
    code: Annotated[str, typer.Argument(metavar="КОД", help="Код показателя, критерия или направления.")],
    reading: Readings = None,
    parameter: Parameters = None,
) -> None:
    """Объяснить один балл: формула, числа, каждый шаг, штрафы, источники и прочтения."""
    from toolkit.display.explain import explain
    from toolkit.evaluate import evaluate

    readings, parameters = given(reading, parameter)
    found = read(campaign)
    # The campaign knows why an agency whose row was refused is not there; the scores do not.
    known = found.find(agency).code
    scores = evaluate(found, readings=readings, parameters=parameters)
    typer.echo(explain(scores.find(known, one_line(code)), scores).named())
    finish(found.problems)
