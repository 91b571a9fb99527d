"""Reads the law folders; numbers stay exact and a repeated key is refused by the format itself."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from toolkit.errors import Place, ToolkitError
from toolkit.formula.parse import parse, parse_condition
from toolkit.rules.agency import Input
from toolkit.rules.methodology import Methodology
from toolkit.rules.reading import Reading

Made = TypeVar("Made")

AGENCIES_2023, SERVANTS_2025 = "agencies_2023", "servants_2025"


@cache
def load_methodology(name: str = AGENCIES_2023) -> Methodology:
    """Load the rules of one order.

    Parameters:
        name: folder of law files inside the package.

    Returns:
        The methodology, the same object at every call.

    Raises:
        ToolkitError: a law file has a mistake; the message names the file and the rule.

    Source:
        The folder's `order.toml` names the order.

    Example:
        >>> load_methodology().inputs["contests_held"].letter
        'c'
    """
    law = files("toolkit") / "law"
    order = read_toml(law / name / "order.toml")
    with complaining("order.toml"):
        title, edition, chapters = order["title"]["ru"], order["edition"]["ru"], order["chapters"]
        subjects, directions = tuple(order["subjects"]), tuple(order["directions"])
    rules: dict[str, dict[str, Any]] = {}
    for chapter in chapters:
        for code, raw in _chapter(law / name / f"{chapter}.toml").items():
            if code in rules:
                raise ToolkitError(f"показатель {code} объявлен дважды", place=Place(f"{chapter}.toml"))
            rules[code] = raw
    declared = read_toml(law / name / "inputs.toml")
    return Methodology(
        name=name,
        title=title,
        edition=edition,
        subjects=subjects,
        directions=directions,
        rules=rules,
        readings=_entries(_reading, read_toml(law / name / "readings.toml"), "readings.toml"),
        inputs=_entries(_input, declared.get("inputs", {}), "inputs.toml"),
        checks=tuple(_check(raw) for raw in declared.get("checks", [])),
    )


@contextmanager
def complaining(file: str, key: str = "") -> Iterator[None]:
    """Turn a missing field, or one of another kind, into a sentence that names the file and the entry."""
    try:
        yield
    except KeyError as error:
        raise ToolkitError(f"{key}: нет поля {error.args[0]}".lstrip(": "), place=Place(file)) from None
    except (AttributeError, StopIteration, TypeError, ValueError) as error:
        raise ToolkitError(f"{key}: поле не того вида ({error})".lstrip(": "), place=Place(file)) from None


def _entries(make: Callable[[str, Any], Made], raw: Mapping[str, Any], file: str) -> dict[str, Made]:
    found: dict[str, Made] = {}
    for key, item in raw.items():
        with complaining(file, key):
            found[key] = make(key, item)
    return found


def _check(raw: Mapping[str, str]) -> Mapping[str, str]:
    with complaining("inputs.toml", "checks"):
        parse_condition(raw["when"])
        return {"input": raw["input"], "when": raw["when"], "text": raw["text"]}


def read_toml(path: Traversable) -> dict[str, Any]:
    """Return the tables of a law file with exact numbers; raise `ToolkitError` when it is no TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Fraction)
    except tomllib.TOMLDecodeError as error:
        raise ToolkitError(f"не читается: {error}", place=Place(path.name)) from None


def _chapter(path: Traversable) -> dict[str, dict[str, Any]]:
    """Return the rules of a chapter, each with what the chapter says once for all of them."""
    raw = read_toml(path)
    shared = raw.pop("chapter", None)
    if shared is None:
        raise ToolkitError("нет таблицы [chapter]", "[chapter] с direction", Place(path.name))
    return {code: {**shared, **rule} for code, rule in raw.items()}


def _reading(key: str, raw: Mapping[str, Any]) -> Reading:
    bounds = (Fraction(raw["low"]), Fraction(raw["high"])) if "low" in raw else None
    options = {} if bounds else {option: title["ru"] for option, title in raw["options"].items()}
    made = Reading(key, raw["title"]["ru"], raw["register"], raw["point"], options, raw["default"], bounds)
    made.read(made.default)
    return made


def _input(key: str, raw: Mapping[str, Any]) -> Input:
    return Input(
        name=key,
        letter=raw.get("letter", ""),
        point=raw.get("point", ""),
        unit=raw["unit"],
        title=raw["title"]["ru"],
        source=raw.get("source", ""),
        whole=raw.get("whole", False),
        low=Fraction(raw.get("low", raw.get("above", 0))),
        above="above" in raw,
        high=Fraction(raw["high"]) if "high" in raw else None,
        limit=(raw["limit"], parse(raw["limit"])) if "limit" in raw else None,
        options={option: title["ru"] for option, title in raw.get("options", {}).items()},
        empty_cell=Fraction(raw["empty_cell"]) if "empty_cell" in raw else None,
        forbidden_with=next(iter(raw["forbidden_with"].items())) if "forbidden_with" in raw else None,
        step=(raw["next"]["title"]["ru"], parse(str(raw["next"]["by"]))) if "next" in raw else None,
        past=raw.get("past", False),
    )
