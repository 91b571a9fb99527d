"""The index of a campaign: who stands where, what all scores say together, what is partial, what failed."""

from collections import Counter
from collections.abc import Iterator

from toolkit.analysis.national import make_boards
from toolkit.analysis.readings import ReadingStudy
from toolkit.display.standing import standing
from toolkit.display.words import AGENCY_TYPES, DIRECTIONS
from toolkit.publish.frame import embed_style, policy, read_template, render
from toolkit.publish.record import Run
from toolkit.rules.outcome import Score
from toolkit.rules.reading import choose


def index_page(run: Run) -> str:
    """Return `index.html` of a run.

    Parameters:
        run: the run.

    Returns:
        One page that is complete without its script, which only searches; links are relative, names are
        shown as text.

    Source:
        Ties share a place and partial totals are never ranked (convention G7).

    Example:
        >>> index_page.__name__
        'index_page'
    """
    return render(
        "index.html.j2",
        run=run,
        boards=make_boards(run.scores, ReadingStudy(run.scores, run.methodology)),
        directions=DIRECTIONS,
        types=AGENCY_TYPES,
        agencies={agency.code: agency for agency in run.campaign.agencies},
        pages={page.agency: page.page for page in run.pages},
        readings=choose(run.methodology.readings, run.readings),
        standing=lambda total: standing(total, run.scores),
        lacks=lambda total: dict.fromkeys(_lacks(run, total)),
        tally=lambda titles: Counter(titles).most_common(),
        script=read_template("index.js"),
        policy=policy([read_template("index.js")]),
        style=embed_style("page.css") + read_template("index.css"),
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
