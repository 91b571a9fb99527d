"""What the parts of the synthetic campaign share: plans, streams of drawn numbers, and what was drawn."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

HERE = Path(__file__).resolve().parent
YEAR = 2023
SEED = 2023
NAMES: dict[str, Any] = tomllib.loads((HERE / "campaign_names.toml").read_text("utf-8"))
ANSWERS: dict[str, int] = NAMES["answers"]

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Plan:
    """A fictional agency before its values are drawn; `forms` says how its forms and lists are filled."""

    code: str
    name: str
    type: str
    staff: int
    level: int
    case: dict[str, str] = field(default_factory=dict)
    forms: dict[str, Any] = field(default_factory=dict)
    parent: str = ""


@dataclass(frozen=True)
class Sample:
    """An agency with its drawn values as texts, and the month-ends behind each mean headcount."""

    plan: Plan
    values: dict[str, str]
    months: dict[str, list[int]]

    def count(self, name: str) -> int:
        """Return a whole number among the values."""
        return int(self.values[name])

    def fraction(self, name: str, limit: int, otherwise: str) -> Fraction:
        """Return which part of its limit a value reaches, or that of a value which is not missing."""
        return Fraction(self.values[name] or otherwise) / limit


class Draw:
    """Draws whole numbers; stands on `random()` alone, whose sequence Python promises to keep."""

    def __init__(self, seed: int | str) -> None:
        """Start one stream."""
        self._random = random.Random(seed)  # noqa: S311  # a sample is meant to be repeatable

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def skip(self, count: int) -> None:
        """Pass over numbers that nothing needs any more, so that all that is drawn later stays as it was."""
        for _ in range(count):
            self._random.random()

    def near(self, centre: int, spread: int, low: int, high: int) -> int:
        """Return a whole number within `spread` of `centre`, middling ones more often, kept within bounds."""
        drawn = centre + (self.whole(-spread, spread) + self.whole(-spread, spread)) // 2
        return max(low, min(high, drawn))

    def part(self, whole: int, low: int, high: int) -> int:
        """Return from `low` to `high` percent of a whole."""
        return round(Fraction(whole * self.whole(low * 100, high * 100), 10_000))

    def skill(self, plan: Plan) -> int:
        """Return how well the agency does in one matter, from 5 to 99 percent."""
        return self.near(plan.level, 16, 5, 99)

    def choose(self, things: Sequence[Thing]) -> Thing:
        """Return one of several things."""
        return things[self.whole(0, len(things) - 1)]

    def mix(self, things: Sequence[Thing]) -> list[Thing]:
        """Return the things in another order."""
        left = list(things)
        return [left.pop(self.whole(0, len(left) - 1)) for _ in things]

    def flags(self, held: int, true: int) -> list[bool]:
        """Return so many answers of which so many are yes."""
        return self.mix([at < true for at in range(held)])

    def spread(self, total: int, weights: Sequence[int], most: Sequence[int] = ()) -> list[int]:
        """Return parts of a total about as great as their weights, none greater than its bound."""
        parts = [total * weight // max(1, sum(weights)) for weight in weights]
        while sum(parts) < total:
            at = self.whole(0, len(parts) - 1)
            parts[at] += not most or parts[at] < most[at]
        return parts

    def day(self, first: int = 1, last: int = 12) -> str:
        """Return a day of the evaluated year, of these months."""
        return f"{YEAR}-{self.whole(first, last):02}-{self.whole(1, 28):02}"


def start(plan: Plan, what: str) -> Draw:
    """Start a stream of its own, so that no detail of forms and lists changes any other drawn number."""
    return Draw(f"{SEED} {plan.code} {what}")


def digits(number: int, places: int) -> str:
    """Write a whole number of tenths, hundredths… as a decimal."""
    whole, rest = divmod(number, 10**places)
    return f"{whole}.{rest:0{places}}"


def shown(day: str) -> str:
    """Write a day as people write it."""
    return ".".join(reversed(day.split("-")))
