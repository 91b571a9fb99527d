"""Reads one table of a law file; whatever is wrong in it ends in a sentence that names the rule."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from toolkit.errors import ToolkitError, nearest
from toolkit.formula.parse import FormulaError, parse, parse_condition
from toolkit.formula.tree import Comparison, Tree

Number = int | float | Decimal | Fraction

_parse, _parse_condition = cache(parse), cache(parse_condition)


def exact_number(value: object, name: str) -> Fraction:
    """Return a number a user typed in Python as the exact number it is read as: `0.1` is 1/10.

    Raises:
        ToolkitError: it is no number, or below zero.
    """
    if isinstance(value, Number) and not isinstance(value, bool):
        with suppress(ValueError, OverflowError):  # not a number, or an infinite one
            exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
            if exact >= 0:
                return exact
            raise ToolkitError(f"параметр {name} меньше нуля: {value}", "число ≥ 0")
    raise ToolkitError(f"параметр {name} — не число: «{value}»", "число ≥ 0")


class Fields:
    """One table: a rule, a line, a penalty, a constant, an empty divisor or a flag.

    Every method raises `ToolkitError` with the place when the field is not what it must be.
    """

    def __init__(self, raw: Mapping[str, Any], place: str, known: Collection[str]) -> None:
        """Take the table, where it stands in words, and the fields it may have."""
        self.raw, self.place = raw, place
        for key in raw:
            if key not in known:
                raise self.mistake(f"неизвестное поле «{key}»{nearest(key, known)}")

    def __contains__(self, key: str) -> bool:
        """Say whether the table has a field."""
        return key in self.raw

    def need(self, key: str) -> Any:
        """Return a field that must be there."""
        if key not in self.raw:
            raise self.mistake(f"нет поля {key}")
        return self.raw[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text, or the Russian one of a title in several languages."""
        value = self.raw.get(key, default) if default is not None else self.need(key)
        value = value.get("ru") if isinstance(value, Mapping) else value
        if not isinstance(value, str):
            raise self.mistake(f"поле {key} — не текст")
        return value

    def number(self, key: str) -> Fraction:
        """Return an exact number."""
        value = self.need(key)
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            raise self.mistake(f"поле {key} — не число: «{value}»")
        return Fraction(value)

    def choice(self, key: str, allowed: Collection[str], default: str) -> str:
        """Return one of the allowed words."""
        return self.one_of(key, self.text(key, default), allowed)

    def one_of(self, key: str, value: str, allowed: Collection[str]) -> str:
        """Return the word when it is allowed."""
        if value not in allowed:
            what = f"поле {key}: неизвестное «{value}»{nearest(value, allowed)}"
            raise self.mistake(what, ", ".join(filter(None, allowed)))
        return value

    def tree(self, key: str) -> Tree:
        """Return a formula."""
        return self.formula(self.text(key))

    def limit(self, key: str) -> Tree | None:
        """Return the formula of a cap or floor; TOML has no null, so a switch says `false` for none."""
        value = self.raw.get(key, False)
        return None if value is False else self.formula(str(value))

    def formula(self, text: str) -> Tree:
        """Return the tree of a formula text."""
        try:
            return _parse(text)
        except FormulaError as error:
            raise self.mistake(str(error)) from None

    def condition(self, key: str) -> Comparison:
        """Return a comparison."""
        try:
            return _parse_condition(self.text(key))
        except FormulaError as error:
            raise self.mistake(str(error)) from None

    def mistake(self, what: str, allowed: str = "") -> ToolkitError:
        """Return the error that names the place."""
        return ToolkitError(f"{self.place}: {what}", allowed)
