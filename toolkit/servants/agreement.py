"""The КЦИ of an annual agreement: percent realised, what the annexes allow, and how many of each kind."""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from toolkit.errors import Problem
from toolkit.formula.exact import UndefinedError
from toolkit.rules.notes import comma, undefined
from toolkit.rules.rule import Rule
from toolkit.servants.bands import Band, Table, cut
from toolkit.servants.decision import Basis, apply_rule
from toolkit.servants.records import Record, ServantFile
from toolkit.servants.regulation import Composition

QUALITY = "quality"


class Kpi(NamedTuple):
    """One row of the sheet of corps A.

    Attributes:
        record: the row of the file.
        problems: what is wrong with it beyond its cells.
        rule: the rule of the percent in the direction of this КЦИ, or None where the annexes do not apply.
        percent: the percent realised, or None.
        annex: the table of marks for its kind, or None where there is none.
        band: the row of that table, or None.
    """

    record: Record
    problems: tuple[Problem, ...] = ()
    rule: Rule | None = None
    percent: Fraction | None = None
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


def judge_kpi(basis: Basis, percents: Mapping[str, Rule], record: Record, category: str) -> Kpi:
    """Return the КЦИ of a row.

    Parameters:
        basis: by what it is judged.
        percents: the rule of the percent for each direction, since each row says its own.
        record: the row.
        category: category of the servant, empty when it is not known; the annexes then cannot be applied.

    Returns:
        The КЦИ, with what is wrong beyond the cells of the row.

    Source:
        Points 16 and 19, annexes 3, 4 and 5; chapter 5 does not refer to the annexes.
    """
    file, regulation, values = basis.file, basis.regulation, record.values
    called = f"КЦИ {values.get('kpi', '')}".rstrip()
    problems = [*file.list_lacks(record, ("kpi", "kind", "mark"), f"{called}: ")]
    if category not in ("1", "2") or values.get("kind", QUALITY) == QUALITY:
        return Kpi(record, tuple(problems))
    rule = percents[values.get("direction", basis.choice["kpi_direction"])]
    problems += file.list_lacks(record, ("plan", "actual"), f"{called}: ")
    annex = regulation.annex(values["kind"])
    if not {"plan", "actual"} <= values.keys() or annex is None:
        return Kpi(record, tuple(problems), rule, annex=annex)
    printed = regulation.printed_plan
    if values["kind"] in regulation.printed_plan_kinds and values["plan"] != printed:
        what = f"{called}: план {comma(values['plan'])}, а в соглашении напечатано {comma(printed)}"
        problems.append(file.warn(record, "plan", what))
    try:
        realised = apply_rule(rule, number_kpi(record)).lines[-1]
    except UndefinedError as error:
        problems += [file.problem(record, "plan", f"{called}: {undefined(rule.scope, error)}", "план > 0")]
        return Kpi(record, tuple(problems), rule, annex=annex)
    for name in realised.emptied[:1]:
        problems.append(file.warn(record, "actual", f"{called}: {rule.scope.empty[name].note}"))
    band = annex.find(realised.value, as_printed=basis.choice["band_40_45"] == "printed")
    percent, cited = show_percent(realised.value), annex.point.partition("; ")[2]
    if band is None:
        what = f"{called}: реализация {percent} не попадает ни в одну строку ({cited})"
        problems.append(file.problem(record, "actual", what, "прочтение band_40_45=closed"))
    elif "mark" in values and not band.allows(values["mark"]):
        what = f"{called}: оценка {comma(values['mark'])} не разрешена при реализации {percent}"
        row = f"строка {band.printed}, пункт 19, {cited}"
        problems.append(file.problem(record, "mark", f"{what} ({row})", band.allowed))
    return Kpi(record, tuple(problems), rule, realised.value, annex, band)


def number_kpi(record: Record) -> dict[str, Fraction]:
    """Return the numbers of the rule of the percent by their letters: plan and fact."""
    return {"x": record.values["plan"], "y": record.values["actual"]}


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
    listed = ", ".join(f"{kind}: {count}" for kind, count in composition.kinds.items())
    for kind, title in titles.items():
        if counted[kind] != (wanted := composition.kinds.get(kind, 0)):
            what = f"«{title}» ({kind}): строк {counted[kind]}, а должно быть {wanted}"
            yield file.problem(records[0], "kind", what, f"{listed} (пункты {composition.point})")
    seen: dict[tuple[bool, str], int] = {}
    for record in records:
        # Annex 9 numbers КЦИ and qualities apart.
        key = record.values.get("kind") == QUALITY, str(record.values.get("kpi", ""))
        if seen.setdefault(key, record.row) != record.row and key[1]:
            yield file.problem(record, "kpi", f"КЦИ {key[1]} уже стоит в строке {seen[key]}", "разные КЦИ")


def show_percent(percent: Fraction) -> str:
    """Return a percent cut, never rounded, to four decimals, so that 99,99999 is not shown as 100.

    Example:
        >>> show_percent(Fraction(200, 3))
        '66,6666… %'
    """
    shown = cut(percent, decimals=4)
    return f"{comma(shown)}{'' if shown == percent else '…'} %"
