"""Writes the rules of one agency type as a program that holds under every reading."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from toolkit.formula.tree import Call, Name, Number, Operation, Tree, names, parts, put, rebuild
from toolkit.program.program import Program, Statement
from toolkit.program.variants import Variants
from toolkit.rules.methodology import Methodology
from toolkit.rules.reading import choose
from toolkit.rules.rule import Line, Penalty, Rule, Scope

NOTHING = Number(Fraction(0))


def compile_program(
    methodology: Methodology,
    agency_type: str,
    readings: Mapping[str, str] | None = None,
    parameters: Mapping[str, Fraction] | None = None,
) -> Program:
    """Write the rules of one agency type as assignments that hold under every reading.

    Parameters:
        methodology: the rules.
        agency_type: `central`, `local` or `territorial`.
        readings: chosen options by key; the defaults stand for the rest.
        parameters: numbers by `CODE.NAME`; the printed ones stand for the rest.

    Returns:
        The program; caps, floors and penalties stand in its formulas as `min` and `max`.

    Raises:
        ToolkitError: an unknown reading, option or parameter.

    Source:
        Convention G4: formula, cap at the maximum, penalties, floor at 0.

    Example:
        >>> from toolkit import load_methodology
        >>> program = compile_program(load_methodology(), "central")
        >>> [statement.name for statement in program.statements if statement.code == "training"]
        ['training.U', 'training.late_or_missed', 'training.U.kept', 'training']
    """
    choice = choose(methodology.readings, readings or {})
    variants = Variants(methodology, agency_type, parameters)
    declared = {code: variants.before_sending(code, {}) for code in methodology.rules}
    applied = tuple(code for code, rule in declared.items() if rule.applies)
    statements = [statement for code in applied for statement in _merged(code, variants, applied)]
    named = ((code, declared[code].scope.constants.items()) for code in applied)
    constants = {f"{code}.{name}": constant.value for code, its in named for name, constant in its}
    return Program(agency_type, tuple(_ordered(statements)), constants, choice, applied)


def _merged(code: str, variants: Variants, applied: tuple[str, ...]) -> Iterator[Statement]:
    """Yield the statements of a rule, each with only those readings that change its formula."""
    choices = list(variants.choices(variants.keys(code)))
    forms = [(variants.before_sending(code, choice), variants.rule(code, choice)) for choice in choices]
    reduced = {reduced_letter(penalty, rule) for _, rule in forms for penalty in rule.penalties}
    trees_of = [_Writer(declared, rule, reduced, applied).write() for declared, rule in forms]
    written = list(zip(choices, trees_of, strict=True))
    for name in dict.fromkeys(name for _, trees in written for name in trees):
        named = [(choice, trees[name]) for choice, trees in written]
        keys = _acting(variants.keys(code), named)
        yield Statement(name, code, keys, {_options(choice, keys): tree for choice, tree in named})


def _acting(keys: tuple[str, ...], forms: list[tuple[dict[str, str], Tree]]) -> tuple[str, ...]:
    """Leave out each reading under all of whose options the formula is the same."""
    for key in keys:
        rest = tuple(other for other in keys if other != key)
        different = {(_options(choice, rest), tree) for choice, tree in forms}
        if len(different) == len(dict(different)):
            keys = rest
    return keys


def _options(choice: Mapping[str, str], keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(choice[key] for key in keys)


def reduced_letter(penalty: Penalty, rule: Rule) -> str:
    """Return the letter of the line that a penalty reduces."""
    return rule.lines[-1].letter if penalty.target == "self" else penalty.target


class _Writer:
    """Writes one form of a rule as trees by name."""

    def __init__(self, declared: Rule, rule: Rule, reduced: set[str], applied: Iterable[str]) -> None:
        self.declared, self.rule, self.reduced, self.applied = declared, rule, reduced, set(applied)
        self.trees: dict[str, Tree] = {}
        self.letters: dict[str, Tree] = {}

    def write(self) -> dict[str, Tree]:
        code = self.rule.code
        for line in self.rule.lines:
            name = f"{code}.{line.letter}"
            self.trees[name] = self._line(line, self.rule.scope, code, self.letters)
            self.letters[line.letter] = Name(name)
            if line.letter in self.reduced:
                self.trees[f"{name}.kept"] = self._kept(line.letter)
                self.letters[line.letter] = Name(f"{name}.kept")
        for penalty in self.declared.penalties:
            self._penalty(penalty)
        self.trees[code] = _at_least_nothing(self.letters[self.rule.lines[-1].letter])
        return self.trees

    def _kept(self, letter: str) -> Tree:
        """Return what is left of a line after the penalties that act on it in this form, in their order."""
        left = self.letters[letter]
        for penalty in self.rule.penalties:
            if reduced_letter(penalty, self.rule) == letter:
                if penalty.owner == self.rule.code:
                    self._penalty(penalty)
                left = _at_least_nothing(Operation("-", left, Name(f"{penalty.owner}.{penalty.code}")))
        return left

    def _penalty(self, penalty: Penalty) -> None:
        whole, known = f"{penalty.owner}.{penalty.code}", dict(self.letters)
        if whole in self.trees:
            return
        for line in penalty.lines:
            name = whole if line is penalty.lines[-1] else f"{whole}.{line.letter}"
            self.trees[name] = self._line(line, penalty.scope, penalty.owner, known)
            known[line.letter] = Name(name)

    def _line(self, line: Line, scope: Scope, code: str, letters: Mapping[str, Tree]) -> Tree:
        # What each declared name stands for; a rule that does not apply adds nothing.
        known: dict[str, Tree] = {name: Number(value) for name, value in scope.words.items()}
        known |= {name: Name(source) for name, source in scope.inputs.items()}
        known |= {name: Name(f"{code}.{name}") for name in scope.constants}
        for name, child in scope.children.items():
            known[name] = Name(child) if child in self.applied else NOTHING
        known |= letters
        tree = put(_with_meanings(line.tree, scope), known)
        if line.maximum is not None:
            tree = Call("min", (tree, put(line.maximum, known)))
        if line.floor is not None:
            tree = Call("max", (tree, put(line.floor, known)))
        return tree


def _at_least_nothing(tree: Tree) -> Tree:
    return Call("max", (tree, NOTHING))


def _with_meanings(tree: Tree, scope: Scope) -> Tree:
    """Write the declared meaning of an empty divisor into each `share` that has one."""
    tree = rebuild(tree, tuple(_with_meanings(part, scope) for part in parts(tree)))
    if isinstance(tree, Call) and tree.function == "share":
        for letter in names(tree.arguments[1]):
            meaning = scope.empty[letter].value if letter in scope.empty else None
            if meaning is not None:
                return Call("share", (*tree.arguments, Number(meaning)))
    return tree


def _ordered(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield the statements in the order of the law, but none before what it uses."""
    waiting = {statement.name: statement for statement in statements}

    def take(name: str) -> Iterator[Statement]:
        statement = waiting.pop(name, None)
        if statement is not None:
            for used in statement.names:
                yield from take(used)
            yield statement

    for name in list(waiting):
        yield from take(name)
