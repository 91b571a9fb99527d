"""The charts of servants: shares of labels, what annexes 4 and 5 allow, the scale of corps B with caps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from toolkit.analysis.servants import Outcome
from toolkit.display.drawing import Chart, draw
from toolkit.display.numbers import points
from toolkit.display.servants.tally import HIDDEN, NOT_ACCEPTED, NOT_HELD, TOGETHER, Tally, name_period, short
from toolkit.servants.agreement import Kpi
from toolkit.servants.bands import Table

# From the best label down; each is darker or lighter than its neighbour, so grey print keeps them apart.
LABELS = ("#1b7f5c", "#6fb7d6", "#e2b33c", "#c2571a")
_OTHERS = {NOT_HELD: "#c3ccd5", NOT_ACCEPTED: "#66727f", TOGETHER: "#9aa5b1", HIDDEN: "#eef1f4"}


def shares_chart(found: Sequence[Tally], scale: Table) -> Chart:
    """Draw the share of each label in each period.

    Parameters:
        found: the counts; what is withheld is drawn as one grey part.
        scale: the labels, from the highest.

    Returns:
        One bar for each period, from the highest label to what was not evaluated.

    Raises:
        Nothing.

    Source:
        Points 21 and 48 of corps A, point 8 of corps B.

    Example:
        >>> shares_chart.__name__
        'shares_chart'
    """
    colours = dict(zip([short(row.label) for row in scale.rows], LABELS, strict=False)) | _OTHERS
    bars = [(one, list(_parts(one))) for one in found]
    drawn = {part["group"] for _, parts in bars for part in parts}
    used = {group: colour for group, colour in colours.items() if group in drawn}
    said = [_said(one) for one in found]
    return draw("shares", bars=bars, used=used, said=said, hidden=HIDDEN, name_period=name_period)


def _parts(one: Tally) -> Iterator[dict[str, Any]]:
    """Yield the parts of one bar; what is withheld stands last, as one."""
    sizes = {group: count for group, count in one.counts.items() if count}
    hidden = one.whole - sum(sizes.values())
    if hidden:
        sizes[TOGETHER if one.together else HIDDEN] = hidden
    start = Fraction(0)
    for group, count in sizes.items():
        share = Fraction(100 * count, one.whole)
        yield {"group": group, "count": count, "share": share, "start": start, "end": start + share}
        start += share


def _said(one: Tally) -> str:
    parts = (f"{group} {HIDDEN if count is None else count}" for group, count in one.counts.items())
    return f"{name_period(one.period)}: " + ", ".join(parts)


def allowed_chart(tables: Sequence[Table], kpis: Iterable[Kpi]) -> Chart:
    """Draw what annexes 4 and 5 allow for each percent, and the marks that were given.

    Parameters:
        tables: annex 4 and annex 5.
        kpis: rows of sheets whose marks may be shown; none on a page for everybody.

    Returns:
        A line of maxima, a staircase of ranges, a dot for each mark.

    Raises:
        Nothing.

    Source:
        Point 19, annexes 4 and 5 of corps A.

    Example:
        >>> allowed_chart.__name__
        'allowed_chart'
    """
    most, ranged = tables
    marked = [kpi for kpi in kpis if kpi.percent is not None and kpi.mark is not None]
    wrong = [kpi.band is None or not kpi.band.allows(kpi.mark or Fraction(0)) for kpi in marked]
    return draw("allowed", most=most, ranged=ranged, marked=marked, wrong=wrong, colour=LABELS[1])


def scale_chart(scale: Table, caps: Mapping[str, Fraction], found: Sequence[Outcome], capped: str) -> Chart:
    """Draw the scale of corps B with the caps of sanctions, and the marks that may be shown.

    Parameters:
        scale: the labels, from the highest.
        caps: name of each sanction group with its cap.
        found: evaluated outcomes; none on a page for everybody.
        capped: what the caps limit under the chosen reading, in words.

    Returns:
        Coloured bands, a dashed line for each cap, a lane of dots for each period.

    Raises:
        Nothing.

    Source:
        Point 8 and row 5 of annexes 1 and 2 of corps B.

    Example:
        >>> scale_chart.__name__
        'scale_chart'
    """
    limits = [points(cap) for cap in caps.values()]
    told = [f"{short(row.label)}: {row.printed}" for row in scale.rows]
    shown = {"scale": scale, "caps": caps, "found": found, "capped": capped, "colours": LABELS}
    said = {"limits": limits, "told": told, "name_period": name_period, "short": short}
    return draw("scale", **shown, **said)
