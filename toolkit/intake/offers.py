"""What a form, a list, the journal or the table of agencies says of one input, and where it says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from toolkit.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was read.

    Attributes:
        place: file, sheet and cell, or file, row and column.
        how: how the value follows from what stands there, empty when it stands there itself.
        basis: the document that an entered point rests on.
        day: date of that document.
    """

    place: Place
    how: str = ""
    basis: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What one source says of one input of one agency.

    Attributes:
        agency: code of the agency.
        name: name of the input.
        value: the exact number, or nothing when the source has it but cannot be used.
        origins: where it was read; the first place names its source.
        text: the value as it was written, for messages.
        fault: why there is no value, one phrase.
    """

    agency: str
    name: str
    value: Fraction | None
    origins: tuple[Origin, ...]
    text: str = ""
    fault: str = ""

    @property
    def source(self) -> str:
        """Return the file by which a decision names this source."""
        return self.origins[0].place.file


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A share that is shown beside the entered points and never scored.

    Attributes:
        agency: code of the agency.
        name: name of the input beside which it is shown.
        title: what it is, in words.
        part: what is counted or added up.
        whole: of what; a mean has the number of its terms here.
        unit: unit of both.
        origin: where it was read.
        left_out: how many systems, functions or contracts are left out under point 57.
    """

    agency: str
    name: str
    title: str
    part: Fraction
    whole: Fraction
    unit: str
    origin: Origin
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """Which source is believed where several disagree.

    Attributes:
        source: the file, as places name it.
        who: who decided.
        day: when, if it is said.
        reason: why, or empty.
        place: where the decision stands.
    """

    source: str
    who: str
    day: date | None
    reason: str
    place: Place


@dataclass(slots=True)
class Findings:
    """What was read from one or more sources: offers, diagnostic shares, problems, digests of the files."""

    offers: list[Offer] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def add(self, other: Findings) -> None:
        """Take over everything that another reading found."""
        self.offers += other.offers
        self.diagnostics += other.diagnostics
        self.problems += other.problems
        self.files |= other.files
