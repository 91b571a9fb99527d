"""Readings: named choices where the order can be read in several ways, and the one switch concept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.errors import ToolkitError, nearest


@dataclass(frozen=True, slots=True)
class Reading:
    """A doubtful choice, named and switchable.

    Attributes:
        key: name of the choice.
        title: what is in doubt, one sentence.
        register: number of the doubt in the register of ambiguities, for example `AM-8`.
        point: point of the order.
        options: each option with what it means.
        default: the option used unless another is asked for.
    """

    key: str
    title: str
    register: str
    point: str
    options: Mapping[str, str]
    default: str


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
    for key, option in wanted.items():
        if key not in readings:
            raise ToolkitError(f"нет прочтения «{key}»{nearest(key, readings)}", ", ".join(sorted(readings)))
        if option not in readings[key].options:
            options = readings[key].options
            raise ToolkitError(
                f"у прочтения {key} нет варианта «{option}»{nearest(option, options)}", ", ".join(options)
            )
    return {key: wanted.get(key, reading.default) for key, reading in readings.items()}


class Resolver:
    """Replaces every switch `{ by = …, option = value }` of raw law data by the chosen value.

    After `resolve`, `met` holds the readings met on the way, so that a result can name those it used.
    """

    def __init__(self, choices: Mapping[str, str], place: str) -> None:
        """Take the chosen option of every key, `agency_type` among them, and the rule in words."""
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
            raise ToolkitError(
                f"{self.place}: переключатель по неизвестному ключу «{key}»{nearest(key, self.choices)}"
            )
        option = self.choices[key]
        if option not in raw:
            listed = ", ".join(word for word in raw if word != "by")
            raise ToolkitError(f"{self.place}: переключатель {key} не знает варианта «{option}»", listed)
        if key != "agency_type":
            self.met[key] = option
        return self.resolve(raw[option])
