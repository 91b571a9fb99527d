"""Prints a formula as plain text for a terminal: strokes for fractions, brackets only where needed."""

from toolkit.formula.notation import DIVISOR, FACTOR, FIRST_IN_SUM, LATER_FACTOR, MINUS, Notation
from toolkit.formula.tree import Comparison, Tree


class PlainText(Notation):
    r"""Formulas as a person types them; only the bands of a scale take a line each.

    Example:
        >>> from toolkit.formula.parse import parse
        >>> PlainText().show(parse("k * (1 - 8 * share(a - b, b))"))
        'k · (1 − 8 · (a − b) / b)'
        >>> PlainText().show(parse("2 if s > 184 else 1 if s >= 9 else 0"))
        '2, если s > 184;\n1, если s ≥ 9;\n0 в остальных случаях'
    """

    def negative(self, marks: str) -> str:  # noqa: D102
        return MINUS + marks

    def fence(self, marks: str, *, needed: bool) -> str:  # noqa: D102
        return f"({marks})" if needed else marks

    def fraction(self, top: Tree, bottom: Tree, around: int) -> str:  # noqa: D102
        marks = self.row(self.show(top, FACTOR), "/", self.show(bottom, DIVISOR))
        # k · a / b is the same number however it is read, so a fraction may be a later factor bare.
        return self.fence(marks, needed=around > LATER_FACTOR)

    def function(self, function: str, arguments: list[str]) -> str:  # noqa: D102
        return f"{function}({'; '.join(arguments)})"

    def cases(self, bands: list[tuple[Tree, Comparison | None]]) -> str:  # noqa: D102
        return ";\n".join(self._band(value, condition) for value, condition in bands)

    def _band(self, value: Tree, condition: Comparison | None) -> str:
        # A scale inside a scale stands in brackets, else its rows would be read as those of the outer one.
        shown = self.show(value, FIRST_IN_SUM)
        return (
            f"{shown} в остальных случаях" if condition is None else f"{shown}, если {self.show(condition)}"
        )
