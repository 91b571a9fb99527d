"""Printed tables whose rows act between bounds: the annexes of marks and the scales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from toolkit.rules.notes import comma

HUNDREDTH = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Band:
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


@dataclass(frozen=True, slots=True)
class Table:
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
    return Band(
        start=Fraction(raw["from"]),
        end=Fraction(raw["to"]) if "to" in raw else None,
        low=Fraction(raw.get("low", 0)),
        high=Fraction(raw["high"]) if "high" in raw else None,
        label=raw["label"]["ru"] if "label" in raw else "",
    )
