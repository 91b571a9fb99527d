"""The index of a campaign: who stands where, what is partial, what failed, and what it all rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from toolkit.display.numbers import plural, points, two_decimals
from toolkit.display.standing import standing
from toolkit.display.words import DIRECTIONS
from toolkit.publish.outline import read_outline
from toolkit.publish.page import TEMPLATE, page_style, policy
from toolkit.publish.record import Run, chosen_readings
from toolkit.publish.task import FAILED
from toolkit.publish.words import words
from toolkit.rules.agency import AGENCY_TYPES
from toolkit.rules.outcome import Score

_TITLES = {
    "central": "Центральные государственные органы (ЦГО)",
    "local": "Местные исполнительные органы (МИО)",
    "territorial": "Территориальные подразделения",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One agency in a table: its name and page, and its points or what it lacks.

    Attributes:
        name: name as given.
        page: file name of its page, empty when this run made none.
        score: the total.
        place: place among its peers, `=` before it when it is shared; empty for a partial total.
        share: points as a per cent of the maximum, for the bar; the lowest points of a partial total.
        reach: per cent that a partial total can still gain.
        lacks: titles of what a partial total lacks.
    """

    name: str
    page: str
    score: Score
    place: str
    share: float
    reach: float
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """One direction of one agency type: the ranked rows, and the partial ones apart."""

    anchor: str
    title: str
    ranked: tuple[Row, ...]
    partial: tuple[Row, ...]


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
    groups = {kind: rankings for kind in AGENCY_TYPES if (rankings := tuple(_rankings(run, kind)))}
    names = {agency.code: agency.name for agency in run.campaign.agencies}
    year = f" за {run.campaign.year} год" if run.campaign.year else ""
    html = environment().get_template("index.html.j2").render(
        title=f"Оценка государственных органов{year}",
        policy=policy([]),
        style=page_style(),
        language="ru",
        words=words("ru"),
        home="",
        run=run,
        groups=groups,
        titles=_TITLES,
        failed=[(page, names[page.agency]) for page in run.pages if page.outcome == FAILED],
        readings=[(run.methodology.readings[key], option) for key, option in chosen_readings(run).items()],
    )  # fmt: skip
    return f"{html.rstrip()}\n"


def _rankings(run: Run, kind: str) -> Iterator[Ranking]:
    for code, title in DIRECTIONS.items():
        totals = [
            run.scores.find(agency.code, code) for agency in run.campaign.agencies if agency.type == kind
        ]
        rows = [_row(run, total) for total in totals if total.status != "not_applicable"]
        if rows:
            ranked = [row for row in rows if row.score.points is not None]
            partial = [row for row in rows if row.score.points is None]
            yield Ranking(
                f"{kind}-{code}",
                title,
                tuple(sorted(ranked, key=_best_first)),
                tuple(sorted(partial, key=_name)),
            )


def _row(run: Run, total: Score) -> Row:
    pages = {page.agency: page.page for page in run.pages}
    own = standing(total, run.scores)
    place = f"{'=' if own.tied else ''}{own.place}" if own else ""
    low, high = total.interval or (0, 0)
    share, end = ((float(100 * bound / total.maximum) if total.maximum else 0.0) for bound in (low, high))
    return Row(
        name=total.agency.name,
        page=pages.get(total.agency.code, ""),
        score=total,
        place=place,
        share=round(share, 2),
        reach=round(end - share, 2),
        lacks=tuple(dict.fromkeys(_lacks(run, total))),
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


def _best_first(row: Row) -> tuple[Fraction, str]:
    return (-(row.score.points or Fraction(0)), row.name)


def _name(row: Row) -> str:
    return row.name


def environment() -> Environment:
    """Return what every page of a site is made with."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    helpers = {"points": points, "two_decimals": two_decimals, "outline": read_outline}
    made.filters.update(helpers)
    made.globals["plural"] = plural
    return made
