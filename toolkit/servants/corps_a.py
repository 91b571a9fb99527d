"""The yearly evaluation of corps A: the КЦИ of a servant become a mean and a label, or a decision why not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Unpack

from toolkit.errors import Problem
from toolkit.rules.methodology import Methodology
from toolkit.rules.rule import Rule
from toolkit.servants.agreement import QUALITY, Kpi, check_composition, judge_kpi
from toolkit.servants.bands import label
from toolkit.servants.decision import Basis, Decision, Options, Result, Results, refuses
from toolkit.servants.periods import Period, decide, name_days
from toolkit.servants.records import Record, ServantFile, group
from toolkit.servants.regulation import Composition

TRANSITIONAL = "transitional"
_NEEDED = ("category", "appointed_on", "worked_days", "period_start", "period_end")
_SHARED = (*_NEEDED, "agency", "name")
_ABOUT = {"corps_a": "методика распространяется на отношения", TRANSITIONAL: "глава 5 — о работе"}


@dataclass(frozen=True, slots=True)
class Evaluation(Result):
    """The evaluation of one servant of corps A.

    Attributes:
        shared: what its rows say in common: category, dates, days, agency and name, where they are known.
        kpis: the rows of the sheet, in the order of the file.
        composition: of what the sheet should be made, or None when the category is not known.
    """

    shared: Mapping[str, Any]
    kpis: tuple[Kpi, ...]
    composition: Composition | None

    @property
    def category(self) -> str:
        """Return `1`, `2`, `transitional`, or empty when it is not known."""
        return str(self.shared.get("category", ""))


class CorpsA(Results):
    """The evaluations of a file of corps A."""

    @property
    def evaluations(self) -> tuple[Evaluation, ...]:
        """Return one for each servant, in the order of the file."""
        return self.outcomes


def evaluate_corps_a(
    file: ServantFile, methodology: Methodology | None = None, **options: Unpack[Options]
) -> CorpsA:
    """Evaluate every servant of a file of corps A, exactly.

    Parameters:
        file: a file read with the layout `CORPS_A`.
        methodology: the rules; the order of 2025 when left out.
        options: `readings`, `parameters` and `regulation`, as `Options` has them.

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
    basis = Basis(file, methodology, **options)
    directions = basis.methodology.readings["kpi_direction"].options
    percents = {way: basis.resolve("category_1", kpi_direction=way)["kpi_percent"] for way in directions}
    servants = group(file.records, "servant").values()
    evaluations = tuple(_evaluate(basis, percents, given) for given in servants)
    return CorpsA(file, evaluations, basis.choice, basis.rules)


def _evaluate(basis: Basis, percents: Mapping[str, Rule], given: list[Record]) -> Evaluation:
    """Evaluate the servant whose rows are given; `percents` has the rule of each direction of a КЦИ."""
    file, regulation = basis.file, basis.regulation
    records, repeated = file.leave_out_repeated(given)
    shared, disagreed = _agree(file, records)
    period, category = _period(shared), shared.get("category", "")
    composition = regulation.composition.get(category if category == TRANSITIONAL else f"category_{category}")
    kpis = tuple(judge_kpi(basis, percents, record, category) for record in records)
    problems = [*repeated, *disagreed, *chain.from_iterable(record.problems for record in records)]
    problems += _against(basis, records[0], shared)
    problems += chain.from_iterable(kpi.problems for kpi in kpis)
    if composition:
        problems += check_composition(file, records, composition, basis.methodology.inputs["kind"].options)
    if period:
        problems += file.doubt_days(records[0], shared, period, ("в периоде", "после оцениваемого периода"))
    minimum, appointed = regulation.eligibility["corps_a"], shared.get("appointed_on")
    eligible, reasons = decide(minimum, period, appointed, None, shared.get("worked_days"))
    decision = Decision(reasons=reasons, problems=tuple(problems))
    if composition and eligible is not False and not refuses(problems):
        mean = basis.value(composition.rule, number_marks(kpis))
        decision = Decision(mean, label(mean, composition.scale, basis.choice), problems=tuple(problems))
    year = str(shared["period_start"].year) if "period_start" in shared else ""
    about = records[0].servant, year, shared.get("agency", ""), shared.get("name", "")
    return Evaluation(*about, decision, shared, kpis, composition)


def _against(basis: Basis, record: Record, shared: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the evaluated period: its own days, and the dates of the method."""
    file, start, end = basis.file, shared.get("period_start"), shared.get("period_end")
    if start is None or end is None:
        return
    said = f"период {name_days(start, end)}"
    if _period(shared) is None:
        allowed = "первый день не позже последнего, один календарный год (пункт 3)"
        yield file.problem(record, "period_end", said, allowed)
        return
    name = TRANSITIONAL if shared.get("category") == TRANSITIONAL else "corps_a"
    force = basis.regulation.force[name]
    span, last = name_days(force.start, force.end), force.end or date.max
    about = f"{_ABOUT[name]} {span} ({force.point})"
    if end < force.start or start > last:
        yield file.problem(record, "period_start", f"{said}: {about}", span)
    elif end > last:
        yield file.warn(record, "period_end", f"{said} выходит за срок: {about}")


def _period(shared: Mapping[str, Any]) -> Period | None:
    """Return the evaluated period, if its days are known and make one."""
    start, end = shared.get("period_start"), shared.get("period_end")
    return Period(start, end) if start and end and start <= end and start.year == end.year else None


def number_marks(kpis: tuple[Kpi, ...]) -> dict[str, Any]:
    """Return the marks by the letters of the rules: of КЦИ and of qualities, each numbered from one."""
    qualities = [kpi for kpi in kpis if kpi.kind == QUALITY]
    others = [kpi for kpi in kpis if kpi.kind != QUALITY]
    groups = ("s", others), ("q", qualities)
    return {f"{letter}{n}": kpi.mark for letter, found in groups for n, kpi in enumerate(found, 1)}


def _agree(file: ServantFile, records: list[Record]) -> tuple[dict[str, Any], list[Problem]]:
    """Return what the rows of a servant say in common, and where they disagree or say nothing.

    A cell left empty agrees with the others, since whoever fills a form in often writes such things once.
    """
    shared: dict[str, Any] = {}
    problems = []
    for name in _SHARED:
        needed, given = name in _NEEDED, [record for record in records if name in record.values]
        if other := next((one for one in given if one.values[name] != given[0].values[name]), None):
            both = ", ".join(f"{_show(one.values[name])} в строке {one.row}" for one in (given[0], other))
            what, allowed = f"строки служащего расходятся: {both}", "одно значение во всех строках"
            problems.append((file.problem if needed else file.warn)(other, name, what, allowed))
        if given and (other is None or not needed):
            shared[name] = given[0].values[name]
        elif not given and needed and not any(name in record.refused for record in records):
            problems.append(file.problem(records[0], name, "нет значения", "значение"))
    return shared, problems


def _show(value: Any) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)
