"""The lists of a campaign folder, and their rows as entries: typed values and faults of cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit.errors import Place, Problem, ToolkitError, nearest, one_line
from toolkit.intake.gathering import gather
from toolkit.intake.list_definition import ListDefinition, Where, load_lists
from toolkit.intake.numbers import LONGEST_SHOWN, CellError, quote, read_number
from toolkit.intake.offers import Findings
from toolkit.intake.source import KINDS, read_source
from toolkit.intake.table import MOST_SUGGESTIONS, Cell, Row, Table, find_columns, letter_unknown
from toolkit.intake.values import COUNT, DAY_ALLOWED, read_day, read_value
from toolkit.rules.agency import Input

NOTHING = "нет"

# The only Latin letters that stand for Cyrillic ones free of doubt: `b` may be meant as `б` or as `в`.
_LOOK_ALIKE = str.maketrans("ae", "ае")
_ALLOWED = {"count": COUNT.domain, "day": DAY_ALLOWED, "points": "число", "text": "текст"}
_FOREIGN = (".xls", ".xlsm", ".ods", ".tsv", ".txt")
_EMPTY = "ячейка пуста"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list; one without values and faults says that nothing happened.

    Attributes:
        agency: code of its agency, empty when the row does not tell a known one.
        row: its number as a spreadsheet counts it.
        values: what stands in its good cells.
        faults: why the others say nothing; an empty cell is one of them unless its column is optional.
    """

    agency: str
    row: int
    values: Mapping[str, Any] = field(repr=False)
    faults: Mapping[str, Problem]

    @property
    def silent(self) -> bool:
        """Say whether it says that nothing happened."""
        return not self.values and not self.faults

    def test(self, where: Where) -> bool | Problem:
        """Say whether the row fits one of several descriptions, or which cell keeps that from being known."""
        doubts = []
        for words in where:
            if all(self.values.get(name) in words[name] for name in words if name not in self.faults):
                if not (faults := [self.faults[name] for name in words if name in self.faults]):
                    return True
                doubts += faults
        return doubts[0] if doubts else False


