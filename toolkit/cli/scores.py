"""Commands that score a campaign or only check its data."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.app import Folder, Parameters, Readings, app, finish, given, option, read, refuse_data_file
from toolkit.cli.output import save
from toolkit.evaluate import evaluate
from toolkit.rules.outcome import Scores


@app.command("evaluate")
def evaluate_command(
    campaign: Folder,
    out: Annotated[Path, option("ФАЙЛ", "Куда записать; «-» — на экран.")] = Path("scores.csv"),
    reading: Readings = None,
    parameter: Parameters = None,
    direction: Annotated[str | None, option("hr|it", "Только одно направление.")] = None,
) -> None:
    """Вычислить баллы всех органов и записать их таблицей CSV."""
    from toolkit.publish.tables import scores_csv

    readings, parameters = given(reading, parameter)
    found = read(campaign)
    refuse_data_file(found, out)
    scores = evaluate(found, readings=readings, parameters=parameters, direction=direction)
    if parameters:
        _tell_of_caps(scores, evaluate(found, readings=readings, direction=direction))
    told = f"Баллы записаны: {out} (органов: {len(found.agencies)}, строк: {len(scores)})."
    save(scores_csv(scores), out, told)
    finish(found.problems)


@app.command("check")
def check_command(campaign: Folder) -> None:
    """Только проверить данные: назвать каждую плохую ячейку и что в ней допускается."""
    found = read(campaign)
    refusals = sum(not problem.warning for problem in found.problems)
    warnings = len(found.problems) - refusals
    typer.echo(f"Органов: {len(found.agencies)}; отклонено: {refusals}; предупреждений: {warnings}.")
    finish(found.problems)


def _tell_of_caps(scores: Scores, printed: Scores) -> None:
    """Say which caps of criteria act only because of the changed parameters."""
    for before, after in zip(printed, scores, strict=True):
        acts, acted = (any(line.limited for line in score.trace.lines) for score in (after, before))
        if after.rule.level == "criterion" and acts and not acted:
            what = f"с изменёнными параметрами действует предел критерия «{after.rule.title}»: {after.points}"
            typer.echo(f"предупреждение: {after.agency.code}: {what}", err=True)
