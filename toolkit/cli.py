"""The command line: thin, one function for a command."""

from __future__ import annotations

import sys
from fractions import Fraction
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.errors import ToolkitError, one_line, why

if TYPE_CHECKING:
    from toolkit.intake.campaign import Campaign
    from toolkit.rules.outcome import Scores

UNUSABLE, REFUSED = 2, 3

app = typer.Typer(
    help="Оценка государственных органов по формулам приказов: точно, с объяснением, с проверкой данных.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


Folder = Annotated[Path, typer.Argument(metavar="КАМПАНИЯ", help="Папка с agencies.csv или agencies.xlsx.")]
Readings = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="КЛЮЧ=ВАРИАНТ", help="Прочтение спорного места; можно повторять."),
]
Parameters = Annotated[
    list[str] | None,
    typer.Option("--parameter", metavar="КОД.ИМЯ=ЧИСЛО", help="Изменить постоянную; можно повторять."),
]


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

    readings, parameters = _pairs(reading, "--reading"), _numbers(parameter)
    found = _read(campaign)
    if out.exists() and out.samefile(found.folder / found.source):
        raise ToolkitError(f"{out} — файл данных кампании, поверх него баллы не пишутся", "другое имя файла")
    scores = evaluate(found, readings=readings, parameters=parameters, direction=direction)
    if parameters:
        _tell_of_caps(scores, evaluate(found, readings=readings, direction=direction))
    write_scores(scores, out)
    if str(out) != "-":
        typer.echo(f"Баллы записаны: {out} (органов: {len(found.agencies)}, строк: {len(scores)}).")
    _finish(found)


@app.command("check")
def check_command(campaign: Folder) -> None:
    """Только проверить данные: назвать каждую плохую ячейку и что в ней допускается."""
    found = _read(campaign)
    refusals = sum(not problem.warning for problem in found.problems)
    warnings = len(found.problems) - refusals
    typer.echo(f"Органов: {len(found.agencies)}; отклонено: {refusals}; предупреждений: {warnings}.")
    _finish(found)


@app.command("report")
def report_command(
    campaign: Folder,
    agency: Annotated[
        list[str] | None,
        typer.Option("--agency", metavar="КОД", help="Только этот орган; можно повторять."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="ПАПКА", help="Куда писать страницы.")] = Path(
        "reports"
    ),
    language: Annotated[str, typer.Option("--language", help="Язык страниц: ru.")] = "ru",
    reading: Readings = None,
) -> None:
    """Сделать страницу на каждый орган и оглавление с местами."""
    from toolkit.publish.runner import Request, publish

    readings = _pairs(reading, "--reading")
    found = _read(campaign)
    request = Request(found, out, agencies=tuple(agency or ()), language=language, readings=readings)
    published = publish(request)
    failed = len(published.failed)
    typer.echo(f"Страниц: {len(published.pages) - failed}; не получилось: {failed}. {published.index}")
    if failed:
        raise typer.Exit(REFUSED)
    _finish(found)


def main() -> None:
    """Run the command line; whatever stops it ends in one sentence and an exit status, never a traceback."""
    # A screen or file that cannot show a letter shows its number instead of stopping the command.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except ToolkitError as error:
        typer.echo(f"Ошибка: {error}", err=True)
        sys.exit(UNUSABLE)
    except OSError as error:
        typer.echo(f"Ошибка: {one_line(str(error.filename or 'файл'))}: {why(error)}", err=True)
        sys.exit(UNUSABLE)


def _read(campaign: Path) -> Campaign:
    from toolkit.intake.campaign import read_campaign

    found = read_campaign(campaign)
    for problem in found.problems:
        typer.echo(str(problem), err=True)
    if not found.agencies:
        raise ToolkitError("ни один орган не принят: причины названы выше")
    return found


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


def _finish(campaign: Campaign) -> None:
    if any(not problem.warning for problem in campaign.problems):
        raise typer.Exit(REFUSED)


def _pairs(written: list[str] | None, option: str) -> dict[str, str]:
    """Read `KEY=VALUE` options; a key given twice is refused, since only one of its values could act."""
    pairs: dict[str, str] = {}
    for text in written or []:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not (key and equals and value):
            raise ToolkitError(
                f"{option} {one_line(text)}: нужны ключ, знак равенства и значение", "КЛЮЧ=ЗНАЧЕНИЕ"
            )
        if key in pairs:
            raise ToolkitError(f"{option} {key} дано дважды", "каждый ключ один раз")
        pairs[one_line(key)] = one_line(value)
    return pairs


def _numbers(written: list[str] | None) -> dict[str, Fraction]:
    from toolkit.intake.numbers import CellError, read_number

    numbers: dict[str, Fraction] = {}
    for key, text in _pairs(written, "--parameter").items():
        try:
            figure = read_number(text)
        except CellError as error:
            raise ToolkitError(f"--parameter {key}: {error}", "число, например 0,6 или 3/5") from None
        if figure.percent:
            raise ToolkitError(
                f"--parameter {key}: {text} — со знаком процента", "число, например 0,6 или 3/5"
            )
        numbers[key] = figure.number
    return numbers


if __name__ == "__main__":
    main()
