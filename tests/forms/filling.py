"""Blanks filled at random as a person would, with the totals that the filler itself has drawn."""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from tests.forms.sheets import find_cell, insert_rows, open_blank
from toolkit.intake.forms.definition import load_form

CENTRAL, TERRITORIES, BODIES, BODY_TERRITORIES = range(4)
GROUPS = 4


@dataclass
class Filling:
    """A filled workbook and what was drawn for it.

    `numbers` holds for each column of a breakdown the cells that state a number, the total last;
    `inputs` which columns an input is added up from.
    """

    book: object
    sheet: object
    values: dict = field(default_factory=dict)
    shares: dict = field(default_factory=dict)
    numbers: dict = field(default_factory=dict)
    inputs: dict = field(default_factory=dict)


@dataclass
class Unit:
    """A unit with its number in the outline, the units under it and its figures by column."""

    name: str
    number: str
    children: list
    figures: dict

    @property
    def stated(self):
        """Whether its row is filled; a unit that only heads others may leave it empty."""
        return self.figures.pop("stated", True)


def fill(annex, chance):
    """Fill the blank of an annex."""
    if annex == "2":
        return fill_contests(chance)
    from tests.forms.filling_report import fill_report

    return fill_report(chance) if annex == "8" else fill_breakdown(annex, chance)


def fill_breakdown(annex, chance):
    """Fill annex 1 or 7: a tree of units, the sums of its groups and «Итого»."""
    book, (table,) = open_blank(annex), load_form(annex).tables
    sheet = book.worksheets[0]
    keys = [column.key for column in table.columns[2:]]
    groups = [draw_group(group, keys, chance) for group in range(GROUPS)]
    for at in reversed(range(GROUPS)):
        write_group(sheet, table.groups, at, groups[at], chance)
    total = find_cell(sheet, "Итого").row
    sums = Counter()
    for group in groups:
        sums.update({key: group.figures[key] for key in keys})
    for at, key in enumerate(keys, 3):
        sheet.cell(total, at).value = sums[key]
    values = {name: Fraction(sum(sums[key] for key in parts)) for name, parts in table.inputs.items()}
    numbers = {key: list_numbers(sheet, at, total) for at, key in enumerate(keys, 3)}
    return Filling(book, sheet, values, numbers=numbers, inputs=dict(table.inputs))


def list_numbers(sheet, column, total):
    header = find_cell(sheet, "№ п/п").row
    cells = [sheet.cell(row, column) for row in range(header + 1, total + 1)]
    return [cell.coordinate for cell in cells if cell.value is not None]


def draw_group(group, keys, chance):
    """Draw one of the four groups of the form, with one or two levels of units, or none."""
    number = {CENTRAL: "1", BODIES: "2"}.get(group, "")
    if group in (TERRITORIES, BODY_TERRITORIES):
        names = [f"Подразделение по области {at}" for at in range(chance.choice([0, 0, 1, 2, 5]))]
        children = [draw_unit(name, "", [], keys, chance) for name in names]
    else:
        few = chance.choice([0, 2]) if group == BODIES else 0
        numbered = [f"{number}.{at}" for at in range(1, chance.randint(few and 1, 6) + 1)]
        word = "Комитет" if few else "Департамент"
        children = [
            draw_unit(f"{word} {path}", path, draw_units(path, keys, chance), keys, chance)
            for path in numbered
        ]
    return draw_unit("", number, children, keys, chance)


def draw_units(path, keys, chance):
    counted = range(1, chance.choice([0, 0, 1, 2, 2, 4]) + 1)
    return [draw_unit(f"Управление {path}.{at}", f"{path}.{at}", [], keys, chance) for at in counted]


def draw_unit(name, number, children, keys, chance):
    if children:
        figures = {key: sum(child.figures[key] for child in children) for key in keys}
    else:
        figures = {key: chance.choice([0, 0, 1, 2, 3, 17, 140]) for key in keys}
        for left, filled in (("left_service", "filled_service"), ("left_body", "filled_body")):
            if left in figures:
                figures[filled] = chance.randint(0, figures[left])
    return Unit(name, number, children, figures)


