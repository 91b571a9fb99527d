"""Numbers as a Russian reader expects them: decimal comma, thousands apart, words in the right case."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from toolkit.formula.interval import Bound, Interval
from toolkit.formula.notation import MINUS
from toolkit.rules.outcome import Score

_CENT = Decimal("0.01")
_FEW, _TEENS = range(2, 5), range(11, 15)


def points(value: Bound) -> str:
    """Return points with two decimals, rounded half up; a whole number has none.

    Parameters:
        value: exact points, or an infinite bound.

    Returns:
        The text, for example `3,75`.

    Raises:
        Nothing.

    Source:
        Convention G3.

    Example:
        >>> points(Fraction(15, 4)), points(Fraction(43, 10)), points(Fraction(30))
        ('3,75', '4,30', '30')
    """
    text = two_decimals(value)
    return text.removesuffix(",00") if value % 1 == 0 else text


def two_decimals(value: Bound) -> str:
    """Return points with both decimals, so that they stand one under another.

    Example:
        >>> two_decimals(Fraction(30)), two_decimals(Fraction(15, 2))
        ('30,00', '7,50')
    """
    if isinstance(value, float):
        return "∞" if value > 0 else f"{MINUS}∞"
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{abs(exact.quantize(_CENT, ROUND_HALF_UP)):f}".replace(".", ",")
    return (MINUS if value < 0 and text.strip("0,") else "") + text


def signed(change: Bound | None) -> str:
    """Return a gain or a loss of points with its sign; what cannot be computed has none."""
    return "не вычисляется" if change is None else ("+" if change > 0 else "") + two_decimals(change)


def span(interval: Interval) -> str:
    """Return an interval in words: from the lowest to the highest points, with the word for points."""
    if isinstance(interval.high, float):
        return f"от {points(interval.low)} балла без верхней границы"
    return f"от {points(interval.low)} до {points(interval.high)} {genitive(interval.high)}"


def genitive(value: Fraction) -> str:
    """Return the word for points after «до», «от» and «из»."""
    return "балла" if value.denominator > 1 else plural(int(value), "балла", "баллов", "баллов")


def amount(score: Score) -> str:
    """Return the points of a score, or what it can still be, as a figure of a column."""
    if score.points is not None:
        return two_decimals(score.points)
    if score.status == "partial" and score.interval is not None:
        return f"{two_decimals(score.interval.low)} – {two_decimals(score.interval.high)}"
    return "—" if score.status == "not_applicable" else "нет данных"


def value_of(score: Score) -> str:
    """Return the same where an interval is said in words."""
    return span(score.interval) if score.status == "partial" and score.interval else amount(score)


def plural(count: int, one: str, few: str, many: str) -> str:
    """Return the word that goes with a count.

    Example:
        >>> [plural(n, "балл", "балла", "баллов") for n in (1, 3, 5, 12, 21)]
        ['балл', 'балла', 'баллов', 'баллов', 'балл']
    """
    if count % 100 in _TEENS:
        return many
    if count % 10 == 1:
        return one
    return few if count % 10 in _FEW else many


def points_of(value: Fraction) -> str:
    """Return points with their word: `1 балл`, `2,5 балла`, `7 баллов`."""
    return f"{points(value)}\u00a0{points_word(value)}"


def points_word(value: Fraction) -> str:
    """Return the word that goes with a number of points."""
    return "балла" if value.denominator > 1 else plural(int(abs(value)), "балл", "балла", "баллов")