class Entries:
    """The rows of one list.

    Parameters:
        definition: what is declared of the list.
        table: the table they stand in.
        folder: the folder, which knows agencies and inputs.

    Attributes:
        rows: every row, those of no known agency too.
        agencies: the rows of each agency, one for each thing they speak of.
        problems: what is wrong with header and rows, and the cells that refuse something.
        remarks: what else to say of how an input of an agency was counted.
    """

    def __init__(self, definition: ListDefinition, table: Table, folder: ListFolder) -> None:
        self.definition, self.table, self.folder = definition, table, folder
        self.columns = find_columns(table, definition.columns, definition.required)
        self.problems = list(self.columns.problems)
        self.remarks: dict[tuple[str, str], str] = {}
        self.strangers: dict[str, list[int]] = {}
        self.rows = [self._read(row) for row in table.rows]
        self.agencies = self._group()
        if not self.rows:
            self.report(table.header.number, "", "в списке нет ни одной строки")
        for told, (code, rows) in enumerate(self.strangers.items()):
            near = nearest(one_line(code, LONGEST_SHOWN), folder.codes) if told < MOST_SUGGESTIONS else ""
            what = f"неизвестный код органа{near}" if code else "нет кода органа"
            what += f": строк {len(rows)}, не засчитаны никому, а могут относиться к любому органу"
            self.report(rows[0], "agency", what, "код из agencies")

    def report(self, row: int, column: str, what: str, allowed: str = "") -> Problem:
        """Add a problem and return it; without an allowance it only warns."""
        self.problems.append(Problem(self.table.place(row, column), what, allowed, warning=not allowed))
        return self.problems[-1]

    def close(self) -> list[Problem]:
        """Return all problems by rows; bad cells on which nothing depended refuse nothing and only warn."""
        entries = [entry for rows in self.agencies.values() for entry in rows]
        for entry in entries:
            for doubt in self.definition.doubts:
                said = [name for name in doubt.terms if name in entry.values]
                odd = [name for name in said if (entry.values[name] == 0) == doubt.zero]
                if odd and entry.test(doubt.where) is True:
                    self.report(entry.row, odd[0], doubt.text["ru"])
        for name, column in self.definition.columns.items():
            self._doubt_years(name, column.get("years", ()), entries)
        told = dict.fromkeys(self.problems)
        for name, fault in (item for entry in entries for item in entry.faults.items()):
            if fault not in told and (fault.what != _EMPTY or name in self.definition.key):
                told[replace(fault, warning=True)] = None
        return sorted(told, key=lambda problem: problem.place.row)

    def sound(self, columns: Collection[str]) -> Iterator[Entry]:
        """Yield the rows that are good in some columns, and add the faults of the others to the problems."""
        for entry in (entry for rows in self.agencies.values() for entry in rows):
            bad = [entry.faults[name] for name in columns if name in entry.faults]
            self.problems += bad
            if not bad:
                yield entry

    def _doubt_years(self, name: str, allowed: Collection[int], entries: Collection[Entry]) -> None:
        """Warn once of each year, counted from the evaluated one, in which no date of a column should lie."""
        dated = (entry for entry in entries if allowed and name in entry.values)
        rows = gather(dated, lambda entry: int(entry.values[name].year))
        known = self.folder.year
        usual = known or max(rows, key=lambda year: len(rows[year]), default=0)
        for year, its in rows.items():
            if year - usual not in allowed:
                what = f"{year} год, а {'оценивается' if known else 'чаще здесь'} {usual}; строк: {len(its)}"
                self.report(its[0].row, name, f"{what}, посчитаны")

    def _read(self, row: Row) -> Entry:
        declared, values, faults = self.definition.columns, {}, {}
        code = row.cell(self.columns.positions.get("agency")).text.casefold()
        agency = code if code in self.folder.codes else ""
        if row.fault:
            torn = self.report(row.number, "", row.fault, "столько ячеек, сколько столбцов")
            return Entry(agency, row.number, {}, dict.fromkeys(declared, torn))
        if not agency and "agency" in declared:
            self.strangers.setdefault(code, []).append(row.number)
        if row.doubt:
            self.report(row.number, "", row.doubt)
        for name, position in self.columns.positions.items():
            cell, column = row.cell(position), declared[name]
            if name == "agency" or (cell.empty and column.get("optional")):
                continue
            words = self.folder.names.get(column["kind"], column["words"])
            try:
                values[name] = _read_cell(cell, column, words)
            except CellError as error:
                # What was written is not repeated: it may name a person or a system that must not be named.
                what = error.what.replace(quote(cell.text), "значение")
                allowed = error.allowed or _ALLOWED.get(column["kind"]) or one_line(" | ".join(words), 250)
                faults[name] = Problem(self.table.place(row.number, name, cell), what, allowed)
        empty = all(fault.what == _EMPTY for fault in faults.values())
        if empty and len(values) == 1 and fold(str(values.get(self.definition.nothing))) == NOTHING:
            return Entry(agency, row.number, {}, {})
        return Entry(agency, row.number, values, faults)

    def _group(self) -> dict[str, list[Entry]]:
        """Return the rows of each agency; of those that speak of the same thing one is left."""
        merged: dict[tuple[Any, ...], Entry] = {}
        for entry in self.rows:
            if entry.agency or "agency" not in self.definition.columns:
                said = [fold(str(entry.values.get(name, NOTHING))) for name in self.definition.key]
                unsure = any(name in entry.faults for name in self.definition.key)
                key = (entry.agency, *([entry.row] if unsure else said))
                merged[key] = self._merge(merged[key], entry) if key in merged else entry
        found = gather(merged.values(), lambda entry: entry.agency)
        for rows in found.values():
            for at, entry in enumerate(rows):
                if entry.silent and len(rows) > 1:
                    what = f"«{NOTHING}» стоит рядом с другими строками органа"
                    clash = self.report(entry.row, self.definition.nothing, what, "или «нет», или строки")
                    rows[at] = replace(entry, faults=dict.fromkeys(self.definition.columns, clash))
        return found

    def _merge(self, first: Entry, entry: Entry) -> Entry:
        key, tell = self.definition.key, " или ".join(self.definition.distinct)
        if (first.values, first.faults.keys()) == (entry.values, entry.faults.keys()):
            what = f"строка повторяет строку {first.row} и не использована"
            allowed = tell and f"если это другой случай — другое {tell}"
            self.problems.append(Problem(self.table.place(entry.row, key[0]), what, allowed, warning=True))
            return first
        what = f"строки {first.row} и {entry.row} говорят об одном и том же по-разному"
        clash = self.report(entry.row, key[0], what, f"одна строка{tell and f' или разные {tell}'}")
        known = {name: first.values[name] for name in key if name in first.values}
        unknown = [name for name in self.definition.columns if name not in key]
        return replace(first, values=known, faults=dict.fromkeys(unknown, clash))


