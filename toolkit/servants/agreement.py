"""The КЦИ of an annual agreement: percent realised, what the annexes allow, and how many of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from toolkit.errors import Problem
from toolkit.formula.exact import UndefinedError
from toolkit.rules.notes import comma
from toolkit.rules.outcome import Trace
from toolkit.rules.rule import Rule
from toolkit.servants.bands import Band, Table
from toolkit.servants.decision import apply_rule, explain_undefined
from toolkit.servants.records import Record, ServantFile
from toolkit.servants.regulation import Composition, Regulation

QUALITY = "quality"
_SHOWN_DECIMALS = 10_000


@dataclass(frozen=True, slots=True)
class Kpi:
    """One row of the sheet of corps A.

    Attributes:
        record: the row of the file.
        rule: the rule of the percent in the direction of this КЦИ, or None where the annexes do not apply.
        trace: how the percent came out, or None.
        annex: the table of marks for its kind, or None where there is none.
        band: the row of that table, or None.
    """

    record: Record
    rule: Rule | None = None
    trace: Trace | None = None
    annex: Table | None = None
    band: Band | None = None

    @property
    def name(self) -> str:
        """Return its number or name as the file gives it."""
        return str(self.record.values.get("kpi", ""))

    @property
    def kind(self) -> str:
        """Return its kind, or empty."""
        return str(self.record.values.get("kind", ""))

    @property
    def mark(self) -> Fraction | None:
        """Return its mark."""
        return self.record.values.get("mark")

    @property
    def percent(self) -> Fraction | None:
        """Return the percent realised."""
        return None if self.trace is None else self.trace.lines[-1].value


class KpiJudge:
    """Judges the rows of one file: percent, annex, mark.

    Parameters:
        file: the file, for places.
        regulation: the annexes.
        percents: the rule of the percent by direction.
        choice: a complete choice of readings.
    """

    def __init__(
        self,
        file: ServantFile,
        regulation: Regulation,
        percents: Mapping[str, Rule],
        choice: Mapping[str, str],
    ) -> None:
        self.file, self.regulation, self.percents, self.choice = file, regulation, percents, choice

    def judge(self, record: Record, category: str) -> tuple[Kpi, list[Problem]]:
        """Return the КЦИ of a row and what is wrong with it beyond its cells.

        Parameters:
            record: the row.
            category: category of the servant, empty when it is not known; the annexes then cannot be applied.

        Returns:
            The КЦИ and its problems.

        Source:
            Points 16 and 19, annexes 3, 4 and 5; chapter 5 does not refer to the annexes.
        """
        problems = [self._lack(record, name) for name in ("kpi", "kind", "mark") if _lacks(record, name)]
        kind = record.values.get("kind")
        if category not in ("1", "2") or kind is None or kind == QUALITY:
            return Kpi(record), problems
        rule = self.percents[record.values.get("direction", self.choice["kpi_direction"])]
        problems += [self._lack(record, name) for name in ("plan", "actual") if _lacks(record, name)]
        annex = self.regulation.annex(kind)
        if not {"plan", "actual"} <= record.values.keys() or annex is None:
            return Kpi(record, rule, annex=annex), problems
        problems += self._doubt_plan(record, kind)
        try:
            trace = apply_rule(rule, {"x": record.values["plan"], "y": record.values["actual"]})
        except UndefinedError as error:
            what = f"{self._called(record)}: {explain_undefined(rule, error)}"
            return Kpi(record, rule, annex=annex), [
                *problems,
                self._problem(record, "plan", what, "план > 0"),
            ]
        percent = trace.lines[-1].value
        band = annex.find(percent, as_printed=self.choice["band_40_45"] == "printed")
        found = Kpi(record, rule, trace, annex, band)
        return found, problems + list(self._against(found, annex, percent))

    def _against(self, kpi: Kpi, annex: Table, percent: Fraction) -> Iterator[Problem]:
        """Hold the mark against the row of its annex."""
        called, cited = self._called(kpi.record), annex.point.partition("; ")[2]
        if kpi.trace is not None and kpi.rule is not None and kpi.trace.lines[-1].emptied:
            note = kpi.rule.scope.empty[kpi.trace.lines[-1].emptied[0]].note
            yield self._problem(kpi.record, "actual", f"{called}: {note}", warning=True)
        if kpi.band is None:
            what = f"{called}: реализация {show_percent(percent)} не попадает ни в одну строку ({cited})"
            yield self._problem(kpi.record, "actual", what, "прочтение band_40_45=closed")
        elif kpi.mark is not None and not kpi.band.allows(kpi.mark):
            what = f"{called}: оценка {comma(kpi.mark)} не разрешена при реализации {show_percent(percent)}"
            row = f"строка {kpi.band.printed}, пункт 19, {cited}"
            yield self._problem(kpi.record, "mark", f"{what} ({row})", kpi.band.allowed)

    def _doubt_plan(self, record: Record, kind: str) -> list[Problem]:
        printed = self.regulation.printed_plan
        if kind not in self.regulation.printed_plan_kinds or record.values["plan"] == printed:
            return []
        what = (
            f"{self._called(record)}: план {comma(record.values['plan'])}, "
            f"а в соглашении напечатано {comma(printed)}"
        )
        return [self._problem(record, "plan", what, warning=True)]

    def _lack(self, record: Record, column: str) -> Problem:
        return self._problem(record, column, f"{self._called(record)}: нет значения", "значение")

    def _problem(
        self, record: Record, column: str, what: str, allowed: str = "", *, warning: bool = False
    ) -> Problem:
        return Problem(self.file.place(record, column), what, allowed, warning)

    def _called(self, record: Record) -> str:
        return f"КЦИ {record.values.get('kpi', '')}".rstrip()


def _lacks(record: Record, column: str) -> bool:
    """Say whether a cell is empty; one that was refused has its own problem."""
    return not record.torn and column not in record.values and column not in record.refused


def check_composition(
    file: ServantFile, records: list[Record], composition: Composition, titles: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield what is wrong with the set of rows of one servant: kinds that are too few or too many, repeats.

    Parameters:
        file: the file, for places.
        records: the rows of the servant.
        composition: of what a sheet of the category is made.
        titles: title of each kind.

    Returns:
        The problems; rows whose kind is refused are not counted, and have a problem of their own.

    Source:
        Points 8, 9, 11, 34-36 and 47.
    """
    counted = Counter(record.values["kind"] for record in records if "kind" in record.values)
    for kind, title in titles.items():
        wanted = composition.kinds.get(kind, 0)
        if counted[kind] != wanted:
            what = f"«{title}» ({kind}): строк {counted[kind]}, а должно быть {wanted}"
            allowed = f"{_list_kinds(composition)} (пункты {composition.point})"
            yield Problem(file.place(records[0], "kind"), what, allowed)
    seen: dict[tuple[bool, str], int] = {}
    for record in records:
        # Annex 9 numbers КЦИ and qualities apart.
        key = record.values.get("kind") == QUALITY, str(record.values.get("kpi", ""))
        if key[1] and key in seen:
            what = f"КЦИ {key[1]} уже стоит в строке {seen[key]}"
            yield Problem(file.place(record, "kpi"), what, "разные КЦИ")
        seen.setdefault(key, record.row)


def _list_kinds(composition: Composition) -> str:
    return ", ".join(f"{kind}: {count}" for kind, count in composition.kinds.items())


def show_percent(percent: Fraction) -> str:
    """Return a percent cut, never rounded, to four decimals, so that 99,99999 is not shown as 100.

    Example:
        >>> show_percent(Fraction(200, 3))
        '66,6666… %'
    """
    cut = Fraction(floor(percent * _SHOWN_DECIMALS), _SHOWN_DECIMALS)
    return f"{comma(cut)}{'' if cut == percent else '…'} %"
