"""Numbers as people and office programs write them, read exactly or refused with a reason."""

import re
from dataclasses import dataclass, field
from fractions import Fraction

from toolkit.errors import one_line

LONGEST_NUMBER = 40
GREATEST_EXPONENT = 12
LONGEST_SHOWN = 60

_EXPONENT = f"порядок числа больше {GREATEST_EXPONENT}"

_SPACES = " \u00a0\u2007\u2009\u202f"
_WHOLE = rf"(?:[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+|[0-9]+)"
_DECIMAL = re.compile(rf"[+-]?{_WHOLE}(?:[.,][0-9]+)?(?:[eE](?P<exponent>[+-]?[0-9]{{1,2}}))?")
_RATIO = re.compile(rf"[+-]?{_WHOLE}[{_SPACES}]?/[{_SPACES}]?{_WHOLE}")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_SPACED = re.compile(rf"[+-]?[0-9][0-9{_SPACES}]*(?:[.,][0-9]+)?")
_GROUPED = re.compile(rf"[+-]?[0-9]{{1,3}}(?:[.,'{_SPACES}][0-9]{{3}})+(?:[.,][0-9]+)?")
_HUGE_EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")


class CellError(ValueError):
    """Why a cell is refused.

    Attributes:
        what: what is wrong with it, one phrase.
        allowed: how to write it, said after the domain of its column.
    """

    def __init__(self, what: str, allowed: str = "") -> None:
        """Keep the phrases."""
        self.what, self.allowed = what, allowed
        super().__init__(what)


class NotANumberError(CellError):
    """The text of a cell is no number; an empty cell is how a missing value is written."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it was written.

    Attributes:
        number: the exact number; `80 %` has 80.
        percent: whether a percent sign or a percent format stands beside it.
        thousands: whether its one separator may have been meant to part thousands, as in `1,000`.
    """

    number: Fraction
    percent: bool = False
    # How a number was written does not make it another one.
    thousands: bool = field(default=False, compare=False)

    def measure(self, unit: str) -> Fraction:
        """Return the number in the unit of its column; a percent sign fits percents and indices alone."""
        if not self.percent or unit == "percent":
            return self.number
        if unit == "index":
            return self.number / 100
        raise CellError("знак процента здесь не ставится", "без знака процента")


def quote(text: str) -> str:
    r"""Return what a user wrote, safe to show: one line, cut, in quotation marks.

    Example:
        >>> quote("a\nb")
        '«a b»'
    """
    return f"«{one_line(text, LONGEST_SHOWN)}»"


def read_number(text: str) -> Figure:
    """Read one number exactly.

    Parameters:
        text: digits with an optional sign; a point or a comma before the decimals, spaces between groups of
            three, a fraction of two whole numbers, a percent sign, or an exponent up to 12.

    Returns:
        The number and how it was written.

    Raises:
        CellError: it is ambiguous, too long, has a zero denominator or too great an exponent.
        NotANumberError: it is something else.

    Source:
        Convention G1: values stay exact; the ways of writing are ours.

    Example:
        >>> read_number("1 250,50").number
        Fraction(2501, 2)
        >>> read_number("3001/12").number
        Fraction(3001, 12)
    """
    if len(written := text.strip()) > LONGEST_NUMBER:
        raise CellError(f"{quote(written)} длиннее {LONGEST_NUMBER} знаков")
    percent = written.endswith("%")
    body = written.removesuffix("%").rstrip().replace("\u2212", "-")
    if not (match := (_RATIO if "/" in body else _DECIMAL).fullmatch(body)):
        raise _explain(body, written)
    if abs(int(match.groupdict().get("exponent") or 0)) > GREATEST_EXPONENT:
        raise CellError(f"{quote(written)} — {_EXPONENT}", "без порядка")
    try:
        number = Fraction("".join(body.split()).replace(",", "."))
    except ZeroDivisionError:
        raise CellError(f"{quote(written)} — деление на ноль") from None
    return Figure(number, percent, thousands=_THOUSANDS.fullmatch(body) is not None)


def _explain(body: str, written: str) -> CellError:
    """Say what keeps the text from being a number."""
    shown = quote(written)
    if "/" not in body:
        if any(character.isdigit() and not character.isascii() for character in body):
            return CellError(f"{shown} — цифры не обычной записи", "цифрами 0-9")
        if _HUGE_EXPONENT.fullmatch(body):
            return CellError(f"{shown} — {_EXPONENT}", "без порядка")
        if _SPACED.fullmatch(body):
            return CellError(f"{shown} — пробелы стоят не между группами по три цифры", "например 12 500")
        if _GROUPED.fullmatch(body):
            what = f"{shown} — неясно, какой знак отделяет дробную часть"
            return CellError(what, "с одной точкой или запятой и пробелами между группами по три цифры")
    return NotANumberError(f"{shown} — не число")
