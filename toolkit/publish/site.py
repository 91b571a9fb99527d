"""The index of a campaign: who stands where, what is partial, what failed, and what it all rests on."""

from collections.abc import Iterator

from toolkit.display.standing import standing
from toolkit.display.words import DIRECTIONS
from toolkit.publish.frame import render
from toolkit.publish.record import Run
from toolkit.rules.agency import AGENCY_TYPES
from toolkit.rules.outcome import Score
from toolkit.rules.reading import choose


def index_page(run: Run) -> str:
    """Return `index.html` of a run.

    Parameters:
        run: the run.

    Returns:
        One page without scripts; links are relative, names are shown as text.

    Source:
        Ties share a place and partial totals are never ranked (convention G7).

    Example:
        >>> index_page.__name__
        'index_page'
    """
    groups = {kind: {code: _totals(run, kind, code) for code in DIRECTIONS} for kind in AGENCY_TYPES}
    return render(
        "index.html.j2",
        run=run,
        groups=groups,
        directions=DIRECTIONS,
        pages={page.agency: page.page for page in run.pages},
        readings=choose(run.methodology.readings, run.readings),
        standing=lambda total: standing(total, run.scores),
        bar=_bar,
        lacks=lambda total: list(dict.fromkeys(_lacks(run, total))),
    )


def _totals(run: Run, kind: str, direction: str) -> list[Score]:
    """Return the totals of one agency type in one direction, the best first, then by name."""
    agencies = [agency for agency in run.campaign.agencies if agency.type == kind]
    totals = [run.scores.find(agency.code, direction) for agency in agencies]
    evaluated = [total for total in totals if total.status != "not_applicable"]
    return sorted(evaluated, key=lambda total: (-(total.points or 0), total.agency.name))


def _bar(total: Score) -> tuple[float, float]:
    """Return how long the bar of a total is, and how far it can still grow, in per cent of the maximum."""
    low, high = total.interval or (0, 0)
    share, end = ((float(100 * bound / total.maximum) if total.maximum else 0.0) for bound in (low, high))
    return round(share, 2), round(end - share, 2)


def _lacks(run: Run, total: Score) -> Iterator[str]:
    """Yield the titles of the rules that a total lacks, those of a criterion instead of the criterion."""
    for code in total.lacks:
        if code not in run.methodology.rules:
            yield run.methodology.inputs[code].title
            continue
        child = run.scores.find(total.agency.code, code)
        if child.rule.total:
            yield from _lacks(run, child)
        else:
            yield child.rule.title
