"""The quarterly evaluation of corps B: sheets become quarters, quarters become years."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
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
from toolkit.servants.records import Record, ServantFile, group
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
    duties, servants = DutyCheck(file, basis.regulation), group(file.records, "servant").items()
    terms = tuple(chain.from_iterable(_evaluate(basis, duties, *servant) for servant in servants))
    held = (sheet.record for term in terms for sheet in term.sheets if sheet.eligible is not False)
    return CorpsB(file, terms, basis.choice, basis.rules, tuple(duties.count(held)))


def _evaluate(basis: Basis, duties: DutyCheck, servant: str, records: list[Record]) -> Iterator[Term]:
    """Yield the terms of a servant: rows of no quarter, then quarters and years by time."""
    lost = [record for record in records if "quarter" not in record.values]
    for record in lost:
        # In quotation marks nobody takes it for a quarter.
        spelled = quote(written) if (written := record.refused.get("quarter")) else ""
        yield Term(servant, spelled, *_named([record, *records]), _lost(basis.file, record))
    placed = group(records, "quarter")
    terms = [_quarter(basis, duties, servant, quarter, placed[quarter]) for quarter in sorted(placed)]
    yield from terms
    for year, quarters in groupby(terms, lambda term: term.period[:4]):
        yield _year(basis, servant, year, tuple(quarters), lost)


def _lost(file: ServantFile, record: Record) -> Decision:
    known = record.torn or "quarter" in record.refused
    lack = file.problem(record, "quarter", "нет квартала", QUARTER_ALLOWED)
    return Decision(problems=record.problems if known else (*record.problems, lack))


def _quarter(basis: Basis, duties: DutyCheck, servant: str, quarter: Quarter, records: list[Record]) -> Term:
    used, problems = basis.file.leave_out_repeated(records)
    sheets = tuple(judge_sheet(basis, record, quarter) for record in used)
    problems += chain.from_iterable(sheet.problems for sheet in sheets)
    problems += chain.from_iterable(duties.doubt(record) for record in used)
    return Term(servant, str(quarter), *_named(records), _judge(basis, sheets, problems), sheets)


def _judge(basis: Basis, sheets: Sequence[Sheet], problems: list[Problem]) -> Decision:
    """Decide on a quarter: no position counts, one is refused, or the mark of those that count."""
    if not (held := [sheet for sheet in sheets if sheet.eligible is not False]):
        reasons = tuple(dict.fromkeys(chain.from_iterable(sheet.reasons for sheet in sheets)))
        return Decision(reasons=reasons, problems=tuple(problems))
    for sheet in sheets:
        if sheet.eligible is False:
            what = f"должность не учтена в квартале: {'; '.join(sheet.reasons)}"
            problems.append(basis.file.warn(sheet.record, "", what))
    # A sanction that would cap the quarter may stand on any sheet of it.
    unread = any("sanction" not in sheet.record.values for sheet in sheets)
    hidden = unread and basis.choice["sanction_cap_on"] == "quarter"
    if hidden or any(refuses(sheet.problems) for sheet in held):
        return Decision(problems=tuple(problems))
    return _mark(basis, held, min(sheet.cap for sheet in sheets), problems)


def _mark(basis: Basis, sheets: list[Sheet], cap: Fraction, problems: list[Problem]) -> Decision:
    """Return the mark of a quarter: the mean of its sheets, under the cap where the reading says so."""
    numbers = add_up((sheet.mean for sheet in sheets), o=cap)
    mean = basis.value("quarter_mark", numbers)
    warn = partial(basis.file.warn, sheets[0].record)
    if len(sheets) > 1:
        what = f"должностей в квартале {len(sheets)}: оценка — среднее их листов, о чём текст молчит"
        problems.append(warn("", what))
        if len({sheet.sanctions for sheet in sheets}) > 1:
            problems.append(warn("sanction", "взыскания в строках одного квартала указаны по-разному"))
    if mean * len(sheets) < numbers["S"]:
        why = "при взыскании (capped, прочтение sanction_cap_on)"
        problems.append(warn("sanction", f"оценка ограничена пределом {comma(cap)} {why}"))
    if basis.choice["quarter_rounding"] == "two_decimals":
        mean = round_half_up(mean)
    return _decide(basis, mean, problems)


def _year(basis: Basis, servant: str, year: str, quarters: tuple[Term, ...], lost: list[Record]) -> Term:
    refused = ", ".join(term.period for term in quarters if term.decision.status == REFUSED)
    rows = ", ".join(str(record.row) for record in lost)
    faults = (("не приняты кварталы", refused), ("неизвестен квартал строк", rows))
    place = Place(basis.file.path.name)
    problems = [Problem(place, f"год {year}: {what} {which}") for what, which in faults if which]
    numbers = add_up(term.decision.exact for term in quarters)
    if problems:
        decision = Decision(problems=tuple(problems))
    elif not numbers["n"]:
        decision = Decision(reasons=("ни один квартал года не оценивался (пункты 5 и 6)",))
    else:
        decision = _decide(basis, basis.value("year_mark", numbers))
    agency = next((term.agency for term in reversed(quarters) if term.agency), "")
    return Term(servant, year, agency, quarters[-1].name, decision, quarters=quarters)


def _decide(basis: Basis, mean: Fraction, problems: Sequence[Problem] = ()) -> Decision:
    scale = basis.regulation.tables["scale_corps_b"]
    return Decision(mean, label(mean, scale, basis.choice), problems=tuple(problems))


def add_up(marks: Iterable[Fraction | None], **limit: Fraction) -> dict[str, Fraction]:
    """Return the numbers of the rules of a quarter and a year by their letters: sum, count, perhaps a cap."""
    known = [mark for mark in marks if mark is not None]
    return {"S": sum(known, Fraction(0)), "n": Fraction(len(known)), **limit}


def _named(records: Sequence[Record]) -> tuple[str, str]:
    """Return the agency and the name that some rows give first, each empty where none does."""
    said = ChainMap(*(dict(record.values) for record in records))
    return said.get("agency", ""), said.get("name", "")
