"""A rule with every switch resolved: ordered, lettered lines, caps, floors and penalties."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from toolkit.formula.tree import Comparison, Tree, names
from toolkit.rules.what_if import WHAT_IF


@dataclass(frozen=True, slots=True)
class Constant:
    """A printed number of the order, as a parameter a methodologist can change.

    Attributes:
        name: its name in the formulas.
        value: the number in force.
        printed: the number as the order prints it, or as our stated default.
        symbol: how the order names it; empty when the order prints the number itself.
        title: what it means.
    """

    name: str
    value: Fraction
    printed: Fraction
    symbol: str
    title: str

    @property
    def changed(self) -> bool:
        """Say whether a methodologist has put another number in."""
        return self.value != self.printed


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty divisor means: a value with its status, or nothing at all.

    Attributes:
        value: what the share is then, or None when it is not computable.
        assumed: the value is a stated convention of ours, not printed in the order.
        note: the sentence that is shown.
    """

    value: Fraction | None
    assumed: bool
    note: str


@dataclass(frozen=True)
class Line:
    """One line of a rule, as the order prints it: a letter, a formula, its limits.

    Attributes:
        letter: name of the line in the formulas below it.
        tree: the formula.
        text: the formula as typed in the law file.
        maximum: formula of the cap, or None.
        floor: formula of the smallest value, or None.
        provenance: where the formula comes from.
        title: what the line is.
    """

    letter: str
    tree: Tree
    text: str
    maximum: Tree | None
    floor: Tree | None
    provenance: str
    title: str

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of the formula; asked for once per agency, so it is kept."""
        return names(self.tree)


@dataclass(frozen=True, slots=True)
class Scope:
    """What the names of a formula stand for.

    Attributes:
        inputs: name to declared input.
        children: name to the code of another rule.
        constants: name to constant.
        words: name of an option of a text input to its number.
        symbols: how a name is printed where its letter is not the name itself.
        empty: meaning of empty divisors by name.
    """

    inputs: Mapping[str, str]
    children: Mapping[str, str]
    constants: Mapping[str, Constant]
    words: Mapping[str, Fraction]
    symbols: Mapping[str, str]
    empty: Mapping[str, Empty]


@dataclass(frozen=True, slots=True)
class Penalty:
    """Points taken away, with the place they are taken from.

    Attributes:
        code: name of the penalty inside its rule.
        owner: code of the rule that declares it.
        target: `self` (the rule's result), the letter of a line, or the code of another rule.
        lines: its own lines, the last of which gives the points.
        scope: what its names stand for.
        title: what it is for, in the words of the order.
        provenance: where it comes from.
    """

    code: str
    owner: str
    target: str
    lines: tuple[Line, ...]
    scope: Scope
    title: str
    provenance: str

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the inputs that its lines use."""
        return _named(self.scope.inputs, self.lines)

    @property
    def children(self) -> tuple[str, ...]:
        """Return the codes of the rules that its lines use."""
        return _named(self.scope.children, self.lines)


@dataclass(frozen=True, slots=True)
class Flag:
    """A condition that is reported beside the score and changes nothing in it."""

    condition: Comparison
    text: str


@dataclass(frozen=True)
class Rule:
    """One indicator, criterion, direction or reporting penalty, resolved for one agency type.

    Attributes:
        code: binding code.
        level: `indicator`, `criterion`, `direction` or `penalty`.
        kind: `base`, `bonus`, `deduction` or `penalty`, empty for totals.
        direction: `hr` or `it`.
        criterion: code of its criterion, or empty.
        letter: the order's letter, or empty.
        point: point of the order.
        title: name in the words of the order.
        provenance: `text reconstructed ambiguous provisional entered`, or `what_if` for the user's own.
        reasoning: why the formula stands as it does, or what is missing from the text.
        applies: whether it is evaluated for this agency type.
        entered: whether the evaluator types the points.
        lines: ordered lines; the last gives the result.
        penalties: penalties in the order they act, those sent here by other rules included.
        flags: what is reported beside the score.
        scope: what the names stand for.
        readings: readings this rule used, with the chosen options.
    """

    code: str
    level: str
    kind: str
    direction: str
    criterion: str
    letter: str
    point: str
    title: str
    provenance: str
    reasoning: str
    applies: bool
    entered: bool
    lines: tuple[Line, ...]
    penalties: tuple[Penalty, ...]
    flags: tuple[Flag, ...]
    scope: Scope
    readings: Mapping[str, str]

    @property
    def total(self) -> bool:
        """Say whether the rule puts other rules together."""
        return self.level in ("criterion", "direction")

    @cached_property
    def children(self) -> tuple[str, ...]:
        """Return the codes of the rules this one puts together, in the order of its formula."""
        return _named(self.scope.children, self.lines)

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """Return the inputs that the rule and its penalties use once its switches are resolved."""
        sent = (name for penalty in self.penalties for name in penalty.inputs)
        return tuple(dict.fromkeys((*_named(self.scope.inputs, self.lines), *sent)))

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """Return what acts here and differs from the order: parameters as `CODE.NAME`, or `CODE.formula`."""
        own_formula = (f"{self.code}.formula",) if self.provenance == WHAT_IF else ()
        groups = [(self.code, self.scope, self.lines)]
        groups += [(penalty.owner, penalty.scope, penalty.lines) for penalty in self.penalties]
        return own_formula + tuple(
            f"{code}.{name}"
            for code, scope, lines in groups
            for name in used_names(lines)
            if name in scope.constants and scope.constants[name].changed
        )


def used_names(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Return every name used by the lines, their caps and floors, in the order of first use."""
    trees = (tree for line in lines for tree in (line.tree, line.maximum, line.floor) if tree is not None)
    return tuple(dict.fromkeys(name for tree in trees for name in names(tree)))


def _named(sources: Mapping[str, str], lines: tuple[Line, ...]) -> tuple[str, ...]:
    return tuple(sources[name] for name in used_names(lines) if name in sources)
