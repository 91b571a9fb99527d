"""What readings do to servants: every other option, and whose mark, label or decision it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.rules.loader import SERVANTS_2025, load_methodology
from toolkit.rules.methodology import Methodology
from toolkit.rules.reading import Reading
from toolkit.servants.corps_a import CorpsA, Evaluation, evaluate_corps_a
from toolkit.servants.corps_b import CorpsB, Term, evaluate_corps_b
from toolkit.servants.decision import READINGS
from toolkit.servants.records import ServantFile

Outcome = Evaluation | Term
Results = CorpsA | CorpsB

# Point 47 has no printed weight; these are the ones the register of doubts names beside the default.
WEIGHTS = ("0.6", "0.7", "0.8")


@dataclass(frozen=True, slots=True)
class Switch:
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
        return tuple(pair for pair in self.moved if _said(pair[0]) != _said(pair[1]))


class ServantStudy:
    """The results of one file under the chosen readings and under every other option.

    Parameters:
        file: a file of either corps.
        readings: chosen options by key; the defaults stand for the rest.
    """

    def __init__(self, file: ServantFile, readings: Mapping[str, str] | None = None) -> None:
        self.file, self.methodology = file, load_methodology(SERVANTS_2025)
        self.results = evaluate_servants(file, self.methodology, readings or {})
        self.readings = {key: self.results.readings[key] for key in READINGS[file.corps]}

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the codes of the agencies, in the order of the file; empty where a row names none."""
        return tuple(dict.fromkeys(outcome.agency for outcome in outcomes(self.results)))

    def of(self, agency: str) -> tuple[Outcome, ...]:
        """Return the outcomes of one agency."""
        return tuple(outcome for outcome in outcomes(self.results) if outcome.agency == agency)

    def switches(self, agency: str) -> tuple[Switch, ...]:
        """Return what every other option changes in one agency."""
        before = {(one.servant, one.period): one for one in self.of(agency)}
        return tuple(
            Switch(reading, option, tuple(_moves(before, results)))
            for reading, option, results in self._switched
        )

    @cached_property
    def _switched(self) -> tuple[tuple[Reading, str, Results], ...]:
        return tuple(
            (reading, option, evaluate_servants(self.file, self.methodology, {**self.readings, key: option}))
            for key, chosen in self.readings.items()
            for reading in [self.methodology.readings[key]]
            for option in (reading.options or WEIGHTS)
            if option != chosen
        )


def evaluate_servants(file: ServantFile, methodology: Methodology, readings: Mapping[str, str]) -> Results:
    """Evaluate a file of either corps."""
    evaluate = evaluate_corps_a if file.corps == "corps_a" else evaluate_corps_b
    return evaluate(file, methodology, readings=readings)


def outcomes(results: Results) -> tuple[Outcome, ...]:
    """Return the outcomes of either corps."""
    return results.evaluations if isinstance(results, CorpsA) else results.terms


def _moves(before: Mapping[tuple[str, str], Outcome], results: Results) -> Iterator[tuple[Outcome, Outcome]]:
    for after in outcomes(results):
        old = before.get((after.servant, after.period))
        if old is not None and (old.decision.exact, *_said(old)) != (after.decision.exact, *_said(after)):
            yield old, after


def _said(outcome: Outcome) -> tuple[str, str]:
    return outcome.decision.status, outcome.decision.label
