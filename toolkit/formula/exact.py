"""The exact value of a formula: rational arithmetic, the reference for every other rendering."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import add, eq, ge, gt, le, lt, mul, ne, sub

from toolkit.formula.tree import Call, Choice, Name, Negation, Number, Operation, Tree, names, parts

Numbers = Mapping[str, Fraction]
_ARITHMETIC: dict[str, Callable[[Fraction, Fraction], Fraction]] = {"+": add, "-": sub, "*": mul}
_COMPARE: dict[str, Callable[..., bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne}


class UndefinedError(ArithmeticError):
    """A division that has no value: its divisor is zero or negative and nothing says what that means.

    Attributes:
        letters: names that stand in the divisor.
    """

    def __init__(self, letters: tuple[str, ...], divisor: Fraction) -> None:
        """Keep the letters of the divisor and its value."""
        self.letters, self.divisor = letters, divisor
        super().__init__(f"делитель ({', '.join(letters)}) равен {divisor}")


@dataclass(frozen=True, slots=True)
class Value:
    """The result of a formula.

    Attributes:
        number: the exact value.
        emptied: names of the divisors that were zero and got their declared meaning.
    """

    number: Fraction
    emptied: tuple[str, ...] = ()


def evaluate(tree: Tree, values: Numbers, empty: Numbers | None = None) -> Value:
    """Compute the exact value of a formula.

    Parameters:
        tree: a formula read by `parse`.
        values: number of each name of the formula.
        empty: what `share` gives when its divisor is zero, by a name that stands in the divisor.

    Returns:
        The number and the divisors that were empty.

    Raises:
        KeyError: a name has no value.
        UndefinedError: a divisor is zero and `empty` is silent about it, or that of `share` is negative.

    Source:
        Convention G1: an official score is exact.

    Example:
        >>> from toolkit.formula.parse import parse
        >>> evaluate(parse("5 * share(a, b)"), {"a": Fraction(30), "b": Fraction(40)}).number
        Fraction(15, 4)
    """
    emptied: list[str] = []
    number = _visit(tree, values, empty or {}, emptied)
    return Value(number, tuple(dict.fromkeys(emptied)))


def _visit(node: Tree, values: Numbers, empty: Numbers, emptied: list[str]) -> Fraction:
    """Return the value of a node; no closure, since one that calls itself lives until the collector comes."""
    match node:
        case Number(value):
            return value
        case Name(name):
            return values[name]
        case Choice(then, condition, otherwise):
            sides = [_visit(side, values, empty, emptied) for side in (condition.left, condition.right)]
            return _visit(then if compare(condition.sign, *sides) else otherwise, values, empty, emptied)
        case _:
            return apply(node, [_visit(part, values, empty, emptied) for part in parts(node)], empty, emptied)


def compare(sign: str, left: Fraction, right: Fraction) -> bool:
    """Say whether `left sign right` holds, exactly."""
    return _COMPARE[sign](left, right)


def apply(node: Tree, operands: Sequence[Fraction], empty: Numbers, emptied: list[str]) -> Fraction:
    """Do the one operation of a node on numbers; the steps of an explanation call this very function."""
    match node:
        case Negation():
            return -operands[0]
        case Operation("/", _, divisor):
            if operands[1] == 0:
                raise UndefinedError(names(divisor), operands[1])
            return operands[0] / operands[1]
        case Operation(sign):
            return _ARITHMETIC[sign](operands[0], operands[1])
        case Call("share", (_, divisor)):
            return _share(divisor, operands, empty, emptied)
        case Call("share", (_, divisor, _)):
            return operands[2] if operands[1] == 0 else _share(divisor, operands, {}, emptied)
        case Call("sum"):
            return sum(operands, Fraction(0))
        case Call("mean"):
            return sum(operands, Fraction(0)) / len(operands)
        case Call("min"):
            return min(operands)
        case Call("max"):
            return max(operands)
        case _:
            raise TypeError(f"{type(node).__name__} is not an operation")


def _share(divisor: Tree, operands: Sequence[Fraction], empty: Numbers, emptied: list[str]) -> Fraction:
    if operands[1] > 0:
        return operands[0] / operands[1]
    letters = names(divisor)
    declared = next((letter for letter in letters if letter in empty), None)
    if operands[1] < 0 or declared is None:
        raise UndefinedError(letters, operands[1])
    emptied.append(declared)
    return empty[declared]
