"""Commands that evaluate files of servants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.app import Parameters, Readings, app, finish, numbers, pairs, say
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.servants.corps_a import CorpsA
    from toolkit.servants.corps_b import CorpsB

File = Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Таблица служащих: .csv или .xlsx.")]
Out = Annotated[Path, typer.Option("--out", metavar="ФАЙЛ", help="Куда записать; «-» — на экран.")]


@app.command("corps-a")
def corps_a_command(
    file: File, out: Out = Path("corps_a_result.csv"), reading: Readings = None, parameter: Parameters = None
) -> None:
    """Оценить служащих корпуса «А» за год и записать таблицу CSV."""
    from toolkit.servants.corps_a import evaluate_corps_a
    from toolkit.servants.records import CORPS_A, read_servants

    readings, parameters = pairs(reading, "--reading"), numbers(parameter)
    found = read_servants(file, CORPS_A)
    _finish(evaluate_corps_a(found, readings=readings, parameters=parameters), out)


@app.command("corps-b")
def corps_b_command(
    file: File, out: Out = Path("corps_b_result.csv"), reading: Readings = None, parameter: Parameters = None
) -> None:
    """Оценить служащих корпуса «Б» за кварталы и годы и записать таблицу CSV."""
    from toolkit.servants.corps_b import evaluate_corps_b
    from toolkit.servants.records import CORPS_B, read_servants

    readings, parameters = pairs(reading, "--reading"), numbers(parameter)
    found = read_servants(file, CORPS_B)
    _finish(evaluate_corps_b(found, readings=readings, parameters=parameters), out)


def _finish(results: CorpsA | CorpsB, out: Path) -> None:
    """Say every problem, write the table, and end with the status that says whether something was refused."""
    from toolkit.publish.privacy import keep_apart
    from toolkit.publish.servants_table import write_servants

    say(results.problems)
    if not results.file.records:
        raise ToolkitError("ни одна строка не принята: причины названы выше")
    if out.exists() and out.samefile(results.file.path):
        raise ToolkitError(f"{out} — файл данных, поверх него не пишется", "другое имя файла")
    if str(out) != "-":
        keep_apart(out.parent, confidential=True, inside=False)
    write_servants(results, out)
    if str(out) != "-":
        typer.echo(f"Результаты записаны: {out} (служащих: {len(results.file.group())}).")
    finish(results.problems)
