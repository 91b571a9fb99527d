"""A sheet for a direction: each rule line by line as in the order, live formula beside stored value."""

from collections.abc import Iterator

from toolkit.display.equations import as_printed, symbols_of
from toolkit.display.numbers import points
from toolkit.display.words import PROVENANCE
from toolkit.formula.excel import RUSSIAN
from toolkit.formula.text import PlainText
from toolkit.program.compiler import reduced_letter
from toolkit.program.program import Statement
from toolkit.publish.workbook.audit import Audit
from toolkit.publish.workbook.book import Book, Sheet, number_style
from toolkit.publish.workbook.spelling import cell_name, counted_name, statement_formula
from toolkit.rules.outcome import Score
from toolkit.rules.rule import Line, Scope

LIVE, CHECK = 4, 6


def chapter_sheet(book: Book, audit: Audit, direction: str) -> None:
    """Write every rule of a direction, children before the totals that put them together."""
    sheet = book.table(direction, audit.agency.name)
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
        self._where(self.rule.scope)
        told = dict(self._told())
        for statement in self.audit.program.statements:
            if statement.code == self.rule.code:
                self._row(statement, *(told.get(statement.name) or self._kept(statement)))
        for note in self.score.notes:
            self._note(note)

    def _head(self) -> None:
        rule, style = self.rule, "total" if self.rule.total else "group"
        point = f"пункт {rule.point}" if rule.point[0].isdigit() else rule.point
        most = "" if self.score.maximum is None else f" · максимум {points(self.score.maximum)}"
        about = f"{point} · {PROVENANCE[rule.provenance]}{most}".replace("..", " – ")
        self.sheet.put(0, rule.letter, rule.title, about, *[None] * LIVE, style=style)
        self.sheet.down()
        if rule.reasoning:
            self._note(rule.reasoning)

    def _note(self, text: str) -> None:
        self.sheet.wide(1, 3, text, "muted")
        self.sheet.down()

    def _where(self, scope: Scope) -> None:
        """Write what the letters stand for, each with its number, as the order does after «где:»."""
        for name, key in scope.inputs.items():
            self._link(self._letter(name), self.audit.methodology.inputs[key].title, key, counted_name(key))
        for name, key in scope.children.items():
            self._link(self._letter(name), self.audit.scores[key].rule.title, key, cell_name(key))
        for name, constant in scope.constants.items():
            key = f"{self.rule.code}.{name}"
            self._link(constant.symbol, constant.title, key, counted_name(key))

    def _link(self, letter: str, title: str, key: str, cell: str) -> None:
        """Write a letter with its number; what is not applied to agencies of this type has none."""
        if key in self.audit.values:
            value = self.audit.values[key]
            self.sheet.put(0, letter, title, "", style="muted")
            self.sheet.put(3, cell)
            self.sheet.check(LIVE, f"={cell}", value, value, number_style(value))
            self.sheet.down()

    def _row(self, statement: Statement, letter: str, title: str, formula: str) -> None:
        value, result = self.audit.values[statement.name], statement.name == self.rule.code
        self.sheet.put(0, letter)
        self.sheet.put(1, title[:1].upper() + title[1:], style="group" if result else "text")
        self.sheet.put(2, formula, style="muted" if result else "text")
        self.sheet.put(3, self._shown(statement))
        live = statement_formula(statement, self.audit.program)
        self.sheet.check(LIVE, live, value, value, "points" if result else "number")
        self.sheet.define(LIVE, cell_name(statement.name))
        self.sheet.down()

    def _shown(self, statement: Statement) -> str:
        """Return the formula to be read: its form under the chosen readings alone, and what switches it."""
        text = statement_formula(statement.under(self.audit.program.choice), self.audit.program, RUSSIAN)
        if not statement.keys:
            return text
        return f"{text}\nДругие формы включает лист «Прочтения»: {', '.join(statement.keys)}"

    def _letter(self, name: str) -> str:
        return self.symbols.get(name, name)

    def _formula(self, line: Line, scope: Scope) -> str:
        """Return a line as the order prints it, with its cap and floor in words."""
        printed = PlainText(symbols_of(scope))
        parts = {"": line.tree, "; не больше ": line.maximum, "; не меньше ": line.floor}
        return "".join(word + printed.show(as_printed(tree, scope)) for word, tree in parts.items() if tree)

    def _told(self) -> Iterator[tuple[str, tuple[str, str, str]]]:
        """Yield letter, content and formula of the lines of the rule and of every penalty it declares."""
        code = self.rule.code
        for line in self.rule.lines:
            told = self._letter(line.letter), line.title or self.rule.title
            yield f"{code}.{line.letter}", (*told, self._formula(line, self.rule.scope))
        yield code, ("", "Балл", "не ниже 0")
        # Wherever the points of a penalty are taken from, its lines stand with the rule that declares it.
        for penalty in (penalty for score in self.audit.scores.values() for penalty in score.rule.penalties):
            for line in penalty.lines if penalty.owner == code else ():
                name = f"{code}.{penalty.code}" + ("" if line is penalty.lines[-1] else f".{line.letter}")
                letter = "" if line.letter == penalty.code else self._letter(line.letter)
                title = line.title or f"Штраф: {penalty.title}"
                yield name, (letter, title, self._formula(line, penalty.scope))

    def _kept(self, statement: Statement) -> tuple[str, str, str]:
        """Return what is told of a line after the penalties that act on it."""
        letter = statement.name.split(".")[1]
        acting = sum(reduced_letter(penalty, self.rule) == letter for penalty in self.rule.penalties)
        symbol = self._letter(letter)
        return symbol, "После штрафов, не ниже 0", f"{symbol}{' − штраф' * acting}"
