"""Mistakes in a chapter of rules: letters, operators, targets, switches, descriptions, places."""

from itertools import pairwise

from tests.proofs.formula_mutants import spoil
from tests.proofs.places import exchange, swap_keys, walk
from toolkit.rules.builder import KINDS, LEVELS, PROVENANCES

FORMULAS = ("formula", "maximum", "floor", "when")
DESCRIPTIONS = ("letter", "point", "title")


def spoil_chapter(document, documents):
    rules = {code: raw for code, raw in document.items() if code != "chapter"}
    yield from spoil_shared(document["chapter"], documents["order.toml"])
    for (code, raw), (beside, other) in pairwise([*rules.items(), *rules.items()][: len(rules) + 1]):
        yield from spoil_rule(code, raw, document["chapter"], documents)
        yield from describe_as(code, raw, other)
        if beside != next(iter(rules)):
            yield "order", (), swap_keys(document, code, beside), f"{code} ↔ {beside}"


def spoil_shared(chapter, order):
    directions = order["directions"]
    yield from exchange(("chapter", "direction"), chapter["direction"], directions, "description")
    yield from change_subjects(("chapter", "applies"), chapter, order["subjects"])


def spoil_rule(code, raw, chapter, documents):
    criteria = [key for rules in documents.values() for key, rule in rules.items() if is_criterion(rule)]
    order = documents["order.toml"]
    values = {"level": LEVELS, "kind": KINDS, "direction": order["directions"], "criterion": ("", *criteria)}
    defaults = {"level": "indicator", "direction": chapter["direction"]}
    for field, allowed in values.items():
        own = raw.get(field, defaults.get(field, ""))
        yield from exchange((code, field), own, allowed, "description")
    yield from change_subjects((code, "applies"), chapter | raw, order["subjects"])
    yield from change_provenances(code, raw)
    yield from change_letters(code, raw, documents["inputs.toml"]["inputs"])
    yield from change_targets(code, raw)
    yield from change_readings(code, raw, documents["readings.toml"])
    yield from change_symbols(code, raw)
    yield from change_empty(code, raw)
    yield from change_penalties(code, raw, [*criteria, *order["directions"]])
    yield from swap_lines(code, raw)


def is_criterion(rule):
    return isinstance(rule, dict) and rule.get("level") == "criterion"


def change_subjects(at, raw, subjects):
    """Take a subject from a rule, or evaluate by it one that has nothing to do with it."""
    own = raw.get("applies", list(subjects))
    for kind in subjects:
        other = [known for known in subjects if (known in own) != (known == kind)]
        yield "applies", at, other, f"{', '.join(own)} → {', '.join(other)}"


def change_provenances(code, raw):
    own = raw["provenance"]
    yield from exchange((code, "provenance"), own, PROVENANCES, "provenance")
    last = raw.get("formula_provenance", own)
    yield from exchange((code, "formula_provenance"), last, PROVENANCES, "provenance")
    for at, line in walk(raw):
        if isinstance(line, dict) and "formula" in line and at:
            said = line.get("provenance", own)
            yield from exchange((code, *at, "provenance"), said, PROVENANCES, "provenance")


def list_letters(raw, inputs):
    """Return the names that may stand in the formulas of a rule."""
    targets = [value for at, value in walk(raw.get("where", {})) if isinstance(value, str) and at[-1] != "by"]
    words = [word for target in targets for word in inputs.get(target, {}).get("options", {})]
    lines = [line["letter"] for line in raw.get("lines", [])]
    return [*raw.get("where", {}), *raw.get("constants", {}), *lines, *words]


def change_letters(code, raw, inputs):
    """Mistype every formula, cap, floor and condition of a rule and of its penalties."""
    letters = list_letters(raw, inputs)
    for at, text in walk(raw):
        if not isinstance(text, str) or "constants" in at or at[-1] == "by" or not {*FORMULAS} & {*at}:
            continue
        near = raw["penalties"][at[1]].get("lines", []) if at[0] == "penalties" else []
        names = dict.fromkeys([*letters, *(line["letter"] for line in near)])
        for kind, other in spoil(text, names):
            yield kind, (code, *at), other, f"{' '.join(text.split())} → {other}"


def change_targets(code, raw):
    """Let a letter stand for what another letter of the rule stands for."""
    places = [(at, value) for at, value in walk(raw.get("where", {})) if isinstance(value, str)]
    targets = {at: value for at, value in places if at[-1] != "by"}
    for at, target in targets.items():
        yield from exchange((code, "where", *at), target, targets.values(), "target")


def change_readings(code, raw, readings):
    """Let a number that is chosen by a reading be chosen by another one."""
    for at, value in walk(raw):
        if isinstance(value, dict) and list(value) == ["by"]:
            yield from exchange((code, *at, "by"), value["by"], readings, "switch")


def change_symbols(code, raw):
    symbols = raw.get("symbols", {})
    for name, symbol in symbols.items():
        yield from exchange((code, "symbols", name), symbol, [*symbols.values(), name, "?"], "symbol")
    for name, constant in raw.get("constants", {}).items():
        at = (code, "constants", name, "symbol")
        yield from exchange(at, constant.get("symbol", ""), ["", name, "?"], "symbol")


def change_empty(code, raw):
    """Turn a value of an empty divisor into none and none into a value; hide that it is assumed."""
    for at, empty in walk(raw.get("empty", {})):
        if not isinstance(empty, dict) or "note" not in empty:
            continue
        place, note = (code, "empty", *at), {"note": empty["note"]}
        if "undefined" in empty:
            yield from (("empty", place, note | {"value": value}, f"= {value}") for value in (0, 1))
        else:
            yield "empty", place, note | {"undefined": True}, "undefined"
            yield "empty", place, empty | {"assumed": not empty.get("assumed", False)}, "assumed flipped"


def change_penalties(code, raw, totals):
    """Take a penalty from another place: the result, a line, a total."""
    letters = [line["letter"] for line in raw.get("lines", [])]
    places = ["self", *letters, *(total for total in totals if total != code)]
    for number, penalty in enumerate(raw.get("penalties", [])):
        at = (code, "penalties", number, "from")
        own = penalty.get("from", "self")
        if not isinstance(own, dict):
            yield from exchange(at, own, places, "penalty place")
            continue
        for option in own:
            if option != "by":
                yield from exchange((*at, option), own[option], places, "penalty place")


def swap_lines(code, raw):
    lines = raw.get("lines", [])
    for first in range(len(lines) - 1):
        swapped = [*lines[:first], lines[first + 1], lines[first], *lines[first + 2 :]]
        yield "order", (code, "lines"), swapped, f"{first} ↔ {first + 1}"


def describe_as(code, raw, other):
    """Give a rule the letter, the point or the title of the rule beside it."""
    for field in DESCRIPTIONS:
        own, its = raw.get(field, ""), other.get(field, "")
        if own != its:
            yield "description", (code, field), its, f"as beside: {its}"
