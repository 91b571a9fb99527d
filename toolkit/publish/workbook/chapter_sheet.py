"""A sheet for a direction: each rule line by line as in the order, live formula beside stored value."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from toolkit.display.equations import as_printed, symbols_of
from toolkit.display.numbers import points
from toolkit.display.words import DIRECTIONS, PROVENANCE
from toolkit.formula.excel import RUSSIAN
from toolkit.formula.text import PlainText
from toolkit.program.program import Statement
from toolkit.publish.workbook.audit import Audit
from toolkit.publish.workbook.book import Book, Sheet
from toolkit.publish.workbook.spelling import cell_name, counted_name, statement_formula
from toolkit.rules.outcome import Score
from toolkit.rules.rule import Line, Penalty, Scope

# A sheet's name has at most 31 characters.
SHEETS = {"hr": "Управление персоналом", "it": "Информационные технологии"}
LIVE, STORED, CHECK = 4, 5, 6
_HEADS = ("Буква", "Содержание", "Формула приказа", "Формула Excel (для чтения)")


def chapter_sheet(book: Book, audit: Audit, direction: str) -> None:
    """Write every rule of a direction, children before the totals that put them together."""
    sheet = book.add(SHEETS[direction], (14, 50, 44, 66, 15, 15, 14))
    sheet.heading(
        f"{DIRECTIONS[direction]}: {audit.agency.name}",
        "«Пересчёт» — живая формула, «По расчёту» — значение, найденное программой точно.",
    )
    sheet.heads(*_HEADS, "Пересчёт", "По расчёту", "Сверка")
    for code in audit.program.applied:
        if audit.scores[code].rule.direction == direction:
            _Chapter(sheet, audit, audit.scores[code]).write()
    sheet.colour(CHECK)


class _Chapter:
    """Writes the rows of one rule."""

    def __init__(self, sheet: Sheet, audit: Audit, score: Score) -> None:
        self.sheet, self.audit, self.score, self.rule = sheet, audit, score, score.rule
        self.symbols = symbols_of(self.rule.scope) | {self.rule.code: "балл"}

    def write(self) -> None:
        self._head()
        self._where(self.rule.scope, self.rule.code)
        lines = {f"{self.rule.code}.{line.letter}": line for line in self.rule.lines}
        penalties = dict(self._penalty_lines())
        for statement in self.audit.program.statements:
            if statement.code != self.rule.code:
                continue
            if statement.name in lines:
                line = lines[statement.name]
                self._row(
                    statement, self._letter(line.letter), line.title, self._formula(line, self.rule.scope)
                )
            elif statement.name in penalties:
                penalty, line = penalties[statement.name]
                title = line.title or f"штраф: {penalty.title}"
                letter = "" if line.letter == penalty.code else self._letter(line.letter)
                self._row(statement, letter, title, self._formula(line, penalty.scope))
            elif statement.name == self.rule.code:
                self._result(statement)
            else:
                letter = statement.name.split(".")[1]
                self._row(statement, self._letter(letter), "после штрафов, не ниже 0", self._kept(letter))
        for note in self.score.notes:
            self.sheet.wide(1, 3, note, "muted")
            self.sheet.down()

    def _head(self) -> None:
        rule, style = self.rule, "total" if self.rule.total else "group"
        most = "" if self.score.maximum is None else f"максимум {points(self.score.maximum)}"
        facts = (
            f"пункт {rule.point}" if rule.point[0].isdigit() else rule.point,
            PROVENANCE[rule.provenance],
            most,
        )
        self.sheet.text(0, rule.letter, style)
        self.sheet.text(1, rule.title, style)
        self.sheet.text(2, " · ".join(filter(None, facts)).replace("..", " – "), style)
        for column in (3, LIVE, STORED, CHECK):
            self.sheet.blank(column, style)
        self.sheet.down()
        if rule.reasoning:
            self.sheet.wide(1, 3, rule.reasoning, "muted")
            self.sheet.down()

    def _where(self, scope: Scope, code: str) -> None:
        """Write what the letters stand for, each with its number, as the order does after «где:»."""
        for name, source in scope.inputs.items():
            if source in self.audit.program.inputs:
                title = self.audit.methodology.inputs[source].title
                self._link(self._letter(name), title, counted_name(source), self.audit.values[source])
        for name, child in scope.children.items():
            title = self.audit.scores[child].rule.title
            if child in self.audit.program.applied:
                self._link(self._letter(name), title, cell_name(child), self.audit.values[child])
        for name, constant in scope.constants.items():
            self._link(constant.symbol, constant.title, counted_name(f"{code}.{name}"), constant.value)

    def _link(self, letter: str, title: str, name: str, value: Fraction | None) -> None:
        self.sheet.text(0, letter, "muted")
        self.sheet.text(1, title, "muted")
        self.sheet.text(2, "", "muted")
        self.sheet.text(3, name, "formula")
        whole = value is None or value.denominator == 1
        self.sheet.live(LIVE, f"={name}", value, "whole" if whole else "number")
        self.sheet.number(STORED, value, "stored whole" if whole else "stored", missing="нет данных")
        self.sheet.compare(CHECK, LIVE, STORED, value)
        self.sheet.down()

    def _row(self, statement: Statement, letter: str, title: str, formula: str) -> None:
        self.sheet.text(0, letter)
        self.sheet.text(1, title[:1].upper() + title[1:] if title else self.rule.title)
        self.sheet.text(2, formula)
        self._numbers(statement, "number")

    def _result(self, statement: Statement) -> None:
        self.sheet.text(0, "")
        self.sheet.text(1, "Балл", "group")
        self.sheet.text(2, "не ниже 0", "muted")
        self._numbers(statement, "points")

    def _numbers(self, statement: Statement, style: str) -> None:
        value, program = self.audit.values[statement.name], self.audit.program
        self.sheet.text(3, self._shown(statement), "formula")
        self.sheet.live(LIVE, statement_formula(statement, program), value, style)
        self.sheet.define(LIVE, cell_name(statement.name))
        self.sheet.number(STORED, value, "stored", missing="нет данных")
        self.sheet.compare(CHECK, LIVE, STORED, value)
        self.sheet.down()

    def _shown(self, statement: Statement) -> str:
        """Return the formula to be read: its form under the chosen readings alone, and what switches it."""
        chosen = statement.under(self.audit.program.choice)
        text = statement_formula(chosen, self.audit.program, RUSSIAN)
        if not statement.keys:
            return text
        return f"{text}\nДругие формы включает лист «Прочтения»: {', '.join(statement.keys)}"

    def _letter(self, name: str) -> str:
        return self.symbols.get(name, name)

    def _formula(self, line: Line, scope: Scope) -> str:
        """Return a line as the order prints it, with its cap and floor in words."""
        printed = PlainText(symbols_of(scope))
        text = printed.show(as_printed(line.tree, scope))
        if line.maximum is not None:
            text += f"; не больше {printed.show(as_printed(line.maximum, scope))}"
        if line.floor is not None:
            text += f"; не меньше {printed.show(as_printed(line.floor, scope))}"
        return text

    def _kept(self, letter: str) -> str:
        last = self.rule.lines[-1].letter
        acting = [
            p for p in self.rule.penalties if p.target == letter or (p.target == "self" and letter == last)
        ]
        return f"{self._letter(letter)}{' − штраф' * len(acting)}"

    def _penalty_lines(self) -> Iterator[tuple[str, tuple[Penalty, Line]]]:
        """Yield the lines of every penalty that this rule declares, wherever its points are taken from."""
        acting = (penalty for score in self.audit.scores.values() for penalty in score.rule.penalties)
        for penalty in acting:
            if penalty.owner == self.rule.code:
                *inner, last = penalty.lines
                for line in inner:
                    yield f"{penalty.owner}.{penalty.code}.{line.letter}", (penalty, line)
                yield f"{penalty.owner}.{penalty.code}", (penalty, last)
