"""The quarterly evaluation of corps B: sheets become quarters, quarters become years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from toolkit.errors import Place, Problem
from toolkit.intake.numbers import quote
from toolkit.rules.fields import Number
from toolkit.rules.loader import SERVANTS_2025, load_methodology
from toolkit.rules.methodology import Methodology
from toolkit.rules.notes import comma
from toolkit.rules.reading import choose
from toolkit.rules.rule import Rule
from toolkit.servants.decision import EVALUATED, NOT_ELIGIBLE, REFUSED, Calculator, Decision, refuse_foreign
from toolkit.servants.duties import DutyCheck
from toolkit.servants.periods import Quarter
from toolkit.servants.records import Record, ServantFile
from toolkit.servants.regulation import Regulation, load_regulation
from toolkit.servants.scales import label, round_half_up
from toolkit.servants.sheet import Sheet, SheetJudge


@dataclass(frozen=True, slots=True)
class Term:
    """A quarter or a year of one servant of corps B.

    Attributes:
        servant: code of the servant.
        period: `2025Q3`, `2025`, or what stands in the file where that is no quarter.
        decision: what came out.
        agency: code of the agency, of a year that of its last quarter; empty where none is given.
        name: name of the servant, or empty.
        sheets: the sheets of a quarter, one for each position, in the order of the file.
        quarters: the quarters of a year.
    """

    servant: str
    period: str
    decision: Decision
    agency: str = ""
    name: str = ""
    sheets: tuple[Sheet, ...] = ()
    quarters: tuple[Term, ...] = ()

    @property
    def yearly(self) -> bool:
        """Say whether it is a year."""
        return bool(self.quarters)

    def row(self) -> dict[str, str]:
        """Return the binding columns of the result, as text."""
        return {"servant": self.servant, "period": self.period, **self.decision.row()}


@dataclass(frozen=True, slots=True)
class CorpsB:
    """The evaluations of a file of corps B.

    Attributes:
        file: the file.
        terms: the quarters of each servant by time, its years after them, in the order of the file.
        readings: the complete choice of readings.
        rules: the rules by code.
        delegations: evaluators who have more persons than point 18 leaves to one.
    """

    file: ServantFile
    terms: tuple[Term, ...]
    readings: Mapping[str, str]
    rules: Mapping[str, Rule]
    delegations: tuple[Problem, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        """Return the parameters that are not the printed ones, `CODE.NAME`."""
        return tuple(dict.fromkeys(name for rule in self.rules.values() for name in rule.changed))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return every problem: of the file, then of each servant."""
        own = (problem for term in self.terms for problem in term.decision.problems)
        return (*self.file.problems, *self.delegations, *own)

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield the rows of the result."""
        return (term.row() for term in self.terms)


def evaluate_corps_b(
    file: ServantFile,
    methodology: Methodology | None = None,
    *,
    readings: Mapping[str, str] | None = None,
    parameters: Mapping[str, Number] | None = None,
    regulation: Regulation | None = None,
) -> CorpsB:
    """Evaluate every quarter and year of a file of corps B, exactly.

    Parameters:
        file: a file read with the layout `CORPS_B`.
        methodology: the rules; the order of 2025 when left out.
        readings: chosen options by key; the defaults stand for the rest.
        parameters: numbers by `CODE.NAME`; the printed ones stand for the rest.
        regulation: the order beside its formulas; that of 2025 when left out.

    Returns:
        A term for each quarter and each year. A quarter that is not eligible is left out of the year; a
        refused one makes the year refused, until it is mended.

    Raises:
        ToolkitError: an unknown reading, option or parameter.

    Source:
        Points 5, 6, 8, 17 and 18 of corps B and its annexes 1 and 2.

    Example:
        >>> from toolkit.servants.records import CORPS_B, read_servants
        >>> found = evaluate_corps_b(read_servants("data_samples/servants_2025/corps_b.csv", CORPS_B))
        >>> found.terms[0].period
        '2025Q3'
    """
    methodology = methodology or load_methodology(SERVANTS_2025)
    choice = choose(methodology.readings, readings or {})
    refuse_foreign(readings or {}, parameters or {}, methodology, file.corps)
    resolved = methodology.resolve("leader", choice, parameters)
    rules = {rule.code: rule for rule in resolved if rule.applies}
    evaluator = _Evaluator(file, rules, choice, regulation or load_regulation())
    terms = tuple(
        term for servant, records in file.group().items() for term in evaluator.evaluate(servant, records)
    )
    return CorpsB(file, terms, choice, rules, tuple(evaluator.duties.count(evaluator.evaluated)))


class _Evaluator:
    """Evaluates one servant after another under one choice of readings."""

    def __init__(
        self, file: ServantFile, rules: Mapping[str, Rule], choice: Mapping[str, str], regulation: Regulation
    ) -> None:
        self.file, self.choice, self.calculator = file, choice, Calculator(rules)
        self.scale = regulation.tables["scale_corps_b"]
        self.duties = DutyCheck(file, regulation)
        self.evaluated: list[Record] = []
        self.judge = SheetJudge(file, regulation, self.calculator, choice)

    def evaluate(self, servant: str, records: list[Record]) -> Iterator[Term]:
        placed: dict[Quarter, list[Record]] = {}
        lost = [record for record in records if "quarter" not in record.values]
        for record in records:
            if "quarter" in record.values:
                placed.setdefault(record.values["quarter"], []).append(record)
        for record in lost:
            yield Term(
                servant,
                _spell(record),
                self._lost(record),
                *_named([record, *records]),
            )
        quarters: dict[int, list[Term]] = {}
        for quarter in sorted(placed):
            term = self._quarter(servant, quarter, placed[quarter])
            quarters.setdefault(quarter.year, []).append(term)
            yield term
        for year, terms in quarters.items():
            yield self._year(servant, year, tuple(terms), lost)

    def _lost(self, record: Record) -> Decision:
        place = self.file.place(record, "quarter")
        known = record.torn or "quarter" in record.refused
        lack = () if known else (Problem(place, "нет квартала", "год и квартал вида 2025Q3"),)
        return Decision(REFUSED, problems=(*record.problems, *lack))

    def _quarter(self, servant: str, quarter: Quarter, records: list[Record]) -> Term:
        used, problems = self.file.leave_out_repeated(records)
        sheets = tuple(self.judge.judge(record, quarter) for record in used)
        problems += [problem for sheet in sheets for problem in sheet.problems]
        problems += [problem for record in used for problem in self.duties.doubt(record)]
        held = [sheet for sheet in sheets if sheet.eligible is not False]
        self.evaluated += [sheet.record for sheet in held]
        if held:
            problems += [self._left_out(sheet) for sheet in sheets if sheet.eligible is False]
        if not held:
            reasons = tuple(dict.fromkeys(reason for sheet in sheets for reason in sheet.reasons))
            decision = Decision(NOT_ELIGIBLE, reasons=reasons, problems=tuple(problems))
        elif any(sheet.refused for sheet in held) or self._hides_sanction(sheets):
            decision = Decision(REFUSED, problems=tuple(problems))
        else:
            decision = self._mark(held, min(sheet.cap for sheet in sheets), problems)
        return Term(servant, str(quarter), decision, *_named(records), sheets)

    def _hides_sanction(self, sheets: tuple[Sheet, ...]) -> bool:
        """Say whether a sanction that would cap the quarter cannot be read, whoever's sheet it stands on."""
        unread = any("sanction" not in sheet.record.values for sheet in sheets)
        return self.choice["sanction_cap_on"] == "quarter" and unread

    def _left_out(self, sheet: Sheet) -> Problem:
        what = f"должность не учтена в квартале: {'; '.join(sheet.reasons)}"
        return Problem(self.file.place(sheet.record), what, warning=True)

    def _mark(self, sheets: list[Sheet], cap: Fraction, problems: list[Problem]) -> Decision:
        """Return the mark of a quarter: the mean of its sheets, under the cap where the reading says so."""
        numbers = number_quarter(sheets, cap)
        mean = self.calculator.value("quarter_mark", numbers)
        first = sheets[0].record
        if len(sheets) > 1:
            what = f"должностей в квартале {len(sheets)}: оценка — среднее их листов, о чём текст молчит"
            problems.append(Problem(self.file.place(first), what, warning=True))
            if len({sheet.sanctions for sheet in sheets}) > 1:
                what = "взыскания в строках одного квартала указаны по-разному"
                problems.append(Problem(self.file.place(first, "sanction"), what, warning=True))
        if mean * len(sheets) < numbers["S"]:
            what = (
                f"оценка ограничена пределом {comma(cap)} при взыскании (capped, прочтение sanction_cap_on)"
            )
            problems.append(Problem(self.file.place(first, "sanction"), what, warning=True))
        if self.choice["quarter_rounding"] == "two_decimals":
            mean = round_half_up(mean)
        return Decision(EVALUATED, mean, label(mean, self.scale, self.choice), problems=tuple(problems))

    def _year(self, servant: str, year: int, quarters: tuple[Term, ...], lost: list[Record]) -> Term:
        refused = [term.period for term in quarters if term.decision.status == REFUSED]
        held = [term.decision.exact for term in quarters if term.decision.exact is not None]
        place = Place(self.file.path.name)
        problems = []
        if refused:
            problems.append(Problem(place, f"год {year}: не приняты кварталы {', '.join(refused)}"))
        if lost:
            rows = ", ".join(str(record.row) for record in lost)
            problems.append(Problem(place, f"год {year}: неизвестен квартал строк {rows}"))
        if problems:
            decision = Decision(REFUSED, problems=tuple(problems))
        elif not held:
            reason = "ни один квартал года не оценивался (пункты 5 и 6)"
            decision = Decision(NOT_ELIGIBLE, reasons=(reason,))
        else:
            mean = self.calculator.value("year_mark", number_year(quarters))
            decision = Decision(EVALUATED, mean, label(mean, self.scale, self.choice))
        agency = next((term.agency for term in reversed(quarters) if term.agency), "")
        return Term(servant, str(year), decision, agency, quarters[-1].name, quarters=quarters)


def _spell(record: Record) -> str:
    """Return what stands in the place of a quarter so that nobody takes it for one."""
    written = record.refused.get("quarter", "")
    return quote(written) if written else ""


def number_quarter(sheets: Sequence[Sheet], cap: Fraction) -> dict[str, Fraction]:
    """Return the numbers of the rule of a quarter by their letters: sum, count and cap."""
    marks = [sheet.mean for sheet in sheets if sheet.mean is not None]
    return {"S": sum(marks, Fraction(0)), "n": Fraction(len(marks)), "o": cap}


def number_year(quarters: Sequence[Term]) -> dict[str, Fraction]:
    """Return the numbers of the rule of a year by their letters: sum and count of the evaluated quarters."""
    marks = [term.decision.exact for term in quarters if term.decision.exact is not None]
    return {"S": sum(marks, Fraction(0)), "n": Fraction(len(marks))}


def _named(records: Sequence[Record]) -> tuple[str, str]:
    """Return the agency and the name that some rows give first, each empty where none does."""
    agency, name = (
        next((str(record.values[column]) for record in records if column in record.values), "")
        for column in ("agency", "name")
    )
    return agency, name
