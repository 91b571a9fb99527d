"""What the order of 2025 says beside its formulas: printed tables, who is evaluated, of what, by whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import Any, NamedTuple

from toolkit.rules.loader import SERVANTS_2025, complaining, read_toml
from toolkit.servants.bands import Table, build_table


class Minimum(NamedTuple):
    """When an evaluation is held at all: months on the position and days worked, at least."""

    point: str
    months: int
    days: int


class Force(NamedTuple):
    """From when to when a method acts, and the point that says so; `end` is None where none is printed."""

    point: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Composition:
    """Of what a sheet of corps A is made.

    Attributes:
        point: points of the order.
        count: how many КЦИ there are.
        kinds: how many rows of each kind.
        rule: code of the rule that puts the marks together.
        scale: the table that gives the label.
    """

    point: str
    count: int
    kinds: Mapping[str, int]
    rule: str
    scale: Table


class Form(NamedTuple):
    """A form of the sheet of corps B: point, title and its five parameters in the words of the order."""

    point: str
    title: str
    parameters: Sequence[str]


class Duty(NamedTuple):
    """One part of point 17: which positions it is about, who evaluates them and on which form.

    Attributes:
        point: the part of the point.
        evaluator: `direct` for the direct superior, `head` for the head of the unit or body.
        form: `leader` or `staff`.
        positions: grades it names, each with the roles in brackets; empty when it names none.
        leading: whether it is about leading positions alone.
    """

    point: str
    evaluator: str
    form: str
    positions: Mapping[str, tuple[str, ...]]
    leading: bool


class Regulation(NamedTuple):
    """The order of 2025 beside its formulas.

    Attributes:
        tables: both annexes of marks and the three scales, by name.
        eligibility: the least tenure and days, by corps.
        force: when each method acts, `transitional` being the work that chapter 5 is about.
        composition: of what a sheet of corps A is made, by category.
        forms: the forms of corps B.
        duties: the parts of point 17, the first that fits a position decides.
        roles: the roles of point 17 with the words a file may use for them.
        most_persons: how many persons one evaluator may have before others evaluate too.
        printed_plan: the planned value printed for mandatory КЦИ.
        printed_plan_kinds: the kinds it is printed for.
    """

    tables: Mapping[str, Table]
    eligibility: Mapping[str, Minimum]
    force: Mapping[str, Force]
    composition: Mapping[str, Composition]
    forms: Mapping[str, Form]
    duties: tuple[Duty, ...]
    roles: Mapping[str, Sequence[str]]
    most_persons: int
    printed_plan: Fraction
    printed_plan_kinds: Sequence[str]

    def annex(self, kind: str) -> Table | None:
        """Return the table of marks for a kind of КЦИ; chapter 5 has none for its qualities."""
        return next((table for table in self.tables.values() if kind in table.kinds), None)


@cache
def load_regulation() -> Regulation:
    """Load what the order of 2025 says beside its formulas.

    Parameters:
        None.

    Returns:
        The regulation, the same object at every call.

    Raises:
        ToolkitError: a law file has a mistake; the message names it.

    Source:
        Points 3, 8, 9, 11, 19, 21, 36, 48 and the annexes of corps A; 6, 8, 17, 18 of corps B.

    Example:
        >>> load_regulation().composition["category_2"].kinds["own"]
        3
    """
    law = files("toolkit") / "law" / SERVANTS_2025
    return build_regulation(read_toml(law / "procedure.toml"), read_toml(law / "tables.toml"))


def build_regulation(raw: Mapping[str, Any], printed: Mapping[str, Any]) -> Regulation:
    """Return what the order says beside its formulas, of the parsed `procedure.toml` and `tables.toml`."""
    with complaining("tables.toml"):
        tables = {name: build_table(name, table) for name, table in printed.items()}
    with complaining("procedure.toml"):
        made = Regulation(
            tables=tables,
            eligibility=_read(Minimum, raw["eligibility"]),
            force=_read(Force, raw["force"], start=itemgetter("from"), end=lambda item: item.get("to")),
            composition=_read(Composition, raw["composition"], scale=lambda item: tables[item["scale"]]),
            forms=_read(Form, raw["forms"], title=lambda item: item["title"]["ru"]),
            duties=tuple(_duty(item) for item in raw["duties"]),
            roles=raw["roles"],
            most_persons=raw["delegation"]["most"],
            printed_plan=Fraction(raw["printed_plan"]["value"]),
            printed_plan_kinds=raw["printed_plan"]["kinds"],
        )
    return made  # noqa: RET504  what complains could swallow an error, as far as the types know


def _read(record: Any, tables: Mapping[str, Any], **fields: Callable[[Any], Any]) -> dict[str, Any]:
    """Return a record of each table; a field stands there under its own name unless told how to read it."""
    readers = [fields.get(name, itemgetter(name)) for name in record.__annotations__]
    return {name: record(*(read(raw) for read in readers)) for name, raw in tables.items()}


def _duty(raw: Mapping[str, Any]) -> Duty:
    positions = {item["grade"]: tuple(item.get("roles", ())) for item in raw.get("positions", ())}
    return Duty(raw["point"], raw["evaluator"], raw["form"], positions, raw.get("leading", False))
