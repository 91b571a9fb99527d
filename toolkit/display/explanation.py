"""Everything that is said about one score, statement by statement, whoever prints it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from toolkit.analysis.readings import ReadingStudy
from toolkit.display.doubt import doubts
from toolkit.display.equations import Equation, Equations, Taken, symbols_of
from toolkit.display.numbers import points, points_of, points_word, span, value_of
from toolkit.display.standing import place_text, standing
from toolkit.display.words import UNITS
from toolkit.formula.notation import Notation, number_text, rounded
from toolkit.rules.agency import Input
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Score, Scores
from toolkit.rules.reading import Reading
from toolkit.rules.rule import Constant, Rule, used_names
from toolkit.rules.what_if import WHAT_IF


@dataclass(frozen=True, slots=True)
class Meaning:
    """One letter of the «где:» list with its value, where that comes from, and the name of an input."""

    symbol: str
    title: str
    value: str
    source: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing: an input, with its name and why, or a part of a total, with its code."""

    title: str
    code: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything a section of the report shows about one score, in one notation.

    Attributes:
        score: the score.
        value: its points, or the word or interval that stands in their place.
        most: most points that can be reached, or empty.
        point: points of the order, after the word for them where they have numbers.
        what_if: whether something below is not as in the order, where its provenance does not say so.
        status: its status, empty where it says no more than the points.
        place: its place among its peers, or empty.
        reasoning: why the formula stands as it does, or empty.
        gap: the sentence that something is missing, or empty.
        lacks: what is missing.
        equations: the lines of the rule.
        penalties: what is taken away.
        notes: sentences an auditor must see beside the number.
        where: the letters of the formulas with their values, constants last.
        readings: the readings in force with the chosen options.
        doubts: what the other options of those readings would do.
    """

    score: Score
    value: str
    most: str
    point: str
    what_if: bool
    status: str
    place: str
    reasoning: str = ""
    gap: str = ""
    lacks: tuple[Lack, ...] = ()
    equations: tuple[Equation, ...] = ()
    penalties: tuple[Taken, ...] = ()
    notes: tuple[str, ...] = ()
    where: tuple[Meaning, ...] = ()
    readings: tuple[tuple[Reading, str], ...] = ()
    doubts: tuple[str, ...] = ()


def explanation(
    score: Score,
    notation: type[Notation],
    methodology: Methodology,
    scores: Scores | None = None,
    study: ReadingStudy | None = None,
) -> Explanation:
    """Explain one score.

    Parameters:
        score: the score, complete or not.
        notation: how formulas are printed; `block` and `inline` of it wrap them.
        methodology: the rules, for titles and units of inputs.
        scores: scores of the campaign, for the place among peers, which is left out without them.
        study: the study of those scores, for what other readings would do, which is left out without it.

    Returns:
        The explanation, ready to be laid out.

    Raises:
        KeyError: the methodology is not the one by which the score was computed.

    Source:
        Convention G8: every result carries its point, provenance and readings.

    Example:
        >>> from toolkit import evaluate, load_methodology, read_campaign
        >>> from toolkit.formula.text import PlainText
        >>> scores = evaluate(read_campaign("tests/samples/drawn_2023"))
        >>> score = scores.find("gardens-ministry", "exit_interview")
        >>> explanation(score, PlainText, load_methodology()).equations[0].steps
        ('V = 5 · 30 / 40', '= 5 · 0,75', '= 3,75')
    """
    rule = score.rule
    place = standing(score, scores) if scores else None
    facts = Explanation(
        score,
        value=value_of(score),
        most="" if score.maximum is None else points(score.maximum),
        point=_point(rule),
        what_if=bool(score.changed) and rule.provenance != WHAT_IF,
        status="" if score.status in ("computed", "entered", "missing") else score.status,
        place=place_text(place) if place else "",
    )
    if score.status == "not_applicable":
        return replace(facts, notes=score.notes[:1])
    printed, acted = Equations(rule, notation), {taken.penalty.code: taken for taken in score.trace.penalties}
    chosen = {} if rule.total else rule.readings
    # Penalties that other rules send here come first, since they are taken first.
    penalties = sorted(rule.penalties, key=lambda penalty: penalty.owner == rule.code)
    return replace(
        facts,
        reasoning=rule.reasoning,
        gap=_gap(score),
        lacks=tuple(_lacks(score, methodology)),
        equations=printed.lines(score.trace.lines),
        penalties=tuple(printed.penalty(penalty, acted.get(penalty.code)) for penalty in penalties),
        notes=_notes(score),
        # Two letters of one rule may stand for one input: under a reading the order's n is used twice.
        where=tuple(dict.fromkeys(_where(score, notation, methodology))),
        readings=tuple((methodology.readings[key], option) for key, option in chosen.items()),
        doubts=() if study is None else doubts(score, study),
    )


def _point(rule: Rule) -> str:
    many = re.search(r"(\.\.|[,;] )\d", rule.point)
    word = "пункты " if many else "пункт " if rule.point[0].isdigit() else ""
    return word + rule.point.replace("..", " – ")


def _notes(score: Score) -> tuple[str, ...]:
    """Return the notes beside a score, without what is missing: `lacks` names that with its reason."""
    named = {"partial": 1, "missing": max(1, len(score.lacks))}
    return score.notes[named.get(score.status, 0) :]


def _gap(score: Score) -> str:
    if score.status == "missing":
        return "Балл не вычислен: пропущенное не считается нулём."
    if score.status == "partial" and score.interval is not None:
        return f"Итог неполный: {span(score.interval)}. Не хватает:"
    return ""


def _lacks(score: Score, methodology: Methodology) -> Iterator[Lack]:
    for name in score.lacks:
        if name in score.children:
            yield Lack(score.children[name].rule.title, name)
        elif score.status == "partial":
            yield Lack(methodology.inputs[name].title)
        else:
            yield Lack(methodology.inputs[name].title, name, score.agency.refused.get(name, "нет значения"))
    # A divisor without a meaning is missing as well, but it is no input and has its own sentence.
    if score.status == "missing" and not score.lacks:
        yield Lack(score.notes[0])


def _used(score: Score) -> set[str]:
    own = [penalty.lines for penalty in score.rule.penalties if penalty.owner == score.rule.code]
    return {name for lines in (score.rule.lines, *own) for name in used_names(lines)}


def _where(score: Score, notation: type[Notation], methodology: Methodology) -> Iterator[Meaning]:
    scope, used = score.rule.scope, _used(score)
    printed = notation(symbols_of(scope))

    def letter(name: str) -> str:
        return printed.inline(printed.name(printed.symbols.get(name, name)))

    for name, source in scope.inputs.items():
        if name in used:
            declared = methodology.inputs[source]
            said = value_text(declared, score.agency.values.get(source))
            yield Meaning(letter(name), declared.title, said, declared.source, source)
    for name, code in scope.children.items():
        # A formula of one's own may do without a part that the order's has.
        if (child := score.children.get(code)) is not None:
            yield Meaning(letter(name), child.rule.title, _points(child), _point(child.rule))
    for name, constant in scope.constants.items():
        before = _before(constant, score.rule)
        if name in used and constant.symbol:
            yield Meaning(letter(name), constant.title, number_text(constant.value), before)
        elif name in used:
            # A number that the order prints as a number is its own letter.
            yield Meaning(printed.inline(printed.number(constant.value)), constant.title, "", before)


def _before(constant: Constant, rule: Rule) -> str:
    """Return the number that a changed one stands in place of."""
    if not constant.changed:
        return ""
    # A provisional rule and one of the user's own may have numbers that the order does not print.
    where = "по умолчанию" if rule.provenance in ("provisional", WHAT_IF) else "в приказе"
    return f"{where} {number_text(constant.printed)}"


def value_text(declared: Input, value: Fraction | None) -> str:
    """Return the value of an input with its unit, or say that there is none."""
    if value is None:
        return "нет данных"
    if declared.options:
        return list(declared.options.values())[int(value)]
    if declared.unit in ("points", "sphere points"):
        return f"{number_text(value)}\u00a0{points_word(value)}"
    unit = UNITS[declared.unit]
    number = ("≈\u00a0" if rounded(value) else "") + number_text(value)
    return f"{number}\u00a0{unit}" if unit else number


def _points(score: Score) -> str:
    if score.points is not None:
        return points_of(score.points)
    return "не применяется" if score.status == "not_applicable" else "нет данных"
