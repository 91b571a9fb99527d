"""The interval a total can still reach: interval arithmetic over the same tree (convention G7)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from toolkit.formula.tree import Call, Name, Negation, Number, Operation, Tree, parts

Bound = Fraction | float


class Interval(NamedTuple):
    """The closed interval `[low, high]`; an open end is an infinite float, every finite end is exact."""

    low: Bound
    high: Bound

    @classmethod
    def at(cls, number: Fraction) -> Interval:
        """Return the interval of one point."""
        return cls(number, number)


def enclose(tree: Tree, values: Mapping[str, Interval]) -> Interval:
    """Compute the interval of a total; exact because each child stands in its formula once.

    Parameters:
        tree: a formula of `+ - *`, `min max sum mean` and negation.
        values: interval of each name.

    Returns:
        The smallest interval that holds every value the formula can take.

    Raises:
        TypeError: the formula has an operation that totals do not use.

    Source:
        Convention G7.

    Example:
        >>> from toolkit.formula.parse import parse
        >>> enclose(parse("A - D"), {"A": Interval(0, 30), "D": Interval(0, 5)})
        Interval(low=-5, high=30)
    """
    match tree:
        case Number(value):
            return Interval.at(value)
        case Name(name):
            return values[name]
    inner = [enclose(part, values) for part in parts(tree)]
    lows, highs = [part.low for part in inner], [part.high for part in inner]
    match tree:
        case Negation():
            return Interval(-highs[0], -lows[0])
        case Operation("+") | Call("sum"):
            return Interval(sum(lows, Fraction(0)), sum(highs, Fraction(0)))
        case Call("mean"):
            return Interval(sum(lows, Fraction(0)) / len(lows), sum(highs, Fraction(0)) / len(highs))
        case Operation("-"):
            return Interval(lows[0] - highs[1], highs[0] - lows[1])
        case Operation("*"):
            corners = [_times(left, right) for left in inner[0] for right in inner[1]]
            return Interval(min(corners), max(corners))
        case Call("min"):
            return Interval(min(lows), min(highs))
        case Call("max"):
            return Interval(max(lows), max(highs))
        case _:
            raise TypeError(f"{type(tree).__name__} has no interval: totals add, subtract and scale")


def _times(left: Bound, right: Bound) -> Bound:
    # Zero times an open end is zero here: an absent child scales to nothing, not to "not a number".
    if (left == 0 or right == 0) and (math.isinf(left) or math.isinf(right)):
        return Fraction(0)
    return left * right
