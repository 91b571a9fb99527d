"""By what servants are evaluated, what comes out, and how its problems are gathered on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple, TypedDict, Unpack

from toolkit.errors import Problem, ToolkitError, nearest
from toolkit.rules.apply import run
from toolkit.rules.fields import Number
from toolkit.rules.loader import SERVANTS_2025, load_methodology
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Trace, decimal
from toolkit.rules.reading import choose
from toolkit.rules.rule import Rule
from toolkit.servants.bands import cut
from toolkit.servants.records import ServantFile
from toolkit.servants.regulation import Regulation, load_regulation

EVALUATED, NOT_ELIGIBLE, REFUSED = ("evaluated", "not_eligible", "refused")
# Rounded, a mark could stand beside the label of the row below (G3); a decimal shows twelve digits.
_DECIMALS = 11
# The readings that can change a mark, a label or a decision; `before_date` is about deadlines alone.
READINGS: Mapping[str, tuple[str, ...]] = {
    "corps_a": ("kpi_direction", "band_40_45", "scale_gaps", "transitional_weight"),
    "corps_b": ("sanction_cap_on", "scale_gaps", "quarter_rounding"),
}
# The subjects of the law files whose rules a corps goes by.
_SUBJECTS = {"corps_a": ("category_1", "transitional"), "corps_b": ("leader",)}


class Decision(NamedTuple):
    """The outcome of one period of one servant.

    Attributes:
        exact: the exact mark, or None where there is none.
        label: the words of the order, or empty.
        reasons: why the servant is not evaluated, in words.
        problems: what is wrong, refusals and warnings.
    """

    exact: Fraction | None = None
    label: str = ""
    reasons: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def status(self) -> str:
        """Return `evaluated`, `not_eligible` or `refused`."""
        if self.exact is not None:
            return EVALUATED
        return NOT_ELIGIBLE if self.reasons else REFUSED

    def row(self) -> dict[str, str]:
        """Return the binding columns about it, as text."""
        return {
            "status": self.status,
            "mean": "" if self.exact is None else decimal(cut(self.exact, _DECIMALS)),
            "exact": "" if self.exact is None else str(self.exact),
            "label": self.label,
            "problems": " | ".join([*self.reasons, *map(str, self.problems)]),
        }


@dataclass(frozen=True, slots=True)
class Result:
    """What came out for one servant in one period.

    Attributes:
        servant: code of the servant.
        period: `2025Q3` or `2025`; what stands in the file where that is no quarter, empty when nothing does.
        agency: code of the agency, of a year that of its last quarter; empty where none is given.
        name: name of the servant, or empty.
        decision: what came out.
    """

    servant: str
    period: str
    agency: str
    name: str
    decision: Decision

    def row(self) -> dict[str, str]:
        """Return the binding columns of the result, as text."""
        return {"servant": self.servant, "period": self.period, **self.decision.row()}


class Options(TypedDict, total=False):
    """What may differ from the printed order.

    Attributes:
        readings: chosen options by key; the defaults stand for the rest.
        parameters: numbers by `CODE.NAME`; the printed ones stand for the rest.
        regulation: the order beside its formulas; that of 2025 when left out.
    """

    readings: Mapping[str, str] | None
    parameters: Mapping[str, Number] | None
    regulation: Regulation | None


class Basis:
    """By what the servants of a file are evaluated.

    What the corps of the file does not use is refused: choosing it would change nothing.

    Parameters:
        file: the file.
        methodology: the rules; the order of 2025 when left out.
        options: what may differ from the printed order.
    """

    def __init__(
        self, file: ServantFile, methodology: Methodology | None, **options: Unpack[Options]
    ) -> None:
        self.file, self.methodology = file, methodology or load_methodology(SERVANTS_2025)
        self.regulation = options.get("regulation") or load_regulation()
        self.parameters, readings = options.get("parameters") or {}, options.get("readings") or {}
        self.choice = choose(self.methodology.readings, readings)
        for key in readings:
            if key not in (used := READINGS[file.corps]) and key != "before_date":
                raise ToolkitError(f"прочтение {key} не касается этих служащих", ", ".join(used))
        codes = {code for code, raw in self.methodology.rules.items() if raw["direction"] == file.corps}
        known = [f"{code}.{name}" for code, name in self.methodology.parameters() if code in codes]
        for name in (name for name in self.parameters if name not in known):
            raise ToolkitError(f"нет параметра «{name}»{nearest(name, known)}", ", ".join(known))
        self.rules: dict[str, Rule] = {}
        for subject in _SUBJECTS[file.corps]:
            self.rules |= self.resolve(subject)
        self._known: dict[tuple[object, ...], Fraction] = {}

    def resolve(self, subject: str, **readings: str) -> dict[str, Rule]:
        """Return the rules that apply to a subject, by code; some readings may differ from the chosen."""
        rules = self.methodology.resolve(subject, {**self.choice, **readings}, self.parameters)
        return {rule.code: rule for rule in rules if rule.applies}

    def value(self, code: str, numbers: Mapping[str, Fraction]) -> Fraction:
        """Return the result of a rule for numbers by their letters, always given in the same order.

        The same numbers are worked out once: most sheets of a quarter repeat those of others.
        """
        # Hashing a fraction costs as much as adding two; its two whole numbers cost nothing.
        key = (code, *(part for number in numbers.values() for part in number.as_integer_ratio()))
        if key not in self._known:
            self._known[key] = apply_rule(self.rules[code], numbers).lines[-1].value
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Results:
    """What came out of a file.

    Attributes:
        file: the file.
        outcomes: one for each servant or period, in the order of the file.
        readings: the complete choice of readings.
        rules: the rules by code.
        delegations: evaluators who have more persons than point 18 leaves to one.
    """

    file: ServantFile
    outcomes: tuple[Any, ...]
    readings: Mapping[str, str]
    rules: Mapping[str, Rule]
    delegations: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return every problem: of the file, then of each servant."""
        own = (problem for one in self.outcomes for problem in one.decision.problems)
        return (*self.file.problems, *self.delegations, *own)


def refuses(problems: Iterable[Problem]) -> bool:
    """Say whether one of the problems is more than a warning."""
    return any(not problem.warning for problem in problems)


def apply_rule(rule: Rule, values: Mapping[str, Fraction]) -> Trace:
    """Return the trace of a rule for numbers by their letters, its constants put in.

    Raises:
        UndefinedError: a divisor is empty and the order does not say what that means.
    """
    constants = {name: constant.value for name, constant in rule.scope.constants.items()}
    return run(rule, {**constants, **values}, {})
