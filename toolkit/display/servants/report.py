"""The report about the servants of one agency, part by part, for a notebook to put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from toolkit.analysis.servants import ServantStudy
from toolkit.calendar.deadlines import deadlines, of_corps
from toolkit.calendar.overrides import read_calendar, read_day
from toolkit.calendar.terms import YEARS
from toolkit.calendar.working import WorkingCalendar
from toolkit.display import words
from toolkit.display.charts import Chart
from toolkit.display.deadline_chart import deadline_chart
from toolkit.display.deadlines import deadlines_table
from toolkit.display.markup import Html, render, style
from toolkit.display.servants.bands_chart import allowed_chart, scale_chart
from toolkit.display.servants.shares_chart import shares_chart
from toolkit.display.servants.sheet import explain_sheet, find_example
from toolkit.display.servants.tally import HIDDEN, group_of, known_period, name_period, short, tally
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
    "unsaid": "не указано",
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
        self.study, self.corps = study, study.file.corps
        self.found = study.of(self.agency)
        wanted = audience or Audience()
        # A file without names has none to show.
        self.audience = Audience(wanted.internal, wanted.names and any(one.name for one in self.found))
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
        years_first = sorted(self.tallies, key=lambda one: "Q" in one.period)
        yield self._html("shares", tallies=years_first, groups=list(self.tallies[0].counts))

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
            for sheet in one.sheets if isinstance(one, Term) else ():
                words = sheet.sanctions if "sanction" in sheet.record.values else ("unsaid",)
                listed.setdefault(one.servant, []).extend(words)
        counted = dict.fromkeys(_SANCTIONS, 0) | Counter(_sanction(words) for words in listed.values())
        caps = {"none": None, "unsaid": None} | dict(
            zip(("listed", "others"), self._caps().values(), strict=True)
        )
        rows = [(_SANCTIONS[key], caps[key], size) for key, size in self.audience.counts(counted).items()]
        reading = self.study.methodology.readings["sanction_cap_on"]
        limited = reading.options[self.study.readings["sanction_cap_on"]]
        return self._html("sanctions", rows=rows, limited=limited)

    def not_evaluated(self) -> Html:
        """Return who was not evaluated or not accepted, and why."""
        rows = []
        for one in self.tallies:
            inside = (it for it in self.found if known_period(it.period) == one.period)
            outs = [it for it in inside if it.decision.status != EVALUATED]
            # Outside a reason stands without the days of a single servant.
            reasons = Counter(
                "; ".join(_without_days(reason) for reason in it.decision.reasons)
                for it in outs
                if it.decision.status == NOT_ELIGIBLE
            )
            counts = self.audience.counts(reasons) if reasons and one.whole_told else {}
            counts = {} if None in counts.values() else counts
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
        # Who moves under another reading could tell what is withheld.
        told = self.audience.internal or all(one.whole_told for one in self.tallies)
        return self._html("readings", switches=self.study.switches(self.agency), told=told)

    def deadlines(self, today: str = "", calendar: str = "") -> Iterator[Chart | Html]:
        """Yield the deadlines of each evaluated year; without a day nothing is marked as overdue.

        Raises:
            ToolkitError: `today` is no date, or the file of moved days cannot be used.
        """
        day = read_day(today, "today") if today else None
        days = read_calendar(calendar) if calendar else WorkingCalendar()
        before = self.study.results.readings["before_date"]
        for year in sorted({int(one.period[:4]) for one in self.tallies if one.period}):
            if year not in YEARS:
                continue
            listed = deadlines(year, {}, days, before_date=before, today=day)
            found = of_corps(listed, self.corps[-1])
            yield self._html("deadlines", year=year)
            chart = deadline_chart(found, today=day)
            if chart is not None:
                yield chart
            yield deadlines_table(found)

    def results(self) -> Html:
        """Return the table of results by code: labels outside, marks and problems too inside."""
        if self.audience.internal:
            return self._html("results", rows=[(one, group_of(one)) for one in self.found])
        # A list of codes would count a group that is too small to be counted, and beside its other quarters
        # and its year a withheld quarter could be worked out.
        shown = {one.period: one for one in self.tallies if one.shown == str(one.whole)}
        yearly = [one for one in self.found if isinstance(one, Evaluation) or one.yearly]
        listed = [one for one in yearly if one.period in shown]
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
    if "other" in listed:
        return "others"
    return "listed" if set(listed) != {"unsaid"} else "unsaid"


def _without_days(reason: str) -> str:
    return reason.partition(":")[0].replace("отработано дней", "отработано меньше дней, чем нужно")
