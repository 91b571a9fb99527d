"""Sheets whose yellow cells can be changed: the data, the readings, the parameters."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from toolkit.display.explanation import value_text
from toolkit.display.words import UNITS
from toolkit.publish.workbook.audit import Audit
from toolkit.publish.workbook.book import Book, Sheet
from toolkit.publish.workbook.spelling import cell_name, counted_formula, counted_name, counted_parameter
from toolkit.rules.agency import Input

DATA, READINGS, PARAMETERS = "Данные", "Прочтения", "Параметры"
_POINTS = {"points": "балл", "sphere points": "балл"}
_LONGEST_MESSAGE = 255


def data_sheet(book: Book, audit: Audit) -> None:
    """Write the inputs: letter, title, the cell to change, its number as counted, unit, domain, source."""
    sheet = book.add(DATA, (9, 15, 52, 32, 16, 16, 12, 34, 30, 44))
    sheet.heading(
        f"Данные: {audit.agency.name}",
        "Жёлтые ячейки можно менять; «Учитывается» показывает #Н/Д, если значения нет или оно недопустимо.",
    )
    heads = ("Буква", "Пункт", "Показатель", "Имя ячейки", "Значение", "Учитывается", "Единица")
    sheet.heads(*heads, "Допускается", "Источник", "Замечание")
    for name in audit.program.inputs:
        _input_row(sheet, audit, audit.methodology.inputs[name])


def _input_row(sheet: Sheet, audit: Audit, declared: Input) -> None:
    name, value = declared.name, audit.agency.values.get(declared.name)
    sheet.text(0, declared.letter)
    sheet.text(1, declared.point)
    sheet.text(2, declared.title)
    sheet.text(3, cell_name(name), "muted")
    _value_cell(sheet, audit, declared)
    sheet.define(4, cell_name(name))
    sheet.live(5, counted_formula(declared), value, _style(value))
    sheet.define(5, counted_name(name))
    sheet.text(6, UNITS.get(declared.unit, _POINTS.get(declared.unit, "")), "after")
    sheet.text(7, declared.domain)
    sheet.text(8, declared.source)
    sheet.text(9, _remark(audit, declared), "warning" if value is None else "muted")
    sheet.sheet.data_validation(sheet.row, 4, sheet.row, 4, _validation(declared))
    sheet.down()


def _value_cell(sheet: Sheet, audit: Audit, declared: Input) -> None:
    value = audit.agency.values.get(declared.name)
    if value is None and declared.empty_cell is not None:
        # An empty cell would mean a printed value here; what is missing must say so.
        sheet.live(4, "=NA()", None, "input")
    elif value is None or declared.name in audit.agency.unshown:
        sheet.blank(4, "input")
    elif declared.options:
        sheet.text(4, list(declared.options)[int(value)], "input")
    else:
        sheet.number(4, value, "input" if _style(value) == "whole" else "decimal input")


def _style(value: Fraction | None) -> str:
    return "whole" if value is None or value.denominator == 1 else "number"


def _remark(audit: Audit, declared: Input) -> str:
    """Return why a cell is empty, or what its word or its emptiness means."""
    value = audit.agency.values.get(declared.name)
    if value is None:
        return audit.agency.refused.get(declared.name, "нет данных")
    if declared.name in audit.agency.unshown:
        return f"ячейка пуста: по тексту пункта принимается {declared.empty_cell}"
    return value_text(declared, value) if declared.options else ""


def _validation(declared: Input) -> dict[str, Any]:
    message = {"error_title": "Недопустимое значение", "error_message": declared.domain[:_LONGEST_MESSAGE]}
    if declared.options:
        return {"validate": "list", "source": list(declared.options), **message}
    kind = "integer" if declared.whole else "decimal"
    if declared.high is not None:
        bounds = {"criteria": "between", "minimum": float(declared.low), "maximum": float(declared.high)}
    else:
        bounds = {"criteria": ">" if declared.above else ">=", "value": float(declared.low)}
    return {"validate": kind, **bounds, **message}


def readings_sheet(book: Book, audit: Audit) -> None:
    """Write the readings that act for this agency, with the cell that switches each."""
    sheet = book.add(READINGS, (12, 14, 60, 26, 22, 70))
    sheet.heading(
        "Прочтения спорных мест приказа",
        "Жёлтую ячейку можно переключить на другой вариант: все формулы книги пересчитаются.",
    )
    sheet.heads("Номер", "Пункт", "О чём сомнение", "Имя ячейки", "Вариант", "Что значат варианты")
    for key in audit.readings:
        reading = audit.methodology.readings[key]
        sheet.text(0, reading.register)
        sheet.text(1, reading.point)
        sheet.text(2, reading.title)
        sheet.text(3, key, "muted")
        sheet.text(4, audit.program.choice[key], "input")
        sheet.define(4, key)
        options = list(reading.options)
        sheet.sheet.data_validation(sheet.row, 4, sheet.row, 4, {"validate": "list", "source": options})
        marks = (
            f"{option}{' (по умолчанию)' if option == reading.default else ''} — {title}"
            for option, title in reading.options.items()
        )
        sheet.text(5, "\n".join(marks))
        sheet.down()


def parameters_sheet(book: Book, audit: Audit) -> None:
    """Write every constant of the rules that apply, with the cell that changes it."""
    sheet = book.add(PARAMETERS, (44, 9, 60, 38, 16, 16, 14))
    sheet.heading(
        "Параметры: постоянные приказа",
        "Жёлтую ячейку можно изменить: это расчёт «что если», а не официальный результат.",
    )
    heads = ("Показатель", "Знак", "Постоянная", "Имя ячейки", "Значение", "Учитывается", "В приказе")
    sheet.heads(*heads)
    for code in audit.program.applied:
        rule = audit.scores[code].rule
        for constant in rule.scope.constants.values():
            sheet.text(0, rule.title)
            sheet.text(1, constant.symbol)
            sheet.text(2, constant.title)
            sheet.text(3, f"{code}.{constant.name}", "muted")
            sheet.number(4, constant.value, "input")
            sheet.define(4, f"{code}.{constant.name}")
            sheet.live(5, counted_parameter(f"{code}.{constant.name}"), constant.value, "whole")
            sheet.define(5, counted_name(f"{code}.{constant.name}"))
            sheet.number(6, constant.printed, "stored whole")
            at_least = {"validate": "decimal", "criteria": ">=", "value": 0}
            sheet.sheet.data_validation(sheet.row, 4, sheet.row, 4, at_least)
            sheet.down()
