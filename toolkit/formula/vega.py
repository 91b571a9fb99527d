"""Prints a formula as a Vega expression: what a published page calculates with, no kernel and no network."""

from collections.abc import Callable
from fractions import Fraction

from toolkit.formula.tree import Call, Choice, Name, Negation, Number, Operation, Tree, divides, names, nodes

# The same tolerance as in the array rendering: a page never shows another band than the report.
_TOLERANCE = "1e-9"
# The interpreter of a page that allows no code made at run time knows no constant NaN.
NOT_A_NUMBER = "(0/0)"


def expression(tree: Tree, spelled: Callable[[str], str]) -> str:
    """Print a formula as a Vega expression.

    Parameters:
        tree: the formula.
        spelled: how a name is written in the expression, for example as the name of a signal.

    Returns:
        The expression; it gives NaN where a name is NaN or a divisor has no meaning, never null.

    Raises:
        Nothing.

    Source:
        Convention G1: what a reader moves agrees with the exact value to 1e-9, and at every threshold.

    Example:
        >>> from toolkit.formula.parse import parse
        >>> expression(parse("k if r >= edge else 0"), str)
        '(isNaN(k) || isNaN(r) || isNaN(edge)) ? (0/0) : (((r) - (edge) >= -1e-9) ? k : 0)'
    """
    printed = _Printer(spelled).show(tree)
    used = [f"isNaN({spelled(name)})" for name in names(tree)]
    # Arithmetic hands NaN on by itself; a condition would take it for "no".
    if used and any(isinstance(node, Choice) for node in nodes(tree)):
        return f"({' || '.join(used)}) ? {NOT_A_NUMBER} : {printed}"
    return printed


class _Printer:
    def __init__(self, spelled: Callable[[str], str]) -> None:
        self.spelled = spelled

    def show(self, tree: Tree) -> str:
        match tree:
            case Number(value):
                return _number(value)
            case Name(name):
                return self.spelled(name)
            case Negation(operand):
                return f"(-{self.show(operand)})"
            case Operation("/", left, right):
                divisor = self.show(right)
                return f"(abs({divisor}) > {_TOLERANCE} ? {self.show(left)} / {divisor} : {NOT_A_NUMBER})"
            case Operation(sign, left, right):
                return f"({self.show(left)} {sign} {self.show(right)})"
            case Choice():
                return self.choice(tree)
            case Call("share", (counted, whole, *meaning)):
                return self.share(self.show(counted), self.show(whole), [self.show(part) for part in meaning])
            case Call("sum", arguments):
                return f"({' + '.join(map(self.show, arguments))})"
            case Call("mean", arguments):
                return f"(({' + '.join(map(self.show, arguments))}) / {len(arguments)})"
            case Call(function, arguments):
                return f"{function}({', '.join(map(self.show, arguments))})"
            case _:
                raise TypeError(f"{type(tree).__name__} has no number")

    def choice(self, tree: Choice) -> str:
        condition = tree.condition
        gap = f"({self.show(condition.left)}) - ({self.show(condition.right)})"
        chosen = f"({_holds(condition.sign, gap)} ? {self.show(tree.then)} : {self.show(tree.otherwise)})"
        # Where a side has no value there is nothing to decide; a comparison would take that for "no".
        return f"(isNaN({gap}) ? {NOT_A_NUMBER} : {chosen})" if divides(condition) else chosen

    def share(self, counted: str, whole: str, meaning: list[str]) -> str:
        # Zero times the dividend: a missing dividend stays missing beside an empty divisor.
        empty = NOT_A_NUMBER
        if meaning:
            empty = f"abs({whole}) <= {_TOLERANCE} ? {meaning[0]} + 0 * {counted} : {empty}"
        return f"({whole} > {_TOLERANCE} ? {counted} / {whole} : {empty})"


def _holds(sign: str, gap: str) -> str:
    if sign in ("==", "!="):
        return f"(abs({gap}) {'<=' if sign == '==' else '>'} {_TOLERANCE})"
    return f"({gap} {sign} {'-' if sign in ('<', '>=') else ''}{_TOLERANCE})"


def _number(value: Fraction) -> str:
    text = repr(float(value)) if value.denominator > 1 else str(value.numerator)
    return text if value >= 0 else f"({text})"
