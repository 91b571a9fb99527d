"""What a reader may move on a published page, and the program that answers without a kernel or a network."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import floor
from typing import Any, NamedTuple, TypeVar

from toolkit.analysis.next_points import InputStudy
from toolkit.analysis.places import other_points
from toolkit.analysis.readings import ReadingStudy
from toolkit.display.equations import symbols_of
from toolkit.display.signals import show, signals, spelled
from toolkit.display.words import UNITS
from toolkit.formula.text import PlainText
from toolkit.formula.tree import Call, Choice, Comparison, Name, Number, Tree, names, nodes
from toolkit.rules.agency import Input
from toolkit.rules.outcome import Score
from toolkit.rules.rule import Line, Penalty, Rule

_Kind = TypeVar("_Kind", Call, Comparison)
_NOTHING, _ONE = Number(Fraction(0)), Number(Fraction(1))
_STEPS = (1, 2, 5, 10)
_WORD = 4  # letters, from which on a symbol is a word that tells its meaning
# Along a curve the script of the page takes as many; where it jumps by a part of its height it is halved.
_POINTS, _JUMP, _HALVINGS = 80, 0.1, 6
_GREATEST = Fraction(10**12)  # the script of the page lets nobody type more


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


class Crossing(NamedTuple):
    """A condition of a rule, what is said where it begins and where it ceases to hold, and its letters."""

    code: str
    condition: Comparison
    begins: str
    ends: str
    legend: str = ""


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
        self.program = study.program(self.agency.type)
        self.own = {code: own[code] for code in self.program.applied}
        self.moves = InputStudy(self.program, self.own, self.methodology)
        self.axis = cache(self._axis)
        self._trees = {it.name: it.tree(self.program.choice) for it in self.program.statements}
        self.crossings = [it for score in self.own.values() for it in self._crossings(score)]

    def sliders(self, code: str) -> list[Slider]:
        """Return the inputs and constants of a rule."""
        rule = self.own[code].rule
        symbols = symbols_of(rule.scope)
        shown = {source: symbols.get(name, name) for name, source in rule.scope.inputs.items()}
        # A word would say again what the title says.
        letters = {source: it for source, it in shown.items() if len(it.partition("_")[0]) < _WORD}
        inputs = [self._input(self.methodology.inputs[name], letters.get(name, "")) for name in rule.inputs]
        return [*inputs, *self._constants(rule)]

    def _axis(self, code: str) -> tuple[Slider, list[dict[str, float]]] | None:
        """Return a number of a rule that moves its points, one that an agency can change if there is one."""
        its = [it for it in self.sliders(code) if not it.options]
        its.sort(key=lambda it: it.printed or not self.methodology.inputs[it.name].step)
        tracks = ((slider, self._curve(code, slider)) for slider in its)
        return next((pair for pair in tracks if len({it["y"] for it in pair[1]}) > 1), None)

    def _curve(self, code: str, slider: Slider) -> list[dict[str, float]]:
        """Return the points of a rule while one slider goes along its track and the rest stays as it is."""
        # Only what the other inputs leave of the track can be true of an agency.
        given = slider.name in self.agency.values
        least, most = self.moves.reach(slider.name) if given else (slider.low, None)
        low, high = float(least), float(slider.high if most is None else min(slider.high, most))
        steps = max(min(_POINTS, int(high - low)) if slider.whole else _POINTS, 1)
        even = [low + (high - low) * step / steps for step in range(steps + 1)]
        rows = self._points(code, slider, [floor(x + 0.5) if slider.whole else x for x in even])
        jump = _JUMP * (max(rows.values()) - min(rows.values())) if rows else 0
        for _ in range(_HALVINGS):
            pairs = pairwise(rows.items())
            between = [(x, after) for (x, y), (after, next_y) in pairs if abs(next_y - y) > jump]
            middles = [(x + after) // 2 if slider.whole else (x + after) / 2 for x, after in between]
            rows = dict(sorted((rows | self._points(code, slider, middles)).items()))
        # A page carries thousands of these points, and no screen shows a millionth.
        return [{"x": round(float(x), 6), "y": round(y, 6)} for x, y in rows.items()]

    def _points(self, code: str, slider: Slider, track: Sequence[float]) -> dict[float, float]:
        import numpy as np

        from toolkit.analysis.arrays import sweep

        found = (
            sweep(self.program.before(code), self.agency, {slider.name: np.array(track)})[code]
            if track
            else ()
        )
        return {x: float(y) for x, y in zip(track, found, strict=True) if not np.isnan(y)}

    def model(self) -> dict[str, Any]:
        """Return what the page calculates with.

        Returns:
            `signals`: the program, then a bound for each limited input and a condition for each crossing;
            `outputs`: for each rule its signal, title, maximum and points; `crossings`: for each condition
            its rule, what to say when it begins and ends to hold, and what its letters mean; `limits`:
            title of each limited input; `totals`: those of the other agencies in each direction.
        """
        edges = [(f"edge{at}", it) for at, it in enumerate(self.crossings)]
        totals = {code: score for code, score in self.own.items() if score.rule.level == "direction"}
        bounds = dict(self._bounds())
        return {
            "signals": [
                *signals(self.program, self.agency.values),
                *({"name": f"{name}__bound", "update": show(tree)} for name, tree in bounds.items()),
                *({"name": name, "update": show(Choice(_ONE, it.condition, _NOTHING))} for name, it in edges),
            ],
            "outputs": {code: self._output(score) for code, score in self.own.items()},
            "crossings": [
                {"signal": name, "code": it.code, "on": it.begins, "off": it.ends, "legend": it.legend}
                for name, it in edges
            ],
            "limits": {name: self.methodology.inputs[name].title for name in bounds},
            "totals": {code: [*map(float, other_points(it, self.scores))] for code, it in totals.items()},
        }

    def _bounds(self) -> Iterator[tuple[str, Tree]]:
        """Yield the inputs that others limit, with what they may not pass."""
        for name in self.program.inputs:
            declared = self.methodology.inputs[name]
            if declared.limit and {*names(declared.limit[1])} <= {*self.program.inputs}:
                yield name, declared.limit[1]
            for other, option in filter(None, [declared.forbidden_with]):
                place = Number(Fraction(list(self.methodology.inputs[other].options).index(option)))
                yield name, Choice(_NOTHING, Comparison("==", Name(other), place), Number(_GREATEST))

    def _output(self, score: Score) -> dict[str, Any]:
        most = None if score.maximum is None else float(score.maximum)
        now = None if score.points is None else float(score.points)
        return {"signal": spelled(score.code), "title": score.rule.title, "maximum": most, "points": now}

    def _input(self, declared: Input, letter: str) -> Slider:
        value, high = self.agency.values.get(declared.name), declared.high
        if declared.options:
            high = Fraction(len(declared.options) - 1)
        reach = 2 * value if value else self._most(declared)
        named = declared.name, declared.title, letter, UNITS.get(declared.unit, "")
        track = declared.low, _reach(reach) if high is None else high, high
        return Slider(*named, value, *track, declared.whole, declared.options)

    def _most(self, declared: Input) -> Fraction:
        """Return the greatest number that an agency of the type has."""
        name, kind = declared.name, self.agency.type
        its = (it.values[name] for it in self.scores.agencies if it.type == kind and name in it.values)
        return self.scores.once((Explorer, kind, name), lambda: max(its, default=declared.low))

    def _constants(self, rule: Rule) -> Iterator[Slider]:
        for name, constant in rule.scope.constants.items():
            whole = f"{rule.code}.{name}"
            if whole in self.program.parameters:
                place = Fraction(0), _reach(2 * constant.value)
                yield Slider(whole, constant.title, constant.symbol, "", constant.value, *place, printed=True)

    def _crossings(self, score: Score) -> Iterator[Crossing]:
        """Yield every condition of a rule with what is said where it begins to hold and where it ends to."""
        rule, titles = score.rule, self._titles(score)
        for line in rule.lines:
            yield from self._edges(line, f"{rule.code}.{line.letter}", rule, titles)
        for penalty in rule.penalties:
            whole = f"{penalty.owner}.{penalty.code}"
            for line in penalty.lines:
                name = whole if line is penalty.lines[-1] else f"{whole}.{line.letter}"
                for it in self._edges(line, name, penalty, titles):
                    yield it._replace(code=rule.code)

    def _titles(self, score: Score) -> dict[str, str]:
        """Return what the letters of a rule and of its penalties mean."""
        rule, scope = score.rule, score.rule.scope
        lines = [*rule.lines, *(line for penalty in rule.penalties for line in penalty.lines)]
        return {
            **{name: self.methodology.inputs[source].title for name, source in scope.inputs.items()},
            **{name: it.rule.title for name, code in scope.children.items() if (it := self.own.get(code))},
            **{name: constant.title for name, constant in scope.constants.items() if constant.symbol},
            **{line.letter: line.title for line in lines if line.title},
        }

    def _edges(
        self, line: Line, name: str, of: Rule | Penalty, titles: Mapping[str, str]
    ) -> Iterator[Crossing]:
        # A number that the order prints without a letter is filled in by the page, which may have moved it.
        owner, result = name.partition(".")[0], "балл" if isinstance(of, Rule) else "штраф"
        bare = {constant: f"{{{spelled(f'{owner}.{constant}')}}}" for constant in of.scope.constants}
        printed = PlainText(bare | {of.code: result} | symbols_of(of.scope))

        def legend(*trees: Tree) -> str:
            letters = dict.fromkeys(it for tree in trees for it in names(tree) if it in titles)
            told = {printed.show(Name(it)): titles[it] for it in letters}
            return "; ".join(f"{letter} — {title}" for letter, title in told.items() if len(letter) < _WORD)

        tree = self._trees[name]
        for bound, sign, side in ((line.floor, "<", "не меньше"), (line.maximum, ">", "не больше")):
            if bound is not None and isinstance(tree, Call):
                tree, edge = tree.arguments
                said = f"{printed.show(Name(line.letter))} {side} {printed.show(bound)}"
                begins, ends = f"сработал предел: {said}", f"предел «{said}» не действует"
                told = legend(Name(line.letter), bound)
                yield Crossing(of.code, Comparison(sign, tree, edge), begins, ends, told)
        for condition, own in _pairs(Comparison, tree, line.tree):
            said = printed.show(own)
            begins, ends = f"выполнено условие «{said}»", f"условие «{said}» не выполнено"
            yield Crossing(of.code, condition, begins, ends, legend(own))
        for call, share in _pairs(Call, tree, line.tree):
            divisor = {*names(share.arguments[1])} if share.function == "share" else set()
            for note in (it.note for letter, it in of.scope.empty.items() if letter in divisor):
                # Nothing can be shared among fewer than nobody either.
                empty = Comparison("<=", call.arguments[1], _NOTHING)
                yield Crossing(of.code, empty, note, f"больше не так: {note}")


def _pairs(kind: type[_Kind], compiled: Tree, typed: Tree) -> Iterator[tuple[_Kind, _Kind]]:
    """Yield the parts of one kind in a compiled formula, each with the part of the law it is made from."""
    trees = ([it for it in nodes(tree) if isinstance(it, kind)] for tree in (compiled, typed))
    return zip(*trees, strict=True)


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
