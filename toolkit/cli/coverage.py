"""The command that lists every point of the orders and what answers it."""

from typing import Annotated

import typer

from toolkit.cli.app import app, option
from toolkit.cli.output import Table, save, screen_width


@app.command("coverage")
def coverage_command(
    order: Annotated[str | None, option("2023|2025", "Только один приказ.")] = None, out: Table = None
) -> None:
    """Перечислить каждый пункт приказов: чем на него отвечено и что запланировано."""
    from toolkit.analysis.coverage import ORDERS, load_coverage
    from toolkit.display.coverage import count_answers, coverage_text
    from toolkit.publish.tables import coverage_csv

    points = [point for year in ([order] if order else ORDERS) for point in load_coverage(year)]
    if out is None:
        typer.echo(coverage_text(points, screen_width()))
    else:
        save(coverage_csv(points), out, f"Перечень записан: {out}.\n{count_answers(points)}")
