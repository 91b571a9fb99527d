"""The command that lists every point of the orders and what answers it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.app import app


@app.command("coverage")
def coverage_command(
    order: Annotated[
        str | None, typer.Option("--order", metavar="2023|2025", help="Только один приказ.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ФАЙЛ", help="Записать таблицей CSV; «-» — на экран.")
    ] = None,
) -> None:
    """Перечислить каждый пункт приказов: чем на него отвечено и что запланировано."""
    from toolkit.analysis.coverage import ORDERS, load_coverage
    from toolkit.display.coverage import count_answers, coverage_text
    from toolkit.publish.coverage_table import write_coverage

    points = [point for year in ([order] if order else ORDERS) for point in load_coverage(year)]
    if out is None:
        typer.echo(coverage_text(points, shutil.get_terminal_size((100, 24)).columns))
        return
    write_coverage(points, out)
    if str(out) != "-":
        typer.echo(f"Перечень записан: {out}.\n{count_answers(points)}")
