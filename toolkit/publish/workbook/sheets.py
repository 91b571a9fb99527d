"""Sheets that are one flat table each, and the cover: what was given, what came out, what must be known."""

from fractions import Fraction
from typing import Any

from toolkit.display.explanation import value_text
from toolkit.display.numbers import span
from toolkit.display.words import AGENCY_TYPES, DIRECTIONS, PROVENANCE, PROVENANCE_MEANING, STATUS, UNITS
from toolkit.publish.workbook.audit import Audit
from toolkit.publish.workbook.book import CHANGED, NO_DATA, SHEETS, Book, Sheet, number_style
from toolkit.publish.workbook.spelling import cell_name, counted_formula, counted_name, counted_parameter
from toolkit.rules.agency import Input
from toolkit.rules.rule import Rule

_LONGEST_MESSAGE = 255
# Columns that all sheets with yellow cells have.
TYPED, COUNTED = 4, 5


def cover_sheet(book: Book, audit: Audit) -> None:
    """Write whose workbook it is, from which data and rules, its totals, and how to use it."""
    sheet = book.begin("cover", audit.agency.name)
    for title, text in sheet.rows(_facts(audit).items()):
        sheet.put(0, title, style="muted")
        sheet.put(1, text, style="given")
    sheet.down()
    _totals(sheet, audit)
    for sentence in sheet.rows(SHEETS["cover"]["how"]):
        sheet.put(0, sentence, style="subtitle")


def _facts(audit: Audit) -> dict[str, str]:
    """Return whose scores they are and from which data and rules they come."""
    cover = SHEETS["cover"]
    changed = ", ".join(sorted({name for score in audit.scores.values() for name in score.changed}))
    shown = cover["facts"] | (cover["synthetic"] if audit.campaign.synthetic else {})
    shown |= cover["what_if"] if changed else {}
    about = {"type": AGENCY_TYPES[audit.agency.type], "year": audit.agency.year or "", "changed": changed}
    return {title: text.format(audit=audit, **about) for title, text in shown.items()}


def _totals(sheet: Sheet, audit: Audit) -> None:
    sheet.head("cover")
    for code in sheet.rows(audit.directions):
        score = audit.scores[code]
        reach = f": {span(score.interval)}" if score.status == "partial" and score.interval else ""
        sheet.put(0, DIRECTIONS[code], STATUS[score.status] + reach)
        sheet.check(2, f"={cell_name(code)}", audit.values[code], score.points, "points")
    sheet.colour(4)
    counted = "+".join(f"COUNTIF('{SHEETS[code]['name']}'!$G:$G,\"{CHANGED}\")" for code in audit.directions)
    sheet.put(0, "Строк, где пересчёт отличается", style="muted")
    sheet.live(1, f"={counted}", Fraction(0), "text")
    sheet.down(2)


def results_sheet(book: Book, audit: Audit) -> None:
    """Write one row for each rule: point, provenance, maximum, live, stored and exact points, status."""
    sheet = book.table("results", audit.agency.name)
    for code in sheet.rows(audit.program.applied):
        score = audit.scores[code]
        _rule(sheet, score.rule, "total" if score.rule.total else "text")
        sheet.put(4, "не указан" if score.maximum is None else score.maximum)
        sheet.check(5, f"={cell_name(code)}", audit.values[code], score.points, "points")
        sheet.put(8, "" if score.points is None else str(score.points), STATUS[score.status])
    sheet.colour(7)


def notes_sheet(book: Book, audit: Audit) -> None:
    """Write what must be known beside the numbers: provenance, reasoning, readings, notes."""
    sheet = book.table("notes", audit.agency.name)
    for score in sheet.rows(audit.scores.values()):
        rule = score.rule
        _rule(sheet, rule, "text")
        readings = "\n".join(f"{key} = {option}" for key, option in rule.readings.items())
        sheet.put(4, rule.reasoning or PROVENANCE_MEANING[rule.provenance], readings, "\n".join(score.notes))


def _rule(sheet: Sheet, rule: Rule, style: str) -> None:
    """Write which rule a row is about and what it rests on."""
    sheet.put(0, rule.letter, rule.title, style=style)
    sheet.put(2, rule.point.replace("..", " – "), PROVENANCE[rule.provenance])


