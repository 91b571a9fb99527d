"""Inputs times methodology gives scores: exact points, status, interval, trace."""

from collections.abc import Iterable, Mapping

from toolkit.errors import ToolkitError
from toolkit.rules.agency import Agency
from toolkit.rules.fields import Number
from toolkit.rules.loader import load_methodology
from toolkit.rules.measure import measure
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Score, Scores
from toolkit.rules.reading import choose
from toolkit.shared import shared


def evaluate(
    agencies: Iterable[Agency],
    methodology: Methodology | None = None,
    *,
    readings: Mapping[str, str] | None = None,
    parameters: Mapping[str, Number] | None = None,
    direction: str | None = None,
) -> Scores:
    """Score every agency by every rule, exactly.

    Parameters:
        agencies: a campaign read by `read_campaign`, or any agencies with their inputs.
        methodology: the rules; the order of 2023 when left out.
        readings: chosen options by key; the defaults stand for the rest.
        parameters: numbers by `CODE.NAME`; the printed ones stand for the rest. `0.1` is exactly 1/10.
        direction: `hr` or `it` alone; both when left out.

    Returns:
        One score for each agency and code.

    Raises:
        ToolkitError: an unknown reading, option, parameter, direction or agency type, or a code given twice.

    Source:
        Conventions G1-G8; the points named by the rules.

    Example:
        >>> from fractions import Fraction
        >>> agency = Agency("a", "A", "central", {"contests_observed": Fraction(20),
        ...     "contests_recorded": Fraction(15), "contests_held": Fraction(20),
        ...     "recording_violations": Fraction(1)})
        >>> evaluate([agency]).find("a", "contest_transparency").points
        Fraction(31, 4)
    """
    methodology = methodology or load_methodology()
    if direction not in (None, *methodology.directions):
        raise ToolkitError(f"нет направления «{direction}»", ", ".join(methodology.directions))
    choice = choose(methodology.readings, readings or {})
    numbers = methodology.read_parameters(parameters or {})
    agencies = tuple(agencies)

    def score() -> Scores:
        resolved = {kind: methodology.resolve(kind, choice, numbers) for kind in methodology.subjects}
        scores: dict[tuple[str, str], Score] = {}
        seen: set[str] = set()
        for agency in agencies:
            if agency.type not in resolved:
                raise ToolkitError(f"нет типа органа «{agency.type}»", ", ".join(methodology.subjects))
            if agency.code in seen:
                raise ToolkitError(f"орган «{agency.code}» дан дважды", "каждый код один раз")
            seen.add(agency.code)
            known: dict[str, Score] = {}
            for rule in resolved[agency.type]:
                known[rule.code] = measure(rule, agency, known)
                if direction in (None, rule.direction):
                    scores[agency.code, rule.code] = known[rule.code]
        return Scores(agencies, scores)

    # The scores keep the agencies alive, so that no other one gets the identity of one of them.
    asked = *map(frozenset, (choice.items(), numbers.items())), direction, *map(id, agencies)
    return shared((evaluate, methodology, *asked), score)
