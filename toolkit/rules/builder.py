"""Builds resolved rules from the raw data of a law file."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.errors import nearest
from toolkit.rules.consistency import refuse_inconsistent
from toolkit.rules.fields import Fields
from toolkit.rules.rule import Constant, Empty, Flag, Line, Penalty, Rule, Scope
from toolkit.rules.what_if import WHAT_IF

if TYPE_CHECKING:
    from toolkit.rules.methodology import Methodology

PROVENANCES = ("text", "reconstructed", "ambiguous", "provisional", "entered", WHAT_IF)
LEVELS = ("indicator", "criterion", "direction", "penalty")
KINDS = ("", "base", "bonus", "deduction", "penalty")

_RULE = {
    *("level", "kind", "direction", "criterion", "letter", "point", "title", "provenance", "reasoning"),
    *("applies", "where", "symbols", "constants", "empty", "lines", "formula", "maximum", "floor"),
    *("formula_provenance", "penalties", "flags"),
}
_LINE = {"letter", "formula", "maximum", "floor", "provenance", "title"}
_PENALTY = {"code", "from", "lines", "formula", "maximum", "title", "provenance"}


class Builder:
    """Builds one rule from its resolved raw data."""

    def __init__(self, code: str, raw: Mapping[str, Any], methodology: Methodology) -> None:
        """Take the rule's code and data, and the methodology it is a part of."""
        self.code, self.methodology = code, methodology
        self.known_inputs, self.rules = methodology.inputs, methodology.rules
        self.place = f"правило {code}"
        self.fields = Fields(raw, self.place, _RULE)

    def build(self, subject: str, readings: Mapping[str, str], parameters: Mapping[str, Fraction]) -> Rule:
        """Return the rule for one subject, with `CODE.NAME` parameters put in."""
        fields, scope = self.fields, self._scope(parameters)
        criteria = [code for code, raw in self.rules.items() if raw.get("level") == "criterion"]
        subjects = self.methodology.subjects
        applies = [fields.one_of("applies", kind, subjects) for kind in fields.raw.get("applies", subjects)]
        rule = Rule(
            code=self.code,
            level=fields.choice("level", LEVELS, "indicator"),
            kind=fields.choice("kind", KINDS, ""),
            direction=fields.one_of("direction", fields.text("direction"), self.methodology.directions),
            criterion=fields.choice("criterion", ("", *criteria), ""),
            letter=fields.text("letter", ""),
            point=fields.text("point"),
            title=fields.text("title"),
            provenance=self._provenance(fields),
            reasoning=fields.text("reasoning", ""),
            applies=subject in applies,
            entered=self._provenance(fields) == "entered",
            lines=self._lines(fields, fields.text("letter", self.code)),
            penalties=tuple(self._penalty(raw, scope) for raw in fields.raw.get("penalties", [])),
            flags=tuple(self._flag(raw) for raw in fields.raw.get("flags", [])),
            scope=scope,
            readings=MappingProxyType(dict(readings)),
        )
        refuse_inconsistent(rule, self.rules, fields)
        return rule

    def _scope(self, parameters: Mapping[str, Fraction]) -> Scope:
        inputs: dict[str, str] = {}
        children: dict[str, str] = {}
        words: dict[str, Fraction] = {}
        for name, source in self.fields.raw.get("where", {}).items():
            if not isinstance(source, str):
                raise self.fields.mistake(f"«{name}» ссылается не на имя, а на {source}")
            if source in self.known_inputs:
                inputs[name] = source
                words |= {word: Fraction(n) for n, word in enumerate(self.known_inputs[source].options)}
            elif source in self.rules:
                children[name] = source
            else:
                near = nearest(source, [*self.known_inputs, *self.rules])
                raise self.fields.mistake(f"«{name}» ссылается на неизвестное «{source}»{near}")
        raw, constants = self.fields.raw, self.fields.raw.get("constants", {})
        return Scope(
            inputs=inputs,
            children=children,
            constants={name: self._constant(name, item, parameters) for name, item in constants.items()},
            words=words,
            symbols=raw.get("symbols", {}),
            empty={name: self._empty(name, item) for name, item in raw.get("empty", {}).items()},
        )

    def _constant(self, name: str, raw: Mapping[str, Any], parameters: Mapping[str, Fraction]) -> Constant:
        fields = Fields(raw, f"{self.place}, постоянная {name}", {"value", "symbol", "title"})
        printed = fields.number("value")
        value = parameters.get(f"{self.code}.{name}", printed)
        return Constant(name, value, printed, fields.text("symbol", ""), fields.text("title"))

    def _empty(self, name: str, raw: Mapping[str, Any]) -> Empty:
        known = {"value", "assumed", "undefined", "note"}
        fields = Fields(raw, f"{self.place}, пустой делитель {name}", known)
        undefined = fields.raw.get("undefined", False)
        if undefined == ("value" in fields):
            raise fields.mistake("нужно одно из двух: value или undefined = true")
        value = None if undefined else fields.number("value")
        return Empty(value, bool(raw.get("assumed", False)), fields.text("note"))

    def _lines(self, fields: Fields, letter: str) -> tuple[Line, ...]:
        place = f"{self.place}, строка"
        lines = [self._line(Fields(raw, place, _LINE)) for raw in fields.raw.get("lines", [])]
        # The title of a rule or penalty is its own; its last line needs no other.
        shown = ("formula", "maximum", "floor", "provenance")
        last = {key: fields.raw[key] for key in shown if key in fields}
        # The last line may be printed in the order where the lines before it are pictures.
        if "formula_provenance" in fields:
            last["provenance"] = fields.raw["formula_provenance"]
        return (*lines, self._line(Fields({"letter": letter, **last}, fields.place, _LINE)))

    def _line(self, fields: Fields) -> Line:
        return Line(
            letter=fields.text("letter"),
            tree=fields.tree("formula"),
            text=" ".join(fields.text("formula").split()),
            maximum=fields.limit("maximum"),
            floor=fields.limit("floor"),
            provenance=self._provenance(fields),
            title=fields.text("title", ""),
        )

    def _penalty(self, raw: Mapping[str, Any], scope: Scope) -> Penalty:
        fields = Fields(raw, f"{self.place}, штраф {raw.get('code', '')}", _PENALTY)
        code = fields.text("code")
        lines = self._lines(fields, code)
        letters = [line.get("letter", "") for line in self.fields.raw.get("lines", [])]
        target = fields.choice("from", ("self", *letters, *self.rules), "self")
        return Penalty(code, self.code, target, lines, scope, fields.text("title"), lines[-1].provenance)

    def _flag(self, raw: Mapping[str, Any]) -> Flag:
        fields = Fields(raw, f"{self.place}, пометка", {"when", "text"})
        return Flag(fields.condition("when"), fields.text("text"))

    def _provenance(self, fields: Fields) -> str:
        """Return the provenance of a line or penalty; what says nothing has that of its rule."""
        own = fields.text("provenance", self.fields.text("provenance", ""))
        return fields.one_of("provenance", own, PROVENANCES)
