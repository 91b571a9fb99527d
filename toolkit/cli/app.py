"""What every command shares: the application, its options, reading a campaign, reading `KEY=VALUE`."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.errors import Problem, ToolkitError, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.intake.campaign import Campaign

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


def read(campaign: Path) -> Campaign:
    """Read a campaign, say each of its problems and refuse one in which nothing is good."""
    from toolkit.intake.campaign import read_campaign

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
    from toolkit.intake.campaign import FILES

    if out.exists() and out.samefile(campaign.folder / campaign.source):
        raise ToolkitError(f"{out} — файл данных кампании, поверх него не пишется", "другое имя файла")
    if out.resolve().parent == campaign.folder.resolve() and out.name.casefold() in FILES:
        raise ToolkitError(f"{out} — имя файла данных кампании, туда не пишется", "другое имя файла")


def finish(problems: Iterable[Problem]) -> None:
    """End with the status that says whether something in the data was refused."""
    if any(not problem.warning for problem in problems):
        raise typer.Exit(REFUSED)


def pairs(written: list[str] | None, option: str) -> dict[str, str]:
    """Read `KEY=VALUE` options; a key given twice is refused, since only one of its values could act."""
    found: dict[str, str] = {}
    for text in written or []:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not (key and equals and value):
            raise ToolkitError(
                f"{option} {one_line(text)}: нужны ключ, знак равенства и значение", "КЛЮЧ=ЗНАЧЕНИЕ"
            )
        if key in found:
            raise ToolkitError(f"{option} {key} дано дважды", "каждый ключ один раз")
        found[one_line(key)] = one_line(value)
    return found


def numbers(written: list[str] | None) -> dict[str, Fraction]:
    """Read `CODE.NAME=NUMBER` options as exact numbers."""
    from toolkit.intake.numbers import CellError, read_number

    found: dict[str, Fraction] = {}
    for key, text in pairs(written, "--parameter").items():
        try:
            figure = read_number(text)
        except CellError as error:
            raise ToolkitError(f"--parameter {key}: {error}", "число, например 0,6 или 3/5") from None
        if figure.percent:
            raise ToolkitError(
                f"--parameter {key}: {text} — со знаком процента", "число, например 0,6 или 3/5"
            )
        found[key] = figure.number
    return found
