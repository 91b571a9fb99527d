"""A score is never a bare number: its status, its interval and the trace that leads to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property

from toolkit.errors import ToolkitError, nearest
from toolkit.formula.interval import Interval
from toolkit.rules.agency import Agency
from toolkit.rules.rule import Line, Penalty, Rule
from toolkit.shared import Kept

_TWELVE_DIGITS = Context(prec=12)


@dataclass(frozen=True, slots=True)
class LineTrace:
    """How one line came out.

    Attributes:
        line: the line of the rule.
        values: number of each name that the line uses.
        raw: value of the formula before its limits.
        value: value after its limits.
        limited: `maximum` or `floor` when a limit acted, else empty.
        emptied: names of divisors that were empty and got their declared meaning.
    """

    line: Line
    values: Mapping[str, Fraction]
    raw: Fraction
    value: Fraction
    limited: str
    emptied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PenaltyTrace:
    """How one penalty acted: its own lines, and the result it was taken from before and after."""

    penalty: Penalty
    lines: tuple[LineTrace, ...]
    points: Fraction
    before: Fraction
    after: Fraction


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that happened to a rule, in order: lines, then penalties."""

    lines: tuple[LineTrace, ...] = ()
    penalties: tuple[PenaltyTrace, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome of one rule for one agency.

    Attributes:
        agency: the agency.
        rule: the resolved rule.
        status: one of `computed entered assumed not_applicable missing partial`.
        points: exact points, or None where there is no single value.
        maximum: most points that can be reached, or None where the order prints no bound.
        interval: what the score can still be; one point for a complete score, None where not applicable.
        lacks: inputs or codes that are missing.
        notes: sentences an auditor must see beside the number.
        trace: how it came out, empty where it did not.
        readings: readings used by the rule and by everything it puts together.
        changed: parameters that differ from the printed ones, `CODE.NAME`, and own formulas, `CODE.formula`.
        assumptions: codes whose score rests on a stated convention, children included.
        children: scores of the same agency that a total puts together, by code.
    """

    agency: Agency
    rule: Rule
    status: str
    points: Fraction | None
    maximum: Fraction | None
    interval: Interval | None
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    trace: Trace = field(default_factory=Trace)
    readings: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    children: Mapping[str, Score] = field(default_factory=dict, repr=False)

    @property
    def code(self) -> str:
        """Return the code of the rule."""
        return self.rule.code

    def row(self) -> dict[str, str]:
        """Return the binding columns of the result, as text.

        Example:
            >>> from toolkit import evaluate, read_campaign
            >>> scores = evaluate(read_campaign("tests/samples/drawn_2023"))
            >>> scores.find(scores.agencies[0].code, "hr_strategy").row()["maximum"]
            '5'
        """
        interval = self.interval or ("", "")
        return {
            "agency": self.agency.code,
            "year": "" if self.agency.year is None else str(self.agency.year),
            "code": self.code,
            "level": self.rule.level,
            "points": "" if self.points is None else decimal(self.points),
            "exact": "" if self.points is None else str(self.points),
            "maximum": "" if self.maximum is None else decimal(self.maximum),
            "status": self.status,
            "low": str(interval[0]),
            "high": str(interval[1]),
            "provenance": self.rule.provenance,
            "readings": ";".join(f"{key}={option}" for key, option in self.readings.items()),
            "note": " ".join(self.notes),
        }


class Scores:
    """The scores of a campaign: every agency and code once, in the order of the data and of the order.

    Iterating gives `Score` after `Score`; `find` gives one of them, `once` what is worked out of all of them,
    made when it is first asked for.
    """

    def __init__(self, agencies: tuple[Agency, ...], scores: Mapping[tuple[str, str], Score]) -> None:
        """Take the agencies and their scores by agency code and rule code."""
        self.agencies = agencies
        self._scores = scores
        self.once = Kept().once

    def __iter__(self) -> Iterator[Score]:
        """Yield every score."""
        return iter(self._scores.values())

    def __len__(self) -> int:
        """Return the number of scores."""
        return len(self._scores)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the rules, in the order of the order."""
        return tuple(dict.fromkeys(code for _, code in self._scores))

    def find(self, agency: str, code: str) -> Score:
        """Return the score of one agency under one code.

        Parameters:
            agency: code of the agency.
            code: code of the rule.

        Returns:
            The score.

        Raises:
            ToolkitError: there is no such agency or code; the nearest name is given.

        Source:
            Binding columns of the result.

        Example:
            >>> Scores((), {}).find("a", "hr")
            Traceback (most recent call last):
            ...
            toolkit.errors.ToolkitError: нет органа «a»
        """
        if agency not in self._groups and agency not in (known := [item.code for item in self.agencies]):
            raise ToolkitError(f"нет органа «{agency}»{nearest(agency, known)}")
        if (agency, code) not in self._scores:
            raise ToolkitError(f"нет показателя «{code}»{nearest(code, self.codes)}", ", ".join(self.codes))
        return self._scores[agency, code]

    def of(self, agency: str) -> tuple[Score, ...]:
        """Return all scores of one agency, in the order of the order."""
        return tuple(self._groups.get(agency, ()))

    def peers(self, score: Score) -> tuple[Score, ...]:
        """Return the scores of the same code of all agencies of the same type, the given one included."""
        kind, code = score.agency.type, score.code
        its = ((agency.code, code) for agency in self.agencies if agency.type == kind)
        return self.once((kind, code), lambda: tuple(self._scores[key] for key in its if key in self._scores))

    @cached_property
    def _groups(self) -> Mapping[str, list[Score]]:
        groups: dict[str, list[Score]] = {}
        for (agency, _), score in self._scores.items():
            groups.setdefault(agency, []).append(score)
        return groups


def decimal(number: Fraction) -> str:
    """Return the number as a decimal of at most twelve significant digits, without an exponent.

    Example:
        >>> decimal(Fraction(1, 3))
        '0.333333333333'
    """
    divided = _TWELVE_DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))
    text = f"{divided:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
