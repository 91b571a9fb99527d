"""The value of one cell by the domain of its column."""

from __future__ import annotations

from fractions import Fraction

from toolkit.errors import nearest, one_line
from toolkit.intake.numbers import LONGEST_SHOWN, CellError, NotANumberError, quote, read_number
from toolkit.intake.table import Cell
from toolkit.rules.agency import Input

YEAR = Input(
    name="year",
    letter="",
    point="",
    unit="year",
    title="Оцениваемый год",
    source="",
    whole=True,
    low=Fraction(2023),
    high=Fraction(9999),
)


def read_value(cell: Cell, column: Input) -> Fraction:
    """Read the value of a cell that is not empty.

    Parameters:
        cell: the cell.
        column: the declared input of its column.

    Returns:
        The exact number; for a word its position among the options.

    Raises:
        CellError: the cell has a fault or its value is outside the domain.

    Source:
        Convention G6 and the domains of the declared inputs.

    Example:
        >>> from toolkit import load_methodology
        >>> read_value(Cell("80 %"), load_methodology().inputs["i1"])
        Fraction(4, 5)
    """
    if cell.fault:
        raise CellError(cell.fault)
    if column.options:
        return _read_word(cell.text, column)
    figure = cell.figure or read_number(cell.text)
    number = figure.measure(column.unit)
    if column.whole and figure.thousands:
        raise CellError(f"{quote(cell.text)} — неясно, тысячи это или дробная часть", "без разделителей")
    _refuse_outside(number, quote(cell.text), column)
    return number


def doubt_value(cell: Cell) -> str:
    """Say what is strange about a good number: its separator may have parted thousands."""
    if not (cell.figure or read_number(cell.text)).thousands:
        return ""
    shown = cell.text.replace(".", ",")
    return f"прочитано как {one_line(shown)}; если это тысяча с лишним, запишите без разделителя"


def explain(error: CellError, column: Input) -> str:
    """Say what may stand in the cell instead."""
    allowed = f"{column.domain}, {error.allowed}" if error.allowed else column.domain
    if not isinstance(error, NotANumberError):
        return allowed
    if column.empty_cell is not None:
        return f"{allowed}; пустая ячейка означает {column.empty_cell}"
    return f"{allowed}; если значения нет, оставьте ячейку пустой"


def _read_word(text: str, column: Input) -> Fraction:
    words = list(column.options)
    word = text.casefold()
    if word not in words:
        near = nearest(one_line(word, LONGEST_SHOWN), words)
        raise CellError(f"{quote(text)} — неизвестное слово{near}")
    return Fraction(words.index(word))


def _refuse_outside(number: Fraction, shown: str, column: Input) -> None:
    if column.whole and number.denominator != 1:
        raise CellError(f"{shown} — не целое число")
    if column.above and number <= column.low:
        raise CellError(f"{shown} не больше {column.low}")
    if number < column.low:
        raise CellError(f"{shown} меньше {column.low}")
    if column.high is not None and number > column.high:
        raise CellError(f"{shown} больше {column.high}")
