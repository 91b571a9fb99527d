"""The explanation of one score: formula in symbols, numbers put in, every step, caps, penalties, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from toolkit.display.numbers import plain, points, points_of, points_word
from toolkit.display.words import UNITS
from toolkit.formula.notation import MathML, number_text, rounded
from toolkit.formula.steps import steps
from toolkit.formula.tree import Number, Tree, names, nodes, substitute
from toolkit.rules.agency import Agency, Input
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import LineTrace, PenaltyTrace, Score
from toolkit.rules.rule import Line, Penalty, Scope, used_names

_PLACES_ON_THE_WAY = 6


@dataclass(frozen=True, slots=True)
class Equation:
    """One line of a rule as the reader sees it.

    Attributes:
        title: what the line is, may be empty.
        provenance: where its formula comes from.
        symbols: the formula in symbols, as displayed MathML.
        steps: the formula with numbers and each reduction, as MathML; empty when something is missing.
        limit: the sentence about a cap or floor that acted, or empty.
    """

    title: str
    provenance: str
    symbols: Markup
    steps: tuple[Markup, ...] = ()
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """One penalty as the reader sees it: its equations, what it did to the result, and whether it acted."""

    title: str
    equations: tuple[Equation, ...]
    result: str
    acted: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """One letter of the «где:» list with its value."""

    symbol: Markup
    title: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything a section of the report shows about one score."""

    score: Score
    equations: tuple[Equation, ...]
    penalties: tuple[Taken, ...]
    where: tuple[Meaning, ...]
    constants: tuple[Meaning, ...]


def explanation(score: Score, methodology: Methodology, known: Mapping[str, Score]) -> Explanation:
    """Explain one score.

    Parameters:
        score: the score, complete or not.
        methodology: the rules, for titles and units of inputs.
        known: scores of the same agency by code, for the children of totals.

    Returns:
        The explanation, ready to be printed.

    Raises:
        Nothing.

    Source:
        Convention G8: every result carries its point, provenance and readings.

    Example:
        >>> explanation.__name__
        'explanation'
    """
    # A result to which the order gives no letter is called by a word.
    notation = MathML(symbols_of(score.rule.scope) | {score.code: "балл"})
    rule, traced = score.rule, {line.line.letter: line for line in score.trace.lines}
    own = [penalty for penalty in rule.penalties if penalty.owner == rule.code]
    acted = {taken.penalty.code: taken for taken in score.trace.penalties}
    sent = [penalty for penalty in rule.penalties if penalty.owner != rule.code]
    return Explanation(
        score,
        ()
        if rule.entered
        else tuple(_equation(line, rule.scope, traced.get(line.letter), notation) for line in rule.lines),
        tuple(_taken(penalty, acted.get(penalty.code)) for penalty in sent + own),
        _where(score, methodology, known),
        tuple(
            Meaning(
                _symbol(rule.scope, name),
                constant.title,
                plain(constant.value) if constant.symbol else "",
                "",
            )
            for name, constant in rule.scope.constants.items()
            if name in _used(score)
        ),
    )


def symbols_of(scope: Scope) -> dict[str, str]:
    """Return how each name of a scope is printed."""
    constants = {name: constant.symbol for name, constant in scope.constants.items() if constant.symbol}
    return constants | dict(scope.symbols)


def _symbol(scope: Scope, name: str) -> Markup:
    notation, constant = MathML(symbols_of(scope)), scope.constants.get(name)
    if constant is not None and not constant.symbol:
        return _math(notation.inline(notation.number(constant.value)))
    return _math(notation.inline(notation.name(notation.symbols.get(name, name))))


def _math(marks: str) -> Markup:
    return Markup(marks)  # noqa: S704  the notation escapes every name and number it prints


def _equation(line: Line, scope: Scope, traced: LineTrace | None, notation: MathML) -> Equation:
    symbols = notation.equation(line.letter, notation.show(_as_printed(line.tree, scope)))
    shown = () if traced is None else _steps(traced, scope, notation)
    limit = "" if traced is None else _limit(traced)
    return Equation(line.title, line.provenance, _math(notation.block(symbols)), shown, limit)


