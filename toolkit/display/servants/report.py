"""The report about the servants of one agency, part by part, for a notebook to put together."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from toolkit.analysis.servants import Outcome, ServantStudy
from toolkit.calendar.deadlines import deadlines, of_corps
from toolkit.calendar.overrides import read_calendar, read_day
from toolkit.calendar.terms import YEARS
from toolkit.display import words
from toolkit.display.deadlines import deadline_chart, deadlines_table
from toolkit.display.drawing import Chart
from toolkit.display.markup import Html, render, style
from toolkit.display.servants.charts import allowed_chart, scale_chart, shares_chart
from toolkit.display.servants.sheet import explain_sheet, find_example
from toolkit.display.servants.tally import HIDDEN, group_of, known_period, name_period, short, tally
from toolkit.display.servants.withholding import Audience
from toolkit.errors import ToolkitError, nearest
from toolkit.servants.bands import cut
from toolkit.servants.corps_a import Evaluation
from toolkit.servants.corps_b import Term
from toolkit.servants.decision import EVALUATED, NOT_ELIGIBLE
from toolkit.servants.regulation import load_regulation

_HELPERS = {function.__name__: function for function in (name_period, short, group_of, cut)}


class ServantReport:
    """Every part of the report of one agency; each method gives one part, a notebook shows them in turn."""

    def __init__(
        self, study: ServantStudy, agency: str = "", audience: Audience | None = None, language: str = "ru"
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
        self.scale = load_regulation().tables[f"scale_{self.corps}"]
        self.tallies = tuple(tally(self.found, self.scale, self.audience))

    def style(self) -> Html:
        """Return the look of the tables inside JupyterLab; a published page brings its own."""
        return style()

    def summary(self) -> Html:
        """Return the heading, who may read the page, and the last period in a sentence."""
        return self._html("summary", last=self.tallies[-1])

    def shares(self) -> Iterator[Chart | Html]:
        """Yield the chart and the table of labels by period."""
        yield shares_chart(self.tallies, self.scale)
        years_first = sorted(self.tallies, key=lambda one: "Q" in one.period)
        yield self._html("shares", columns=years_first)

    def bands(self) -> Iterator[Chart | Html]:
        """Yield the chart of what a mark allows, with single marks inside alone."""
        shown = self.found if self.audience.internal else ()
        annexes = [load_regulation().tables[name] for name in ("annex_4", "annex_5")]
        if self.corps == "corps_a":
            kpis = (kpi for one in shown if isinstance(one, Evaluation) for kpi in one.kpis)
            yield allowed_chart(annexes, kpis)
        else:
            held = [one for one in shown if one.decision.status == EVALUATED]
            capped = words.CAPPED[self.study.readings["sanction_cap_on"]]
            constants = self.study.results.rules["sanction_cap"].scope.constants
            caps = {words.SANCTIONS[name]: constants[name].value for name in ("listed", "others")}
            yield scale_chart(self.scale, caps, held, capped)
        yield self._html("bands", annexes=zip(*(table.rows for table in annexes), strict=True))

    def sanctions(self) -> Html:
        """Return how many servants have which sanctions, the gravest of all periods, and what these limit."""
        listed: defaultdict[str, set[str]] = defaultdict(set)
        for sheet in (sheet for one in self.found if isinstance(one, Term) for sheet in one.sheets):
            listed[sheet.record.servant].update(sheet.record.values.get("sanction", ("unsaid",)))
        counted = dict.fromkeys(words.SANCTIONS, 0) | Counter(map(_gravest, listed.values()))
        return self._html("sanctions", sizes=self.audience.counts(counted))

    def not_evaluated(self) -> Html:
        """Return who was not evaluated or not accepted, and why."""
        rows = []
        for one in self.tallies:
            inside = (it for it in self.found if known_period(it.period) == one.period)
            outs = [it for it in inside if it.decision.status != EVALUATED]
            reasons = Counter(_without_days(it) for it in outs if it.decision.status == NOT_ELIGIBLE)
            counts = self.audience.counts(reasons) if reasons and one.whole_told else {}
            told = {} if None in counts.values() else counts
            rows.append((one, told, outs if self.audience.internal else []))
        small = any(one.shown != str(one.whole) for one in self.tallies)
        unsaid = small or any(it.decision.status != EVALUATED for it in self.found)
        return self._html("not_evaluated", rows=rows, unsaid=unsaid)

    def sheet(self, servant: str = "") -> Iterator[Html]:
        """Yield the worked sheet of a servant, inside; outside that of a printed example.

        Raises:
            ToolkitError: there is no such servant, or a sheet is asked for on a page for everybody.
        """
        if self.audience.internal:
            codes = [one.servant for one in self.found]
            if servant and servant not in codes:
                raise ToolkitError(f"нет служащего «{servant}»{nearest(servant, codes)}")
            held = (one.servant for one in self.found if one.decision.status == EVALUATED)
            chosen = servant or next(held, codes[0])
            shown = [one for one in self.found if one.servant == chosen]
        elif servant:
            what = "лист служащего показывает только страница для служебного пользования"
            raise ToolkitError(what, "internal = True или --internal")
        else:
            shown = [find_example(self.corps, self.study.readings)]
        for one in shown:
            yield self._html("sheet_title", outcome=one)
            yield from explain_sheet(one, self.study)

    def readings(self) -> Html:
        """Return what every other option of each reading would change here."""
        return self._html("readings", switches=self.study.switches(self.agency))

    def deadlines(self, today: str = "", calendar: str = "") -> Iterator[Chart | Html]:
        """Yield the deadlines of each evaluated year; without a day nothing is marked as overdue.

        Raises:
            ToolkitError: `today` is no date, or the file of moved days cannot be used.
        """
        day = read_day(today, "today") if today else None
        days = read_calendar(calendar) if calendar else None
        before = self.study.results.readings["before_date"]
        for year in sorted({int(one.period[:4]) for one in self.tallies if one.period}.intersection(YEARS)):
            found = of_corps(deadlines(year, {}, days, before_date=before, today=day), self.corps[-1])
            yield self._html("deadlines", year=year)
            if chart := deadline_chart(found, today=day):
                yield chart
            yield deadlines_table(found)

    def results(self) -> Html:
        """Return the table of results by code: labels outside, marks and problems too inside."""
        if self.audience.internal:
            return self._html("results", rows=[(one, group_of(one)) for one in self.found])
        # A list of codes would count a group that is too small to be counted, and beside its other quarters
        # and its year a withheld quarter could be worked out.
        told = {one.period: one.counts for one in self.tallies if one.shown == str(one.whole)}
        yearly = [one for one in self.found if isinstance(one, Evaluation) or one.yearly]
        listed = [(one, group_of(one)) for one in yearly if one.period in told]
        rows = [(one, HIDDEN if told[one.period][group] is None else group) for one, group in listed]
        return self._html("results", rows=rows)

    def about(self) -> Html:
        """Return the edition of the order, the data, and how groups are withheld."""
        return self._html("about")

    def _html(self, template: str, **context: Any) -> Html:
        return render(f"servants/{template}", hidden=HIDDEN, **vars(self), **_HELPERS, **context)


def _gravest(listed: set[str]) -> str:
    if "other" in listed:
        return "others"
    if listed - {"unsaid"}:
        return "listed"
    return "unsaid" if listed else "none"


def _without_days(outcome: Outcome) -> str:
    """Return why a servant is not evaluated; outside that stands without the days of a single servant."""
    heads = (reason.partition(":")[0] for reason in outcome.decision.reasons)
    return "; ".join(heads).replace("отработано дней", "отработано меньше дней, чем нужно")
