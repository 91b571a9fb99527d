"""The coverage of the orders as a table for a terminal: words, columns and counts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from textwrap import TextWrapper

from toolkit.analysis.coverage import KINDS, Answer, Point
from toolkit.display.words import COVERAGE

NARROWEST, WIDEST = 60, 160
_GAP = "  "


class _Text(TextWrapper):
    """Breaks a text at spaces, after a slash and after a hyphen between letters."""

    wordsep_re = re.compile(r"(\s+|(?<=/)|(?<=[^\W\d]-)(?=[^\W\d]))")


class _Name(TextWrapper):
    """Breaks the name of a test between its words."""

    wordsep_re = re.compile(r"((?<=_))")


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
    heading = _Text(width)
    tables = [
        line
        for (order, section), group in groupby(points, key=lambda point: (point.order, point.section))
        for line in (*heading.wrap(f"Приказ {order} года. {section}"), *_table(group, width), "")
    ]
    return "\n".join([*tables, *heading.wrap(count_answers(points))])


def count_answers(points: Sequence[Point]) -> str:
    """Return the counts by kind as one sentence; `planned` is counted apart."""
    answers = [answer for point in points for answer in point.answers]
    all_of = Counter(answer.kind for answer in answers)
    planned = Counter(answer.kind for answer in answers if answer.planned)
    kinds = [
        f"{COVERAGE[kind]} {all_of[kind]}" + (f" (запланировано {planned[kind]})" if planned[kind] else "")
        for kind in KINDS
        if all_of[kind]
    ]
    head = f"Пунктов: {len(points)}"
    listed = f"{head}. Ответов: {len(answers)}: {', '.join(kinds)}" if kinds else head
    return f"{listed}. Без ответа: {sum(not point.answers for point in points)}."


def _table(points: Iterable[Point], width: int) -> Iterator[str]:
    """Yield the lines of one section."""
    number, opening = min(width * 23 // 100, 24), width * 28 // 100
    widths = (number, opening, width - number - opening - 2 * len(_GAP))
    yield from _row((["Пункт"], ["Начало"], ["Ответ"]), widths)
    yield _GAP.join("─" * size for size in widths)
    before: tuple[Answer, ...] = ()
    for point in points:
        cells = _Text(number).wrap(point.number), _Text(opening).wrap(point.opening)
        yield from _row((*cells, list(_cell(point.answers, before, widths[2]))), widths)
        before = point.answers


def _row(cells: tuple[list[str], list[str], list[str]], widths: tuple[int, int, int]) -> Iterator[str]:
    for line in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(text.ljust(size) for text, size in zip(line, widths, strict=True)).rstrip()


def _cell(answers: tuple[Answer, ...], before: tuple[Answer, ...], width: int) -> Iterator[str]:
    """Yield the lines of the answers; what stands word for word in the row above is not said again."""
    if not answers:
        yield "НЕТ СТРОКИ"
    for answer in answers:
        head = COVERAGE[answer.kind] + (", запланировано" if answer.planned else "")
        head = f"{head}: {', '.join(answer.by)}" if answer.by else head
        if answer in before:
            yield from _Text(width).wrap(f"{head} (как выше)")
            continue
        yield from _Text(width).wrap(head)
        yield from _Text(width, initial_indent="  ", subsequent_indent="  ").wrap(answer.note)
        for place in filter(None, (answer.file, answer.cases, answer.test)):
            file, _, test = place.partition("::")
            yield from _Text(width, initial_indent="  → ", subsequent_indent="    ").wrap(file)
            yield from _Name(width, initial_indent="    ", subsequent_indent="    ").wrap(test)
