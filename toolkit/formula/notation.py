"""Prints a formula as mathematics: LaTeX for papers, MathML for pages; `text` prints it for a terminal."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from html import escape

from toolkit.formula.tree import Call, Choice, Comparison, Name, Negation, Number, Operation, Tree

NARROW_SPACE = "\u202f"
MINUS = "\u2212"
_RELATIONS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}
_LATEX_SIGNS = {"·": r"\cdot", MINUS: "-", "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx"}
_DIGITS_LEFT_UNGROUPED = 4
# How tightly the surroundings of a part bind it: the greater, the more needs brackets there.
_ALONE, FIRST_IN_SUM, LATER_IN_SUM, FACTOR, LATER_FACTOR, DIVISOR = range(6)
_SUBSCRIPT = re.compile(r"([^\W\d_]+)(\d+)|([^_]+)_(.+)")


def number_text(value: Fraction, places: int = 4) -> str:
    """Return a number as Russian text: decimal comma, thousands apart, rounded half up when it must be.

    Parameters:
        value: the exact number.
        places: digits after the comma at most; numbers below 1 keep as many significant digits.

    Returns:
        The text; `rounded` says whether it is exact.

    Raises:
        Nothing.

    Source:
        Convention G3.

    Example:
        >>> number_text(Fraction(3001, 12)), number_text(Fraction(-1, 2))
        ('250,0833', '−0,5')
    """
    digits = _round(value, places)
    text = f"{abs(digits):f}"
    whole, _, decimals = text.partition(".")
    # A rounded number keeps its zeros: 0,7000 says where it was rounded, 0,7 would say that it is exact.
    if Fraction(digits) == value:
        decimals = decimals.rstrip("0")
    if len(whole) > _DIGITS_LEFT_UNGROUPED:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", NARROW_SPACE, whole)
    sign = MINUS if digits < 0 else ""
    return sign + whole + (f",{decimals}" if decimals else "")


def rounded(value: Fraction, places: int = 4) -> bool:
    """Say whether `number_text` shows the number only approximately."""
    return Fraction(_round(value, places)) != value


def _round(value: Fraction, places: int) -> Decimal:
    leading_zeros = len(str(value.denominator)) - len(str(abs(value.numerator))) if 0 < abs(value) < 1 else 0
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        return quotient.quantize(Decimal(1).scaleb(-(places + leading_zeros)), ROUND_HALF_UP)


class Notation(ABC):
    """The visitor all notations share: it decides on brackets, fractions and cases.

    Marks stand as a person types them wherever a notation has none of its own.
    """

    def __init__(self, symbols: Mapping[str, str] | None = None, places: int = 4) -> None:
        """Take how names are printed, a name that is not listed being itself, and the decimals of numbers."""
        self.symbols, self.places = symbols or {}, places

    def show(self, tree: Tree, around: int = _ALONE) -> str:
        """Return the formula in this notation; `around` is how tightly its surroundings bind."""
        match tree:
            case Number(value):
                return self.fence(self.number(value), needed=value < 0 and around > FIRST_IN_SUM)
            case Name(name):
                return self.name(self.symbols.get(name, name))
            case Negation(operand):
                return self.fence(self.negative(self.show(operand, FACTOR)), needed=around > FIRST_IN_SUM)
            case Operation("/", left, right) | Call("share", (left, right)):
                return self.fraction(left, right, around)
            case Operation():
                return self.operation(tree, around)
            case Comparison(sign, left, right):
                sides = [self.show(side, FIRST_IN_SUM) for side in (left, right)]
                return self.row(sides[0], self.sign(_RELATIONS[sign]), sides[1])
            case Choice():
                return self.fence(self.cases(_bands(tree)), needed=around > _ALONE)
            case Call("mean", arguments):
                return self.fraction(Call("sum", arguments), Number(Fraction(len(arguments))), around)
            case Call("sum", arguments):
                return self.fence(self.joined(arguments, around), needed=around > LATER_IN_SUM)
            case Call(function, arguments):
                return self.function(function, [self.show(argument, FIRST_IN_SUM) for argument in arguments])

    def operation(self, tree: Operation, around: int) -> str:
        """Return `+ - *` with brackets only where they are needed."""
        show, left, right = self.show, tree.left, tree.right
        if tree.sign == "*":
            marks = self.row(show(left, FACTOR), self.sign("·"), show(right, LATER_FACTOR))
            return self.fence(marks, needed=around > FACTOR)
        if tree.sign == "+":
            return self.fence(self.joined((left, right), around), needed=around > LATER_IN_SUM)
        marks = self.row(show(left, _first(around)), self.sign(MINUS), show(right, FACTOR))
        return self.fence(marks, needed=around > LATER_IN_SUM)

    def joined(self, arguments: tuple[Tree, ...], around: int) -> str:
        """Return the arguments joined by plus signs."""
        marks = [self.show(arguments[0], _first(around))]
        for argument in arguments[1:]:
            marks += [self.sign("+"), self.show(argument, LATER_IN_SUM)]
        return self.row(*marks)

    def negative(self, marks: str) -> str:
        """Return marks with a minus before them."""
        return self.row(self.sign(MINUS), marks)

    def equation(self, letter: str, *sides: str, relation: str = "=") -> str:
        """Return `letter = side = side`, all in this notation."""
        marks = [self.name(self.symbols.get(letter, letter))] if letter else []
        for side in sides:
            marks += [self.sign(relation), side]
        return self.row(*marks)

    def row(self, *marks: str) -> str:
        """Return marks side by side."""
        return " ".join(marks)

    def number(self, value: Fraction) -> str:
        """Return a number."""
        return number_text(value, self.places)

    def name(self, symbol: str) -> str:
        """Return a letter, with its subscript if it has one."""
        return symbol

    def sign(self, sign: str) -> str:
        """Return an operator or a relation."""
        return sign

    @abstractmethod
    def fence(self, marks: str, *, needed: bool) -> str:
        """Return marks in round brackets when they are needed."""

    @abstractmethod
    def fraction(self, top: Tree, bottom: Tree, around: int) -> str:
        """Return a fraction, which only a notation that writes it on one line puts in brackets."""

    @abstractmethod
    def function(self, function: str, arguments: list[str]) -> str:
        """Return a named function of its arguments."""

    @abstractmethod
    def cases(self, bands: list[tuple[Tree, Comparison | None]]) -> str:
        """Return bands as cases, the way the order prints a scale."""

    def block(self, marks: str) -> str:
        """Return marks as a displayed formula."""
        return marks

    def inline(self, marks: str) -> str:
        """Return marks as a formula inside a sentence."""
        return marks


class MathML(Notation):
    """MathML Core, printed without any library and drawn by the browser itself."""

    def row(self, *marks: str) -> str:  # noqa: D102
        return f"<mrow>{''.join(marks)}</mrow>"

    def number(self, value: Fraction) -> str:  # noqa: D102
        text = number_text(value, self.places)
        return f"<mn>{text}</mn>" if value >= 0 else f"<mrow><mo>{MINUS}</mo><mn>{text[1:]}</mn></mrow>"

    def name(self, symbol: str) -> str:  # noqa: D102
        base, subscript = _split(symbol)
        base = f"<mi>{escape(base)}</mi>"
        low = "mn" if subscript.isdigit() else "mi"
        return f"<msub>{base}<{low}>{escape(subscript)}</{low}></msub>" if subscript else base

    def sign(self, sign: str) -> str:  # noqa: D102
        return f"<mo>{escape(sign)}</mo>"

    def fence(self, marks: str, *, needed: bool) -> str:  # noqa: D102
        return f"<mrow><mo>(</mo>{marks}<mo>)</mo></mrow>" if needed else marks

    def fraction(self, top: Tree, bottom: Tree, around: int) -> str:  # noqa: ARG002, D102
        return f"<mfrac>{self.show(top)}{self.show(bottom)}</mfrac>"

    def function(self, function: str, arguments: list[str]) -> str:  # noqa: D102
        inner = "<mo>;</mo>".join(arguments)
        return f"<mrow><mi>{function}</mi><mo>(</mo>{inner}<mo>)</mo></mrow>"

    def cases(self, bands: list[tuple[Tree, Comparison | None]]) -> str:  # noqa: D102
        pairs = ((self.show(value), self._when(condition)) for value, condition in bands)
        rows = "".join(f"<mtr><mtd>{value}</mtd><mtd>{when}</mtd></mtr>" for value, when in pairs)
        return f"<mrow><mo>{{</mo><mtable>{rows}</mtable></mrow>"

    def _when(self, condition: Comparison | None) -> str:
        if condition is None:
            return "<mtext>в остальных случаях</mtext>"
        return f"<mrow><mtext>если\u00a0</mtext>{self.show(condition)}</mrow>"

    def block(self, marks: str) -> str:  # noqa: D102
        return f'<math display="block">{marks}</math>'

    def inline(self, marks: str) -> str:  # noqa: D102
        return f"<math>{marks}</math>"


class LaTeX(Notation):
    """LaTeX as notebooks and papers read it; only `block` and `inline` put dollar signs around it."""

    def number(self, value: Fraction) -> str:  # noqa: D102
        text = number_text(value, self.places).replace(",", "{,}")
        return text.replace(NARROW_SPACE, r"\,").replace(MINUS, "-")

    def name(self, symbol: str) -> str:  # noqa: D102
        base, subscript = _split(symbol)
        shown = base if len(base) == 1 else rf"\text{{{base}}}"
        return rf"{shown}_{{\text{{{_escaped(subscript)}}}}}" if subscript else shown

    def sign(self, sign: str) -> str:  # noqa: D102
        return _LATEX_SIGNS.get(sign, sign)

    def fence(self, marks: str, *, needed: bool) -> str:  # noqa: D102
        return rf"\left({marks}\right)" if needed else marks

    def fraction(self, top: Tree, bottom: Tree, around: int) -> str:  # noqa: ARG002, D102
        return rf"\frac{{{self.show(top)}}}{{{self.show(bottom)}}}"

    def function(self, function: str, arguments: list[str]) -> str:  # noqa: D102
        return rf"\{function}\left({'; '.join(arguments)}\right)"

    def cases(self, bands: list[tuple[Tree, Comparison | None]]) -> str:  # noqa: D102
        rows = r" \\ ".join(f"{self.show(value)} & {self._when(condition)}" for value, condition in bands)
        return rf"\begin{{cases}} {rows} \end{{cases}}"

    def _when(self, condition: Comparison | None) -> str:
        if condition is None:
            return r"\text{в остальных случаях}"
        return rf"\text{{если }} {self.show(condition)}"

    def block(self, marks: str) -> str:  # noqa: D102
        return f"$${marks}$$"

    def inline(self, marks: str) -> str:  # noqa: D102
        return f"${marks}$"


def _first(around: int) -> int:
    """Return how tightly the first part of a sum is bound: behind the plus sign of another it is no first."""
    return LATER_IN_SUM if around == LATER_IN_SUM else FIRST_IN_SUM


def _split(symbol: str) -> tuple[str, str]:
    match = _SUBSCRIPT.fullmatch(symbol)
    return (match[1] or match[3], match[2] or match[4]) if match else (symbol, "")


def _escaped(text: str) -> str:
    return text.replace("%", r"\%")


def _bands(tree: Tree) -> list[tuple[Tree, Comparison | None]]:
    """Return a chain of choices as its rows, the last of which has no condition."""
    if isinstance(tree, Choice):
        return [(tree.then, tree.condition), *_bands(tree.otherwise)]
    return [(tree, None)]
