"""What the total of an agency does when one of its numbers moves: next points, facts of the past, tenths."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cache
from math import ceil, nan
from typing import Any, NamedTuple

from toolkit.formula.exact import UndefinedError, compare, evaluate
from toolkit.formula.tree import Comparison, names
from toolkit.program.program import Program
from toolkit.rules.agency import Input
from toolkit.rules.apply import NOTHING
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Score
from toolkit.shared import Kept

MOST_STEPS = 2_000  # where nothing bounds an input, a longer way is no next step
_NOISE = 1e-9  # what floats may gain by themselves (convention G1)


class Change(NamedTuple):
    """One input moved, everything else as it is.

    Attributes:
        input: the input.
        score: the indicator that uses it.
        code: the rule whose points are compared: the direction, or the highest rule under it that has points.
        before: the number of the agency.
        after: the number it is moved to.
        steps: how many realistic steps that is; 0 where no number of them gains anything.
        gain: points gained, or lost with a minus; None where the moved number leaves nothing to compute.
        known: every value of the program after the move.
    """

    input: Input
    score: Score
    code: str
    before: Fraction
    after: Fraction
    steps: int
    gain: Fraction | None
    known: Mapping[str, Any]

    @property
    def order(self) -> tuple[bool, Fraction, int, str]:
        """Return what sorts changes: single steps first, the greatest gain first."""
        return self.steps != 1, -(self.gain or NOTHING), self.steps, self.score.code


class InputStudy:
    """What one moved input does to the totals of one agency.

    Parameters:
        program: the methodology of the agency's type under the readings and parameters in force.
        own: scores of the agency by code.
        methodology: the rules, with the inputs and their steps.

    Source:
        Steps and facts of the past are ours, in `inputs.toml`; domains and limits are those of intake.
    """

    def __init__(self, program: Program, own: Mapping[str, Score], methodology: Methodology) -> None:
        self.program, self.inputs = program, methodology.inputs
        self.values = next(iter(own.values())).agency.values
        self.known: Mapping[str, Any] = program.calculate(self.values)
        self._used: dict[str, tuple[Score, str]] = {}
        self._floats = {name: nan if it is None else float(it) for name, it in self.known.items()}
        self.past = cache(self._past)
        self._once = Kept().once
        for score in own.values():
            chain = (score.rule.direction, score.rule.criterion, score.code)
            code = next((code for code in chain if self.known.get(code) is not None), "")
            for name in score.rule.inputs if code else ():
                if name in self.values:
                    self._used.setdefault(name, (score, code))

    def changes(self) -> Iterator[tuple[Change, Change]]:
        """Return, for each input that an agency can move, the fewest steps that gain and the most that do.

        Returns:
            Both with 0 steps where no number of steps gains; an input of no rule with points is left out.

        Example:
            >>> from toolkit import Agency, evaluate, load_methodology
            >>> from toolkit.program.compiler import compile_program
            >>> given = {"promoted_from_within": Fraction(1), "promoted_total": Fraction(5)}
            >>> own = {it.code: it for it in evaluate([Agency("a", "A", "central", given)])}
            >>> law = load_methodology()
            >>> [pair] = InputStudy(compile_program(law, "central"), own, law).changes()
            >>> [(it.steps, it.gain) for it in pair]  # 10 * 2/5 instead of 10 * 1/5; 10 from 4/5 on
            [(1, Fraction(2, 1)), (3, Fraction(8, 1))]
        """
        return (self._search(name) for name, it in self.inputs.items() if it.step and name in self._used)

    def _past(self) -> list[Change]:
        """Return what facts that cannot be undone cost: the gain had each of them alone never happened."""
        moves = (self._move(name, self.inputs[name].low) for name in self._used if self.inputs[name].past)
        return sorted((move for move in moves if move.gain), key=lambda move: move.order)

    def together(self, direction: str) -> Fraction | None:
        """Return what all facts of the past cost a direction together; None for a partial total."""
        now, undone = self.known[direction], {it.input.name: it.after for it in self.past()}
        clean: Mapping[str, Any] = self.program.calculate({**self.values, **undone})
        return None if now is None else Fraction(clean[direction] - now)

    def tenths(self, direction: str) -> list[tuple[Change, Change]]:
        """Return what a tenth less and a tenth more of each number do to a complete total, the widest first.

        A count moves by a whole number, at least 1; every number stays inside its domain and limits.
        """
        found = []
        for name in (name for name, used in self._used.items() if used[1] == direction):
            now, (low, high), whole = self.values[name], self.reach(name), self.inputs[name].whole
            tenth = Fraction(ceil(now / 10)) if whole else now / 10
            less, more = max(low, now - tenth), now + tenth if high is None else min(high, now + tenth)
            if not self.inputs[name].options:
                found.append((self._move(name, less), self._move(name, more)))
        return sorted(found, key=lambda pair: -max(abs(it.gain or NOTHING) for it in pair))

    def reach(self, name: str) -> tuple[Fraction, Fraction | None]:
        """Return the smallest and greatest number that an input may have while the others stay."""
        own, now = self.inputs[name], self.values[name]
        for other, option in filter(None, [own.forbidden_with]):
            if self.values.get(other) == list(self.inputs[other].options).index(option):
                return now, now
        low = own.low + 1 if own.above and own.whole else own.low
        high = Fraction(len(own.options) - 1) if own.options else own.high
        for it in self.inputs.values():
            if it.limit and name in (used := {it.name, *names(it.limit[1])}) and used <= self.values.keys():
                moved = {**self.values, name: now + 1}
                here, there = (evaluate(it.limit[1], at).number - at[it.name] for at in (self.values, moved))
                # A limit adds and subtracts inputs, so that two points tell where it is met.
                met = now - here / (there - here)
                low = max(low, met) if there > here else low
                high = high if there > here else met if high is None else min(high, met)
        return low, high

    def holds(self, condition: Comparison, known: Mapping[str, Any]) -> bool | None:
        """Say whether a condition of the program holds, worked out once for the same numbers."""
        # Its identity stands for a condition, which is kept so that no other one gets it.
        _, used = self._once(id(condition), lambda: (condition, names(condition)))
        return self._once((id(condition), *map(known.get, used)), lambda: holds(condition, known))

    def _move(self, name: str, after: Fraction, steps: int = 0) -> Change:
        score, code = self._used[name]
        known = self.program.behind(name).filled({**self.known, name: after})
        gain = None if known[code] is None else known[code] - self.known[code]
        return Change(self.inputs[name], score, code, self.values[name], after, steps, gain, known)

    def _search(self, name: str) -> tuple[Change, Change]:
        """Find the steps with floats, all at once, and confirm them exactly."""
        import numpy as np

        from toolkit.analysis.arrays import run

        step, now, (low, high) = self.inputs[name].step, self.values[name], self.reach(name)
        by = evaluate(step[1], self.values).number if step else NOTHING
        edge = low if by < 0 else high
        count = MOST_STEPS if edge is None or not by else min(MOST_STEPS, ceil((edge - now) / by))
        last = Fraction(count) * by + now if edge is None else edge

        def after(steps: int) -> Change:
            return self._move(name, sorted((now, now + by * steps, last))[1], steps)

        track = float(now) + float(by) * np.arange(count + 1)
        track = np.clip(track, float(min(now, last)), float(max(now, last)))
        code, part = self._used[name][1], self.program.behind(name)
        found = run(part, {**self._floats, name: track}).get(code, self._floats[code])
        gains = np.broadcast_to(found, track.shape) - self._floats[code]
        tried = (after(int(at)) for at in np.flatnonzero(gains > _NOISE))
        first = next((move for move in tried if move.gain and move.gain > 0), None)
        return first or after(0), after(int(np.argmax(gains >= np.nanmax(gains) - _NOISE)) if first else 0)


def holds(condition: Comparison, known: Mapping[str, Any]) -> bool | None:
    """Say whether a condition of a program holds; None where a number of it is missing."""
    given = {name: known[name] for name in names(condition) if known[name] is not None}
    with suppress(KeyError, UndefinedError):
        left, right = (evaluate(side, given).number for side in (condition.left, condition.right))
        return compare(condition.sign, left, right)
    return None
