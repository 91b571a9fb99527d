"""What every command shares: the application, its options, reading a campaign, reading `KEY=VALUE`."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.output import refuse_over
from toolkit.errors import Problem, ToolkitError, one_line
from toolkit.intake.campaign import Campaign, read_campaign
from toolkit.intake.list_definition import load_lists
from toolkit.intake.numbers import CellError, read_number
from toolkit.intake.source import KINDS

UNUSABLE, REFUSED = 2, 3
_NUMBER = "число, например 0,6 или 3/5"

app = typer.Typer(
    help="Оценка государственных органов по формулам приказов: точно, с объяснением, с проверкой данных.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def option(metavar: str, text: str, *names: str) -> Any:
    """Return an option of a command, named like its parameter unless it has names of its own."""
    return typer.Option(*names, metavar=metavar, help=text)


FOLDER = typer.Argument(metavar="КАМПАНИЯ", help="Папка с agencies.csv или agencies.xlsx.")
Folder = Annotated[Path, FOLDER]
Agencies = Annotated[list[str] | None, option("КОД", "Только этот орган; можно повторять.")]
Readings = Annotated[list[str] | None, option("КЛЮЧ=ВАРИАНТ", "Прочтение спорного места; можно повторять.")]
Parameters = Annotated[list[str] | None, option("КОД.ИМЯ=ЧИСЛО", "Изменить постоянную; можно повторять.")]


def read(campaign: Path) -> Campaign:
    """Read a campaign, say each of its problems and refuse one in which nothing is good."""
    found = read_campaign(campaign)
    say(found.problems)
    if not found.agencies:
        raise ToolkitError("ни один орган не принят: причины названы выше")
    return found


def say(problems: Iterable[Problem]) -> None:
    """Say each problem on the error stream."""
    for problem in problems:
        typer.echo(str(problem), err=True)


def refuse_data_file(campaign: Campaign, out: Path) -> None:
    """Refuse to write over the campaign's data, or under a name that would be taken for them."""
    for name in campaign.files:
        refuse_over(campaign.folder / name, "файл данных кампании", out)
    known = {f"{stem}{kind}" for stem in ("agencies", *load_lists()) for kind in KINDS}
    if out.resolve().parent == campaign.folder.resolve() and out.name.casefold() in known:
        raise ToolkitError(f"{out} — имя файла данных кампании, туда не пишется", "другое имя файла")


def finish(problems: Iterable[Problem]) -> None:
    """End with the status that says whether something in the data was refused."""
    if any(not problem.warning for problem in problems):
        raise typer.Exit(REFUSED)


def given(reading: Readings, parameter: Parameters) -> tuple[dict[str, str], dict[str, Fraction]]:
    """Read the chosen readings and the changed parameters of a command."""
    return pairs(reading, "--reading"), numbers(parameter)


def pairs(written: list[str] | None, name: str) -> dict[str, str]:
    """Read `KEY=VALUE` options; a key given twice is refused, since only one of its values could act."""
    found: dict[str, str] = {}
    for text in written or []:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not (key and equals and value):
            what = f"{name} {one_line(text)}: нужны ключ, знак равенства и значение"
            raise ToolkitError(what, "КЛЮЧ=ЗНАЧЕНИЕ")
        if key in found:
            raise ToolkitError(f"{name} {key} дано дважды", "каждый ключ один раз")
        found[one_line(key)] = one_line(value)
    return found


def numbers(written: list[str] | None) -> dict[str, Fraction]:
    """Read `CODE.NAME=NUMBER` options as exact numbers."""
    found: dict[str, Fraction] = {}
    for key, text in pairs(written, "--parameter").items():
        try:
            figure = read_number(text)
        except CellError as error:
            raise ToolkitError(f"--parameter {key}: {error}", _NUMBER) from None
        if figure.percent:
            raise ToolkitError(f"--parameter {key}: {text} — со знаком процента", _NUMBER)
        found[key] = figure.number
    return found
