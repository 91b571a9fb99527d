"""One sheet of corps B: eligibility, five parameters, the cap of a sanction, their mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from toolkit.errors import Problem
from toolkit.rules.notes import comma
from toolkit.servants.decision import Calculator, refuses
from toolkit.servants.periods import Quarter
from toolkit.servants.records import Record, ServantFile
from toolkit.servants.regulation import Regulation
from toolkit.servants.tenure import decide

PARAMETERS = ("p1", "p2", "p3", "p4", "p5")
_NEEDED = ("form", "appointed_on", "worked_days", *PARAMETERS, "sanction")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of corps B.

    Attributes:
        record: the row of the file.
        quarter: the quarter it is about.
        eligible: whether the servant is evaluated on this position, None when that cannot be told.
        reasons: why not, in words.
        problems: what is wrong with the row.
        cap: the most that a sanction leaves, 5 where there is none.
        mean: the exact mean of the five parameters, or None where one is missing.
    """

    record: Record
    quarter: Quarter
    eligible: bool | None
    reasons: tuple[str, ...]
    problems: tuple[Problem, ...]
    cap: Fraction
    mean: Fraction | None

    @property
    def refused(self) -> bool:
        """Say whether something in the row refuses it."""
        return refuses(self.problems)

    @property
    def sanctions(self) -> tuple[str, ...]:
        """Return the sanctions imposed in the quarter."""
        return tuple(self.record.values.get("sanction", ()))

    @property
    def marks(self) -> dict[str, Fraction]:
        """Return the marks that are there, by parameter."""
        values = self.record.values
        return {name: values[name] for name in PARAMETERS if name in values}


class SheetJudge:
    """Judges the rows of one file.

    Parameters:
        file: the file, for places.
        regulation: the order beside its formulas.
        calculator: works out the rules of corps B.
        choice: a complete choice of readings.
    """

    def __init__(
        self,
        file: ServantFile,
        regulation: Regulation,
        calculator: Calculator,
        choice: Mapping[str, str],
    ) -> None:
        self.file, self.regulation, self.calculator, self.choice = file, regulation, calculator, choice

    def judge(self, record: Record, quarter: Quarter) -> Sheet:
        """Return the sheet of a row.

        Parameters:
            record: the row.
            quarter: the quarter it is about.

        Returns:
            The sheet; a mark above the cap refuses it and is never lowered.

        Source:
            Point 6 and annexes 1 and 2 of corps B; the reading `sanction_cap_on`.
        """
        values = record.values
        days, appointed, left = (values.get(name) for name in ("worked_days", "appointed_on", "left_on"))
        if appointed and left and left < appointed:
            # Days that contradict each other cannot tell whether there was time enough.
            appointed = None
        eligible, reasons = decide(
            self.regulation.eligibility["corps_b"],
            quarter.period,
            appointed,
            left,
            None if days is None else int(days),
        )
        cap = self.calculator.value("sanction_cap", count_sanctions(values.get("sanction", ())))
        problems = (*record.problems, *self._lacks(record), *self._against(record, quarter, cap))
        marks = {name: values[name] for name in PARAMETERS if name in values}
        mean = None
        if len(marks) == len(PARAMETERS):
            mean = self.calculator.value("sheet_mark", marks)
        return Sheet(record, quarter, eligible, reasons, problems, cap, mean)

    def _lacks(self, record: Record) -> Iterator[Problem]:
        for name in _NEEDED:
            if not record.torn and name not in record.values and name not in record.refused:
                allowed = "none, если взысканий не было" if name == "sanction" else "значение"
                yield Problem(self.file.place(record, name), "нет значения", allowed)

    def _against(self, record: Record, quarter: Quarter, cap: Fraction) -> Iterator[Problem]:
        """Yield what the order does not allow, and what is only implausible."""
        values, force = record.values, self.regulation.force["corps_b"]
        if quarter.period.end < force.start:
            what = f"квартал {quarter}: редакция методики действует с {force.start:%d.%m.%Y} ({force.point})"
            yield Problem(self.file.place(record, "quarter"), what, f"{Quarter.of(force.start)} и позднее")
        mark = values.get("p5")
        if self.choice["sanction_cap_on"] == "parameter" and mark is not None and mark > cap:
            listed = ";".join(values["sanction"])
            what = f"параметр 5: оценка {comma(mark)} при взыскании {listed} ({_row(values)}, строка 5)"
            yield Problem(self.file.place(record, "p5"), what, f"не больше {comma(cap)}")
        left, appointed = values.get("left_on"), values.get("appointed_on")
        if left is not None and appointed is not None and left < appointed:
            what = f"уход {left:%d.%m.%Y} раньше назначения {appointed:%d.%m.%Y}"
            yield Problem(self.file.place(record, "left_on"), what, "не раньше назначения")
        yield from self._doubt(record, quarter)

    def _doubt(self, record: Record, quarter: Quarter) -> Iterator[Problem]:
        values, period = record.values, quarter.period
        longest = (period.end - period.start).days + 1
        if values.get("worked_days", 0) > longest:
            what = f"отработано дней {values['worked_days']}, а в квартале их {longest}"
            yield Problem(self.file.place(record, "worked_days"), what, warning=True)
        appointed, left = values.get("appointed_on"), values.get("left_on")
        if appointed and appointed > period.end:
            what = f"назначение {appointed:%d.%m.%Y} после квартала {quarter}"
            yield Problem(self.file.place(record, "appointed_on"), what, warning=True)
        if left and left < period.start:
            what = f"уход {left:%d.%m.%Y} до квартала {quarter}"
            yield Problem(self.file.place(record, "left_on"), what, warning=True)
        zeros = [name for name in PARAMETERS if values.get(name) == 0]
        if zeros and not values.get("comment"):
            what = f"оценка 0 ({', '.join(zeros)}) без комментария: она ставится при полном неисполнении"
            yield Problem(self.file.place(record, zeros[0]), what, warning=True)


def count_sanctions(sanctions: tuple[str, ...]) -> dict[str, Fraction]:
    """Return the numbers of the rule of the cap by their letters: sanctions listed by name, and others."""
    others = sanctions.count("other")
    return {"u": Fraction(len(sanctions) - others), "v": Fraction(others)}


def _row(values: Mapping[str, object]) -> str:
    return "Приложение 1" if values.get("form") == "leader" else "Приложение 2"
