"""A methodology: the rules of one order as data, resolved on demand for readings and parameters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from toolkit.errors import ToolkitError, nearest
from toolkit.rules.agency import Input
from toolkit.rules.builder import Builder
from toolkit.rules.fields import Number, exact_number
from toolkit.rules.reading import SUBJECT, Reading, Resolver, choose
from toolkit.rules.rule import Rule
from toolkit.rules.what_if import rewrite


@dataclass(frozen=True)
class Methodology:
    """The rules, readings and inputs of one edition of an order; nothing in it ever changes.

    Attributes:
        name: name of the folder of law files.
        title: title of the order.
        edition: its numbers and dates.
        subjects: what is evaluated: types of agencies, or categories and forms of servants.
        directions: into what the order divides its rules.
        rules: raw data of every rule by code, children before the totals that use them.
        readings: every declared reading by key.
        inputs: every declared input by name.
        checks: conditions that make values implausible, with the input and the sentence to show.
        replaced: codes of the rules whose formula is the user's own and not the order's.
    """

    name: str
    title: str
    edition: str
    subjects: tuple[str, ...]
    directions: tuple[str, ...]
    rules: Mapping[str, dict[str, Any]]
    readings: Mapping[str, Reading]
    inputs: Mapping[str, Input]
    checks: tuple[Mapping[str, str], ...] = ()
    replaced: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Let what is worked out by a methodology be kept by it."""
        return hash((self.name, self.replaced))

    def resolve(
        self,
        subject: str,
        readings: Mapping[str, str] | None = None,
        parameters: Mapping[str, Number] | None = None,
    ) -> tuple[Rule, ...]:
        """Return every rule for one subject, with no switch left in it.

        Parameters:
            subject: one of the `subjects`, such as `central`.
            readings: chosen options by key; the defaults stand for the rest.
            parameters: numbers by `CODE.NAME`; the printed ones stand for the rest.

        Returns:
            The rules, children before totals; a penalty that is taken from another rule stands there.

        Raises:
            ToolkitError: an unknown reading, option or parameter.

        Source:
            Section "Readings" of the methodology.

        Example:
            >>> from toolkit import load_methodology
            >>> rules = load_methodology().resolve("central", {"contest_formula": "product"})
            >>> next(rule for rule in rules if rule.code == "contest_transparency").lines[-1].text
            'k * share(a, c) * share(b, c)'
        """
        choices = choose(self.readings, readings or {}) | {SUBJECT: subject}
        numbers = self.read_parameters(parameters or {})
        built = {code: self.build(code, choices, numbers) for code in self.rules}
        return tuple(with_sent_penalties(rule, built, built) for rule in built.values())

    def with_rule(
        self,
        code: str,
        formula: str,
        *,
        maximum: str | None = None,
        where: Mapping[str, str] | None = None,
        constants: Mapping[str, Number] | None = None,
    ) -> Methodology:
        """Return a new methodology with a formula of one's own in one rule; this one stays as it is.

        Parameters:
            code: code of the rule.
            formula: the formula of its last line, in the letters of the rule.
            maximum: another cap, a formula of constants; the rule's own when left out.
            where: letters to add, each with the input or the code of the rule it stands for.
            constants: named numbers to add, so that they can be changed as parameters; `0.1` is exactly 1/10.

        Returns:
            The new methodology; the rule and every total above it are marked as a what-if.

        Raises:
            ToolkitError: an unknown code, or something in the formula that a law file may not have either.

        Source:
            A what-if of the user; never an official result.

        Example:
            >>> from toolkit import load_methodology
            >>> changed = load_methodology().with_rule("training", "k * (0.7*share(a, b) + 0.3*share(c, d))")
            >>> changed.replaced
            ('training',)
        """
        if code not in self.rules:
            raise ToolkitError(f"нет показателя «{code}»{nearest(code, self.rules)}", ", ".join(self.rules))
        numbers = {name: exact_number(value, f"{code}.{name}") for name, value in (constants or {}).items()}
        raw = rewrite(self.rules[code], formula, maximum, where or {}, numbers)
        replaced = tuple(dict.fromkeys((*self.replaced, code)))
        changed = replace(self, rules=dict(self.rules) | {code: raw}, replaced=replaced)
        for subject in self.subjects:
            changed.resolve(subject)
        return changed

    def parameters(self) -> Iterator[tuple[str, str]]:
        """Yield code and name of every parameter that can be changed."""
        for code, raw in self.rules.items():
            for name in raw.get("constants", {}):
                yield code, name

    def build(self, code: str, choices: Mapping[str, str], parameters: Mapping[str, Fraction]) -> Rule:
        """Return one rule for a complete choice, the subject among it, before penalties are sent."""
        resolver = Resolver(choices, f"правило {code}")
        raw = resolver.resolve(self.rules[code])
        return Builder(code, raw, self).build(choices[SUBJECT], resolver.met, parameters)

    def read_parameters(self, parameters: Mapping[str, Number]) -> dict[str, Fraction]:
        """Return changed parameters as exact numbers; raise for one that is unknown or below zero."""
        known = [f"{code}.{name}" for code, name in self.parameters()]
        for parameter in parameters:
            if parameter not in known:
                what = f"нет параметра «{parameter}»{nearest(parameter, known)}"
                raise ToolkitError(what, f"КОД.ИМЯ, например {known[0]}" if known else "")
        return {parameter: exact_number(value, parameter) for parameter, value in parameters.items()}


def with_sent_penalties(rule: Rule, built: Mapping[str, Rule], codes: Collection[str]) -> Rule:
    """Return the rule without the penalties it sends away and with those that others send to it.

    `built` holds the rule itself and every rule that may send it a penalty, `codes` those of all rules.
    """
    kept = [penalty for penalty in rule.penalties if penalty.target not in codes]
    sent = [penalty for other in built.values() for penalty in other.penalties if penalty.target == rule.code]
    # What is sent here comes first, as the order subtracts the reporting penalties last (point 24).
    penalties = tuple(replace(penalty, target="self") for penalty in sent) + tuple(kept)
    # The rule that receives a penalty used the reading that sent it here.
    met = {key: option for penalty in sent for key, option in built[penalty.owner].readings.items()}
    return replace(rule, penalties=penalties, readings=dict(rule.readings) | met)
