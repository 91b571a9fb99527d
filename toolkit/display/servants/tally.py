"""How many servants got which label in which period, as far as it may be shown."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from toolkit.analysis.servants import Outcome
from toolkit.display.servants.withholding import Audience
from toolkit.servants.bands import Table
from toolkit.servants.decision import EVALUATED, NOT_ELIGIBLE

NOT_HELD, NOT_ACCEPTED, HIDDEN = "оценка не проводилась", "не принято", "скрыто"
TOGETHER = "остальные вместе"
_PERIOD = re.compile("[0-9]{4}(Q[1-4])?", re.ASCII)
_LONG = "Выполняет функциональные обязанности "


class Tally(NamedTuple):
    """One period.

    Attributes:
        period: `2025Q3` or `2025`, or empty when it is not known.
        whole: how many servants the data have in it.
        shown: the same in words that may be read.
        counts: how many got each label, were not evaluated or not accepted; None where that is withheld.
    """

    period: str
    whole: int
    shown: str
    counts: Mapping[str, int | None]

    @property
    def whole_told(self) -> bool:
        """Say whether every group is told apart."""
        return None not in self.counts.values()

    @property
    def together(self) -> int:
        """Return how many stand in the groups that are told together, 0 where there are none."""
        told = [count for count in self.counts.values() if count is not None]
        return self.whole - sum(told) if told else 0


def tally(found: Iterable[Outcome], scale: Table, audience: Audience) -> Iterator[Tally]:
    """Yield the counts of the outcomes of each period.

    Parameters:
        found: outcomes of one agency.
        scale: the labels, from the highest.
        audience: who reads the counts.

    Returns:
        The periods by time, a year after its quarters.

    Raises:
        Nothing.

    Source:
        Points 21 and 48 of corps A, point 8 of corps B.

    Example:
        >>> list(tally([], Table("", "", "", ()), Audience()))
        []
    """
    periods: dict[str, Counter[str]] = {}
    for outcome in found:
        periods.setdefault(known_period(outcome.period), Counter())[group_of(outcome)] += 1
    if len(periods) > 1:
        # Rows whose period is not read stand in the list of what was not accepted.
        periods.pop("", None)
    groups = [*(short(row.label) for row in scale.rows), NOT_HELD, NOT_ACCEPTED]
    # A year stands after its quarters.
    for period in sorted(periods, key=lambda period: period.ljust(len("2025Q1"), "~")):
        counted, whole = periods[period], periods[period].total()
        sizes = {group: counted[group] for group in groups}
        yield Tally(period, whole, audience.count(whole, whole), audience.counts(sizes))


def known_period(period: str) -> str:
    """Return a period, or an empty text where it is none.

    Example:
        >>> known_period("2025Q3"), known_period("«2025Q9»")
        ('2025Q3', '')
    """
    return period if _PERIOD.fullmatch(period) else ""


def group_of(outcome: Outcome) -> str:
    """Return the group of an outcome: its label in short, or what was decided instead."""
    if outcome.decision.status == EVALUATED:
        return short(outcome.decision.label)
    return NOT_HELD if outcome.decision.status == NOT_ELIGIBLE else NOT_ACCEPTED


def short(label: str) -> str:
    """Return a label of corps B without the words that all of them share.

    Example:
        >>> short("Выполняет функциональные обязанности надлежащим образом")
        'надлежащим образом'
    """
    return label.removeprefix(_LONG)


def name_period(period: str) -> str:
    """Return a period in words.

    Example:
        >>> name_period("2025Q3"), name_period("2025")
        ('III квартал 2025 года', '2025 год')
    """
    year, _, quarter = known_period(period).partition("Q")
    if quarter:
        return f"{('I', 'II', 'III', 'IV')[int(quarter) - 1]} квартал {year} года"
    return f"{year} год" if year else "период не разобран"
