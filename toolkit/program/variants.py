"""Every form a rule can take: one for each combination of the readings it can meet."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from toolkit.rules.methodology import Methodology, with_sent_penalties
from toolkit.rules.reading import SUBJECT, Reading, choose
from toolkit.rules.rule import Rule
from toolkit.shared import Kept


class Variants:
    """The rules of a methodology for one agency type, under any choice of readings.

    A form is built when it is first asked for and kept, since many choices share it.
    """

    def __init__(
        self, methodology: Methodology, agency_type: str, parameters: Mapping[str, Fraction] | None = None
    ) -> None:
        """Take the methodology, the type of agency and the changed parameters.

        Raises:
            ToolkitError: an unknown parameter.
        """
        self.methodology, self.agency_type = methodology, agency_type
        self.parameters = methodology.read_parameters(parameters or {})
        self._own = {code: _switches(raw) for code, raw in methodology.rules.items()}
        targets = {code: _targets(raw) for code, raw in methodology.rules.items()}
        self._senders = {code: tuple(it for it in targets if code in targets[it]) for code in targets}
        self._once = Kept().once

    def keys(self, code: str) -> tuple[str, ...]:
        """Return the readings that a rule can meet, those of penalties sent to it included."""
        met = (key for other in (code, *self._senders[code]) for key in self._own[other])
        return tuple(key for key in dict.fromkeys(met) if key != SUBJECT)

    def choices(self, keys: Iterable[str]) -> Iterator[dict[str, str]]:
        """Yield every combination of options of some readings, the defaults first."""
        keys = tuple(keys)
        declared = [self.methodology.readings[key] for key in keys]
        for options in product(*(_default_first(reading) for reading in declared)):
            yield dict(zip(keys, options, strict=True))

    def before_sending(self, code: str, choice: Mapping[str, str]) -> Rule:
        """Return a rule with every penalty it declares, wherever that is taken from."""
        options = choose(self.methodology.readings, choice) | {SUBJECT: self.agency_type}
        key = (code, *(options[name] for name in self._own[code]))
        return self._once(key, lambda: self.methodology.build(code, options, self.parameters))

    def rule(self, code: str, choice: Mapping[str, str]) -> Rule:
        """Return a rule under a choice of readings, as `Methodology.resolve` gives it."""
        built = {other: self.before_sending(other, choice) for other in (code, *self._senders[code])}
        return with_sent_penalties(built[code], built, self.methodology.rules)


def _default_first(reading: Reading) -> list[str]:
    return [reading.default, *(option for option in reading.options if option != reading.default)]


def _switches(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the key of every switch in the raw data of a rule."""
    return tuple(dict.fromkeys(value for key, value in _leaves(raw) if key == "by"))


def _targets(raw: Mapping[str, Any]) -> set[str]:
    """Return every place from which some penalty of a rule can be taken."""
    taken = (penalty.get("from", "self") for penalty in raw.get("penalties", ()))
    return {word for place in taken for _, word in _leaves(place)}


def _leaves(raw: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of raw data that holds no others, with the key under which it stands."""
    if not isinstance(raw, dict | list):
        yield key, raw
        return
    for inner, value in raw.items() if isinstance(raw, dict) else ((key, value) for value in raw):
        yield from _leaves(value, inner)
