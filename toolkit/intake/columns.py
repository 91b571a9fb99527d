"""The header of a table: which column holds which input, and which names are not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from toolkit.errors import Problem, ToolkitError, nearest, one_line
from toolkit.intake.numbers import LONGEST_SHOWN, quote
from toolkit.intake.table import Table, name_letters, normalise

MOST_SUGGESTIONS = 100

_ALLOWED = "имена столбцов через запятую, точку с запятой или табуляцию"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the known columns stand.

    Attributes:
        positions: position of each known column, from 0, in the order of the header.
        repeated: known columns that stand twice, so that neither is used.
        problems: what is wrong with the header.
    """

    positions: Mapping[str, int]
    repeated: tuple[str, ...]
    problems: tuple[Problem, ...]


def find_columns(table: Table, known: Collection[str], required: Collection[str], hint: str = "") -> Columns:
    """Find the known columns of a table.

    Parameters:
        table: the table.
        known: names a column may have.
        required: those without which the table says nothing.
        hint: what to add when a required column is absent.

    Returns:
        The positions and the problems of the header.

    Raises:
        ToolkitError: a required column is absent or stands twice.

    Source:
        The format is ours: the columns are the declared inputs.
    """
    names = [normalise(cell.text) for cell in table.header.cells]
    counted = Counter(names)
    for name in required:
        _require(table, name, counted, f"{_ALLOWED}: {', '.join(required)} и другие", hint)
    repeated = tuple(name for name in known if counted[name] > 1)
    positions = {name: at for at, name in enumerate(names) if name in known and counted[name] == 1}
    problems = (
        *_refuse_unknown(table, names, known),
        *(_refuse_repeated(table, name, counted[name]) for name in repeated),
        *_refuse_unnamed(table, names),
    )
    return Columns(positions, repeated, problems)


def _require(table: Table, name: str, counted: Counter[str], allowed: str, hint: str) -> None:
    place = table.place(table.header.number)
    if counted[name] > 1:
        raise ToolkitError(f"столбец {name} назван дважды", f"один столбец {name}", place)
    if not counted[name]:
        shown = [one_line(column, LONGEST_SHOWN) for column in list(counted)[:MOST_SUGGESTIONS]]
        what = f"нет столбца {name}{nearest(name, [column for column in shown if column.strip()])}{hint}"
        raise ToolkitError(what, allowed, place)


def _refuse_unknown(table: Table, names: list[str], known: Collection[str]) -> list[Problem]:
    unknown = [at for at, name in enumerate(names) if name and name not in known]
    problems = []
    for count, at in enumerate(unknown):
        cell = table.header.cells[at]
        near = nearest(one_line(names[at], LONGEST_SHOWN), known) if count < MOST_SUGGESTIONS else ""
        what = f"неизвестный столбец {quote(cell.text)}{near}, он не использован"
        place = table.place(table.header.number, cell.text, cell)
        problems.append(Problem(place, what, "имена входных данных"))
    return problems


def _refuse_repeated(table: Table, name: str, times: int) -> Problem:
    what = f"столбец повторяется ({times}), ни один из них не использован"
    return Problem(table.place(table.header.number, name), what, f"один столбец {name}")


def _refuse_unnamed(table: Table, names: list[str]) -> list[Problem]:
    """Name the columns that hold values but have no name."""
    filled = {
        at for row in table.rows if not row.fault for at, cell in enumerate(row.cells) if not cell.empty
    }
    unnamed = sorted(at for at in filled if at >= len(names) or not names[at])
    what = "у столбца нет имени, его значения не использованы"
    return [
        Problem(table.place(table.header.number, name_letters(at)), what, "имя столбца") for at in unnamed
    ]
