"""The coverage of the orders as a table for a terminal: words, columns and counts."""

from collections.abc import Sequence
from itertools import groupby

from toolkit.analysis.coverage import Point
from toolkit.display.markup import render_text

NARROWEST, WIDEST = 60, 160


def coverage_text(points: Sequence[Point], width: int) -> str:
    """Return a table of points and answers, a heading for each section and a last line of counts.

    Parameters:
        points: points of one order or of several, in the order of the text.
        width: columns of the terminal, in characters.

    Returns:
        Lines not longer than the width, which is taken between 60 and 160.

    Raises:
        Nothing.

    Source:
        The points of both orders.

    Example:
        >>> coverage_text([], 80)
        'Пунктов: 0. Без ответа: 0.'
    """
    width = min(max(width, NARROWEST), WIDEST)
    sections = groupby(points, key=lambda point: (point.order, point.section))
    tables = [(section, list(group)) for section, group in sections]
    return render_text("coverage", tables=tables, points=points, width=width)


def count_answers(points: Sequence[Point]) -> str:
    """Return the counts by kind as one sentence; `planned` is counted apart."""
    return render_text("coverage_counts", points=points)
