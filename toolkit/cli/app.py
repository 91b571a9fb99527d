"""What every command shares: the application, reading a campaign, telling of problems, writing results."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import typer

from toolkit.errors import Problem, ToolkitError
from toolkit.intake.campaign import Campaign, read_campaign
from toolkit.intake.list_definition import load_lists
from toolkit.intake.source import KINDS

UNUSABLE, REFUSED = 2, 3

app = typer.Typer(
    help="Оценка государственных органов по формулам приказов: точно, с объяснением, с проверкой данных.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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


def refuse_over(given: Path, what: str, out: Path) -> None:
    """Refuse to write over a file that the command has read."""
    if out.exists() and out.samefile(given):
        raise ToolkitError(f"{out} — {what}, поверх него не пишется", "другое имя файла")


def refuse_data_file(campaign: Campaign, out: Path) -> None:
    """Refuse to write over the campaign's data, or under a name that would be taken for them."""
    for name in campaign.files:
        refuse_over(campaign.folder / name, "файл данных кампании", out)
    known = {f"{stem}{kind}" for stem in ("agencies", *load_lists()) for kind in KINDS}
    if out.resolve().parent == campaign.folder.resolve() and out.name.casefold() in known:
        raise ToolkitError(f"{out} — имя файла данных кампании, туда не пишется", "другое имя файла")


def save(result: str | bytes, out: Path, told: str) -> None:
    """Write a result and tell of it, unless it goes to the screen."""
    from toolkit.publish.output import write_output

    write_output(result, out)
    if str(out) != "-":
        typer.echo(told)


def screen_width(usual: int = 100) -> int:
    """Return how many characters a line of the screen holds."""
    return shutil.get_terminal_size((usual, 24)).columns


def finish(problems: Iterable[Problem]) -> None:
    """End with the status that says whether something in the data was refused."""
    if any(not problem.warning for problem in problems):
        raise typer.Exit(REFUSED)
