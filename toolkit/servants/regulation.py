"""What the order of 2025 says beside its formulas: printed tables, who is evaluated, of what, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from toolkit.rules.loader import SERVANTS_2025, complaining, read_toml
from toolkit.servants.bands import Table, build_table


@dataclass(frozen=True, slots=True)
class Minimum:
    """When an evaluation is held at all: months on the position and days worked, at least."""

    point: str
    months: int
    days: int


@dataclass(frozen=True, slots=True)
class Force:
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


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the sheet of corps B: point, title and its five parameters in the words of the order."""

    point: str
    title: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
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


@dataclass(frozen=True, slots=True)
class Regulation:
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
    roles: Mapping[str, tuple[str, ...]]
    most_persons: int
    printed_plan: Fraction
    printed_plan_kinds: tuple[str, ...]

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
            eligibility={
                corps: Minimum(item["point"], item["months"], item["days"])
                for corps, item in raw["eligibility"].items()
            },
            force={
                name: Force(item["point"], item["from"], item.get("to"))
                for name, item in raw["force"].items()
            },
            composition={name: _composition(item, tables) for name, item in raw["composition"].items()},
            forms={
                name: Form(item["point"], item["title"]["ru"], tuple(item["parameters"]))
                for name, item in raw["forms"].items()
            },
            duties=tuple(_duty(item) for item in raw["duties"]),
            roles={role: tuple(words) for role, words in raw["roles"].items()},
            most_persons=raw["delegation"]["most"],
            printed_plan=Fraction(raw["printed_plan"]["value"]),
            printed_plan_kinds=tuple(raw["printed_plan"]["kinds"]),
        )
    return made  # noqa: RET504  what complains could swallow an error, as far as the types know


def _composition(raw: Mapping[str, Any], tables: Mapping[str, Table]) -> Composition:
    return Composition(raw["point"], raw["count"], raw["kinds"], raw["rule"], tables[raw["scale"]])


def _duty(raw: Mapping[str, Any]) -> Duty:
    positions = {item["grade"]: tuple(item.get("roles", ())) for item in raw.get("positions", ())}
    return Duty(raw["point"], raw["evaluator"], raw["form"], positions, raw.get("leading", False))
