"""The report of one agency, part by part, for a notebook to put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from toolkit.analysis.readings import ReadingStudy
from toolkit.display import charts, words
from toolkit.display.doubt import amount, depending, switched
from toolkit.display.doubt_chart import doubt_chart
from toolkit.display.explanation import explanation
from toolkit.display.markup import Html, render, style
from toolkit.display.numbers import points, points_of, span
from toolkit.display.standing import out_of_peers, standing
from toolkit.errors import ToolkitError
from toolkit.formula.notation import MathML
from toolkit.rules.agency import Agency
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Score, Scores


class Campaign(Protocol):
    """What a report needs to know of a campaign: its agencies and where they were read from."""

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """The agencies of the campaign."""
        ...

    @property
    def source(self) -> str:
        """Name of the data file."""
        ...

    @property
    def digest(self) -> str:
        """Hash of the data file."""
        ...

    @property
    def synthetic(self) -> bool:
        """Whether the data are marked as synthetic."""
        ...


class AgencyReport:
    """Every part of the report of one agency; each method gives one part, a notebook shows them in turn."""

    def __init__(
        self,
        campaign: Campaign,
        scores: Scores,
        agency: str,
        methodology: Methodology,
        language: str = "ru",
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
        self.study = ReadingStudy(scores, methodology)
        self.directions = [code for code in words.DIRECTIONS if self.own[code].status != "not_applicable"]

    def style(self) -> Html:
        """Return the look of the tables inside JupyterLab; a published page brings its own."""
        return style()

    def summary(self) -> Html:
        """Return the heading and the result in one sentence for each direction."""
        lines = [self._sentence(self.own[code]) for code in self.directions]
        kind = words.AGENCY_TYPES[self.agency.type]
        return self._html("summary", lines=lines, campaign=self.campaign, type=kind, changed=self._changed())

    def totals(self) -> Html:
        """Return the totals of each direction and criterion as cards with bars."""
        groups = [
            [self.own[direction], *(self.own[code] for code in self._criteria(direction))]
            for direction in self.directions
        ]
        return self._html("totals", groups=groups)

    def losses(self) -> Iterator[charts.Chart]:
        """Yield the waterfall of each direction: what cost the points."""
        for direction in self.directions:
            yield charts.waterfall(self.scores, self.agency.code, direction)

    def table(self) -> Html:
        """Return all indicators in a table: point, provenance, points of maximum, place among peers."""
        groups = [(self.own[direction], self._parts(direction)) for direction in self.directions]
        return self._html("table", groups=groups)

    def explanations(self, direction: str) -> Iterator[Html | charts.Chart]:
        """Yield the section of every rule of a direction, each indicator followed by its chart of peers."""
        if direction not in self.directions:
            return
        yield self._html("direction", score=self.own[direction])
        for score in [*self._parts(direction), self.own[direction]]:
            it = explanation(score, MathML, self.methodology, self.scores, self.study)
            yield render("rule", it=it, linked=True)
            if score.status != "not_applicable":
                yield charts.peers(score, self.scores)

    def gaps(self) -> Html:
        """Return what is missing, assumed, refused or not printed in the order."""
        shown = [score for score in self.own.values() if score.status in ("missing", "assumed", "partial")]
        what_if = bool(self.methodology.replaced or self._changed())
        return self._html("gaps", what_if=what_if, shown=shown, inputs=self.methodology.inputs)

    def readings(self) -> Html:
        """Return the readings used, with what the other options would be."""
        used: dict[str, str] = {}
        for code in self.directions:
            used |= self.own[code].readings
        chosen = [(self.methodology.readings[key], option) for key, option in used.items()]
        return self._html("readings", chosen=chosen, changed=self._changed())

    def doubt(self) -> Iterator[Html | charts.Chart]:
        """Yield how far each total and indicator can go over all combinations of readings, and by which."""
        chart = doubt_chart(self.study, self.agency.code)
        if chart is not None:
            yield chart
        rows = depending(self.study, self.agency.code) if chart is not None else []
        yield self._html("doubt", rows=rows, study=self.study, amount=amount, switched=switched)

    def about(self) -> Html:
        """Return the edition of the order, the data and its hash."""
        return self._html("about", campaign=self.campaign)

    def _changed(self) -> list[str]:
        """Return what is not as the order prints it: parameters and formulas of the user."""
        return sorted({name for code in self.directions for name in self.own[code].changed})

    def _criteria(self, direction: str) -> list[str]:
        children = self.own[direction].rule.children
        return [code for code in children if self.own[code].rule.total]

    def _parts(self, direction: str) -> list[Score]:
        return [
            score
            for score in self.own.values()
            if score.rule.direction == direction and score.code != direction
        ]

    def _sentence(self, total: Score) -> dict[str, str]:
        of = "" if total.maximum is None else f" из {points(total.maximum)}"
        place = standing(total, self.scores)
        if total.points is None or place is None:
            said = f"итог неполный — {span(total.interval)}{of}" if total.interval else "нет данных"
            missing = ", ".join(f"«{self.own[code].rule.title}»" for code in self._leaves(total))
            return {"title": words.DIRECTIONS[total.code], "said": f"{said}; не хватает: {missing}"}
        whole = len(self.scores.peers(total)) == place.among
        among = out_of_peers(place.among, self.agency.type) + ("" if whole else " с полным итогом")
        peers = f"{place.place}-е место из {among}"
        said = f"{points_of(total.points)}{of}, {peers}"
        return {"title": words.DIRECTIONS[total.code], "said": said}

    def _leaves(self, total: Score) -> list[str]:
        """Return the codes of the indicators and penalties that a partial total lacks."""
        found: list[str] = []
        for code in total.lacks:
            child = self.own.get(code)
            if child is not None:
                found += self._leaves(child) if child.rule.total else [code]
        return found

    def _html(self, template: str, **context: Any) -> Html:
        helpers = {
            "agency": self.agency,
            "methodology": self.methodology,
            "standing": lambda score: standing(score, self.scores),
        }
        return render(template, **{**helpers, **context})
