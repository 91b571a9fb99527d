"""Annex 8 filled at random: three tables of numbers, four of systems, functions and contracts."""

from fractions import Fraction

from tests.forms.filling import Filling
from tests.forms.sheets import RESTRICTED, find_cell, insert_columns, insert_rows, open_blank
from toolkit.intake.forms.definition import load_form

OPEN = ("ИС «Казна»", "БД «Реестр, единый»", "АИС «Е-лицензирование»", "Портал\nзакупок")
HIDDEN = (RESTRICTED, "АИС «Граница» (ДСП)")
FIGURES = {"digital_staff": 60, "ict_staff": 900, "indicators": 40}


def fill_report(chance):
    """Fill annex 8 of a central agency; whatever is hidden counts nowhere."""
    book = open_blank("8")
    tables = {table.key: table for table in load_form("8").tables}
    values, shares = {}, {}
    for key, most in FIGURES.items():
        whole = chance.randint(0, most)
        drawn = (whole, chance.randint(0, whole))
        sheet = book[tables[key].sheet]
        row = first_row(sheet)
        for at, (name, number) in enumerate(zip(tables[key].inputs, drawn, strict=True), 2):
            sheet.cell(row, at).value = chance.choice([number, str(number), f"{number} "])
            values[name] = Fraction(number)
    fillers = (fill_currency, fill_functions, fill_contracts, fill_unused)
    for key, write in zip(
        ("systems_currency", "functions", "contracts", "unused_systems"), fillers, strict=True
    ):
        share = write(book[tables[key].sheet], chance)
        if share[1]:
            shares[tables[key].diagnostic["input"]] = share
    return Filling(book, book[tables["ict_staff"].sheet], values, shares)


def first_row(sheet):
    """Return the row below the numbering of the columns."""
    return next(row for row in range(1, 20) if [sheet.cell(row, at).value for at in (1, 2)] == ["1", "2"]) + 1


def make_room(sheet, count):
    top = first_row(sheet)
    if count > 10:
        insert_rows(sheet, top + 9, count - 10)
    return range(top, top + count)


def draw_systems(chance):
    return [chance.choice(OPEN * 2 + HIDDEN) for _ in range(chance.choice([0, 1, 3, 8, 13]))]


def fill_currency(sheet, chance):
    levels, left_out = [], 0
    systems = draw_systems(chance)
    for row, system in zip(make_room(sheet, len(systems)), systems, strict=True):
        level = Fraction(chance.randint(100, 10_000), 100)
        sheet.cell(row, 2).value = system
        spelt = str(float(level)).replace(".", ",")
        sheet.cell(row, 3).value = chance.choice([float(level), spelt, f"{spelt} %"])
        sheet.cell(row, 4).value, sheet.cell(row, 5).value = 12_500, "записи"
        if system in HIDDEN:
            left_out += 1
        else:
            levels.append(level)
    return sum(levels, Fraction(0)), len(levels), left_out


def fill_functions(sheet, chance):
    whole = automated = left_out = 0
    count = chance.choice([0, 2, 7, 15])
    for row in make_room(sheet, count):
        sheet.cell(row, 2).value = f"14.{row}"
        sheet.cell(row, 3).value = f"В соответствии с законом ведёт реестр {row}"
        named = {}
        for at in (4, 5, 6, 7):
            system = chance.choice([None, None, None, "-", "нет", *OPEN, *HIDDEN])
            sheet.cell(row, at).value = system
            named[at] = system
        used = [system for system in named.values() if system not in (None, "-", "нет")]
        if used and not set(used) - set(HIDDEN):
            left_out += 1
        else:
            whole += 1
            automated += bool(used)
    return automated, whole, left_out


def fill_contracts(sheet, chance):
    count = chance.choice([0, 1, 4, 5, 8])
    if count > 5:
        insert_columns(sheet, 7, count - 5)
    whole = local = Fraction(0)
    left_out = 0
    rows = {title: find_cell(sheet, title).row for title in CONTRACT}
    for at in range(3, 3 + count):
        number = chance.choice(["12-2025", "Д/45", "Щ-7", "А-3 (ДСП)"])
        total = Fraction(chance.randint(1, 10**9), 100)
        part = Fraction(int(total * 100 * chance.randint(0, 100)) // 100, 100)
        said = (number, spell_money(total, chance), spell_money(part, chance))
        for row, text in zip(rows.values(), said, strict=True):
            sheet.cell(row, at).value = text
        if number in ("Щ-7", "А-3 (ДСП)"):
            left_out += 1
        else:
            whole, local = whole + total, local + part
    return local, whole, left_out


CONTRACT = ("Номер договора", "Общая сумма договора", "Сумма договора с учетом уровня местного содержания")


def spell_money(value, chance):
    shown = f"{value.numerator * 100 // value.denominator / 100:,.2f}"
    return chance.choice(
        [float(value), shown.replace(",", " ").replace(".", ","), shown.replace(",", "\u00a0")]
    )


def fill_unused(sheet, chance):
    systems = draw_systems(chance)
    for row, system in zip(make_room(sheet, len(systems)), systems, strict=True):
        sheet.cell(row, 2).value, sheet.cell(row, 7).value = system, "устарела"
    count = sum(system not in HIDDEN for system in systems)
    return count, count, len(systems) - count