class ListFolder:
    """Finds and reads the lists of a campaign folder.

    Parameters:
        folder: the folder.
        codes: codes of the agencies.
        inputs: the declared inputs.
        year: the evaluated year, if it is known.
    """

    def __init__(
        self, folder: Path, codes: Collection[str], inputs: Mapping[str, Input], year: int | None = None
    ) -> None:
        self.codes, self.inputs, self.year, self.findings = codes, inputs, year, Findings()
        points = [name for name, declared in inputs.items() if declared.unit == "points"]
        self.names = {"input": {name: name for name in inputs}, "entered": {name: name for name in points}}
        shown = (file for file in sorted(folder.iterdir()) if file.name[0] not in ".~" and file.is_file())
        tables = (file for file in shown if file.suffix.casefold() in (*KINDS, *_FOREIGN))
        self.files = gather(tables, lambda file: file.stem.casefold())

    def read(self, stem: str) -> Entries | None:
        """Return the rows of a list; nothing when it has no file or one of no use, which is a problem."""
        definition = load_lists()[stem]
        if len(found := [file for file in self.files.get(stem, []) if file.suffix.casefold() in KINDS]) > 1:
            what = f"тот же список лежит в {found[1].name}: ни один не прочитан"
            self.findings.problems.append(Problem(Place(one_line(found[0].name)), what, "один файл"))
        if len(found) != 1:
            return None
        names = list(definition.columns)
        try:
            table, self.findings.files[found[0].name] = read_source(found[0], names, stem, key=names[0])
            return Entries(definition, letter_unknown(table, names) if definition.secret else table, self)
        except ToolkitError as error:
            place = error.place or Place(found[0].name)
            self.findings.problems.append(Problem(place, error.what, error.allowed))
            return None

    def doubt_names(self) -> None:
        """Warn of files whose names are near to that of a list, or whose kind is not read."""
        known = [*load_lists(), "agencies"]
        for stem, file in ((stem, file) for stem, found in self.files.items() for file in found):
            read, same = file.suffix.casefold() in KINDS, stem in known
            near = nearest(one_line(stem, LONGEST_SHOWN), known) if read and not same else ""
            if near or (same and not read):
                place, allowed = Place(one_line(file.name)), f"имя списка и {' или '.join(KINDS)}"
                self.findings.problems += [Problem(place, f"файл не прочитан{near}", allowed, warning=True)]


@lru_cache(4096)  # the same words stand in every row
def fold(text: str) -> str:
    """Return a word or a key as they are compared: small letters, single spaces.

    Example:
        >>> fold(" Pay.A ") == fold("pay.а")
        True
    """
    return " ".join(text.casefold().translate(_LOOK_ALIKE).split())


def _read_cell(cell: Cell, column: Mapping[str, Any], words: Mapping[str, str]) -> Any:
    kind = column["kind"]
    if cell.empty or (cell.text and re.fullmatch(column.get("without", ""), cell.text.casefold())):
        raise CellError(column.get("empty", {}).get("ru", _EMPTY))
    if kind == "day":
        return read_day(cell)
    # A workbook makes dates of numbers such as 12.05; as a text it is still told from others.
    if cell.fault and (kind != "text" or cell.day is None):
        raise CellError(cell.fault)
    if kind == "points":
        return cell.figure or read_number(cell.text)  # the row names the input whose domain it has
    if kind == "text":
        return " ".join(one_line(cell.text, len(cell.text)).split())
    if kind == "count":
        return read_value(cell, COUNT)
    if kind != "reasons":
        return _choose(cell.text, words)
    said = [word for word in re.split("[;,]", cell.text) if word.strip()]
    chosen = tuple(_choose("".join(word.split()), words) for word in said or [cell.text])
    if len({*chosen}) > 1 and "none" in chosen:
        raise CellError(f"«{NOTHING}» стоит рядом с кодом", f"или «{NOTHING}», или коды")
    return chosen


def _choose(word: str, words: Mapping[str, str]) -> str:
    found = next((option for known, option in words.items() if fold(known) == fold(word)), None)
    if found is None:
        raise CellError(f"неизвестное слово{nearest(one_line(word, LONGEST_SHOWN), words)}")
    return found
