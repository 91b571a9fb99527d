"""Builds resolved rules from the raw data of a law file; every mistake of a file ends in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from toolkit.errors import ToolkitError, nearest
from toolkit.formula.parse import FormulaError, parse, parse_condition
from toolkit.formula.tree import Comparison, Tree, names
from toolkit.rules.agency import AGENCY_TYPES, Input
from toolkit.rules.rule import Constant, Empty, Flag, Line, Penalty, Rule, Scope, used_names

PROVENANCES = ("text", "reconstructed", "ambiguous", "provisional", "entered")
_RULE_KEYS = {
    *(
        "level",
        "kind",
        "direction",
        "criterion",
        "letter",
        "point",
        "title",
        "provenance",
        "reasoning",
        "applies",
    ),
    *("where", "symbols", "constants", "empty", "lines", "formula", "maximum", "floor", "penalties", "flags"),
}
_LINE_KEYS = {"letter", "formula", "maximum", "floor", "provenance", "title"}
_PENALTY_KEYS = {"code", "from", "lines", "formula", "maximum", "title", "provenance"}
_CONSTANT_KEYS = {"value", "symbol", "title"}
_EMPTY_KEYS = {"value", "assumed", "undefined", "note"}

cached_parse = cache(parse)
cached_condition = cache(parse_condition)


class Builder:
    """Builds one rule from its resolved raw data."""

    def __init__(
        self, code: str, raw: dict[str, Any], inputs: Mapping[str, Input], codes: Mapping[str, Any]
    ) -> None:
        """Take the rule's code and data, the declared inputs and the codes of all rules."""
        self.code, self.raw, self.known_inputs, self.codes = code, raw, inputs, codes

    def build(
        self, agency_type: str, readings: Mapping[str, str], parameters: Mapping[str, Fraction]
    ) -> Rule:
        """Return the rule for one agency type, with `CODE.NAME` parameters put in."""
        self._refuse_unknown(self.raw, _RULE_KEYS, "правила")
        raw, scope = self.raw, self._scope(parameters)
        lines = self._lines(raw)
        rule = Rule(
            code=self.code,
            level=raw.get("level", "indicator"),
            kind=raw.get("kind", ""),
            direction=self._text("direction"),
            criterion=raw.get("criterion", ""),
            letter=raw.get("letter", ""),
            point=self._text("point"),
            title=_russian(raw["title"]),
            provenance=self._provenance(raw),
            reasoning=_russian(raw.get("reasoning", "")),
            applies=agency_type in raw.get("applies", AGENCY_TYPES),
            entered=raw.get("provenance") == "entered",
            lines=lines,
            penalties=tuple(self._penalty(item, scope) for item in raw.get("penalties", [])),
            flags=tuple(
                Flag(self._condition(item["when"]), _russian(item["text"])) for item in raw.get("flags", [])
            ),
            scope=scope,
            readings=MappingProxyType(dict(readings)),
        )
        self._refuse_undeclared(rule)
        return rule

    def _scope(self, parameters: Mapping[str, Fraction]) -> Scope:
        inputs: dict[str, str] = {}
        children: dict[str, str] = {}
        words: dict[str, Fraction] = {}
        for name, source in self.raw.get("where", {}).items():
            if source in self.known_inputs:
                inputs[name] = source
                words |= {word: Fraction(n) for n, word in enumerate(self.known_inputs[source].options)}
            elif source in self.codes:
                children[name] = source
            else:
                known = [*self.known_inputs, *self.codes]
                raise self._mistake(f"«{name}» ссылается на неизвестное «{source}»{nearest(source, known)}")
        constants = {name: self._constant(name, item, parameters) for name, item in self._table("constants")}
        return Scope(
            inputs, children, constants, words, self.raw.get("symbols", {}),
            {name: self._empty(item) for name, item in self._table("empty")},
        )  # fmt: skip

    def _table(self, key: str) -> list[tuple[str, dict[str, Any]]]:
        return list(self.raw.get(key, {}).items())

    def _constant(self, name: str, item: dict[str, Any], parameters: Mapping[str, Fraction]) -> Constant:
        self._refuse_unknown(item, _CONSTANT_KEYS, f"постоянной {name}")
        printed = Fraction(item["value"])
        value = parameters.get(f"{self.code}.{name}", printed)
        return Constant(name, value, printed, item.get("symbol", ""), _russian(item["title"]))

    def _empty(self, item: dict[str, Any]) -> Empty:
        self._refuse_unknown(item, _EMPTY_KEYS, "пустого делителя")
        if item.get("undefined", False) == ("value" in item):
            raise self._mistake("у пустого делителя нужно одно из двух: value или undefined = true")
        value = None if item.get("undefined", False) else Fraction(item["value"])
        return Empty(value, bool(item.get("assumed", False)), _russian(item["note"]))

    def _lines(self, raw: dict[str, Any]) -> tuple[Line, ...]:
        lines = [self._line(item) for item in raw.get("lines", [])]
        # The title of a rule or penalty is its own; its last line needs no other.
        shown = ("formula", "maximum", "floor", "provenance")
        last: dict[str, Any] = {key: raw[key] for key in shown if key in raw}
        if "formula" not in last:
            raise self._mistake("нет строки formula")
        letter = raw.get("letter") or raw.get("code") or self.code
        return (*lines, self._line({"letter": letter, "provenance": self._provenance(self.raw), **last}))

    def _line(self, item: dict[str, Any]) -> Line:
        self._refuse_unknown(item, _LINE_KEYS, "строки")
        letter = item["letter"]
        return Line(
            letter=letter,
            tree=self._tree(item["formula"]),
            text=" ".join(item["formula"].split()),
            maximum=self._limit(item.get("maximum", False)),
            floor=self._limit(item.get("floor", False)),
            provenance=self._provenance(item),
            title=_russian(item.get("title", "")),
        )

    def _limit(self, limit: Any) -> Tree | None:
        # TOML has no null: a switch says `false` where an option sets no limit.
        return None if limit is False else self._tree(str(limit))

    def _penalty(self, item: dict[str, Any], scope: Scope) -> Penalty:
        self._refuse_unknown(item, _PENALTY_KEYS, "штрафа")
        target = item.get("from", "self")
        letters = {line["letter"] for line in self.raw.get("lines", [])}
        if target != "self" and target not in letters and target not in self.codes:
            raise self._mistake(f"штраф {item['code']} вычитается из неизвестного «{target}»")
        lines = self._lines({"provenance": self._provenance(self.raw), **item})
        return Penalty(
            item["code"], self.code, target, lines, scope, _russian(item["title"]), lines[-1].provenance
        )

    def _tree(self, text: str) -> Tree:
        try:
            return cached_parse(text)
        except FormulaError as error:
            raise self._mistake(str(error)) from None

    def _condition(self, text: str) -> Comparison:
        try:
            return cached_condition(text)
        except FormulaError as error:
            raise self._mistake(str(error)) from None

    def _provenance(self, raw: dict[str, Any]) -> str:
        provenance = raw.get("provenance", self.raw.get("provenance", ""))
        if provenance not in PROVENANCES:
            raise self._mistake(f"происхождение «{provenance}» неизвестно ({', '.join(PROVENANCES)})")
        return str(provenance)

    def _text(self, key: str) -> str:
        if not isinstance(self.raw.get(key), str):
            raise self._mistake(f"нет строки {key}")
        return str(self.raw[key])

    def _refuse_unknown(self, item: Mapping[str, Any], known: set[str], what: str) -> None:
        for key in item:
            if key not in known:
                raise self._mistake(f"неизвестное поле {what} «{key}»{nearest(key, known)}")

    def _refuse_undeclared(self, rule: Rule) -> None:
        scope = rule.scope
        declared = {*scope.inputs, *scope.children, *scope.constants, *scope.words}
        own = declared | {line.letter for line in rule.lines}
        used = [(name, own) for name in used_names(rule.lines)]
        used += [(name, own) for flag in rule.flags for name in names(flag.condition)]
        for penalty in rule.penalties:
            seen = declared if penalty.target in self.codes else own
            used += [
                (name, seen | {line.letter for line in penalty.lines}) for name in used_names(penalty.lines)
            ]
        for name, known in used:
            if name not in known:
                raise self._mistake(f"имя «{name}» не объявлено{nearest(name, known)}")

    def _mistake(self, what: str) -> ToolkitError:
        return ToolkitError(f"правило {self.code}: {what}")


def _russian(title: str | Mapping[str, str]) -> str:
    return title if isinstance(title, str) else title["ru"]
