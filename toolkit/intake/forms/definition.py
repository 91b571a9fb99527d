"""The annex forms as the order prints them: their tables, columns, groups of rows and lines of text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.intake.table import fold
from toolkit.rules.loader import AGENCIES_2023, complaining, read_toml

ANNEXES = ("1", "2", "7", "8")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form, or a row of one whose records stand side by side.

    Attributes:
        key: name by which the form speaks of it.
        title: its printed title, a text for each line of the header.
        words: words that all stand in its title however it is typed.
        without: words that do not.
        unit: `number` for the numbering, `text`, `mark`, or the unit of its figures.
        input: the input whose domain its figures have, empty when they are only counted.
    """

    key: str
    title: tuple[str, ...]
    words: tuple[str, ...]
    without: tuple[str, ...]
    unit: str
    input: str


@dataclass(frozen=True, slots=True)
class Group:
    """A printed row under which others stand.

    Attributes:
        title: its printed title.
        words: words that all stand in it however it is typed.
        number: its printed number, or empty.
        rows: titles of the rows printed under it as patterns, one level below the other.
    """

    title: str
    words: tuple[str, ...]
    number: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of a form.

    Attributes:
        annex: number of the annex.
        key: name of the table, unique over all forms.
        sheet: name of its sheet in the blank.
        caption: its printed caption, or empty.
        kind: `breakdown`, `contests`, `figures`, `records` or `contracts`.
        columns: its columns.
        groups: printed rows under which others stand.
        inputs: for each input the columns whose totals are added up to it.
        limits: for each column the one it may not exceed in any row.
        totals: for each input the group of words of the line that states it (annex 2).
        agency_types: types of agencies that fill it.
        diagnostic: input beside which the share that it gives is shown, and the title of the share.
        notes: lines printed under it.
    """

    annex: str
    key: str
    sheet: str
    caption: str
    kind: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    inputs: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, str]
    totals: Mapping[str, Group]
    agency_types: tuple[str, ...]
    diagnostic: tuple[str, str]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of one annex.

    Attributes:
        annex: number of the annex.
        point: point of the order that uses it.
        head: lines printed in its upper right corner.
        title: its printed title.
        preamble: lines printed above its first table.
        notes: lines printed below its last table, with the places of the signatures.
        tables: its tables.
    """

    annex: str
    point: str
    head: tuple[str, ...]
    title: str
    preamble: tuple[str, ...]
    notes: tuple[str, ...]
    tables: tuple[FormTable, ...]


@cache
def load_form(annex: str) -> Form:
    """Load the form of one annex.

    Parameters:
        annex: its number, one of `ANNEXES`.

    Returns:
        The form, the same object at every call.

    Raises:
        ToolkitError: there is no form of that annex.

    Source:
        Annexes 1, 2, 7 and 8 of the order of 2023.

    Example:
        >>> load_form("7").tables[0].inputs["phd_holders"]
        ('phd_holders',)
    """
    if annex not in ANNEXES:
        raise ToolkitError(f"нет формы приложения «{annex}»", ", ".join(ANNEXES))
    name = f"annex_{annex}.toml"
    raw = read_toml(files("toolkit") / "law" / AGENCIES_2023 / "forms" / name)
    with complaining(name):
        tables = tuple(_table(annex, table) for table in raw["tables"])
        head, preamble, notes = (_lines(raw, key) for key in ("head", "preamble", "notes"))
        return Form(annex, raw["point"], head, raw["title"]["ru"], preamble, notes, tables)


def _table(annex: str, raw: Mapping[str, Any]) -> FormTable:
    columns = tuple(_column(column) for column in raw["columns"])
    diagnostic = raw.get("diagnostic")
    return FormTable(
        annex=annex,
        key=raw["key"],
        sheet=raw["sheet"]["ru"],
        caption=raw.get("caption", {}).get("ru", ""),
        kind=raw["kind"],
        columns=columns,
        groups=tuple(_group(group) for group in raw.get("groups", [])),
        inputs={name: tuple(keys) for name, keys in raw.get("inputs", {}).items()},
        limits=raw.get("limits", {}),
        totals={name: _group(group) for name, group in raw.get("totals", {}).items()},
        agency_types=tuple(raw.get("agency_types", ("central", "local", "territorial"))),
        diagnostic=(diagnostic["input"], diagnostic["title"]["ru"]) if diagnostic else ("", ""),
        notes=_lines(raw, "notes"),
    )


def _column(raw: Mapping[str, Any]) -> Column:
    title = raw["title"]["ru"]
    return Column(
        key=raw["key"],
        title=(title,) if isinstance(title, str) else tuple(title),
        words=tuple(map(fold, raw["words"])),
        without=tuple(map(fold, raw.get("without", ()))),
        unit=raw["unit"],
        input=raw.get("input", ""),
    )


def _group(raw: Mapping[str, Any]) -> Group:
    rows = raw.get("rows", {}).get("ru", ())
    words = tuple(map(fold, raw["words"]))
    return Group(raw["title"]["ru"], words, raw.get("number", ""), tuple(rows))


def _lines(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(raw.get(key, {}).get("ru", ()))
