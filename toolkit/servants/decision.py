"""What came out of an evaluation of a servant, and how its problems are gathered on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from toolkit.errors import Problem, ToolkitError, nearest
from toolkit.formula.exact import UndefinedError
from toolkit.rules.apply import run
from toolkit.rules.fields import Number
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Trace, decimal
from toolkit.rules.rule import Rule

EVALUATED, NOT_ELIGIBLE, REFUSED = ("evaluated", "not_eligible", "refused")
_SHOWN = 10**11
# The readings that can change a mark, a label or a decision; `before_date` is about deadlines alone.
READINGS: Mapping[str, tuple[str, ...]] = {
    "corps_a": ("kpi_direction", "band_40_45", "scale_gaps", "transitional_weight"),
    "corps_b": ("sanction_cap_on", "scale_gaps", "quarter_rounding"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of one period of one servant.

    Attributes:
        status: `evaluated`, `not_eligible` or `refused`.
        exact: the exact mark, or None where there is none.
        label: the words of the order, or empty.
        reasons: why the servant is not evaluated, in words.
        problems: what is wrong, refusals and warnings.
    """

    status: str
    exact: Fraction | None = None
    label: str = ""
    reasons: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def row(self) -> dict[str, str]:
        """Return the binding columns that both corps share, as text."""
        said = (*self.reasons, *(str(problem) for problem in self.problems))
        return {
            "status": self.status,
            "mean": "" if self.exact is None else decimal(_cut(self.exact)),
            "exact": "" if self.exact is None else str(self.exact),
            "label": self.label,
            "problems": " | ".join(said),
        }


def _cut(exact: Fraction) -> Fraction:
    """Cut a mark to eleven decimals: rounded up it could stand beside the label of the row below (G3)."""
    return Fraction(floor(exact * _SHOWN), _SHOWN)


def refuse_foreign(
    readings: Mapping[str, str], parameters: Mapping[str, Number], methodology: Methodology, corps: str
) -> None:
    """Raise for a reading or a parameter that the corps does not use: choosing it would change nothing."""
    for key in readings:
        if key in methodology.readings and key not in (*READINGS[corps], "before_date"):
            raise ToolkitError(f"прочтение {key} не касается этих служащих", ", ".join(READINGS[corps]))
    rules = {code for code, raw in methodology.rules.items() if raw["direction"] == corps}
    known = [f"{code}.{name}" for code, name in methodology.parameters() if code in rules]
    for parameter in parameters:
        if parameter not in known:
            raise ToolkitError(f"нет параметра «{parameter}»{nearest(parameter, known)}", ", ".join(known))


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


class Calculator:
    """Works rules out, the same numbers once: most sheets of a quarter repeat those of others.

    Parameters:
        rules: the rules by code.
    """

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules
        self.known: dict[tuple[object, ...], Fraction] = {}

    def value(self, code: str, numbers: Mapping[str, Fraction]) -> Fraction:
        """Return the result of a rule for numbers by their letters, always given in the same order."""
        # Hashing a fraction costs as much as adding two; its two whole numbers cost nothing.
        key = (code, *(part for number in numbers.values() for part in number.as_integer_ratio()))
        if key not in self.known:
            self.known[key] = apply_rule(self.rules[code], numbers).lines[-1].value
        return self.known[key]


def explain_undefined(rule: Rule, error: UndefinedError) -> str:
    """Return the declared sentence about an empty divisor."""
    return next(rule.scope.empty[name].note for name in error.letters if name in rule.scope.empty)
