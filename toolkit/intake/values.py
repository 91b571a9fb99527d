"""The value of one cell by the domain of its column: a number, a word, a day or the code of an agency."""

import re
from contextlib import suppress
from datetime import date
from fractions import Fraction

from toolkit.errors import nearest, one_line
from toolkit.intake.numbers import LONGEST_SHOWN, CellError, Figure, NotANumberError, quote, read_number
from toolkit.intake.table import Cell
from toolkit.rules.agency import Input

YEAR = Input("", "", "", "year", "", "", whole=True, low=Fraction(2023), high=Fraction(9999))
COUNT = Input("", "", "", "persons", "", "", whole=True)
DAY_ALLOWED = "дата вида 2025-07-01 или 01.07.2025"
LONGEST_CODE = 64
# The first three are pages of every site; the others are names Windows keeps for devices.
_PORTS = {f"{port}{digit}" for port in ("com", "lpt") for digit in range(1, 10)}
RESERVED = {"index", "methodology", "comparison", "con", "nul", "aux", "prn", *_PORTS}

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00)?)?")
_RUSSIAN_DAY = re.compile(r"\A([0-9]{2})\.([0-9]{2})\.([0-9]{4})\Z")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE_ALLOWED = f"строчные латинские буквы, цифры и дефисы между ними, до {LONGEST_CODE} знаков"


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
    shown = quote(cell.sound())
    if column.options:
        word, words = cell.text.casefold(), list(column.options)
        if word not in words:
            raise CellError(f"{shown} — неизвестное слово{nearest(one_line(word, LONGEST_SHOWN), words)}")
        return Fraction(words.index(word))
    figure = cell.figure or read_number(cell.text)
    number = figure.measure(column.unit)
    if column.whole and figure.thousands:
        raise CellError(f"{shown} — неясно, тысячи это или дробная часть", "без разделителей")
    # `36/2` may be meant as 36 and 2, so a count is never their quotient.
    if column.whole and (number.denominator != 1 or "/" in cell.text):
        raise CellError(f"{shown} — не целое число")
    if column.above and number <= column.low:
        raise CellError(f"{shown} не больше {column.low}")
    if number < column.low:
        raise CellError(f"{shown} меньше {column.low}")
    if column.high is not None and number > column.high:
        raise CellError(f"{shown} больше {column.high}")
    return number


def read_declared(cell: Cell, column: Input) -> Fraction:
    """Read such a value; the `CellError` of a bad one says all that may stand in the cell instead."""
    try:
        return read_value(cell, column)
    except CellError as error:
        raise CellError(error.what, explain(error, column)) from None


def find_fault(number: Fraction, text: str, column: Input) -> str:
    """Say why a number that was counted, and is written so, is outside the domain of an input, or nothing."""
    try:
        read_value(Cell(text, Figure(number)), column)
    except CellError as error:
        return error.what
    return ""


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


def read_day(cell: Cell) -> date:
    """Return the date of a cell that is not empty: written as text, or kept as a date by a workbook.

    Raises:
        CellError: it is no date, or could be read in two ways as 03/04/2025 can.

    Example:
        >>> read_day(Cell("01.07.2025"))
        datetime.date(2025, 7, 1)
    """
    if cell.day is not None:
        return cell.day
    match = _DAY.fullmatch(_RUSSIAN_DAY.sub(r"\3-\2-\1", cell.sound(DAY_ALLOWED)))
    with suppress(ValueError):  # a day that the calendar does not have
        if match:
            return date.fromisoformat(match[1])
    raise CellError(f"{quote(cell.text)} — не дата", DAY_ALLOWED)


def read_code(cell: Cell) -> str:
    """Return the code of an agency, which names its page; raise `CellError` for one that cannot."""
    if not (code := cell.sound(_CODE_ALLOWED)):
        raise CellError("нет кода органа", _CODE_ALLOWED)
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        raise CellError(f"{quote(code)} не годится как код органа", _CODE_ALLOWED)
    if code in RESERVED:
        raise CellError(f"код {quote(code)} занят: так нельзя назвать страницу отчёта", "другой код")
    return code
