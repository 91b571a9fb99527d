"""The chart of what readings could do: how far below and above its present points a score can go."""

from typing import Any

from toolkit.analysis.readings import ReadingStudy, Spread
from toolkit.display.doubt import depending, nearest_combination
from toolkit.display.drawing import Chart, draw
from toolkit.display.numbers import amount, span, two_decimals


def doubt_chart(study: ReadingStudy, agency: str) -> Chart | None:
    """Draw how far the totals of an agency, and the indicators that readings move, can go.

    Parameters:
        study: the study of a campaign.
        agency: code of the agency.

    Returns:
        The chart: for each score a line from its lowest to its highest points over all combinations of
        readings, measured from the present ones, where a mark stands; None where no reading moves any score.

    Raises:
        ToolkitError: there is no such agency.

    Source:
        Section "Readings" of the methodology.

    Example:
        >>> from toolkit import evaluate, read_campaign
        >>> study = ReadingStudy(evaluate(read_campaign("tests/samples/drawn_2023")))
        >>> doubt_chart(study, "gardens-ministry").to_dict()["title"]["text"]
        'Итог «Управление персоналом» зависит от прочтений: от 65,81 до 70,30 балла'
    """
    spreads = depending(study, agency)
    if not any(it.matters for it in spreads):
        return None
    rows = [_line(number, it, study) for number, it in enumerate(spreads)]
    return draw("doubt", spreads=spreads, rows=rows)


def _line(number: int, spread: Spread, study: ReadingStudy) -> dict[str, Any]:
    title, shown, ends = spread.score.rule.title, amount(spread.score), (spread.low, spread.high)
    # An open end is open under every reading.
    pairs = zip(ends, spread.score.interval or ends, strict=True)
    start, end = (0.0 if bound == now else float(bound - now) for bound, now in pairs)
    low, high = map(two_decimals, ends)
    far = span(spread.interval) if spread.matters else "не зависит"
    return {
        "row": number,
        "label": title,
        # Where readings decide what is open, its ends may stay where they are: no line then shows them.
        "line": f"{shown}  {title}" + ("" if start or end else f": {far}"),
        "said": f"{title}: сейчас {shown}, {far}",
        "start": start,
        "end": end,
        "now": 0,
        "shown": shown,
        "ends": [low, high],
        "below": low if start else "",
        "above": high if end else "",
        "lowest": nearest_combination(spread.lowest, study),
        "highest": nearest_combination(spread.highest, study),
    }
