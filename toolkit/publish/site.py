"""The pages of a whole campaign: who stands where, what all scores say, and two years side by side."""

from collections import Counter
from typing import Any

from toolkit.analysis.national import make_boards
from toolkit.analysis.readings import study_of
from toolkit.analysis.years import compare_years, worth
from toolkit.display.standing import lacking, standing
from toolkit.display.words import AGENCY_TYPES, DIRECTIONS
from toolkit.errors import ToolkitError
from toolkit.evaluate import evaluate
from toolkit.intake.campaign import Campaign
from toolkit.publish.frame import embed_style, policy, read_template, render
from toolkit.publish.record import Run
from toolkit.rules.reading import choose


def index_page(run: Run, previous: Campaign | None = None) -> str:
    """Return `index.html` of a run.

    Parameters:
        run: the run.
        previous: the campaign of an earlier year, if a page beside the index compares both.

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
        previous=previous,
        boards=make_boards(run.scores, study_of(run.scores, run.methodology)),
        standing=lambda total: standing(total, run.scores),
        tally=lambda titles: Counter(titles).most_common(),
        script=read_template("index.js"),
        policy=policy([read_template("index.js")]),
        style=embed_style("page.css") + read_template("index.css"),
        **_known(run),
    )


def comparison_page(run: Run, previous: Campaign) -> str:
    """Return `comparison.html` of a run: its year beside an earlier one, both by the rules of the run.

    Parameters:
        run: the run.
        previous: the campaign of an earlier year, which `refuse_years` has not refused.

    Returns:
        One page without scripts; links are relative, names are shown as text.

    Raises:
        Nothing.

    Source:
        Ties share a place and partial totals are never ranked (convention G7).

    Example:
        >>> comparison_page.__name__
        'comparison_page'
    """
    before = evaluate(previous.agencies, run.methodology, readings=run.readings)
    return render(
        "comparison.html.j2",
        previous=previous,
        scores=(before, run.scores),
        boards=compare_years(before, run.scores),
        worth=worth,
        style=embed_style("page.css") + read_template("index.css") + read_template("comparison.css"),
        **_known(run),
    )


def refuse_years(campaign: Campaign, previous: Campaign) -> None:
    """Refuse two campaigns that are no earlier and later year."""
    now, before = campaign.year, previous.year
    if now is None or before is None or before >= now:
        said = [f"за {year} год" if year else "без года" for year in (before, now)]
        what = f"прежние данные {said[0]}, сравниваемые {said[1]}: сравнить нельзя"
        raise ToolkitError(what, "год у тех и других в столбце year, прежний — раньше")


def _known(run: Run) -> dict[str, Any]:
    """Return what both pages say of a run."""
    return {
        "run": run,
        "directions": DIRECTIONS,
        "types": AGENCY_TYPES,
        "agencies": {agency.code: agency for agency in run.campaign.agencies},
        "pages": {page.agency: page.page for page in run.pages},
        "readings": choose(run.methodology.readings, run.readings),
        "lacks": lambda total: dict.fromkeys(lacking(total, run.methodology)),
    }