def _as_printed(tree: Tree, scope: Scope) -> Tree:
    """Put in the numbers that the order prints as numbers; those it names by a letter stay letters."""
    bare = {name: constant.value for name, constant in scope.constants.items() if not constant.symbol}
    return substitute(tree, bare)


def _steps(traced: LineTrace, scope: Scope, notation: MathML) -> tuple[Markup, ...]:
    tree, letter = traced.line.tree, traced.line.letter
    empty = {name: item.value for name, item in scope.empty.items() if item.value is not None}
    done = steps(tree, traced.values, empty)
    # A choice by words has no arithmetic to show: its cases and its result say all.
    if any(name in scope.words for name in names(tree)):
        done = done[-1:]
    # On the way more decimals are kept than in the result, so that a reader's calculator agrees with it.
    finer = MathML(notation.symbols, _PLACES_ON_THE_WAY)
    printers = [finer] * (len(done) - 1) + [notation]
    lines = [
        printer.equation("" if number else letter, printer.show(step), relation=_relation(step, printer))
        for number, (step, printer) in enumerate(zip(done, printers, strict=True))
    ]
    return tuple(_math(notation.inline(line)) for line in lines)


def _relation(step: Tree, printer: MathML) -> str:
    shown = (node.value for node in nodes(step) if isinstance(node, Number))
    return "≈" if any(rounded(value, printer.places) for value in shown) else "="


def _limit(traced: LineTrace) -> str:
    if traced.limited == "maximum":
        return f"{number_text(traced.raw)} больше максимума: принято {number_text(traced.value)}."
    if traced.limited == "floor":
        return f"{number_text(traced.raw)} меньше нижней границы: принято {number_text(traced.value)}."
    return ""


def _taken(penalty: Penalty, acted: PenaltyTrace | None) -> Taken:
    scope, notation = penalty.scope, MathML(symbols_of(penalty.scope) | {penalty.code: "штраф"})
    traced = {} if acted is None else {line.line.letter: line for line in acted.lines}
    equations = tuple(_equation(line, scope, traced.get(line.letter), notation) for line in penalty.lines)
    result = "" if acted is None else "Штрафа нет."
    if acted is not None and acted.points:
        change = f"было {points(acted.before)}, стало {points(acted.after)}"
        result = f"Вычитается {points_of(acted.points)}: {change}."
    return Taken(penalty.title, equations, result, acted=acted is not None and bool(acted.points))


def _used(score: Score) -> set[str]:
    own = [penalty.lines for penalty in score.rule.penalties if penalty.owner == score.rule.code]
    return {name for lines in (score.rule.lines, *own) for name in used_names(lines)}


def _where(score: Score, methodology: Methodology, known: Mapping[str, Score]) -> tuple[Meaning, ...]:
    scope, used = score.rule.scope, _used(score)
    inputs = [
        _input(_symbol(scope, name), methodology.inputs[source], score.agency)
        for name, source in scope.inputs.items()
        if name in used
    ]
    children = [
        Meaning(_symbol(scope, name), known[code].rule.title, _points(known[code]), _point(known[code]))
        for name, code in scope.children.items()
    ]
    # Two letters of one rule may stand for one input: under a reading the order's n is used twice.
    return tuple(dict.fromkeys(inputs + children))


def _input(symbol: Markup, declared: Input, agency: Agency) -> Meaning:
    value = agency.values.get(declared.name)
    return Meaning(symbol, declared.title, value_text(declared, value), declared.source)


def value_text(declared: Input, value: Fraction | None) -> str:
    """Return the value of an input with its unit, or say that there is none."""
    if value is None:
        return "нет данных"
    if declared.options:
        return list(declared.options.values())[int(value)]
    if declared.unit in ("points", "sphere points"):
        return f"{plain(value)}\u00a0{points_word(value)}"
    unit = UNITS[declared.unit]
    about = "≈\u00a0" if rounded(value) else ""
    return f"{about}{plain(value)}\u00a0{unit}" if unit else f"{about}{plain(value)}"


def _point(score: Score) -> str:
    point = score.rule.point.replace("..", " – ")
    return f"пункт {point}" if point[0].isdigit() else point


def _points(score: Score) -> str:
    if score.points is not None:
        return points_of(score.points)
    return "не применяется" if score.status == "not_applicable" else "нет данных"