def data_sheet(book: Book, audit: Audit) -> None:
    """Write the inputs: letter, title, the cell to change, its number as counted, unit, domain, source."""
    sheet = book.table("data", audit.agency.name)
    for name in sheet.rows(audit.program.inputs):
        declared, value = audit.methodology.inputs[name], audit.agency.values.get(name)
        sheet.put(0, declared.letter, declared.point, declared.title, cell_name(name))
        _changeable(sheet, cell_name(name), _validation(declared))
        remark = _value_cell(sheet, audit, declared)
        _counted(sheet, name, counted_formula(declared), value, number_style(value))
        unit = UNITS.get(declared.unit, "балл" if "points" in declared.unit else "")
        sheet.put(6, unit, declared.domain, declared.source)
        sheet.put(9, remark, style="warning" if value is None else "muted")


def _changeable(sheet: Sheet, name: str, allowed: dict[str, Any]) -> None:
    """Give the cell to change its name, and say what may be typed into it."""
    sheet.define(TYPED, name)
    sheet.sheet.data_validation(sheet.row, TYPED, sheet.row, TYPED, allowed)


def _counted(sheet: Sheet, name: str, formula: str, value: Fraction | None, style: str) -> None:
    """Write the number that formulas use: what was typed, where it is allowed."""
    sheet.live(COUNTED, formula, value, style)
    sheet.define(COUNTED, counted_name(name))


def _value_cell(sheet: Sheet, audit: Audit, declared: Input) -> str:
    """Write what was given; return why the cell is empty, or what its word or its emptiness means."""
    value = audit.agency.values.get(declared.name)
    if value is None and declared.empty_cell is not None:
        # An empty cell would mean a printed value here; what is missing must say so.
        sheet.live(TYPED, "=NA()", None, "input")
    elif value is None or declared.name in audit.agency.unshown:
        sheet.put(TYPED, None)
    elif declared.options:
        sheet.put(TYPED, list(declared.options)[int(value)])
        return value_text(declared, value)
    else:
        sheet.put(TYPED, value, style="input" if number_style(value) == "whole" else "decimal input")
        return ""
    if value is None:
        return audit.agency.refused.get(declared.name, NO_DATA)
    return f"ячейка пуста: по тексту пункта принимается {declared.empty_cell}"


def _validation(declared: Input) -> dict[str, Any]:
    message = {"error_title": "Недопустимое значение", "error_message": declared.domain[:_LONGEST_MESSAGE]}
    if declared.options:
        return {"validate": "list", "source": list(declared.options), **message}
    limits = {"criteria": ">" if declared.above else ">=", "value": float(declared.low)}
    if declared.high is not None:
        limits = {"criteria": "between", "minimum": float(declared.low), "maximum": float(declared.high)}
    return {"validate": "integer" if declared.whole else "decimal", **limits, **message}


def readings_sheet(book: Book, audit: Audit) -> None:
    """Write the readings that act for this agency, with the cell that switches each."""
    sheet = book.table("readings", audit.agency.name)
    for key in sheet.rows(audit.readings):
        reading = audit.methodology.readings[key]
        usual = {reading.default: " (по умолчанию)"}
        marks = (f"{option}{usual.get(option, '')} — {title}" for option, title in reading.options.items())
        sheet.put(0, reading.register, reading.point, reading.title, key)
        sheet.put(TYPED, audit.program.choice[key], "\n".join(marks))
        _changeable(sheet, key, {"validate": "list", "source": list(reading.options)})


def parameters_sheet(book: Book, audit: Audit) -> None:
    """Write every constant of the rules that apply, with the cell that changes it."""
    sheet = book.table("parameters", audit.agency.name)
    for code in audit.program.applied:
        rule = audit.scores[code].rule
        for constant in sheet.rows(rule.scope.constants.values()):
            name = f"{code}.{constant.name}"
            sheet.put(0, rule.title, constant.symbol, constant.title, name, constant.value)
            _changeable(sheet, name, {"validate": "decimal", "criteria": ">=", "value": 0})
            _counted(sheet, name, counted_parameter(name), constant.value, "whole")
            sheet.put(6, constant.printed)
