"""Commands that evaluate files of servants."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.app import app, finish, refuse_over, save, say
from toolkit.cli.options import Parameters, Readings, given, option
from toolkit.errors import ToolkitError

File = Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Таблица служащих: .csv или .xlsx.")]
Out = Annotated[Path, option("ФАЙЛ", "Куда записать; «-» — на экран.")]


@app.command("corps-a")
def corps_a_command(
    file: File, out: Out = Path("corps_a_result.csv"), reading: Readings = None, parameter: Parameters = None
) -> None:
    """Оценить служащих корпуса «А» за год и записать таблицу CSV."""
    _evaluate("corps_a", file, out, reading, parameter)


@app.command("corps-b")
def corps_b_command(
    file: File, out: Out = Path("corps_b_result.csv"), reading: Readings = None, parameter: Parameters = None
) -> None:
    """Оценить служащих корпуса «Б» за кварталы и годы и записать таблицу CSV."""
    _evaluate("corps_b", file, out, reading, parameter)


def _evaluate(corps: str, file: Path, out: Path, reading: Readings, parameter: Parameters) -> None:
    """Say every problem, write the table, and end with the status that says whether something was refused."""
    from toolkit.analysis.servants import evaluate_servants
    from toolkit.publish.privacy import keep_apart
    from toolkit.publish.tables import servants_csv
    from toolkit.servants.records import LAYOUTS, read_servants

    readings, parameters = given(reading, parameter)
    results = evaluate_servants(read_servants(file, LAYOUTS[corps]), readings=readings, parameters=parameters)
    say(results.problems)
    if not results.file.records:
        raise ToolkitError("ни одна строка не принята: причины названы выше")
    refuse_over(results.file.path, "файл данных", out)
    if str(out) != "-":
        keep_apart(out.parent, confidential=True, inside=False)
    servants = {record.servant for record in results.file.records}
    save(servants_csv(results), out, f"Результаты записаны: {out} (служащих: {len(servants)}).")
    finish(results.problems)
