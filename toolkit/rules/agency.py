"""What the rules are applied to: declared inputs and the agency that has values for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from toolkit.formula.exact import evaluate
from toolkit.formula.tree import Tree, names

AGENCY_TYPES = ("central", "local", "territorial")


@dataclass(frozen=True, slots=True)
class Input:
    """A declared input column: its letter in the order, unit and domain.

    Attributes:
        name: binding column name.
        letter: the order's letter, empty when the order gives none.
        point: point of the order that gives the letter.
        unit: unit of the number, or `text`.
        title: what it is, in the words of the order.
        source: form or list it comes from.
        whole: only whole numbers.
        low: smallest value; `above` makes the bound open.
        high: greatest value, if any.
        limit: formula over other inputs that the value may not exceed, with its text.
        options: allowed words of a text input with their titles; its number is the position of the word.
        empty_cell: value of an empty cell in a present column, where the order prints one.
        forbidden_with: input and option beside which no value may stand.
        step: what one realistic step is, in words, with the number it adds; None where nobody can take one.
        past: a fact that cannot be undone.
    """

    name: str
    letter: str
    point: str
    unit: str
    title: str
    source: str
    whole: bool = False
    low: Fraction = Fraction(0)
    above: bool = False
    high: Fraction | None = None
    limit: tuple[str, Tree] | None = None
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    empty_cell: Fraction | None = None
    forbidden_with: tuple[str, str] | None = None
    step: tuple[str, Tree] | None = None
    past: bool = False

    @property
    def domain(self) -> str:
        """Say in words which values are allowed."""
        if self.options:
            return " | ".join(self.options)
        kind = "целое число" if self.whole else "число"
        bound = f"{'>' if self.above else '≥'} {self.low}"
        if self.high is not None:
            bound = f"от {self.low} до {self.high}"
        return f"{kind} {bound}" + (f", не больше {self.limit[0]}" if self.limit else "")

    def bound(self, values: Mapping[str, Fraction]) -> Fraction | None:
        """Return what its limit comes to, or None where there is none or a number of it is missing."""
        if self.limit is None or not values.keys() >= {*names(self.limit[1])}:
            return None
        return evaluate(self.limit[1], values).number


@dataclass(frozen=True, slots=True)
class Agency:
    """One evaluated agency with the values of its inputs.

    Attributes:
        code: slug, unique in its campaign.
        name: name as given, shown as text.
        type: `central`, `local` or `territorial`.
        values: exact number of each input that is present and good.
        refused: for each refused input, what was wrong with its cell.
        year: evaluated year, if given.
        parent: code of the higher body of a territorial unit, or empty.
        unshown: inputs whose empty cell the order itself gives a value.
    """

    code: str
    name: str
    type: str
    values: Mapping[str, Fraction]
    refused: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    year: int | None = None
    parent: str = ""
    unshown: frozenset[str] = frozenset()
