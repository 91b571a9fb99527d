"""What a reader may move on a published page, and the program that answers without a kernel or a network."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from toolkit.analysis.places import complete
from toolkit.analysis.readings import ReadingStudy
from toolkit.display.equations import symbols_of
from toolkit.display.signals import show, signals, spelled
from toolkit.display.words import UNITS
from toolkit.formula.text import PlainText
from toolkit.formula.tree import Call, Choice, Comparison, Name, Number, names, nodes
from toolkit.program.compiler import compile_program
from toolkit.rules.agency import Input
from toolkit.rules.outcome import Score
from toolkit.rules.rule import Line, Penalty, Rule

_STEPS = (1, 2, 5, 10)
_POINTS = 80  # along a curve, as many as the script of the page takes


@dataclass(frozen=True, slots=True)
class Slider:
    """One thing that can be moved.

    Attributes:
        name: name of the input, or `CODE.NAME` of the constant, that it sets.
        title: what it is.
        symbol: its letter in the order, or empty.
        unit: its unit in words, or empty.
        value: the number of the agency, or nothing where it is missing.
        low: smallest number.
        high: greatest number of the track; what is typed may be greater unless the domain ends there.
        most: greatest number of the domain, if it has one.
        whole: whether only whole numbers fit.
        options: titles of the words of a text input, whose positions are the numbers.
        printed: whether it is a number of the order and not of the agency.
    """

    name: str
    title: str
    symbol: str
    unit: str
    value: Fraction | None
    low: Fraction
    high: Fraction
    most: Fraction | None = None
    whole: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    printed: bool = False


class Explorer:
    """The program of one agency, its sliders, and what a page says when one of them crosses an edge.

    Parameters:
        study: the scores of the campaign with the readings and parameters in force.
        agency: code of the agency.

    Source:
        Convention G1: what a reader moves agrees with the exact score to 1e-9 and falls into its band.
    """

    def __init__(self, study: ReadingStudy, agency: str) -> None:
        self.scores, self.methodology = study.scores, study.methodology
        own = {score.code: score for score in self.scores.of(agency)}
        self.agency = next(score.agency for score in own.values())
        made = compile_program(self.methodology, self.agency.type, study.choice, study.parameters)
        self.program, self.own = made, {code: own[code] for code in made.applied}
        self._trees = {it.name: it.tree(self.program.choice) for it in self.program.statements}
        self.crossings = [(code, *it) for code, score in self.own.items() for it in self._crossings(score)]

    def sliders(self, code: str) -> list[Slider]:
        """Return the inputs and constants of a rule."""
        score = self.own[code]
        inputs = [self._input(self.methodology.inputs[name]) for name in score.rule.inputs]
        return [*inputs, *self._constants(score.rule)]

    def axis(self, code: str) -> tuple[Slider, list[dict[str, float]]] | None:
        """Return the first number of a rule that moves its points, with the points along its track."""
        tracks = ((slider, self._curve(code, slider)) for slider in self.sliders(code) if not slider.options)
        return next((pair for pair in tracks if len({it["y"] for it in pair[1]}) > 1), None)

    def _curve(self, code: str, slider: Slider) -> list[dict[str, float]]:
        """Return the points of a rule while one slider goes along its track and the rest stays as it is."""
        import numpy as np

        from toolkit.analysis.arrays import sweep

        # What other inputs leave of the track.
        declared = self.methodology.inputs.get(slider.name)
        left = None if declared is None else declared.bound(self.agency.values)
        low, high = float(slider.low), float(slider.high if left is None else min(slider.high, left))
        steps = min(_POINTS, int(high - low)) if slider.whole else _POINTS
        track = np.linspace(low, high, steps + 1)
        track = np.round(track) if slider.whole else track
        found = sweep(self.program, self.agency, {slider.name: track})[code]
        return [{"x": float(x), "y": float(y)} for x, y in zip(track, found, strict=True) if not np.isnan(y)]

    def model(self) -> dict[str, Any]:
        """Return what the page calculates with.

        Returns:
            `signals`: the program, then a bound for each limited input and a condition for each crossing;
            `outputs`: for each rule its signal, title, maximum and points; `crossings`: for each condition
            its rule and what to say when it begins and ends to hold; `limits`: title of each limited input;
            `totals`: those of the other agencies in each direction.
        """
        edges = [
            {"name": f"edge{at}", "update": show(Choice(Number(Fraction(1)), condition, Number(Fraction(0))))}
            for at, (_, condition, _, _) in enumerate(self.crossings)
        ]
        limits = {name: self.methodology.inputs[name].limit for name in self.program.inputs}
        bounds = {name: it[1] for name, it in limits.items() if it and {*names(it[1])} <= limits.keys()}
        others = {
            code: [it for it in self.scores.peers(score) if it.agency.code != self.agency.code]
            for code, score in self.own.items()
            if score.rule.level == "direction"
        }
        return {
            "signals": [
                *signals(self.program, self.agency.values),
                *({"name": f"{name}__bound", "update": show(tree)} for name, tree in bounds.items()),
                *edges,
            ],
            "outputs": {code: self._output(score) for code, score in self.own.items()},
            "crossings": [
                {"signal": f"edge{at}", "code": code, "on": on, "off": off}
                for at, (code, _, on, off) in enumerate(self.crossings)
            ],
            "limits": {name: self.methodology.inputs[name].title for name in bounds},
            "totals": {code: [float(it) for it in complete(scores)] for code, scores in others.items()},
        }

    def _output(self, score: Score) -> dict[str, Any]:
        most = None if score.maximum is None else float(score.maximum)
        now = None if score.points is None else float(score.points)
        return {"signal": spelled(score.code), "title": score.rule.title, "maximum": most, "points": now}

    def _input(self, declared: Input) -> Slider:
        value, high = self.agency.values.get(declared.name), declared.high
        if declared.options:
            high = Fraction(len(declared.options) - 1)
        peers = (it for it in self.scores.agencies if it.type == self.agency.type)
        known = [it.values[declared.name] for it in peers if declared.name in it.values]
        reach = 2 * value if value else max(known, default=declared.low)
        named = declared.name, declared.title, declared.letter, UNITS.get(declared.unit, "")
        track = declared.low, _reach(reach) if high is None else high, high
        return Slider(*named, value, *track, declared.whole, declared.options)

    def _constants(self, rule: Rule) -> Iterator[Slider]:
        for name, constant in rule.scope.constants.items():
            whole = f"{rule.code}.{name}"
            if whole in self.program.parameters:
                place = Fraction(0), _reach(2 * constant.value)
                yield Slider(whole, constant.title, constant.symbol, "", constant.value, *place, printed=True)

    def _crossings(self, score: Score) -> Iterator[tuple[Comparison, str, str]]:
        """Yield every condition of a rule with what is said where it begins to hold and where it ends to."""
        rule = score.rule
        for line in rule.lines:
            yield from self._edges(line, f"{rule.code}.{line.letter}", rule, "балл")
        for penalty in rule.penalties:
            whole = f"{penalty.owner}.{penalty.code}"
            for line in penalty.lines:
                name = whole if line is penalty.lines[-1] else f"{whole}.{line.letter}"
                yield from self._edges(line, name, penalty, "штраф")

    def _edges(
        self, line: Line, name: str, of: Rule | Penalty, result: str
    ) -> Iterator[tuple[Comparison, str, str]]:
        # A number that the order prints without a letter is filled in by the page, which may have moved it.
        owner = name.partition(".")[0]
        bare = {constant: f"{{{spelled(f'{owner}.{constant}')}}}" for constant in of.scope.constants}
        printed = PlainText(bare | {of.code: result} | symbols_of(of.scope))
        tree = self._trees[name]
        for bound, sign, side in ((line.floor, "<", "не меньше"), (line.maximum, ">", "не больше")):
            if bound is not None and isinstance(tree, Call):
                tree, edge = tree.arguments
                said = f"{printed.show(Name(line.letter))} {side} {printed.show(bound)}"
                acts = Comparison(sign, tree, edge)
                yield acts, f"сработал предел: {said}", f"предел «{said}» не действует"
        compiled, typed = ([it for it in nodes(of) if isinstance(it, Comparison)] for of in (tree, line.tree))
        for condition, own in zip(compiled, typed, strict=True):
            said = printed.show(own)
            yield condition, f"выполнено условие «{said}»", f"условие «{said}» не выполнено"


def _reach(value: Fraction) -> Fraction:
    """Return a round number that is not less.

    Example:
        >>> [str(_reach(Fraction(number))) for number in (0, 3, 21, 1000, 1001)]
        ['1', '5', '50', '1000', '2000']
    """
    size = Fraction(1)
    while value > 10 * size:
        size *= 10
    while 0 < value <= size / 10:
        size /= 10
    return next(step * size for step in _STEPS if value <= step * size)
