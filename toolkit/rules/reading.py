"""Readings: named choices where the order can be read in several ways, and the one switch concept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from toolkit.errors import ToolkitError, nearest

_NUMBER = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,12})?|[0-9]{1,15}/[1-9][0-9]{0,14}")
# The key by which law files switch between the kinds of what is evaluated.
SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Reading:
    """A doubtful choice, named and switchable.

    Attributes:
        key: name of the choice.
        title: what is in doubt, one sentence.
        register: number of the doubt in the register of ambiguities, for example `AM-8`.
        point: point of the order.
        options: each option with what it means; none when the choice is a number.
        default: the option used unless another is asked for.
        bounds: smallest and greatest number, when the choice is a number.
    """

    key: str
    title: str
    register: str
    point: str
    options: Mapping[str, str]
    default: str
    bounds: tuple[Fraction, Fraction] | None = None

    def read(self, option: str) -> str:
        """Return an option as it is known; raise for one that is not allowed."""
        low, high = self.bounds or (1, 0)
        number = option.replace(",", ".") if _NUMBER.fullmatch(option) else ""
        if option in self.options or (number and low <= Fraction(number) <= high):
            return number or option
        what = f"у прочтения {self.key} нет варианта «{option}»{nearest(option, self.options)}"
        raise ToolkitError(what, ", ".join(self.options) or f"число от {low} до {high}")


def choose(readings: Mapping[str, Reading], wanted: Mapping[str, str]) -> dict[str, str]:
    """Return one option for every reading: the wanted one, else the default.

    Parameters:
        readings: every declared reading by key.
        wanted: options asked for, by key.

    Returns:
        The complete choice.

    Raises:
        ToolkitError: an unknown key or option; the message lists what is allowed and the nearest name.

    Source:
        Section "Readings" of the methodology.

    Example:
        >>> choose({}, {})
        {}
    """
    for key in wanted:
        if key not in readings:
            raise ToolkitError(f"нет прочтения «{key}»{nearest(key, readings)}", ", ".join(sorted(readings)))
    return {key: reading.read(wanted.get(key, reading.default)) for key, reading in readings.items()}


class Resolver:
    """Replaces every switch `{ by = …, option = value }` of raw law data by the chosen value.

    After `resolve`, `met` holds the readings met on the way, so that a result can name those it used.
    """

    def __init__(self, choices: Mapping[str, str], place: str) -> None:
        """Take the chosen option of every key, the subject among them, and the rule in words."""
        self.choices, self.place = choices, place
        self.met: dict[str, str] = {}

    def resolve(self, raw: Any) -> Any:
        """Return the data with no switch left in it."""
        if isinstance(raw, list):
            return [self.resolve(item) for item in raw]
        if not isinstance(raw, dict):
            return raw
        if "by" not in raw:
            return {key: self.resolve(value) for key, value in raw.items()}
        key = raw["by"]
        if key not in self.choices:
            what = f"переключатель по неизвестному ключу «{key}»{nearest(key, self.choices)}"
            raise ToolkitError(f"{self.place}: {what}")
        option = self.choices[key]
        if raw == {"by": key} and _NUMBER.fullmatch(option):
            self.met[key] = option
            return Fraction(option)
        if option not in raw:
            listed = ", ".join(word for word in raw if word != "by")
            raise ToolkitError(f"{self.place}: переключатель {key} не знает варианта «{option}»", listed)
        if key != SUBJECT:
            self.met[key] = option
        return self.resolve(raw[option])
