"""The report of one agency, part by part, for a notebook to put together."""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from toolkit.analysis.readings import study_of
from toolkit.display import charts, words
from toolkit.display.doubt import depending
from toolkit.display.doubt_chart import doubt_chart
from toolkit.display.drawing import Chart
from toolkit.display.explanation import explanation
from toolkit.display.markup import Html, pack, render, style
from toolkit.display.signals import spelled
from toolkit.display.sliders import Explorer
from toolkit.display.sources import input_sources
from toolkit.display.standing import lacking, standing
from toolkit.errors import ToolkitError
from toolkit.formula.notation import MathML
from toolkit.intake.campaign import Campaign
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Score, Scores


class AgencyReport:
    """Every part of the report of one agency; each method gives one part, a notebook shows them in turn."""

    def __init__(
        self, campaign: Campaign, scores: Scores, agency: str, methodology: Methodology, language: str = "ru"
    ) -> None:
        """Take the campaign, its scores and the code of the agency.

        Raises:
            ToolkitError: there is no such agency or language.
        """
        if language not in words.LANGUAGES:
            raise ToolkitError(f"нет языка «{language}»", ", ".join(words.LANGUAGES))
        self.campaign, self.scores, self.methodology = campaign, scores, methodology
        self.own: Mapping[str, Score] = {score.code: score for score in scores.of(agency)}
        self.agency = scores.find(agency, "hr").agency
        self.study = study_of(scores, methodology)
        self.explorer = Explorer(self.study, agency)
        self.moves = self.explorer.moves
        self.directions = [code for code in words.DIRECTIONS if self.own[code].status != "not_applicable"]

    def style(self) -> Html:
        """Return the look of the tables inside JupyterLab; a published page brings its own."""
        return style()

    def summary(self) -> Html:
        """Return the heading and the result in one sentence for each direction."""
        return self._html("summary", lacking=lacking)

    def totals(self) -> Html:
        """Return the totals of each direction and criterion as cards with bars."""
        return self._html("totals")

    def losses(self) -> Iterator[Chart]:
        """Yield the waterfall of each direction: what cost the points."""
        for direction in self.directions:
            yield charts.waterfall(self.scores, self.agency.code, direction)

    def bullets(self) -> Iterator[Chart]:
        """Return, for each direction, its parts against their maximum and their peers."""
        return (charts.bullets(self.scores, self.agency.code, direction) for direction in self.directions)

    def next_points(self) -> Html:
        """Return the single realistic changes by what they gain, and what is lost beyond repair."""
        pairs, holds = list(self.moves.changes()), self.moves.holds
        return self._html("next_points", pairs=pairs, holds=holds, spelled=spelled)

    def tornado(self) -> Iterator[Chart | Html]:
        """Return, for each direction, the numbers that move its total most, or why none does."""
        for direction in self.directions:
            found = charts.tornado(self.moves, direction)
            yield found or self._html("no_tornado", total=self.own[direction])

    def table(self) -> Html:
        """Return all indicators in a table: point, provenance, points of maximum, place among peers."""
        groups = [(self.own[direction], self._parts(direction)) for direction in self.directions]
        return self._html("table", groups=groups)

    def what_if(self) -> Html:
        """Return the panel that answers when a reader of the published page moves a number."""
        groups = [(self.own[direction], self._parts(direction)) for direction in self.directions]
        model = json.dumps(self.explorer.model(), ensure_ascii=False, separators=(",", ":"))
        return self._html("what_if", groups=groups, model=pack(model))

    def explanations(self, direction: str) -> Iterator[Html | Chart]:
        """Yield the section of every rule of a direction, each indicator followed by its chart of peers."""
        if direction not in self.directions:
            return
        origins = self.campaign.settled[self.agency.code].origins
        yield self._html("direction", score=self.own[direction])
        for score in [*self._parts(direction), self.own[direction]]:
            it = explanation(score, MathML, self.methodology, self.scores, self.study)
            yield render("rule", it=it, linked=True, origins=origins)
            if score.status == "not_applicable":
                continue
            yield charts.peers(score, self.scores)
            if not score.rule.total:
                yield from filter(None, [charts.response(score, self.explorer)])
                yield render(
                    "sliders", score=score, explorer=self.explorer, spelled=spelled, notation=MathML({})
                )

    def gaps(self) -> Html:
        """Return what is missing, assumed, refused or not printed in the order."""
        return self._html("gaps")

    def sources(self) -> Html:
        """Return where every input was read: conflicts, entered points with their documents, cells."""
        rows = input_sources(self.campaign, self.agency.code, self.methodology)
        return self._html("sources", rows=rows)

    def readings(self) -> Html:
        """Return the readings used, with what the other options would be."""
        used = dict(pair for code in self.directions for pair in self.own[code].readings.items())
        return self._html("readings", used=used)

    def doubt(self) -> Iterator[Html | Chart]:
        """Yield how far each total and indicator can go over all combinations of readings, and by which."""
        chart = doubt_chart(self.study, self.agency.code)
        if chart is not None:
            yield chart
        yield self._html("doubt", rows=depending(self.study, self.agency.code))

    def about(self) -> Html:
        """Return the edition of the order, the data and its hash."""
        return self._html("about")

    def _parts(self, direction: str) -> list[Score]:
        its = (score for score in self.own.values() if score.rule.direction == direction)
        return [score for score in its if score.code != direction]

    def _html(self, template: str, **context: Any) -> Html:
        helpers = {
            "standing": lambda score: standing(score, self.scores),
            # What is not as the order prints it: parameters and formulas of the user.
            "changed": sorted({name for code in self.directions for name in self.own[code].changed}),
        }
        return render(template, **{**vars(self), **helpers, **context})


def prepare(campaign: Campaign, scores: Scores, methodology: Methodology, language: str = "ru") -> None:
    """Work out what the reports of all agencies share, so that a process forked after it finds it done.

    Parameters:
        campaign: the campaign.
        scores: its scores.
        methodology: the rules by which they were computed.
        language: language of the reports.

    Example:
        >>> from toolkit import evaluate, load_methodology, read_campaign
        >>> campaign = read_campaign("tests/samples/drawn_2023")
        >>> prepare(campaign, evaluate(campaign), load_methodology())
    """
    for code in {agency.type: agency.code for agency in scores.agencies}.values():
        it = AgencyReport(campaign, scores, code, methodology, language)
        texts = it.style(), it.summary(), it.totals(), it.next_points(), it.table(), it.what_if(), it.gaps()
        drawn = it.bullets(), it.losses(), it.tornado(), it.doubt(), *map(it.explanations, it.directions)
        for part in (*texts, it.sources(), it.readings(), it.about(), *chain.from_iterable(drawn)):
            getattr(part, "_repr_mimebundle_", tuple)()
