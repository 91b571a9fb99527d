"""Mistakes in the declared inputs: bounds, limits, words and what is implausible."""

from fractions import Fraction
from itertools import combinations, pairwise

from tests.proofs.formula_mutants import spoil
from tests.proofs.places import exchange, swap_keys

DESCRIPTIONS = ("letter", "point", "unit", "title", "source")
ONE = Fraction(1)


def spoil_inputs(document):
    inputs = document["inputs"]
    for (name, raw), (_, beside) in pairwise([*inputs.items(), *inputs.items()][: len(inputs) + 1]):
        at = ("inputs", name)
        yield from describe_as(at, raw, beside)
        yield from change_bounds(at, raw)
        yield from change_limit(at, raw, inputs)
        yield from change_words(at, raw, inputs)
    for number, check in enumerate(document.get("checks", [])):
        yield from change_check(("checks", number), check, inputs)


def describe_as(at, raw, beside):
    """Give an input what is said of the input beside it."""
    for field in DESCRIPTIONS:
        own, its = raw.get(field, ""), beside.get(field, "")
        if own != its:
            yield "description", (*at, field), its, f"as beside: {its}"
        if own and field != "title":
            yield "description", (*at, field), "", "emptied"


def change_bounds(at, raw):
    """Open or close a bound, bound what is free, count what is measured, fill what is empty."""
    renamed = {"low": "above", "above": "low"}
    for key in renamed.keys() & raw.keys():
        table = {renamed.get(field, field): value for field, value in raw.items()}
        yield "bound", at, table, f"{key} → {renamed[key]}"
    if "options" in raw:
        return
    for field, value in {"high": 100, "whole": True, "empty_cell": 0}.items():
        if field not in raw:
            yield "bound", (*at, field), value, f"{field} = {value}"


def change_limit(at, raw, inputs):
    if "limit" in raw:
        near = [name for name, other in inputs.items() if other["unit"] == raw["unit"]]
        for kind, other in spoil(raw["limit"], near, vary_whole):
            yield kind, (*at, "limit"), other, f"{raw['limit']} → {other}"


def change_words(at, raw, inputs):
    """Exchange two words, and let a value be forbidden beside another word."""
    for one, other in combinations(raw.get("options", {}), 2):
        yield "order", (*at, "options"), swap_keys(raw["options"], one, other), f"{one} ↔ {other}"
    for name, word in raw.get("forbidden_with", {}).items():
        yield from exchange((*at, "forbidden_with", name), word, inputs[name]["options"], "bound")


def change_check(at, check, inputs):
    own = inputs[check["input"]]
    near = [name for name, other in inputs.items() if other["unit"] == own["unit"]]
    yield from exchange((*at, "input"), check["input"], near, "target")
    for kind, other in spoil(check["when"], near, vary_whole):
        yield kind, (*at, "when"), other, f"{check['when']} → {other}"


def vary_whole(number):
    """Return other whole numbers too: what is counted knows nothing between two of them."""
    return [number + ONE, number - ONE, number / 2] if number else [ONE, Fraction(1, 2)]
