"""Commands that score a campaign or only check its data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.app import Folder, Parameters, Readings, app, finish, numbers, pairs, read, refuse_data_file

if TYPE_CHECKING:
    from toolkit.rules.outcome import Scores


@app.command("evaluate")
def evaluate_command(
    campaign: Folder,
    out: Annotated[Path, typer.Option("--out", metavar="ФАЙЛ", help="Куда записать; «-» — на экран.")] = Path(
        "scores.csv"
    ),
    reading: Readings = None,
    parameter: Parameters = None,
    direction: Annotated[
        str | None, typer.Option("--direction", metavar="hr|it", help="Только одно направление.")
    ] = None,
) -> None:
    """Вычислить баллы всех органов и записать их таблицей CSV."""
    from toolkit.evaluate import evaluate
    from toolkit.publish.scores_table import write_scores

    readings, parameters = pairs(reading, "--reading"), numbers(parameter)
    found = read(campaign)
    refuse_data_file(found, out)
    scores = evaluate(found, readings=readings, parameters=parameters, direction=direction)
    if parameters:
        _tell_of_caps(scores, evaluate(found, readings=readings, direction=direction))
    write_scores(scores, out)
    if str(out) != "-":
        typer.echo(f"Баллы записаны: {out} (органов: {len(found.agencies)}, строк: {len(scores)}).")
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
        acted = [line.limited for line in after.trace.lines]
        if (
            after.rule.level == "criterion"
            and any(acted)
            and not any(line.limited for line in before.trace.lines)
        ):
            typer.echo(
                f"предупреждение: {after.agency.code}: с изменёнными параметрами действует предел критерия "
                f"«{after.rule.title}»: {after.points}",
                err=True,
            )
