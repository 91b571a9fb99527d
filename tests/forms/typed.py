"""Small good forms typed by hand, with fixed addresses; the gallery spoils them."""

from fractions import Fraction

from openpyxl import Workbook

from toolkit.intake.forms.definition import load_form

UNITS = (
    ("1", "Центральный аппарат государственного органа, аппарат акима"),  # row 4
    ("1.1", "Департамент анализа"),
    ("1.1.1", "Управление свода"),
    ("1.1.2", "Управление учёта"),
    ("1.2", "Департамент права"),
    ("", "Территориальные подразделения государственного органа, управления акимата"),  # row 9
    ("", "По области Абай"),
    ("2", "Ведомства государственного органа (управление)"),
    ("2.1", "Комитет контроля"),
    ("", "Итого"),  # row 13
)
LEAVERS = (
    (10, 6, 3, 1),
    (7, 4, 2, 1),
    (4, 2, 1, 1),
    (3, 2, 1, 0),
    (3, 2, 1, 0),
    (5, 5, 0, 0),
    (5, 5, 0, 0),
    (2, 1, 1, 1),
    (2, 1, 1, 1),
    (17, 12, 4, 2),
)
CONTESTS = (
    ("Внутренний конкурс среди государственных служащих данного государственного органа",),  # row 5
    ("1", "Протокол № 1, главный эксперт", "+", "", "+", ""),
    ("2", "Протокол № 2, эксперт", "+", "", "", "+"),
    ("3", "Протокол № 3, эксперт", "", "+", "", "+"),
    ("Общий конкурс",),  # row 9
    ("1", "Протокол № 4, руководитель управления", "+", "", "+", ""),
    ("2", "Протокол № 5, эксперт", "", "+", "+", ""),
    ("Итого в отчетном периоде проведено конкурсов (вписать количество):", "", 5),
    ("Из них с участием наблюдателей (вписать количество):", "", 3),
    ("В том числе с видеофиксацией (вписать количество):", "", 3),  # row 14
)
# The rows of annex 8 below its headers: each header stands in row 3, in table 2 in rows 3 and 4.
REPORT = {
    "systems_currency": (
        ("1", "ИС «Казна»", 80, 1000, "записи"),
        ("2", "БД «Реестр»", 90.5, 10, "записи"),
        ("3", "АИС «Кадры»", 100, 7, "записи"),
    ),
    "functions": (
        ("1", "14.1", "ведёт реестр", "ИС «Казна»", "", "", ""),
        ("2", "14.2", "выдаёт разрешения", "", "", "Портал; АИС «Кадры»", ""),
        ("3", "14.3", "проверяет", "-", "нет", "", ""),
    ),
    "digital_staff": (("1", 10, 6),),
    "ict_staff": (("1", 200, 150),),
    "indicators": (("1", 40, 30),),
    "unused_systems": (("1", "АИС «Архив»", "Комитет", "", "", "Приказ № 7", "устарела"),),
}
CONTRACT = {"contract": "12-2025", "contract_sum": 1_000_000, "local_sum": 400_000.5}
VALUES = {
    "1": {"staff_dismissed": 21, "exit_interviews_filled": 14},
    "2": {"contests_held": 5, "contests_observed": 3, "contests_recorded": 3},
    "7": {
        "nazarbayev_graduates": 11,
        "candidates_of_science": 12,
        "doctors_of_science": 13,
        "phd_holders": 14,
        "academy_graduates": 15,
        "bolashak_graduates": 16,
        "foreign_graduates": 17,
        "aspirantura_degrees": 18,
        "presidential_reserve": 19,
        "masters_degrees": 20,
    },
    "8": {
        "digital_staff_total": 10,
        "digital_staff_it_educated": 6,
        "staff_total": 200,
        "ict_certified_staff": 150,
        "indicators_total": 40,
        "indicators_automatic": 30,
    },
}
SHARES = {
    "data_currency_points": (Fraction("270.5"), 3, 0),
    "function_automation_points": (2, 3, 0),
    "local_content_points": (Fraction("400000.5"), 1_000_000, 0),
    "unused_systems_points": (1, 1, 0),
}


def type_form(annex, only=""):
    """Return a good form of an annex, or of one table of it, each on its sheet with the header in row 3."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in load_form(annex).tables:
        if only not in ("", table.key):
            continue
        sheet = book.create_sheet(table.key)
        sheet["A1"] = table.caption or load_form(annex).title
        type_table(sheet, table)
    return book


def type_table(sheet, table):
    if table.kind == "contracts":
        sheet["A3"], sheet["B3"] = "№ п/п", "Наименование параметра"
        for at, column in enumerate(table.columns, 1):
            row = (str(at), column.title[0], CONTRACT.get(column.key, "-"))
            type_row(sheet, at + 3, row)
        return
    depth = max(len(column.title) for column in table.columns)
    for at, column in enumerate(table.columns, 1):
        for step, title in enumerate(column.title):
            sheet.cell(3 + step, at).value = title
        if len(column.title) < depth:
            sheet.merge_cells(start_row=3, end_row=2 + depth, start_column=at, end_column=at)
    for row, values in enumerate(list_rows(table), 3 + depth):
        type_row(sheet, row, values)


def type_row(sheet, row, values):
    for at, value in enumerate(values, 1):
        sheet.cell(row, at).value = value if value != "" else None


def list_rows(table):
    if table.key == "exit_interviews":
        return [(*unit, *figures) for unit, figures in zip(UNITS, LEAVERS, strict=True)]
    if table.key == "staff_quality":
        return [(*unit, *figures) for unit, figures in zip(UNITS, graduates(), strict=True)]
    return CONTESTS if table.key == "contests" else REPORT[table.key]


def graduates():
    """Return ten columns of figures: 1 to 10 in row 6, then 1, 2, 3 and 4 in the other leaves."""
    rows = {6: range(1, 11), **{row: [figure] * 10 for figure, row in enumerate((7, 8, 10, 12), 1)}}
    rows[5] = [figure + 1 for figure in rows[6]]
    rows[4] = [figure + 2 for figure in rows[5]]
    rows[9], rows[11] = rows[10], rows[12]
    rows[13] = range(11, 21)
    return [rows[row] for row in range(4, 14)]
