"""The sentences an auditor must see beside a score: caps that acted, conventions, what is missing."""

from collections.abc import Mapping
from fractions import Fraction

from toolkit.formula.exact import UndefinedError, compare, evaluate
from toolkit.formula.tree import Comparison
from toolkit.rules.agency import Agency
from toolkit.rules.outcome import Trace, decimal
from toolkit.rules.rule import Rule, Scope

_LIMITED = {"maximum": "ограничено максимумом", "floor": "отрицательный результат заменён на"}
_OWN = ".formula"
_UNOFFICIAL = "Это расчёт «что если», а не официальный результат."
_UNSHOWN = "Исполнение не показано: по тексту пункта баллы за него не присваиваются."


def observations(
    rule: Rule, agency: Agency, numbers: Mapping[str, Fraction], trace: Trace
) -> tuple[str, ...]:
    """Say what was noticed on the way to a complete score."""
    known = {**numbers, **{line.line.letter: line.raw for line in trace.lines}}
    flagged = [flag.text for flag in rule.flags if _holds(flag.condition, known)]
    empty = [rule.scope.empty[name].note for name in emptied(trace)]
    unshown = [_UNSHOWN] if agency.unshown.intersection(rule.inputs) else []
    return (*empty, *limits(rule, trace), *flagged, *unshown)


def emptied(trace: Trace) -> tuple[str, ...]:
    """Return the names of the divisors that were empty anywhere in the trace."""
    lines = [*trace.lines, *(line for taken in trace.penalties for line in taken.lines)]
    return tuple(dict.fromkeys(name for line in lines for name in line.emptied))


def limits(rule: Rule, trace: Trace) -> list[str]:
    """Say which caps and floors acted."""
    limited = (traced for traced in trace.lines if traced.limited)
    return [f"{_called(rule, it.line.letter)}: {_LIMITED[it.limited]} {comma(it.value)}." for it in limited]


def comma(value: Fraction) -> str:
    """Return a number as it stands in a Russian sentence."""
    return decimal(value).replace(".", ",")


def _called(rule: Rule, letter: str) -> str:
    """Return how a line is called in a sentence; a result without a letter of the order is «балл»."""
    return "Балл" if letter == rule.code else rule.scope.symbols.get(letter, letter)


def changes(changed: tuple[str, ...]) -> list[str]:
    """Say which parameters are not the printed ones, and which formulas are not the order's."""
    replaced = [name.removesuffix(_OWN) for name in changed if name.endswith(_OWN)]
    parameters = [name for name in changed if not name.endswith(_OWN)]
    said = [f"Что если: своя формула вместо приказа в {', '.join(replaced)}."] if replaced else []
    said += [f"Изменены параметры: {', '.join(parameters)}."] if parameters else []
    return [*said, _UNOFFICIAL] if said else []


def lack(name: str, agency: Agency) -> str:
    """Say why an input is missing: its cell was refused, or it was never given."""
    refusal = agency.refused.get(name)
    return f"{name}: {refusal}." if refusal else f"{name}: нет значения."


def undefined(scope: Scope, error: UndefinedError) -> str:
    """Say why a rule is not computable: the declared sentence, or the divisor that has no meaning."""
    declared = [scope.empty[letter].note for letter in error.letters if letter in scope.empty]
    return declared[0] if declared else f"Не вычисляется: {error}."


def _holds(condition: Comparison, known: Mapping[str, Fraction]) -> bool:
    left, right = evaluate(condition.left, known).number, evaluate(condition.right, known).number
    return compare(condition.sign, left, right)
