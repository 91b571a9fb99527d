"""Sheets that only tell: the cover, the results of all rules, the notes with points and provenance."""

from __future__ import annotations

from fractions import Fraction

from toolkit.display.numbers import span
from toolkit.display.words import AGENCY_TYPES, DIRECTIONS, PROVENANCE, PROVENANCE_MEANING, STATUS
from toolkit.publish.workbook.audit import Audit
from toolkit.publish.workbook.book import CHANGED, Book, Sheet
from toolkit.publish.workbook.chapter_sheet import SHEETS
from toolkit.publish.workbook.spelling import cell_name

COVER, RESULTS, NOTES = "Титул", "Итоги", "Примечания"
_HOW = (
    "Жёлтые ячейки листов «Данные», «Прочтения», «Параметры» можно менять: формулы пересчитают всё.",
    "Пустая или недопустимая ячейка никогда не считается нулём: показатель и итог становятся #Н/Д.",
    "Рядом с каждой формулой стоит значение, найденное программой точно; «Сверка» говорит, совпадает ли оно.",
    "У каждой ячейки есть имя: щелчок по ячейке показывает его слева от строки формул.",
)


def cover_sheet(book: Book, audit: Audit) -> None:
    """Write whose workbook it is, from which data and rules, its totals, and how to use it."""
    sheet = book.add(COVER, (34, 60, 16, 16, 14))
    sheet.heading(
        "Книга проверки расчёта", "Каждая строка приказа — живая формула рядом с сохранённым значением."
    )
    for title, text in _facts(audit):
        sheet.text(0, title, "muted")
        sheet.text(1, text, "given")
        sheet.down()
    sheet.down()
    _totals(sheet, audit)
    for sentence in _HOW:
        sheet.text(0, sentence, "subtitle")
        sheet.down()


def _facts(audit: Audit) -> list[tuple[str, str]]:
    """Return whose scores they are and from which data and rules they come."""
    facts = [
        ("Государственный орган", audit.agency.name),
        ("Код", audit.agency.code),
        ("Тип", AGENCY_TYPES[audit.agency.type]),
        ("Оцениваемый год", "" if audit.agency.year is None else str(audit.agency.year)),
        ("Методика", audit.methodology.title),
        ("Редакция", audit.methodology.edition),
        ("Файл данных", audit.campaign.source),
        ("Контрольная сумма данных", audit.campaign.digest),
    ]
    if audit.campaign.synthetic:
        facts.append(("Внимание", "Данные вымышлены: это образец."))
    changed = sorted({name for score in audit.scores.values() for name in score.changed})
    if changed:
        facts.append(
            ("Что если", f"Не официальный результат; изменено против приказа: {', '.join(changed)}.")
        )
    return facts


def _totals(sheet: Sheet, audit: Audit) -> None:
    for column, title in enumerate(("Итог", "", "Пересчёт", "По расчёту", "Сверка")):
        sheet.text(column, title, "head")
    sheet.down()
    for code in audit.directions:
        score = audit.scores[code]
        sheet.text(0, DIRECTIONS[code], "total")
        sheet.text(1, STATUS[score.status] + _reach(audit, code))
        sheet.live(2, f"={cell_name(code)}", audit.values[code], "points")
        sheet.number(3, score.points, "stored", missing="нет данных")
        sheet.compare(4, 2, 3, score.points)
        sheet.down()
    sheet.colour(4)
    counted = "+".join(f"COUNTIF('{SHEETS[code]}'!$G:$G,\"{CHANGED}\")" for code in audit.directions)
    sheet.text(0, "Строк, где пересчёт отличается", "muted")
    sheet.live(1, f"={counted}", Fraction(0), "text")
    sheet.down(2)


def _reach(audit: Audit, code: str) -> str:
    score = audit.scores[code]
    return f": {span(score.interval)}" if score.status == "partial" and score.interval is not None else ""


def results_sheet(book: Book, audit: Audit) -> None:
    """Write one row for each rule: point, provenance, maximum, live, stored and exact points, status."""
    sheet = book.add(RESULTS, (8, 58, 16, 16, 11, 13, 13, 12, 26, 18))
    sheet.heading(f"Итоги: {audit.agency.name}", "Все показатели, критерии и направления.")
    heads = ("Буква", "Показатель", "Пункт", "Основание", "Максимум", "Пересчёт", "По расчёту", "Сверка")
    sheet.heads(*heads, "Точное значение", "Состояние")
    for code in audit.program.applied:
        score = audit.scores[code]
        style = "total" if score.rule.total else "text"
        sheet.text(0, score.rule.letter, style)
        sheet.text(1, score.rule.title, style)
        sheet.text(2, score.rule.point.replace("..", " – "))
        sheet.text(3, PROVENANCE[score.rule.provenance])
        sheet.number(4, score.maximum, "whole", missing="не указан")
        sheet.live(5, f"={cell_name(code)}", audit.values[code], "points")
        sheet.number(6, score.points, "stored", missing="нет данных")
        sheet.compare(7, 5, 6, score.points)
        sheet.text(8, "" if score.points is None else str(score.points), "stored")
        sheet.text(9, STATUS[score.status], "after")
        sheet.down()
    sheet.colour(7)


def notes_sheet(book: Book, audit: Audit) -> None:
    """Write what must be known beside the numbers: provenance, reasoning, readings, notes."""
    sheet = book.add(NOTES, (8, 44, 16, 16, 60, 46, 60))
    sheet.heading("Примечания", "Откуда взято каждое правило и что сказано при расчёте.")
    sheet.heads("Буква", "Показатель", "Пункт", "Основание", "Почему так", "Прочтения", "Замечания расчёта")
    for score in audit.scores.values():
        rule = score.rule
        sheet.text(0, rule.letter)
        sheet.text(1, rule.title)
        sheet.text(2, rule.point.replace("..", " – "))
        sheet.text(3, PROVENANCE[rule.provenance])
        sheet.text(4, rule.reasoning or PROVENANCE_MEANING[rule.provenance])
        options = (f"{key} = {option}" for key, option in rule.readings.items())
        sheet.text(5, "\n".join(options))
        sheet.text(6, "\n".join(score.notes))
        sheet.down()
