"""What readings do to servants: every other option, and whose mark, label or decision it changes."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, Unpack

from toolkit.rules.loader import SERVANTS_2025, load_methodology
from toolkit.rules.reading import Reading
from toolkit.servants.corps_a import Evaluation, evaluate_corps_a
from toolkit.servants.corps_b import Term, evaluate_corps_b
from toolkit.servants.decision import READINGS, Options, Results
from toolkit.servants.records import ServantFile

Outcome = Evaluation | Term

# Point 47 has no printed weight; these are the ones the register of doubts names beside the default.
WEIGHTS = ("0.6", "0.7", "0.8")


class Switch(NamedTuple):
    """One option of a reading other than the chosen one, and what it changes.

    Attributes:
        reading: the reading.
        option: the option.
        moved: outcomes before and after, of those that differ in decision, mark or label.
    """

    reading: Reading
    option: str
    moved: tuple[tuple[Outcome, Outcome], ...]

    @property
    def relabelled(self) -> tuple[tuple[Outcome, Outcome], ...]:
        """Return those whose label or decision differs, and not the number alone."""
        return tuple(pair for pair in self.moved if _seen(pair[0])[1:] != _seen(pair[1])[1:])


class ServantStudy:
    """The results of one file under the chosen readings and under every other option.

    Parameters:
        file: a file of either corps.
        readings: chosen options by key; the defaults stand for the rest.
    """

    def __init__(self, file: ServantFile, readings: Mapping[str, str] | None = None) -> None:
        self.file, self.methodology = file, load_methodology(SERVANTS_2025)
        self.results = evaluate_servants(file, readings=readings)
        self.readings = {key: self.results.readings[key] for key in READINGS[file.corps]}

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the codes of the agencies, in the order of the file; empty where a row names none."""
        return tuple(dict.fromkeys(outcome.agency for outcome in self.results.outcomes))

    def of(self, agency: str) -> tuple[Outcome, ...]:
        """Return the outcomes of one agency."""
        return tuple(outcome for outcome in self.results.outcomes if outcome.agency == agency)

    def switches(self, agency: str) -> Iterator[Switch]:
        """Yield what every other option changes in one agency."""
        before = {(one.servant, one.period): one for one in self.of(agency)}
        for reading, option, results in self._switched:
            pairs = ((before.get((new.servant, new.period)), new) for new in results.outcomes)
            moved = tuple((old, new) for old, new in pairs if old and _seen(old) != _seen(new))
            yield Switch(reading, option, moved)

    @cached_property
    def _switched(self) -> tuple[tuple[Reading, str, Results], ...]:
        return tuple(
            (reading, option, evaluate_servants(self.file, readings={**self.readings, key: option}))
            for key, chosen in self.readings.items()
            for reading in [self.methodology.readings[key]]
            for option in (reading.options or WEIGHTS)
            if option != chosen
        )


def evaluate_servants(file: ServantFile, **options: Unpack[Options]) -> Results:
    """Evaluate a file of either corps by the order of 2025."""
    evaluate = evaluate_corps_a if file.corps == "corps_a" else evaluate_corps_b
    return evaluate(file, **options)


def _seen(outcome: Outcome) -> tuple[Fraction | None, str, str]:
    """Return what a switch can change: the mark, the decision and the label."""
    return outcome.decision.exact, outcome.decision.status, outcome.decision.label
