"""A campaign in which every text that a person may write means harm, and the pages that are made of it."""

import csv
import tomllib
from itertools import cycle
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1]
CASES = tomllib.loads((HERE / "hostile_texts.toml").read_text("utf-8"))
TEXTS = [case["text"] for case in CASES["texts"]]
SHOWN = [case.get("shown", case["text"]) for case in CASES["texts"]]
TITLES = [case["title"] for case in CASES["texts"]]
LONG = TEXTS[TITLES.index("four hundred letters without a space")]
BLANK_NAME, BLANK = "tides-agency", " \u00a0\u200b\u3000 "
# All documents stand on one page; the files disagree with the table on another, and cells are refused on it.
DOCUMENTS, CONFLICTS = "winter-passes-tumar", "kerbez-region"
PENALTY = "hr_reporting_penalty_points"
REFUSED_CELLS = ("workdays", "i1", "i2", "i3", "upskilled_on_time", "contests_held", "strategy_status")


def put_together(folder):
    """Write the folder of a campaign: the drawn sample with hostile texts in it."""
    rows = read_rows(SAMPLES / "tests" / "samples" / "drawn_2023" / "agencies.csv")
    for row, text in zip(rows, cycle(TEXTS), strict=False):
        row["agency_name"] = BLANK if row["agency"] == BLANK_NAME else text
    find_row(rows, DOCUMENTS)[PENALTY] = ""
    for at, name in enumerate(REFUSED_CELLS):
        find_row(rows, CONFLICTS)[name] = TEXTS[2 * at]
    extra = [{**row, "agency": code} for code, row in zip(CASES["codes"]["accepted"], rows, strict=False)]
    refused = [
        {**rows[0], "agency": code, "agency_name": text}
        for code, text in zip(CASES["codes"]["refused"], cycle(TEXTS), strict=False)
    ]
    write_rows(folder / "agencies.csv", [*rows, *extra, *refused])
    write_rows(folder / "entered.csv", list_documents())
    write_rows(folder / "decisions.csv", list_decisions())
    systems = [
        {"agency": code, "system": text, "restricted": "нет", "contract": text, "accounted": "да"}
        for code in (BLANK_NAME, DOCUMENTS, CONFLICTS)
        for text in TEXTS
    ]
    write_rows(folder / "systems.csv", systems)
    fill_forms(folder / "forms" / CONFLICTS)
    return folder


def list_documents():
    """Return a penalty for each text, and points that the table contradicts."""
    rows = [
        {"agency": DOCUMENTS, "input": PENALTY, "value": "0.1", "basis": text, "date": "2024-01-23"}
        for text in TEXTS
    ]
    point = {"input": "architecture_portal_points", "value": "12.5", "date": "2024-01-23"}
    return [*rows, *({**point, "agency": code, "basis": TEXTS[0]} for code in (BLANK_NAME, CONFLICTS))]


def list_decisions():
    """Return decisions of hostile persons for hostile reasons; the rest of the conflicts is left open."""
    decided = {"architecture_portal_points": "entered.csv", "masters_degrees": "agencies.csv"}
    decided |= dict.fromkeys(["candidates_of_science", "doctors_of_science"], "agencies.csv")
    said = {"agency": CONFLICTS, "date": "2024-02-01"}
    rows = [
        {**said, "input": name, "source": source, "who": TEXTS[at], "reason": TEXTS[at + 2]}
        for at, (name, source) in enumerate(decided.items(), TITLES.index("override of the direction"))
    ]
    return [*rows, {**rows[0], "agency": BLANK_NAME, "who": LONG, "reason": TEXTS[0]}]


def fill_forms(folder):
    """Fill annex 7 under every hostile name that a file may have, and annex 8 with hostile texts in it."""
    folder.mkdir(parents=True)
    source = SAMPLES / "data_samples" / "2023" / "forms" / "tides-agency"
    for text in TEXTS:
        if "/" not in text and len(text.encode()) < 200:
            (folder / f"{text}.xlsx").write_bytes((source / "annex_7.xlsx").read_bytes())
    book = openpyxl.load_workbook(source / "annex_8.xlsx")
    texts = cycle(TEXTS)
    for title in ("1. Актуальность сведений", "2. Автоматизация функций"):
        for cell in (cell for row in book[title].iter_rows(min_row=5) for cell in row[1:] if is_text(cell)):
            cell.value = next(texts).replace("\x85", " ")
            cell.data_type = "s"  # a text, also where it begins as a formula does
    book.save(folder / "annex_8.xlsx")


def is_text(cell):
    return isinstance(cell.value, str) and not cell.value.isdigit()


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find_row(rows, code):
    return next(row for row in rows if row["agency"] == code)


def write_rows(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        table.writerows(rows)
