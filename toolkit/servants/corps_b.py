"""The quarterly evaluation of corps B: sheets become quarters, quarters become years."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, groupby
from typing import Unpack

from toolkit.errors import Place, Problem
from toolkit.intake.numbers import quote
from toolkit.rules.methodology import Methodology
from toolkit.rules.notes import comma
from toolkit.servants.bands import label, round_half_up
from toolkit.servants.cells import QUARTER_ALLOWED
from toolkit.servants.decision import REFUSED, Basis, Decision, Options, Result, Results, refuses
from toolkit.servants.duties import DutyCheck
from toolkit.servants.periods import Quarter
from toolkit.servants.records import Record, ServantFile
from toolkit.servants.sheet import Sheet, judge_sheet


@dataclass(frozen=True, slots=True)
class Term(Result):
    """A quarter or a year of one servant of corps B.

    Attributes:
        sheets: the sheets of a quarter, one for each position, in the order of the file.
        quarters: the quarters of a year.
    """

    sheets: tuple[Sheet, ...] = ()
    quarters: tuple[Term, ...] = ()

    @property
    def yearly(self) -> bool:
        """Say whether it is a year."""
        return bool(self.quarters)


class CorpsB(Results):
    """The evaluations of a file of corps B."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return the quarters of each servant by time, its years after them, in the order of the file."""
        return self.outcomes


def evaluate_corps_b(
    file: ServantFile, methodology: Methodology | None = None, **options: Unpack[Options]
) -> CorpsB:
    """Evaluate every quarter and year of a file of corps B, exactly.

    Parameters:
        file: a file read with the layout `CORPS_B`.
        methodology: the rules; the order of 2025 when left out.
        options: `readings`, `parameters` and `regulation`, as `Options` has them.

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
    basis = Basis(file, methodology, **options)
    evaluator = _Evaluator(basis)
    terms = tuple(chain.from_iterable(evaluator.evaluate(*servant) for servant in file.group().items()))
    delegations = tuple(evaluator.duties.count(evaluator.evaluated))
    return CorpsB(file, terms, basis.choice, basis.rules, delegations)


class _Evaluator:
    """Evaluates one servant after another under one choice of readings."""

    def __init__(self, basis: Basis) -> None:
        self.basis, self.file, self.choice = basis, basis.file, basis.choice
        self.scale = basis.regulation.tables["scale_corps_b"]
        self.duties = DutyCheck(self.file, basis.regulation)
        self.evaluated: list[Record] = []

    def evaluate(self, servant: str, records: list[Record]) -> Iterator[Term]:
        lost = [record for record in records if "quarter" not in record.values]
        for record in lost:
            # In quotation marks nobody takes it for a quarter.
            spelled = quote(written) if (written := record.refused.get("quarter")) else ""
            yield Term(servant, spelled, *_named([record, *records]), self._lost(record))
        placed: dict[Quarter, list[Record]] = {}
        for record in records:
            if "quarter" in record.values:
                placed.setdefault(record.values["quarter"], []).append(record)
        terms = [self._quarter(servant, quarter, placed[quarter]) for quarter in sorted(placed)]
        yield from terms
        for year, quarters in groupby(terms, lambda term: term.period[:4]):
            yield self._year(servant, year, tuple(quarters), lost)

    def _lost(self, record: Record) -> Decision:
        known = record.torn or "quarter" in record.refused
        lack = self.file.problem(record, "quarter", "нет квартала", QUARTER_ALLOWED)
        return Decision(problems=record.problems if known else (*record.problems, lack))

    def _quarter(self, servant: str, quarter: Quarter, records: list[Record]) -> Term:
        used, problems = self.file.leave_out_repeated(records)
        sheets = tuple(judge_sheet(self.basis, record, quarter) for record in used)
        problems += chain.from_iterable(sheet.problems for sheet in sheets)
        problems += chain.from_iterable(self.duties.doubt(record) for record in used)
        self.evaluated += [sheet.record for sheet in sheets if sheet.eligible is not False]
        decision = self._judge(sheets, problems)
        return Term(servant, str(quarter), *_named(records), decision, sheets)

    def _judge(self, sheets: Sequence[Sheet], problems: list[Problem]) -> Decision:
        """Decide on a quarter: no position counts, one is refused, or the mark of those that count."""
        held = [sheet for sheet in sheets if sheet.eligible is not False]
        if not held:
            reasons = tuple(dict.fromkeys(chain.from_iterable(sheet.reasons for sheet in sheets)))
            return Decision(reasons=reasons, problems=tuple(problems))
        for sheet in sheets:
            if sheet.eligible is False:
                what = f"должность не учтена в квартале: {'; '.join(sheet.reasons)}"
                problems.append(self.file.warn(sheet.record, "", what))
        # A sanction that would cap the quarter may stand on any sheet of it.
        unread = any("sanction" not in sheet.record.values for sheet in sheets)
        hidden = unread and self.choice["sanction_cap_on"] == "quarter"
        if hidden or any(refuses(sheet.problems) for sheet in held):
            return Decision(problems=tuple(problems))
        return self._mark(held, min(sheet.cap for sheet in sheets), problems)

    def _mark(self, sheets: list[Sheet], cap: Fraction, problems: list[Problem]) -> Decision:
        """Return the mark of a quarter: the mean of its sheets, under the cap where the reading says so."""
        numbers = number_quarter(sheets, cap)
        mean = self.basis.value("quarter_mark", numbers)
        doubts = []
        if len(sheets) > 1:
            what = f"должностей в квартале {len(sheets)}: оценка — среднее их листов, о чём текст молчит"
            doubts.append(("", what))
            if len({sheet.sanctions for sheet in sheets}) > 1:
                doubts.append(("sanction", "взыскания в строках одного квартала указаны по-разному"))
        if mean * len(sheets) < numbers["S"]:
            why = "при взыскании (capped, прочтение sanction_cap_on)"
            doubts.append(("sanction", f"оценка ограничена пределом {comma(cap)} {why}"))
        if self.choice["quarter_rounding"] == "two_decimals":
            mean = round_half_up(mean)
        problems += [self.file.warn(sheets[0].record, *doubt) for doubt in doubts]
        return self._decide(mean, problems)

    def _year(self, servant: str, year: str, quarters: tuple[Term, ...], lost: list[Record]) -> Term:
        refused = ", ".join(term.period for term in quarters if term.decision.status == REFUSED)
        rows = ", ".join(str(record.row) for record in lost)
        faults = (("не приняты кварталы", refused), ("неизвестен квартал строк", rows))
        place = Place(self.file.path.name)
        problems = [Problem(place, f"год {year}: {what} {which}") for what, which in faults if which]
        numbers = number_year(quarters)
        if problems:
            decision = Decision(problems=tuple(problems))
        elif not numbers["n"]:
            decision = Decision(reasons=("ни один квартал года не оценивался (пункты 5 и 6)",))
        else:
            decision = self._decide(self.basis.value("year_mark", numbers))
        agency = next((term.agency for term in reversed(quarters) if term.agency), "")
        return Term(servant, year, agency, quarters[-1].name, decision, quarters=quarters)

    def _decide(self, mean: Fraction, problems: Sequence[Problem] = ()) -> Decision:
        return Decision(mean, label(mean, self.scale, self.choice), problems=tuple(problems))


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
    said = ChainMap(*(dict(record.values) for record in records))
    return said.get("agency", ""), said.get("name", "")
