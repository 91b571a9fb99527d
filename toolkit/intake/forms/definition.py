"""The annex forms as the order prints them: their tables, columns, groups of rows and lines of text."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from toolkit.errors import ToolkitError
from toolkit.rules.loader import AGENCIES_2023, complaining, read_toml

ANNEXES = ("1", "2", "7", "8")


class Column(NamedTuple):
    """A column of a form, or a row of one whose records stand side by side.

    Attributes:
        key: name by which the form speaks of it.
        title: its printed title, a text for each line of the header.
        words: letters that all stand in its title however it is typed, as they are compared.
        unit: `number` for the numbering, `text`, `mark`, or the unit of its figures.
        without: letters that do not.
        input: the input whose domain its figures have, empty when they are only counted.
    """

    key: str
    title: tuple[str, ...]
    words: tuple[str, ...]
    unit: str
    without: tuple[str, ...] = ()
    input: str = ""


class Group(NamedTuple):
    """A printed row under which others stand.

    Attributes:
        title: its printed title.
        words: letters that all stand in it however it is typed, as they are compared.
        number: its printed number, or empty.
        rows: titles of the rows printed under it as patterns, one level below the other.
    """

    title: str
    words: tuple[str, ...]
    number: str = ""
    rows: tuple[str, ...] = ()


class FormTable(NamedTuple):
    """A table of a form.

    Attributes:
        annex: number of the annex.
        key: name of the table, unique over all forms.
        sheet: name of its sheet in the blank.
        kind: `breakdown`, `contests`, `figures`, `records` or `contracts`.
        columns: its columns.
        caption: its printed caption, or empty.
        groups: printed rows under which others stand.
        inputs: for each input the columns whose totals are added up to it.
        limits: for each column the one it may not exceed in any row.
        totals: for each input the group of words of the line that states it (annex 2).
        agency_types: types of agencies that fill it.
        diagnostic: `input` beside which the share that it gives is shown, and `title` of the share.
        notes: lines printed under it.
    """

    annex: str
    key: str
    sheet: str
    kind: str
    columns: tuple[Column, ...]
    caption: str = ""
    groups: tuple[Group, ...] = ()
    inputs: Mapping[str, tuple[str, ...]] = {}
    limits: Mapping[str, str] = {}
    totals: Mapping[str, Group] = {}
    agency_types: tuple[str, ...] = ("central", "local", "territorial")
    diagnostic: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()


class Form(NamedTuple):
    """A form of one annex.

    Attributes:
        annex: number of the annex.
        point: point of the order that uses it.
        head: lines printed in its upper right corner.
        title: its printed title.
        notes: lines printed below its last table, with the places of the signatures.
        tables: its tables.
        preamble: lines printed above its first table.
    """

    annex: str
    point: str
    head: tuple[str, ...]
    title: str
    notes: tuple[str, ...]
    tables: tuple[FormTable, ...]
    preamble: tuple[str, ...] = ()


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
    raw = _plain(read_toml(files("toolkit") / "law" / AGENCIES_2023 / "forms" / name))
    with complaining(name):
        return Form(**{**raw, "tables": tuple(_table(annex, table) for table in raw["tables"])})


def _table(annex: str, raw: Mapping[str, Any]) -> FormTable:
    columns = tuple(Column(**column) for column in raw["columns"])
    groups = tuple(Group(**group) for group in raw.get("groups", ()))
    totals = {name: Group(**group) for name, group in raw.get("totals", {}).items()}
    return FormTable(annex=annex, **{**raw, "columns": columns, "groups": groups, "totals": totals})


def _plain(raw: Any) -> Any:
    """Return what a file declares with its Russian texts alone, and with tuples for arrays."""
    if isinstance(raw, dict):
        return _plain(raw["ru"]) if "ru" in raw else {key: _plain(value) for key, value in raw.items()}
    return tuple(map(_plain, raw)) if isinstance(raw, list) else raw
