"""The filled forms of annexes 1, 2, 7 and 8: the drawn totals, told apart as departments report them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from campaign_draw import NAMES, YEAR, Draw, Sample, start
from campaign_records import System, draw_contests, draw_systems
from campaign_workbook import Filled, find, insert

MIDDLE, LARGE = 150, 600  # headcounts from which an agency has units, and more than its headquarters
FIGURES = {
    "digital_staff": ("digital_staff_total", "digital_staff_it_educated"),
    "ict_staff": ("staff_total", "ict_certified_staff"),
    "indicators": ("indicators_total", "indicators_automatic"),
}
CUSTOMER_BIN = "000000000100"  # no real number begins with a year, month and day of zeros
OWN, BODIES, COMMITTEES, BRANCHES = range(4)  # the groups printed in annexes 1 and 7

Totals = dict[str, list[int]]


@dataclass(frozen=True)
class Unit:
    """A row of a breakdown: its group, its number or nothing, its name, whether others stand under it."""

    group: int
    number: str
    name: str
    parted: bool = False

    def holds(self, other: Unit) -> bool:
        """Say whether the numbers of another row belong to those of this one."""
        return self is other or (self.parted and other.number.startswith(f"{self.number}."))


def make_forms(samples: Iterable[Sample]) -> dict[str, bytes]:
    """Return every filled form by its path in the campaign folder."""
    made = {}
    for sample in samples:
        parts = {"1": fill_interviews, "2": fill_contests, "7": fill_quality, "8": fill_technology}
        if sample.plan.type == "territorial":
            del parts["8"]
        for annex, fill in parts.items():
            made[f"forms/{sample.plan.code}/annex_{annex}.xlsx"] = fill(sample).pack()
    return made


def draw_units(sample: Sample) -> list[Unit]:
    """Draw the departments and units of an agency, as many as its size and kind let expect."""
    plan, draw = sample.plan, start(sample.plan, "units")
    names, units, places = (iter(draw.mix(NAMES[key])) for key in ("departments", "units", "places"))
    if plan.type == "territorial":
        return [Unit(BODIES, "", f"Управление {next(units)}") for _ in range(draw.whole(2, 3))]
    found = []
    for at in range(1, 3 + (plan.staff >= MIDDLE) + (plan.staff >= LARGE)):
        below = draw.whole(1, 2) if plan.staff >= MIDDLE and at > 1 else 0
        found.append(Unit(OWN, f"1.{at}", f"Департамент {next(names)}", parted=below > 0))
        found += [Unit(OWN, f"1.{at}.{one}", f"Управление {next(units)}") for one in range(1, below + 1)]
    if plan.type == "local":
        bodies = draw.mix(NAMES["akimat"])[: draw.whole(2, 4)]
        found += [Unit(BODIES, "", f"Управление {name}") for name in bodies]
    elif plan.staff >= LARGE:
        found += [Unit(BODIES, "", f"Отдел {next(places)}") for _ in range(draw.whole(2, 3))]
        found += [
            Unit(COMMITTEES, f"2.{at}", f"Управление {next(units)}") for at in range(1, draw.whole(2, 4))
        ]
        found += [Unit(BRANCHES, "", f"Филиал {next(places)}")]
    return found


def fill_interviews(sample: Sample) -> Filled:
    """Fill annex 1: those who left the service and those who left the body, nowhere fewer than interviews."""
    units, draw = draw_units(sample), start(sample.plan, "annex 1")
    left, filled = sample.count("staff_dismissed"), sample.count("exit_interviews_filled")
    service = draw.part(left, 40, 70)
    of_service = max(filled - left + service, filled * service // max(1, left))
    weights = weigh(draw, units)
    totals: Totals = {}
    for name, gone, told in (("service", service, of_service), ("body", left - service, filled - of_service)):
        totals[f"left_{name}"] = draw.spread(gone, weights)
        totals[f"filled_{name}"] = draw.spread(told, totals[f"left_{name}"], totals[f"left_{name}"])
    return fill_breakdown("1", sample, totals, units)


def fill_quality(sample: Sample) -> Filled:
    """Fill annex 7."""
    units, draw = draw_units(sample), start(sample.plan, "annex 7")
    weights = weigh(draw, units)
    form = Filled("7", 2, {})
    totals = {
        column.input: draw.spread(sample.count(column.input), weights)
        for column in form.tables["staff_quality"].columns
        if column.input
    }
    return fill_breakdown("7", sample, totals, units)


def weigh(draw: Draw, units: list[Unit]) -> list[int]:
    """Draw how large the rows are that no others stand under."""
    return [draw.whole(2, 6) for unit in units if not unit.parted]


def fill_breakdown(annex: str, sample: Sample, totals: Totals, units: list[Unit]) -> Filled:
    """Fill a form whose rows, groups and «Итого» state sums that agree at every level."""
    departments = sum(unit.group == OWN and unit.number.count(".") == 1 for unit in units)
    form = Filled(annex, 2 * max(departments, 2), sample.plan.forms)
    (table,) = form.tables.values()
    sheet = form.sheet(table.key)
    lines = [*(group.title for group in table.groups), "Итого"]
    # From the bottom, so that rows put in move nothing that is still to be filled.
    for group in reversed(range(len(table.groups))):
        own = [unit for unit in units if unit.group == group]
        name_units(sheet, own, find(sheet, lines[group]).row + 1, find(sheet, lines[group + 1]).row)
    leaves = [unit for unit in units if not unit.parted]
    under = {find(sheet, unit.name).row: [unit.holds(leaf) for leaf in leaves] for unit in units}
    for group, title in enumerate(lines):
        held = [leaf.group == group or title == lines[-1] for leaf in leaves]
        under |= {find(sheet, title).row: held} if any(held) else {}
    for column in table.columns:
        at = find(sheet, column.title[0]).column
        for row, held in under.items() if column.key in totals else ():
            form.write(
                sheet.cell(row, at),
                sum(one for one, own in zip(totals[column.key], held, strict=True) if own),
            )
    if sample.plan.forms.get("rows") == "blank":
        insert(sheet, find(sheet, lines[1]).row, 1)
    return form


def name_units(sheet: Any, units: list[Unit], top: int, end: int) -> None:
    """Write the names over the patterns of a group; rows are put in where the blank has too few."""
    for row in range(top, end):
        sheet.cell(row, 2).value = None
    numbers = {sheet.cell(row, 1).value: row for row in range(top, end) if sheet.cell(row, 1).value}
    free = [row for row in range(top, end) if row not in numbers.values()]
    lacking = [unit for unit in units if unit.number not in numbers][len(free) :]
    if lacking:
        insert(sheet, end, len(lacking))
        free += range(end, end + len(lacking))
    for unit in units:
        row = numbers[unit.number] if unit.number in numbers else free.pop(0)
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = unit.number or None, unit.name


def fill_contests(sample: Sample) -> Filled:
    """Fill annex 2: contests with their marks, and the lines of totals."""
    contests = draw_contests(sample)
    groups = [[one for one in contests if one.open == is_open] for is_open in (False, True)]
    rows = max(1, min(map(len, groups)))
    form = Filled("2", rows, sample.plan.forms)
    (table,) = form.tables.values()
    sheet = form.sheet(table.key)
    ends = [table.groups[1].title, next(iter(table.totals.values())).title]
    mark = sample.plan.forms.get("mark", "+")
    for own, end in reversed(list(zip(groups, ends, strict=True))):
        bottom = find(sheet, end).row
        if len(own) > rows:
            insert(sheet, bottom, len(own) - rows)
        for at, contest in enumerate(own):
            row = bottom - rows + at
            sheet.cell(row, 1).value, sheet.cell(row, 2).value = str(at + 1), contest.text
            for first, said in ((3, contest.observer), (5, contest.video)):
                sheet.cell(row, first + (not said)).value = mark
    for name, line in table.totals.items():
        sheet.cell(find(sheet, line.title).row, 3).value = sample.count(name)
    return form


def fill_technology(sample: Sample) -> Filled:
    """Fill annex 8."""
    draw, systems = start(sample.plan, "annex 8"), draw_systems(sample)
    used = [system for system in systems if not system.unused]
    functions, contracts = list_functions(draw, sample, used), list_contracts(draw, sample, systems)
    rows = max(len(used), len(functions), 2 * len(contracts), 2)
    form = Filled("8", rows, sample.plan.forms)
    cover: Any = form.book.worksheets[0]
    hint = next(cell for (cell, *_) in cover.iter_rows() if str(cell.value).startswith("(наименование"))
    cover.cell(hint.row - 1, 1).value = sample.plan.name
    for at, system in enumerate(used):
        form.record("systems_currency", at, describe(draw, sample, system))
    for at, function in enumerate(functions):
        form.record("functions", at, function)
    for key, names in FIGURES.items():
        if sample.values[names[0]]:
            form.record(key, 0, [sample.count(name) for name in names])
    sheet = form.sheet("contracts")
    for column, contract in enumerate(contracts, 3):
        for (title,), value in zip(
            (one.title for one in form.tables["contracts"].columns), contract, strict=True
        ):
            form.write(sheet.cell(find(sheet, title).row, column), value)
    for at, system in enumerate(one for one in systems if one.unused):
        paper, why = (
            f"Акт № {draw.whole(1, 40)} от 01.{draw.whole(2, 9):02}.{YEAR}",
            draw.choose(NAMES["reasons"]),
        )
        form.record("unused_systems", at, [system.name, sample.plan.name, "нет", "нет", paper, why])
    return form


def describe(draw: Draw, sample: Sample, system: System) -> list[object]:
    """Draw how current the data of a system are."""
    level = round(1_000 * sample.fraction("data_currency_points", 20, "10"))
    objects = ", ".join(draw.mix(NAMES["objects"])[:2])
    return [system.name, draw.near(level, 90, 200, 1_000) / 10, draw.whole(300, 90_000), objects]


def list_functions(draw: Draw, sample: Sample, systems: list[System]) -> list[list[object]]:
    """Draw the functions due to be automated; a restricted system automates one more by itself."""
    names = draw.mix(NAMES["functions"])[: draw.whole(4, 8)]
    share = sample.fraction("function_automation_points", 25, "12")
    known, found = [system.name for system in systems if not system.restricted], []
    for at, automated in enumerate(draw.flags(len(names), round(len(names) * share))):
        by: list[object] = [None] * 4
        if automated:
            kind = draw.whole(0, 5)
            by[max(0, kind - 2)] = draw.choose(known) if kind <= 2 else f"«Общий сервис {kind}»"  # noqa: PLR2004
        found.append([f"{15 + at})", names[at], *by])
    secret = [
        [f"{15 + len(names)})", "ведёт особый учёт", system.name] for system in systems if system.restricted
    ]
    return [*found, *secret]


def list_contracts(draw: Draw, sample: Sample, systems: list[System]) -> list[list[object]]:
    """Draw the contracts of the systems, each as the cells of its column."""
    share, found = sample.fraction("local_content_points", 5, "3"), []
    for number in (number for system in systems for number in system.contracts):
        paid = draw.whole(40, 900) * 100_000
        level = draw.near(round(1_000 * share), 100, 0, 1_000)
        local = float(Fraction(paid * level, 1_000))
        dates = f"{draw.whole(10, 27)}.0{draw.whole(2, 4)}.{YEAR}"
        method, kind = (
            draw.choose(["открытый конкурс", "из одного источника"]),
            draw.choose(["работа", "услуга"]),
        )
        supplier = draw.whole(1, 9)
        found.append(
            [
                *(number, dates, float(paid), f"до 01.12.{YEAR}", method, kind, sample.plan.name),
                *(CUSTOMER_BIN, f"ТОО «Вымышленный поставщик {supplier}»", f"{supplier:012}"),
                *(local, level / 10, "исполнен"),
            ]
        )
    return found
