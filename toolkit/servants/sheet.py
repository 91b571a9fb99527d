"""One sheet of corps B: eligibility, five parameters, the cap of a sanction, their mean."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from toolkit.errors import Problem
from toolkit.rules.notes import comma
from toolkit.servants.decision import Basis
from toolkit.servants.periods import Quarter, decide
from toolkit.servants.records import Record

PARAMETERS = ("p1", "p2", "p3", "p4", "p5")
_NEEDED = ("form", "appointed_on", "worked_days", *PARAMETERS, "sanction")


class Sheet(NamedTuple):
    """One sheet of corps B.

    Attributes:
        record: the row of the file.
        eligible: whether the servant is evaluated on this position, None when that cannot be told.
        reasons: why not, in words.
        problems: what is wrong with the row.
        cap: the most that a sanction leaves, 5 where there is none.
        marks: the marks that are there, by parameter.
        mean: the exact mean of the five parameters, or None where one is missing.
    """

    record: Record
    eligible: bool | None
    reasons: tuple[str, ...]
    problems: tuple[Problem, ...]
    cap: Fraction
    marks: Mapping[str, Fraction]
    mean: Fraction | None

    @property
    def sanctions(self) -> tuple[str, ...]:
        """Return the sanctions imposed in the quarter."""
        return tuple(self.record.values.get("sanction", ()))


def judge_sheet(basis: Basis, record: Record, quarter: Quarter) -> Sheet:
    """Return the sheet of a row.

    Parameters:
        basis: by what it is judged.
        record: the row.
        quarter: the quarter it is about.

    Returns:
        The sheet; a mark above the cap refuses it and is never lowered.

    Source:
        Point 6 and annexes 1 and 2 of corps B; the reading `sanction_cap_on`.
    """
    values = record.values
    days, appointed, left = (values.get(name) for name in ("worked_days", "appointed_on", "left_on"))
    # Days that contradict each other cannot tell whether there was time enough.
    told = None if appointed and left and left < appointed else appointed
    eligible, reasons = decide(basis.regulation.eligibility["corps_b"], quarter.period, told, left, days)
    cap = basis.value("sanction_cap", count_sanctions(values.get("sanction", ())))
    wrong = *basis.file.list_lacks(record, _NEEDED), *_check(basis, record, quarter, cap)
    marks = {name: values[name] for name in PARAMETERS if name in values}
    mean = basis.value("sheet_mark", marks) if len(marks) == len(PARAMETERS) else None
    return Sheet(record, eligible, reasons, (*record.problems, *wrong), cap, marks, mean)


def _check(basis: Basis, record: Record, quarter: Quarter, cap: Fraction) -> Iterator[Problem]:
    """Yield what the order does not allow, then what is only implausible."""
    values, period, force = record.values, quarter.period, basis.regulation.force["corps_b"]
    if period.end < force.start:
        what = f"квартал {quarter}: редакция методики действует с {force.start:%d.%m.%Y} ({force.point})"
        yield basis.file.problem(record, "quarter", what, f"{Quarter.of(force.start)} и позднее")
    if basis.choice["sanction_cap_on"] == "parameter" and (mark := values.get("p5", 0)) > cap:
        form = basis.regulation.forms["leader" if values.get("form") == "leader" else "staff"]
        what = f"параметр 5: оценка {comma(mark)} при взыскании {';'.join(values['sanction'])}"
        cited = f"({form.point}, строка 5)"
        yield basis.file.problem(record, "p5", f"{what} {cited}", f"не больше {comma(cap)}")
    appointed, left = values.get("appointed_on"), values.get("left_on")
    if appointed and left and left < appointed:
        what = f"уход {left:%d.%m.%Y} раньше назначения {appointed:%d.%m.%Y}"
        yield basis.file.problem(record, "left_on", what, "не раньше назначения")
    yield from basis.file.doubt_days(record, values, period, ("в квартале", f"после квартала {quarter}"))
    if left and left < period.start:
        yield basis.file.warn(record, "left_on", f"уход {left:%d.%m.%Y} до квартала {quarter}")
    if (zeros := [name for name in PARAMETERS if values.get(name) == 0]) and not values.get("comment"):
        what = f"оценка 0 ({', '.join(zeros)}) без комментария: она ставится при полном неисполнении"
        yield basis.file.warn(record, zeros[0], what)


def count_sanctions(sanctions: tuple[str, ...]) -> dict[str, Fraction]:
    """Return the numbers of the rule of the cap by their letters: sanctions listed by name, and others."""
    others = sanctions.count("other")
    return {"u": Fraction(len(sanctions) - others), "v": Fraction(others)}
