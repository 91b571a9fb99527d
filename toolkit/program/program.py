"""A methodology as assignments, one for each line: what arrays, pages and workbooks calculate with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from toolkit.formula.exact import UndefinedError, evaluate
from toolkit.formula.tree import Tree, names
from toolkit.shared import Kept


@dataclass(frozen=True)
class Statement:
    """One assignment of a program.

    Attributes:
        name: what is assigned: `CODE` for a result, `CODE.LETTER` for a line, `CODE.PENALTY` for its points,
            `CODE.PENALTY.LETTER` for a line of a penalty, `CODE.LETTER.kept` for a line after its penalties.
        code: code of the rule.
        keys: readings on which the formula depends, none for most.
        trees: the formula for each combination of options of `keys`.
    """

    name: str
    code: str
    keys: tuple[str, ...]
    trees: Mapping[tuple[str, ...], Tree]

    def tree(self, choice: Mapping[str, str]) -> Tree:
        """Return the formula under a choice of readings."""
        return self.trees[tuple(choice[key] for key in self.keys)]

    def under(self, choice: Mapping[str, str]) -> Statement:
        """Return the assignment with only its form under a choice of readings."""
        return replace(self, keys=(), trees={(): self.tree(choice)})

    def printed(self, show: Callable[[Tree], str], choose_by: Callable[[str, dict[str, str]], str]) -> str:
        """Return all forms as one text: `show` prints a formula, `choose_by` the choice between options."""
        if not self.keys:
            return show(self.trees[()])
        forms: dict[str, str] = {}
        for option in dict.fromkeys(first for first, *_ in self.trees):
            trees = {options[1:]: tree for options, tree in self.trees.items() if options[0] == option}
            forms[option] = replace(self, keys=self.keys[1:], trees=trees).printed(show, choose_by)
        return choose_by(self.keys[0], forms)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return every name that some form of the formula uses."""
        return tuple(dict.fromkeys(name for tree in self.trees.values() for name in names(tree)))


@dataclass(frozen=True)
class Program:
    """The whole methodology for one agency type, flat.

    Each assignment uses inputs, parameters and earlier assignments. A missing number stays missing: an
    assignment has a value only when every name of its formula has one.

    Attributes:
        agency_type: the type it is for.
        statements: the assignments, each after those it uses.
        parameters: number of every constant in force, by `CODE.NAME`.
        choice: the chosen option of every reading.
        applied: codes of the rules that apply to the type, in the order of the order.
    """

    agency_type: str
    statements: tuple[Statement, ...]
    parameters: Mapping[str, Fraction]
    choice: Mapping[str, str]
    applied: tuple[str, ...]
    _parts: Kept = field(default_factory=Kept, init=False, repr=False, compare=False)

    def calculate(self, values: Mapping[str, Fraction]) -> dict[str, Fraction | None]:
        """Return the exact value of every input, parameter and assignment, None where it is missing.

        Parameters:
            values: numbers of the inputs an agency has, by name.

        Returns:
            The values by name.

        Raises:
            Nothing.

        Source:
            Conventions G1 and G7.

        Example:
            >>> from toolkit import load_methodology
            >>> from toolkit.program.compiler import compile_program
            >>> program = compile_program(load_methodology(), "central")
            >>> given = {"promoted_from_within": Fraction(3), "promoted_total": Fraction(5)}
            >>> program.calculate(given)["career_growth"]
            Fraction(6, 1)
        """
        return self.filled({**{name: values.get(name) for name in self.inputs}, **self.parameters})

    def filled(self, known: Mapping[str, Fraction | None]) -> dict[str, Fraction | None]:
        """Return what is known, and every assignment worked out from it anew."""
        found = dict(known)
        for it in self.statements:
            tree = it.tree(self.choice)
            found[it.name] = _value(tree, names(tree) if it.keys else it.names, found)
        return found

    def behind(self, name: str) -> Program:
        """Return the assignments that a name reaches, whose inputs are then all that they use beside it."""
        reached = {name}
        for it in self.statements:
            if not reached.isdisjoint(it.names):
                reached.add(it.name)
        return self._parts.once(frozenset(reached), lambda: self._only(reached))

    def before(self, code: str) -> Program:
        """Return the assignments that lead to the result of a rule, itself the last of them."""
        needed = {code}
        for it in reversed(self.statements):
            if it.name in needed:
                needed.update(it.names)
        return self._parts.once(frozenset(needed), lambda: self._only(needed))

    def _only(self, kept: Collection[str]) -> Program:
        statements = tuple(it for it in self.statements if it.name in kept)
        used = {name for it in statements for name in it.names}
        parameters = {name: value for name, value in self.parameters.items() if name in used}
        return replace(self, statements=statements, parameters=parameters)

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """Return the inputs that some assignment uses under some reading, in the order of first use."""
        given = {*self.parameters, *(statement.name for statement in self.statements)}
        used = (name for statement in self.statements for name in statement.names)
        return tuple(dict.fromkeys(name for name in used if name not in given))


def _value(tree: Tree, used: Sequence[str], known: Mapping[str, Fraction | None]) -> Fraction | None:
    given = {name: value for name in used if (value := known[name]) is not None}
    # A missing number in a branch that is not taken makes the line missing too, as everywhere.
    if len(given) < len(used):
        return None
    try:
        return evaluate(tree, given).number
    except UndefinedError:
        return None
