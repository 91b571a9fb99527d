"""The lines of a rule as a reader sees them: symbols, numbers put in, every step, caps, penalties."""

from typing import NamedTuple

from toolkit.display.numbers import points, points_of
from toolkit.formula.notation import Notation, number_text, rounded
from toolkit.formula.steps import steps
from toolkit.formula.tree import Name, Number, Tree, names, nodes, substitute
from toolkit.rules.apply import NOTHING, most
from toolkit.rules.outcome import LineTrace, PenaltyTrace
from toolkit.rules.rule import Line, Penalty, Rule, Scope

_PLACES_ON_THE_WAY = 6


class Equation(NamedTuple):
    """One line of a rule as the reader sees it.

    Attributes:
        title: what the line is, may be empty.
        provenance: where its formula comes from, empty where that is said of the whole rule.
        symbols: the formula in symbols, as a displayed formula.
        bounds: between which numbers its result is kept, or empty; whole in the notation of the formula.
        steps: the formula with numbers and each reduction; empty when something is missing.
        limit: the sentence about a cap or floor that acted, or empty.
    """

    title: str
    provenance: str
    symbols: str
    bounds: str = ""
    steps: tuple[str, ...] = ()
    limit: str = ""


class Taken(NamedTuple):
    """One penalty as the reader sees it: its equations, what it did to the result, and whether it acted."""

    title: str
    equations: tuple[Equation, ...]
    result: str
    acted: bool


class Equations:
    """Prints the lines and penalties of one rule in one notation."""

    def __init__(self, rule: Rule, notation: type[Notation]) -> None:
        """Take the rule and how its formulas are printed."""
        self.rule, self.notation = rule, notation

    def lines(self, traces: tuple[LineTrace, ...]) -> tuple[Equation, ...]:
        """Return the lines of the rule; points that somebody entered have nothing to work out."""
        if self.rule.entered:
            return ()
        return self._equations(self.rule, traces, "балл")

    def penalty(self, penalty: Penalty, acted: PenaltyTrace | None) -> Taken:
        """Return a penalty, with what it did where it could be worked out."""
        equations = self._equations(penalty, () if acted is None else acted.lines, "штраф")
        if acted is None or not acted.points:
            return Taken(penalty.title, equations, "" if acted is None else "Штрафа нет.", acted=False)
        change = f"было {points(acted.before)}, стало {points(acted.after)}"
        return Taken(penalty.title, equations, f"Вычитается {points_of(acted.points)}: {change}.", acted=True)

    def _equations(
        self, of: Rule | Penalty, traces: tuple[LineTrace, ...], result: str
    ) -> tuple[Equation, ...]:
        # A result to which the order gives no letter is called by a word.
        printed = self.notation({of.code: result} | symbols_of(of.scope))
        traced = {trace.line.letter: trace for trace in traces}
        return tuple(self._equation(line, of.scope, traced.get(line.letter), printed) for line in of.lines)

    def _equation(self, line: Line, scope: Scope, traced: LineTrace | None, printed: Notation) -> Equation:
        symbols = printed.equation(line.letter, printed.show(as_printed(line.tree, scope)))
        return Equation(
            line.title[:1].upper() + line.title[1:],
            "" if line.provenance == self.rule.provenance else line.provenance,
            printed.block(symbols),
            _bounds(line, scope, printed),
            () if traced is None else self._steps(traced, scope, printed),
            _limit(traced),
        )

    def _steps(self, traced: LineTrace, scope: Scope, printed: Notation) -> tuple[str, ...]:
        tree, letter = traced.line.tree, traced.line.letter
        empty = {name: item.value for name, item in scope.empty.items() if item.value is not None}
        done = steps(tree, traced.values, empty)
        # A choice by words has no arithmetic to show: its cases and its result say all.
        if any(name in scope.words for name in names(tree)):
            done = done[-1:]
        # On the way more decimals are kept than in the result, so that a reader's calculator agrees with it.
        finer = self.notation(printed.symbols, _PLACES_ON_THE_WAY)
        printers = [finer] * (len(done) - 1) + [printed]
        heads = [letter] + [""] * (len(done) - 1)
        return tuple(
            printed.inline(printer.equation(head, printer.show(step), relation=_relation(step, printer)))
            for head, step, printer in zip(heads, done, printers, strict=True)
        )


def symbols_of(scope: Scope) -> dict[str, str]:
    """Return how each name of a scope is printed."""
    constants = {name: constant.symbol for name, constant in scope.constants.items() if constant.symbol}
    return constants | dict(scope.symbols)


def as_printed(tree: Tree, scope: Scope) -> Tree:
    """Put in the numbers that the order prints as numbers; those it names by a letter stay letters."""
    bare = {name: constant.value for name, constant in scope.constants.items() if not constant.symbol}
    return substitute(tree, bare)


def _bounds(line: Line, scope: Scope, printed: Notation) -> str:
    """Say what the result of a line may not pass, whether or not that acted."""
    sides = (("не меньше", line.floor), ("не больше", line.maximum))
    said = (f"{side} {printed.inline(_bound(tree, scope, printed))}" for side, tree in sides if tree)
    return ", ".join(said)


def _bound(tree: Tree, scope: Scope, printed: Notation) -> str:
    shown, number = as_printed(tree, scope), Number(most(tree, scope) or NOTHING)
    if isinstance(shown, Name):
        return printed.show(shown)
    if not names(shown):
        return printed.show(number)
    # Where two letters are printed alike, as in k + k, only the number tells what the bound is.
    return printed.row(printed.show(shown), printed.sign(_relation(number, printed)), printed.show(number))


def _relation(step: Tree, printer: Notation) -> str:
    shown = (node.value for node in nodes(step) if isinstance(node, Number))
    return "≈" if any(rounded(value, printer.places) for value in shown) else "="


def _limit(traced: LineTrace | None) -> str:
    if traced is None or not traced.limited:
        return ""
    passed = "больше максимума" if traced.limited == "maximum" else "меньше нижней границы"
    return f"{number_text(traced.raw)} {passed}: принято {number_text(traced.value)}."