def write_group(sheet, groups, at, drawn, chance):
    """Write a group: over its pattern rows, with rows inserted where they do not suffice."""
    top = find_cell(sheet, groups[at].title).row
    after = groups[at + 1].title if at + 1 < len(groups) else "Итого"
    room = find_cell(sheet, after).row - top - 1
    flat = [unit for child in drawn.children for unit in (child, *child.children)]
    if len(flat) > room:
        insert_rows(sheet, top + room, len(flat) - room)
    state(sheet, top, drawn, chance)
    if fits_patterns(sheet, top, room, drawn):
        rows = [row for unit in flat for row in range(top + 1, top + room + 1) if is_number(sheet, row, unit)]
    else:
        rows = range(top + 1, top + 1 + len(flat))
    outlined = bool(drawn.number) and (
        any(child.children for child in drawn.children) or chance.random() < 0.7
    )
    for row, unit in zip(rows, flat, strict=True):
        number = unit.number if outlined else str(row - top)
        sheet.cell(row, 1).value = spell_number(number, chance) if number and unit.number else None
        sheet.cell(row, 2).value = unit.name
        state(sheet, row, unit, chance)


def fits_patterns(sheet, top, room, drawn):
    """Say whether each unit has a pattern row with its own number."""
    numbers = [sheet.cell(row, 1).value for row in range(top + 1, top + room + 1)]
    units = [unit.number for child in drawn.children for unit in (child, *child.children)]
    return bool(drawn.number) and all(number in numbers for number in units)


def is_number(sheet, row, unit):
    return sheet.cell(row, 1).value == unit.number


def spell_number(number, chance):
    """Write 1.2 as a text, with a point behind it, or as the number that Excel makes of it."""
    spelt = [number, number, f"{number}."]
    if number.count(".") == 1 and not number.endswith("0"):
        spelt.append(float(number))
    return chance.choice(spelt)


def state(sheet, row, unit, chance):
    """Write the figures of a unit; a unit above others may leave its sum to the total, a zero be left out."""
    if unit.children and chance.random() < 0.2:
        return
    silent = chance.random() < 0.2
    for at, figure in enumerate(unit.figures.values(), 3):
        text = chance.choice([figure, figure, figure, figure, str(figure), f" {figure} "])
        sheet.cell(row, at).value = None if silent and figure == 0 else text


def fill_contests(chance):
    """Fill annex 2: contests with their marks, and the three lines of totals."""
    book, (table,) = open_blank("2"), load_form("2").tables
    sheet = book.worksheets[0]
    counted = Counter()
    for group in reversed(table.groups):
        top = find_cell(sheet, group.title).row
        number = chance.choice([0, 1, 3, 9, 10, 14])
        if number > 10:
            insert_rows(sheet, top + 10, number - 10)
        for at in range(1, number + 1):
            row = top + at
            sheet.cell(row, 1).value = chance.choice([at, str(at), f"{at}."])
            sheet.cell(row, 2).value = f"Протокол № {at} от 05.03.2025, главный эксперт"
            counted["contests_held"] += 1
            for name, column in (("contests_observed", 3), ("contests_recorded", 5)):
                counted[name] += mark(sheet, row, column, chance)
    for name, line in table.totals.items():
        cell = find_cell(sheet, line.title)
        if chance.random() < 0.7:
            sheet.cell(cell.row, 3).value = chance.choice([counted[name], str(counted[name])])
        else:
            cell.value = f"{line.title.partition(' (')[0]}: __{counted[name]}__ (вписать количество)"
    return Filling(book, sheet, {name: Fraction(counted[name]) for name in table.totals})


def mark(sheet, row, column, chance):
    """Mark «да» or «нет» and return 1 or 0."""
    said = chance.random() < 0.5
    at, other = (column, column + 1) if said else (column + 1, column)
    sheet.cell(row, at).value = chance.choice(["+", "+", "V", "х", "x", 1])
    sheet.cell(row, other).value = chance.choice([None, None, "-", "–"])
    return int(said)
