"""The report about the servants of one agency, part by part, for a notebook to put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from toolkit.analysis.servants import ServantStudy
from toolkit.calendar.deadlines import deadlines, of_corps
from toolkit.calendar.working import WorkingCalendar
from toolkit.display import words
from toolkit.display.charts import Chart
from toolkit.display.deadline_chart import deadline_chart
from toolkit.display.deadlines import deadlines_table
from toolkit.display.markup import Html, render, style
from toolkit.display.servants.bands_chart import allowed_chart, scale_chart
from toolkit.display.servants.shares_chart import shares_chart
from toolkit.display.servants.sheet import explain_sheet, find_example
from toolkit.display.servants.tally import HIDDEN, NOT_HELD, group_of, name_period, short, tally
from toolkit.display.servants.withholding import Audience
from toolkit.errors import ToolkitError, nearest
from toolkit.servants.corps_a import Evaluation
from toolkit.servants.corps_b import Term
from toolkit.servants.decision import EVALUATED, NOT_ELIGIBLE
from toolkit.servants.regulation import load_regulation
from toolkit.servants.scales import cut

_CORPS = {"corps_a": "корпус «А»", "corps_b": "корпус «Б»"}
_SCALES = {"corps_a": "scale_corps_a", "corps_b": "scale_corps_b"}
_CAPPED = {"parameter": "ограничен параметр 5", "quarter": "ограничена оценка за квартал"}
_SANCTIONS = {
    "none": "без взысканий",
    "listed": "замечание, выговор или строгий выговор",
    "others": "взыскание иного вида",
}


class ServantReport:
    """Every part of the report of one agency; each method gives one part, a notebook shows them in turn."""

    def __init__(
        self,
        study: ServantStudy,
        agency: str = "",
        audience: Audience | None = None,
        language: str = "ru",
    ) -> None:
        """Take the study of a file, the code of an agency and who reads the page.

        An empty agency is that of the rows that name none, or the first one.

        Raises:
            ToolkitError: there is no such agency or language.
        """
        if language not in words.LANGUAGES:
            raise ToolkitError(f"нет языка «{language}»", ", ".join(words.LANGUAGES))
        known = study.agencies
        self.agency = agency if agency or "" in known else known[0]
        if self.agency not in known:
            raise ToolkitError(f"в файле нет органа «{agency}»{nearest(agency, known)}", ", ".join(known))
        self.study, self.audience = study, audience or Audience()
        self.corps = study.file.corps
        self.found = study.of(self.agency)
        self.scale = load_regulation().tables[_SCALES[self.corps]]
        self.tallies = tally(self.found, self.scale, self.audience)

    def style(self) -> Html:
        """Return the look of the tables inside JupyterLab; a published page brings its own."""
        return style()

    def summary(self) -> Html:
        """Return the heading, who may read the page, and the last period in a sentence."""
        title = f"{self.agency or 'Служащие'}: {_CORPS[self.corps]}"
        return self._html("summary", title=title, last=self.tallies[-1], corps=self.corps)

    def shares(self) -> Iterator[Chart | Html]:
        """Yield the chart and the table of labels by period."""
        yield shares_chart(self.tallies, self.scale)
        yield self._html("shares", tallies=self.tallies, groups=list(self.tallies[0].counts))

    def bands(self) -> Iterator[Chart | Html]:
        """Yield the chart of what a mark allows, with single marks inside alone."""
        shown = self.found if self.audience.internal else ()
        tables = load_regulation().tables
        if self.corps == "corps_a":
            kpis = [kpi for one in shown if isinstance(one, Evaluation) for kpi in one.kpis]
            yield allowed_chart([tables["annex_4"], tables["annex_5"]], kpis)
        else:
            held = [one for one in shown if one.decision.status == EVALUATED]
            capped = _CAPPED[self.study.readings["sanction_cap_on"]]
            yield scale_chart(self.scale, self._caps(), held, capped)
        yield self._html(
            "bands",
            scale=self.scale,
            annexes=tuple(zip(tables["annex_4"].rows, tables["annex_5"].rows, strict=True)),
        )

    def sanctions(self) -> Html:
        """Return how many servants have which sanctions, the gravest of all periods, and what these limit."""
        listed: dict[str, list[str]] = {}
        for one in self.found:
            sheets = one.sheets if isinstance(one, Term) else ()
            listed.setdefault(one.servant, []).extend(word for sheet in sheets for word in sheet.sanctions)
        counted = dict.fromkeys(_SANCTIONS, 0) | Counter(_sanction(words) for words in listed.values())
        caps = {"none": None} | dict(zip(("listed", "others"), self._caps().values(), strict=True))
        rows = [(_SANCTIONS[key], caps[key], size) for key, size in self.audience.counts(counted).items()]
        reading = self.study.methodology.readings["sanction_cap_on"]
        limited = reading.options[self.study.readings["sanction_cap_on"]]
        return self._html("sanctions", rows=rows, limited=limited)

    def not_evaluated(self) -> Html:
        """Return who was not evaluated or not accepted, and why."""
        rows = []
        for one in self.tallies:
            outs = [it for it in self.found if it.period == one.period and it.decision.status != EVALUATED]
            reasons = Counter(
                reason for it in outs if it.decision.status == NOT_ELIGIBLE for reason in it.decision.reasons
            )
            counts = self.audience.counts(reasons) if one.counts[NOT_HELD] is not None else {}
            rows.append((one, counts, outs if self.audience.internal else []))
        small = any(one.shown != str(one.whole) for one in self.tallies)
        unsaid = small or any(it.decision.status != EVALUATED for it in self.found)
        return self._html("not_evaluated", rows=rows, unsaid=unsaid)

    def sheet(self, servant: str = "") -> Iterator[Html]:
        """Yield the worked sheet of a servant, inside; outside that of a printed example.

        Raises:
            ToolkitError: there is no such servant, or a sheet is asked for on a page for everybody.
        """
        if not self.audience.internal:
            if servant:
                what = "лист служащего показывает только страница для служебного пользования"
                raise ToolkitError(what, "internal = True или --internal")
            example = find_example(self.corps, tuple(sorted(self.study.readings.items())))
            yield self._html("sheet_title", outcome=None)
            yield from explain_sheet(example, self.study)
            return
        codes = [one.servant for one in self.found]
        if servant and servant not in codes:
            raise ToolkitError(f"нет служащего «{servant}»{nearest(servant, codes)}")
        held = [one for one in self.found if one.decision.status == EVALUATED]
        chosen = servant or next((one.servant for one in held), codes[0])
        for one in (it for it in self.found if it.servant == chosen):
            yield self._html("sheet_title", outcome=one)
            yield from explain_sheet(one, self.study)

    def readings(self) -> Html:
        """Return what every other option of each reading would change here."""
        whole = len({one.servant for one in self.found})
        return self._html("readings", switches=self.study.switches(self.agency), whole=whole)

    def deadlines(self, today: str = "") -> Iterator[Chart | Html]:
        """Yield the deadlines of each evaluated year; without a day nothing is marked as overdue."""
        day = date.fromisoformat(today) if today else None
        for year in sorted({int(one.period[:4]) for one in self.found if one.period[:4].isdigit()}):
            found = of_corps(deadlines(year, {}, WorkingCalendar(), today=day), self.corps[-1])
            yield self._html("deadlines", year=year)
            chart = deadline_chart(found, today=day)
            if chart is not None:
                yield chart
            yield deadlines_table(found)

    def results(self) -> Html:
        """Return the table of results by code: labels outside, marks and problems too inside."""
        # A list of codes would count a group that is too small to be counted.
        shown = {one.period: one for one in self.tallies if one.shown == str(one.whole)}
        listed = [one for one in self.found if one.period in shown]
        if not self.audience.internal:
            # Beside its other quarters and its year a withheld quarter could be worked out.
            listed = [one for one in listed if isinstance(one, Evaluation) or one.yearly]
        rows = [(one, group_of(one) if shown[one.period].shows(one) else HIDDEN) for one in listed]
        return self._html("results", rows=rows)

    def about(self) -> Html:
        """Return the edition of the order, the data, and how groups are withheld."""
        return self._html("about")

    def _caps(self) -> dict[str, Any]:
        results: Any = self.study.results
        constants = results.rules["sanction_cap"].scope.constants
        return {_SANCTIONS[name]: constants[name].value for name in ("listed", "others")}

    def _html(self, template: str, **context: Any) -> Html:
        helpers = {
            "audience": self.audience,
            "agency": self.agency,
            "file": self.study.file,
            "methodology": self.study.methodology,
            "name_period": name_period,
            "short": short,
            "group_of": group_of,
            "cut": cut,
            "chosen": self.study.readings,
            "hidden": HIDDEN,
        }
        return render(f"servants/{template}", **{**helpers, **context})


def _sanction(listed: Sequence[str]) -> str:
    if not listed:
        return "none"
    return "others" if "other" in listed else "listed"
