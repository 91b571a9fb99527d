"""Prints a formula as a spreadsheet formula: English words for the file, Russian words only to be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from toolkit.formula.tree import Call, Choice, Name, Negation, Number, Operation, Tree, divides, names

_LOOSE, _TIGHT, _ATOM = 1, 2, 3
# The same tolerance as in the array rendering, so that a spreadsheet never shows another band.
_TOLERANCE = "1E-9"
_SUMS = {"sum": "SUM", "mean": "AVERAGE", "min": "MIN", "max": "MAX"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a spreadsheet of one language writes functions, arguments and decimals."""

    words: Mapping[str, str]
    separator: str
    decimal: str

    def call(self, function: str, *arguments: str) -> str:
        """Return a call of a function."""
        return f"{self.words.get(function, function)}({self.separator.join(arguments)})"


ENGLISH = Dialect({}, ",", ".")
_RUSSIAN_SUMS = {"MIN": "МИН", "MAX": "МАКС", "SUM": "СУММ", "AVERAGE": "СРЗНАЧ"}
RUSSIAN = Dialect({"IF": "ЕСЛИ", "COUNT": "СЧЁТ", "NA": "НД", **_RUSSIAN_SUMS}, ";", ",")


def formula(tree: Tree, spelled: Callable[[str], str], dialect: Dialect = ENGLISH) -> str:
    """Print a formula for a spreadsheet cell, without the equals sign.

    Parameters:
        tree: the formula.
        spelled: how a name is written in the sheet: a cell's address or its defined name.
        dialect: `ENGLISH` for what is written into a file, `RUSSIAN` for what is only shown.

    Returns:
        The formula; it gives `#N/A` where a cell it uses is blank, no number or itself `#N/A`.

    Raises:
        Nothing.

    Source:
        Convention G7: missing data is missing, never 0.

    Example:
        >>> from toolkit.formula.parse import parse
        >>> formula(parse("k * min(1, a)"), str)
        'IF(COUNT(k,a)<2,NA(),k*MIN(1,a))'
    """
    used = [spelled(name) for name in names(tree)]
    printed = _Printer(spelled, dialect).show(tree, 0)
    if not used:
        return printed
    # COUNT sees a blank cell, a text and an error alike; COUNTBLANK would let a text pass, and MIN skips it.
    return dialect.call("IF", f"{dialect.call('COUNT', *used)}<{len(used)}", dialect.call("NA"), printed)


class _Printer:
    def __init__(self, spelled: Callable[[str], str], dialect: Dialect) -> None:
        self.spelled, self.dialect = spelled, dialect

    def show(self, tree: Tree, around: int) -> str:
        """Return the formula; `around` is how tightly its surroundings bind."""
        call = self.dialect.call
        match tree:
            case Number(value):
                return self.number(value, around)
            case Name(name):
                return self.spelled(name)
            case Negation(operand):
                return _fence(f"-{self.show(operand, _ATOM)}", around > 0)
            case Operation("/", left, right):
                divided = f"{self.show(left, _TIGHT)}/{self.show(right, _ATOM)}"
                return call("IF", f"{call('ABS', self.show(right, 0))}>{_TOLERANCE}", divided, call("NA"))
            case Operation("*", left, right):
                return _fence(f"{self.show(left, _TIGHT)}*{self.show(right, _ATOM)}", around > _TIGHT)
            case Operation(sign, left, right):
                marks = f"{self.show(left, _LOOSE)}{sign}{self.show(right, _TIGHT)}"
                return _fence(marks, around > _LOOSE)
            case Choice(then, _, otherwise):
                return call("IF", self.condition(tree), self.show(then, 0), self.show(otherwise, 0))
            case Call("share", (counted, whole, *meaning)):
                return self.share(counted, whole, *(self.show(part, 0) for part in meaning))
            case Call(function, arguments):
                return call(_SUMS[function], *(self.show(argument, 0) for argument in arguments))
            case _:
                raise TypeError(f"{type(tree).__name__} has no number")

    def condition(self, choice: Choice) -> str:
        comparison = choice.condition
        left, right = self.show(comparison.left, _LOOSE), self.show(comparison.right, _LOOSE)
        gap = self.dialect.call("ABS", f"{left}-{self.show(comparison.right, _TIGHT)}")
        match comparison.sign:
            case "<" | ">=":
                return f"{left}{comparison.sign}{right}-{_TOLERANCE}"
            case ">" | "<=":
                return f"{left}{comparison.sign}{right}+{_TOLERANCE}"
            case "==":
                return f"{gap}<={_TOLERANCE}"
            case _:
                return f"{gap}>{_TOLERANCE}"

    def share(self, counted: Tree, whole: Tree, meaning: str = "") -> str:
        call, divisor = self.dialect.call, self.show(whole, 0)
        empty = call("NA")
        if meaning:
            if divides(counted):
                # A dividend that has no value itself has none beside an empty divisor either.
                meaning = f"{meaning}+0*{self.show(counted, _ATOM)}"
            empty = call("IF", f"{divisor}<-{_TOLERANCE}", empty, meaning)
        divided = f"{self.show(counted, _TIGHT)}/{self.show(whole, _ATOM)}"
        return call("IF", f"{divisor}>{_TOLERANCE}", divided, empty)

    def number(self, value: Fraction, around: int) -> str:
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        if Fraction(quotient) != value:
            return _fence(f"{value.numerator}/{value.denominator}", around > 0)
        return _fence(f"{quotient:f}".replace(".", self.dialect.decimal), value < 0 and around > 0)


def _fence(marks: str, needed: bool) -> str:  # noqa: FBT001  a bracket is there or not
    return f"({marks})" if needed else marks
