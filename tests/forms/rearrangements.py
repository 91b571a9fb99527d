"""What people do to a form that leaves its numbers as they are."""

from openpyxl.styles import PatternFill

from tests.forms.sheets import find_cell, insert_columns, insert_rows

LOOK_ALIKE = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")
NO_BREAK = "\u00a0"


def move_down(sheet, chance):
    insert_rows(sheet, 1, chance.randint(1, 9))


def move_right(sheet, chance):
    insert_columns(sheet, 1, chance.randint(1, 5))


def write_above(sheet, chance):
    """Write sentences of the annex above the table, with the words of its titles in them."""
    insert_rows(sheet, 1, 3)
    sheet.cell(
        chance.randint(1, 3), chance.randint(1, 3)
    ).value = "4) количество сотрудников, прошедших курсы (в том числе онлайн) по ИКТ навыкам;"


def rename_sheet(sheet, chance):
    sheet.title = chance.choice(["Лист1", "I квартал", "'свод' (2)", "a&b<c>", "=1+1"])


def add_sheets(sheet, chance):
    book = sheet.parent
    for at in range(chance.randint(1, 3)):
        other = book.create_sheet(f"Справка {at}", 0)
        other["A1"], other["B1"] = "Наименование", at


def write_aside(sheet, _):
    """Write remarks in a column right of the table."""
    header = find_header(sheet)
    at = sheet.max_column + 2
    sheet.cell(header, at).value = "Примечание"
    for row in range(header + 2, header + 6):
        sheet.cell(row, at).value = row * 100


def insert_remarks(sheet, _):
    """Insert a column of remarks after the names."""
    header = find_header(sheet)
    names = find_cell(sheet, "№ п/п").column + 1
    insert_columns(sheet, names + 1)
    sheet.cell(header, names + 1).value = "Примечание"
    sheet.cell(header + 4, names + 1).value = "уточнено 12.03.2025"


def leave_rows(sheet, chance):
    """Leave rows empty somewhere below the header."""
    top = find_header(sheet) + 3
    for _ in range(chance.randint(1, 3)):
        insert_rows(sheet, top + chance.randint(0, 8), chance.randint(1, 2))


def retype_titles(sheet, _):
    """Retype the header in capitals, with line breaks, Latin letters and spaces to spare."""
    header = find_header(sheet)
    for cell in sheet[header]:
        if isinstance(cell.value, str):
            words = cell.value.upper().translate(LOOK_ALIKE).split(" ")
            cell.value = "  \n".join(words)


def spell_numbers(sheet, chance):
    """Spell whole numbers as texts, with decimals that are zero or with spaces around."""
    header = find_header(sheet)
    for row in sheet.iter_rows(min_row=header + 2):
        for cell in row[2:]:
            if isinstance(cell.value, int):
                shown = str(cell.value)
                spelt = [shown, f"{shown},0", f"{shown}.00", f"{NO_BREAK}{shown} ", f"{shown}\n"]
                cell.value = chance.choice(spelt)


def colour_empty_cells(sheet, _):
    """Style cells far from the table."""
    for address in ("A5000", "XFD1048576", "AZ3"):
        sheet[address].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.column_dimensions["C"].fill = PatternFill("solid", fgColor="FFFF00")


def hide_rows(sheet, _):
    header = find_header(sheet)
    sheet.row_dimensions[header + 2].hidden = True
    sheet.column_dimensions["D"].hidden = True


def sign(sheet, _):
    """Sign under the table: names and a date beside the printed lines."""
    for row in sheet.iter_rows(min_row=find_header(sheet) + 5):
        first = row[0]
        if str(first.value).startswith("Руководитель"):
            sheet.cell(first.row, sheet.max_column - 1).value = "А. Сериков"
            first.value = "Руководитель Агентства"
        if str(first.value).startswith('"____"'):
            first.value = "«05» января 2026 года"


def find_header(sheet):
    return find_cell(sheet, "№ п/п").row


HARMLESS = (
    move_down,
    move_right,
    write_above,
    rename_sheet,
    add_sheets,
    write_aside,
    insert_remarks,
    leave_rows,
    spell_numbers,
    hide_rows,
    sign,
    retype_titles,  # so late because the others know the header by its printed titles
    colour_empty_cells,  # makes the sheet too wide to walk over
)
