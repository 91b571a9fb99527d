"""The yearly evaluation of corps A: the КЦИ of a servant become a mean and a label, or a decision why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toolkit.errors import Problem
from toolkit.rules.fields import Number
from toolkit.rules.loader import SERVANTS_2025, load_methodology
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Trace
from toolkit.rules.reading import choose
from toolkit.rules.rule import Rule
from toolkit.servants.agreement import QUALITY, Kpi, KpiJudge, check_composition
from toolkit.servants.decision import (
    EVALUATED,
    NOT_ELIGIBLE,
    REFUSED,
    Decision,
    apply_rule,
    refuse_foreign,
    refuses,
)
from toolkit.servants.records import Record, ServantFile
from toolkit.servants.regulation import Regulation, load_regulation
from toolkit.servants.scales import label
from toolkit.servants.tenure import Period, decide

TRANSITIONAL = "transitional"
_NEEDED = ("category", "appointed_on", "worked_days", "period_start", "period_end")
_SHARED = (*_NEEDED, "agency", "name")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The evaluation of one servant of corps A.

    Attributes:
        servant: code of the servant.
        shared: what its rows say in common: category, dates, days, agency and name, where they are known.
        kpis: the rows of the sheet, in the order of the file.
        decision: what came out.
        rule: the rule that put the marks together, or None.
        trace: how it did, or None.
    """

    servant: str
    shared: Mapping[str, Any]
    kpis: tuple[Kpi, ...]
    decision: Decision
    rule: Rule | None = None
    trace: Trace | None = None

    @property
    def category(self) -> str:
        """Return `1`, `2`, `transitional`, or empty when it is not known."""
        return str(self.shared.get("category", ""))

    @property
    def subject(self) -> str:
        """Return the subject of the law files that the category is."""
        return _subject(self.category)

    @property
    def agency(self) -> str:
        """Return the code of the agency, or empty."""
        return str(self.shared.get("agency", ""))

    @property
    def name(self) -> str:
        """Return the name of the servant, or empty."""
        return str(self.shared.get("name", ""))

    @property
    def period(self) -> str:
        """Return the evaluated year, or empty when it is not known."""
        start = self.shared.get("period_start")
        return "" if start is None else str(start.year)

    def row(self) -> dict[str, str]:
        """Return the binding columns of the result, as text."""
        return {"servant": self.servant, **self.decision.row()}


