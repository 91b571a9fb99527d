"""Marks into words: rounding half up, and the label of a mean under the reading `scale_gaps`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from toolkit.servants.bands import HUNDREDTH, Table


def round_half_up(number: Fraction) -> Fraction:
    """Return a number from 0 up rounded to hundredths, half of one going up.

    Example:
        >>> round_half_up(Fraction("2.995"))
        Fraction(3, 1)
    """
    return floor(number / HUNDREDTH + Fraction(1, 2)) * HUNDREDTH


def cut(number: Fraction) -> Fraction:
    """Return a mean cut to hundredths for showing, so that 2.998 never stands as 3.00 (convention G3).

    Example:
        >>> cut(Fraction("2.998"))
        Fraction(299, 100)
    """
    return floor(number / HUNDREDTH) * HUNDREDTH


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
    compared = round_half_up(mean) if readings["scale_gaps"] == "rounded" else mean
    row = scale.find(compared)
    return "" if row is None else row.label
