"""The index of a campaign: who stands where, what is partial, what failed, and what it all rests on."""

from collections.abc import Iterator

from toolkit.display.standing import standing
from toolkit.display.words import DIRECTIONS
from toolkit.publish.frame import render
from toolkit.publish.record import Run
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
    return render(
        "index.html.j2",
        run=run,
        directions=DIRECTIONS,
        pages={page.agency: page.page for page in run.pages},
        readings=choose(run.methodology.readings, run.readings),
        standing=lambda total: standing(total, run.scores),
        lacks=lambda total: dict.fromkeys(_lacks(run, total)),
    )


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