@dataclass(frozen=True, slots=True)
class CorpsA:
    """The evaluations of a file of corps A.

    Attributes:
        file: the file.
        evaluations: one for each servant, in the order of the file.
        readings: the complete choice of readings.
        changed: parameters that are not the printed ones, `CODE.NAME`.
    """

    file: ServantFile
    evaluations: tuple[Evaluation, ...]
    readings: Mapping[str, str]
    changed: tuple[str, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return every problem: of the file, then of each servant."""
        own = (problem for one in self.evaluations for problem in one.decision.problems)
        return (*self.file.problems, *own)

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield the rows of the result."""
        return (one.row() for one in self.evaluations)


def evaluate_corps_a(
    file: ServantFile,
    methodology: Methodology | None = None,
    *,
    readings: Mapping[str, str] | None = None,
    parameters: Mapping[str, Number] | None = None,
    regulation: Regulation | None = None,
) -> CorpsA:
    """Evaluate every servant of a file of corps A, exactly.

    Parameters:
        file: a file read with the layout `CORPS_A`.
        methodology: the rules; the order of 2025 when left out.
        readings: chosen options by key; the defaults stand for the rest.
        parameters: numbers by `CODE.NAME`; the printed ones stand for the rest.
        regulation: the order beside its formulas; that of 2025 when left out.

    Returns:
        One evaluation for each servant. Eligibility is decided first, and a mark that a table does not allow
        refuses the servant instead of being lowered.

    Raises:
        ToolkitError: an unknown reading, option or parameter.

    Source:
        Points 3, 8, 9, 11, 16, 19-21 and chapter 5 of corps A.

    Example:
        >>> from toolkit.servants.records import CORPS_A, read_servants
        >>> found = evaluate_corps_a(read_servants("data_samples/servants_2025/corps_a.csv", CORPS_A))
        >>> found.evaluations[0].decision.status
        'evaluated'
    """
    methodology = methodology or load_methodology(SERVANTS_2025)
    choice = choose(methodology.readings, readings or {})
    refuse_foreign(readings or {}, parameters or {}, methodology, file.corps)
    evaluator = _Evaluator(file, methodology, choice, parameters or {}, regulation or load_regulation())
    evaluations = tuple(evaluator.evaluate(records) for records in file.group().values())
    return CorpsA(file, evaluations, choice, evaluator.changed)


class _Evaluator:
    """Evaluates one servant after another under one choice of readings."""

    def __init__(
        self,
        file: ServantFile,
        methodology: Methodology,
        choice: Mapping[str, str],
        parameters: Mapping[str, Number],
        regulation: Regulation,
    ) -> None:
        def resolve(subject: str, **other: str) -> dict[str, Rule]:
            rules = methodology.resolve(subject, {**choice, **other}, parameters)
            return {rule.code: rule for rule in rules if rule.applies}

        self.file, self.choice, self.regulation = file, choice, regulation
        self.rules = resolve("category_1") | resolve(TRANSITIONAL)
        self.titles = methodology.inputs["kind"].options
        # Each row says the direction of its КЦИ, so the rule is at hand in both forms.
        directions = methodology.readings["kpi_direction"].options
        percents = {way: resolve("category_1", kpi_direction=way)["kpi_percent"] for way in directions}
        self.judge = KpiJudge(file, self.regulation, percents, choice)
        self.changed = tuple(dict.fromkeys(name for rule in self.rules.values() for name in rule.changed))

    def evaluate(self, given: list[Record]) -> Evaluation:
        records, problems = self.file.leave_out_repeated(given)
        shared, about_shared = _agree(self.file, records)
        problems += about_shared
        period, about_period = self._period(records[0], shared)
        judged = [self.judge.judge(record, shared.get("category", "")) for record in records]
        problems += [*(problem for record in records for problem in record.problems), *about_period]
        problems += [problem for _, found in judged for problem in found]
        kpis = tuple(kpi for kpi, _ in judged)
        if "category" in shared:
            composition = self.regulation.composition[_subject(shared["category"])]
            problems += check_composition(self.file, records, composition, self.titles)
        days = shared.get("worked_days")
        problems += self._doubt(records[0], period, shared) if period else ()
        eligible, reasons = decide(
            self.regulation.eligibility["corps_a"],
            period,
            shared.get("appointed_on"),
            None,
            None if days is None else int(days),
        )
        if eligible is False:
            decision = Decision(NOT_ELIGIBLE, reasons=reasons, problems=tuple(problems))
            return Evaluation(records[0].servant, shared, kpis, decision)
        if refuses(problems):
            return Evaluation(records[0].servant, shared, kpis, Decision(REFUSED, problems=tuple(problems)))
        return self._put_together(records[0].servant, shared, kpis, tuple(problems))

    def _put_together(
        self, servant: str, shared: Mapping[str, Any], kpis: tuple[Kpi, ...], problems: tuple[Problem, ...]
    ) -> Evaluation:
        composition = self.regulation.composition[_subject(shared["category"])]
        rule = self.rules[composition.rule]
        marks = [kpi.mark for kpi in kpis if kpi.kind != QUALITY]
        qualities = [kpi.mark for kpi in kpis if kpi.kind == QUALITY]
        letters = {f"s{n}": mark for n, mark in enumerate(marks, 1)}
        letters |= {f"q{n}": mark for n, mark in enumerate(qualities, 1)}
        trace = apply_rule(rule, {name: mark for name, mark in letters.items() if mark is not None})
        mean = trace.lines[-1].value
        words = label(mean, composition.scale, self.choice)
        return Evaluation(
            servant, shared, kpis, Decision(EVALUATED, mean, words, problems=problems), rule, trace
        )

    def _period(self, record: Record, shared: Mapping[str, Any]) -> tuple[Period | None, list[Problem]]:
        """Return the evaluated period, if its days make one, and what is wrong with it."""
        start, end = shared.get("period_start"), shared.get("period_end")
        if start is None or end is None:
            return None, []
        if start > end or start.year != end.year:
            what = f"период с {_day(start)} по {_day(end)}"
            allowed = "первый день не позже последнего, один календарный год (пункт 3)"
            return None, [Problem(self.file.place(record, "period_end"), what, allowed)]
        return Period(start, end), list(self._in_force(record, start, end, shared.get("category", "")))

    def _doubt(self, record: Record, period: Period, shared: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield what is implausible about the days of a servant."""
        days, longest = shared.get("worked_days", 0), (period.end - period.start).days + 1
        if days > longest:
            what = f"отработано дней {days}, а в периоде их {longest}"
            yield Problem(self.file.place(record, "worked_days"), what, warning=True)
        if (appointed := shared.get("appointed_on", period.end)) > period.end:
            what = f"назначение {_day(appointed)} после оцениваемого периода"
            yield Problem(self.file.place(record, "appointed_on"), what, warning=True)

    def _in_force(self, record: Record, start: date, end: date, category: str) -> Iterator[Problem]:
        """Yield what the dates of the method say about a period."""
        name = TRANSITIONAL if category == TRANSITIONAL else "corps_a"
        force = self.regulation.force[name]
        about = f"{_ABOUT[name]} {_span(force.start, force.end)} ({force.point})"
        if end < force.start or (force.end is not None and start > force.end):
            what = f"период с {_day(start)} по {_day(end)}: {about}"
            yield Problem(self.file.place(record, "period_start"), what, _span(force.start, force.end))
        elif force.end is not None and end > force.end:
            what = f"период с {_day(start)} по {_day(end)} выходит за срок: {about}"
            yield Problem(self.file.place(record, "period_end"), what, warning=True)


_ABOUT = {"corps_a": "методика распространяется на отношения", TRANSITIONAL: "глава 5 — о работе"}


def _subject(category: str) -> str:
    """Return the subject of the law files for a category."""
    return category if category == TRANSITIONAL else f"category_{category}"


def _agree(file: ServantFile, records: list[Record]) -> tuple[dict[str, Any], list[Problem]]:
    """Return what the rows of a servant say in common, and where they disagree or say nothing.

    A cell left empty agrees with the others, since whoever fills a form in often writes such things once.
    """
    shared: dict[str, Any] = {}
    problems = []
    for name in _SHARED:
        given = [record for record in records if name in record.values]
        other = next((one for one in given if one.values[name] != given[0].values[name]), None)
        if other is not None:
            what = (
                f"строки служащего расходятся: {_shown(given[0].values[name])} в строке {given[0].row}, "
                f"{_shown(other.values[name])} в строке {other.row}"
            )
            described = name not in _NEEDED
            problem = Problem(file.place(other, name), what, "одно значение во всех строках", described)
            problems.append(problem)
        if given and (other is None or name not in _NEEDED):
            shared[name] = given[0].values[name]
        elif not given and name in _NEEDED and not any(name in record.refused for record in records):
            problems.append(Problem(file.place(records[0], name), "нет значения", "значение"))
    return shared, problems


def _shown(value: Any) -> str:
    return _day(value) if isinstance(value, date) else str(value)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _span(start: date, end: date | None) -> str:
    return f"с {_day(start)}" if end is None else f"с {_day(start)} по {_day(end)}"
