"""Printed tables whose rows act between bounds, the annexes of marks and the scales; marks into words."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from toolkit.rules.notes import comma

HUNDREDTH = Fraction(1, 100)


class Band(NamedTuple):
    """One printed row.

    Attributes:
        start: its lower bound, which belongs to it.
        end: its upper bound as printed, or None where the order prints «и выше».
        low: smallest mark it allows.
        high: greatest mark it allows, or None where the row gives a label.
        label: the words of a scale, or empty.
    """

    start: Fraction
    end: Fraction | None
    low: Fraction
    high: Fraction | None
    label: str

    @property
    def printed(self) -> str:
        """Return its bounds as a table prints them."""
        return f"{comma(self.start)} и выше" if self.end is None else f"{comma(self.start)}-{comma(self.end)}"

    @property
    def allowed(self) -> str:
        """Return the marks it allows, in words."""
        high = comma(self.high or Fraction(0))
        return f"ровно {high}" if self.low == self.high else f"от {comma(self.low)} до {high}"

    def allows(self, mark: Fraction) -> bool:
        """Say whether a mark may stand beside a number of this row."""
        return self.high is not None and self.low <= mark <= self.high


class Table(NamedTuple):
    """A printed table.

    Attributes:
        name: its name in the law file.
        point: points of the order.
        title: its title.
        rows: its rows, the highest first.
        kinds: kinds of КЦИ it is for.
        provenance: where it comes from.
    """

    name: str
    point: str
    title: str
    rows: tuple[Band, ...]
    kinds: tuple[str, ...] = ()
    provenance: str = "text"

    def find(self, number: Fraction, *, as_printed: bool = False) -> Band | None:
        """Return the row of a number.

        Parameters:
            number: a percent or a mean from 0 up, exact.
            as_printed: whether a row ends with the last hundredth it prints, as 44,49 does at 44,5.

        Returns:
            The row whose lower bound the number has reached; None below every row, or in a printed hole.

        Raises:
            Nothing.

        Source:
            Convention G2; the reading `band_40_45` for the hole.

        Example:
            >>> from toolkit.servants.regulation import load_regulation
            >>> load_regulation().tables["annex_4"].find(Fraction("44.7")).high
            Fraction(2, 1)
        """
        row = next((row for row in self.rows if number >= row.start), None)
        if as_printed and row is not None and row.end is not None and number >= row.end + HUNDREDTH:
            return None
        return row


def build_table(name: str, raw: Mapping[str, Any]) -> Table:
    """Return a table of its raw data."""
    rows = tuple(_band(row) for row in raw["rows"])
    return Table(name, raw["point"], raw["title"]["ru"], rows, tuple(raw.get("kinds", ())), raw["provenance"])


def _band(raw: Mapping[str, Any]) -> Band:
    end, high = (Fraction(raw[name]) if name in raw else None for name in ("to", "high"))
    label = raw["label"]["ru"] if "label" in raw else ""
    return Band(Fraction(raw["from"]), end, Fraction(raw.get("low", 0)), high, label)


def round_half_up(number: Fraction) -> Fraction:
    """Return a number from 0 up rounded to hundredths, half of one going up.

    Example:
        >>> round_half_up(Fraction("2.995"))
        Fraction(3, 1)
    """
    return (number + HUNDREDTH / 2) // HUNDREDTH * HUNDREDTH


def cut(number: Fraction, decimals: int = 2) -> Fraction:
    """Return a number cut to some decimals for showing: rounded, 2.998 would stand as 3.00 (convention G3).

    Example:
        >>> cut(Fraction("2.998"))
        Fraction(299, 100)
    """
    return Fraction(number * 10**decimals // 1, 10**decimals)


def label(mean: Fraction, scale: Table, readings: Mapping[str, str]) -> str:
    """Return the words of the order for a mean.

    Parameters:
        mean: the exact mean, from 0 to 5.
        scale: one of the three scales.
        readings: a complete choice; `scale_gaps` says whether the mean is rounded first.

    Returns:
        The label as the order prints it.

    Raises:
        Nothing.

    Source:
        Points 21 and 48 of corps A, point 8 of corps B; convention G2.

    Example:
        >>> from toolkit.servants.regulation import load_regulation
        >>> label(Fraction("2.998"), load_regulation().tables["scale_corps_a"], {"scale_gaps": "half_open"})
        'неудовлетворительно'
    """
    row = find_row(mean, scale, readings)
    return "" if row is None else row.label


def find_row(mean: Fraction, scale: Table, readings: Mapping[str, str]) -> Band | None:
    """Return the row of a scale that a mean falls into under the reading `scale_gaps`."""
    return scale.find(round_half_up(mean) if readings["scale_gaps"] == "rounded" else mean)
