"""Files of servants as people make them, written from a few words, and what the toolkit says of them."""

import csv
import io
from datetime import date, datetime

from openpyxl import Workbook

from toolkit.publish.tables import servants_csv
from toolkit.servants.corps_a import evaluate_corps_a
from toolkit.servants.corps_b import evaluate_corps_b
from toolkit.servants.records import CORPS_A, CORPS_B, read_servants

HEAD_A = (
    *("servant", "category", "appointed_on", "worked_days", "period_start", "period_end"),
    *("kpi", "kind", "plan", "actual", "direction", "mark"),
)
HEAD_B = (
    *("servant", "quarter", "form", "appointed_on", "worked_days", "evaluator"),
    *("p1", "p2", "p3", "p4", "p5", "sanction"),
)
MORE_B = ("position", "left_on", "grade", "role", "leading", "comment")
DAYS = ("appointed_on", "left_on", "period_start", "period_end")
NUMBERS = ("worked_days", "plan", "actual", "mark", "p1", "p2", "p3", "p4", "p5")
SHEET = "Лист1"
PERCENTS = ("plan", "actual")

SERVANT_A = {
    "servant": "a1",
    "category": "2",
    "appointed_on": "2024-01-15",
    "worked_days": "240",
    "period_start": "2025-01-01",
    "period_end": "2025-12-31",
}
SERVANT_B = {
    "servant": "b1",
    "form": "staff",
    "appointed_on": "2024-03-01",
    "worked_days": "60",
    "evaluator": "chief",
}
KINDS = {
    "1": ("assignments", "appeals", "satisfaction", "authority", "own"),
    "2": ("assignments", "appeals", "own", "own", "own"),
    "transitional": ("own", "own", "own", "own", "own", "quality", "quality", "quality"),
}
# A mark of 5 at 100 percent is what both annexes allow, and chapter 5 asks for no percent at all.
FULL_A = {
    category: [f"{kind} - - 5" if category == "transitional" else f"{kind} 100 100 5" for kind in kinds]
    for category, kinds in KINDS.items()
}


def read_words(text, names):
    """Return cells from words in the order of names, a dash being an empty cell, and from `name=value`."""
    words = text.split()
    plain = [word for word in words if "=" not in word]
    cells = {name: "" if word == "-" else word for name, word in zip(names, plain, strict=False)}
    return cells | dict(word.split("=", 1) for word in words if "=" in word)


def make_a(lines, **shared):
    """Return the rows of a servant of corps A from lines such as `assignments 100 87 4.25`."""
    rows = []
    for number, line in enumerate(lines, start=1):
        cells = read_words(line, ("kind", "plan", "actual", "mark", "direction"))
        # Annex 9 numbers the qualities anew.
        known = [row["kpi"] for row in rows if (row["kind"] == "quality") == (cells["kind"] == "quality")]
        rows.append(SERVANT_A | shared | {"kpi": str(len(known) + 1), "row": number} | cells)
    return [{name: value for name, value in row.items() if name != "row"} for row in rows]


def make_b(lines, **shared):
    """Return the rows of a servant of corps B from lines such as `2025Q3 5 5 5 5 2.99 reprimand`."""
    names = ("quarter", "p1", "p2", "p3", "p4", "p5", "sanction")
    return [SERVANT_B | shared | read_words(line, names) for line in lines]


def list_columns(head, rows):
    more = dict.fromkeys(name for row in rows for name in row if name not in head)
    return [*head, *more]


def write_csv(path, head, rows, separator=","):
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list_columns(head, rows), restval="", delimiter=separator)
        table.writeheader()
        table.writerows(rows)
    return path


def keep_text(_name, text):
    return text


def make_native(name, text):
    """Return what Excel keeps when the value is typed into a cell: a date, a number or a text."""
    if name in DAYS:
        return date.fromisoformat(text)
    if name in (*NUMBERS, "kpi"):
        return float(text.replace(",", ".")) if not text.isdigit() else int(text)
    return text


def write_xlsx(path, head, rows, make=make_native, *, percents=False):
    """Write a workbook; with `percents` plan and actual are shares in cells of a percent format."""
    book = Workbook()
    page = book.active
    page.title = SHEET
    columns = list_columns(head, rows)
    page.append(columns)
    for at, row in enumerate(rows, start=2):
        for column, name in enumerate(columns, start=1):
            if not row.get(name):
                continue
            cell = page.cell(at, column)
            if percents and name in PERCENTS:
                cell.value, cell.number_format = float(row[name]) / 100, "0.00%"
            else:
                cell.value = make(name, row[name])
                if isinstance(cell.value, date | datetime):
                    cell.number_format = "dd.mm.yyyy"
    book.save(path)
    book.close()
    return path


def read_result(text):
    return list(csv.DictReader(io.StringIO(text)))


def evaluate_a(path, readings=None, parameters=None):
    """Return the rows of the result of a file of corps A, as its readers get them."""
    found = evaluate_corps_a(read_servants(path, CORPS_A), readings=readings, parameters=parameters)
    return read_result(servants_csv(found))


def evaluate_b(path, readings=None, parameters=None):
    """Return the rows of the result of a file of corps B, as its readers get them."""
    found = evaluate_corps_b(read_servants(path, CORPS_B), readings=readings, parameters=parameters)
    return read_result(servants_csv(found))
