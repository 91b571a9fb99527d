"""What readings do to one agency, laid out for a terminal."""

from collections.abc import Iterator
from itertools import chain
from textwrap import wrap

from toolkit.analysis.readings import Move, ReadingStudy, Spread
from toolkit.display.doubt import nearest_combination
from toolkit.display.numbers import amount, span, two_decimals
from toolkit.formula.notation import MINUS
from toolkit.rules.reading import Reading

WIDTH = 80
NARROWEST, WIDEST = 60, 100
_TITLE, _FIGURE = 34, 6


def readings_text(study: ReadingStudy, agency: str, width: int = WIDTH) -> str:
    """Lay out what readings do to one agency.

    Parameters:
        study: the study of a campaign.
        agency: code of the agency.
        width: columns of the terminal.

    Returns:
        The name, how far every total can go over all combinations, then what moves under each other option of
        each reading; readings that change nothing are named in one line.

    Raises:
        ToolkitError: there is no such agency.

    Source:
        Section "Readings" of the methodology.

    Example:
        >>> from toolkit import evaluate, read_campaign
        >>> study = ReadingStudy(evaluate(read_campaign("data_samples/2023")))
        >>> print(readings_text(study, "gardens-ministry").splitlines()[2])
        Итоги при всех сочетаниях прочтений
    """
    spreads = study.spreads(agency).values()
    own = next(iter(spreads)).score.agency
    lines = [*wrap(f"{own.name} ({own.code})", width), "", "Итоги при всех сочетаниях прочтений"]
    for spread in spreads:
        if spread.score.rule.total:
            lines += chain.from_iterable(_hung(line, width) for line in _reach(spread, study))
    still: list[str] = []
    for reading in study.readings(agency):
        moves = [move for move in study.moves(agency, [reading.key]) if move.moved]
        if moves:
            lines += ["", *_reading(reading, study.choice[reading.key], moves, width)]
        else:
            still.append(reading.key)
    if still:
        lines += ["", *wrap(f"Ничего не меняет: {', '.join(still)}.", width)]
    return "\n".join(lines)


def _reach(spread: Spread, study: ReadingStudy) -> Iterator[str]:
    title, now = spread.score.rule.title, amount(spread.score)
    if not spread.matters:
        yield f"  {title}: {now}, от прочтений не зависит"
        return
    yield f"  {title}: сейчас {now}; {span(spread.interval)}"
    if spread.incomplete:
        part = "при всех" if spread.incomplete == spread.combinations else "при некоторых"
        yield f"      итог неполный {part} сочетаниях: границы того, что ещё возможно"
    yield f"      наименьший: {nearest_combination(spread.lowest, study)}"
    yield f"      наибольший: {nearest_combination(spread.highest, study)}"
    yield f"      зависит от: {', '.join(spread.matters)}"


def _reading(reading: Reading, chosen: str, moves: list[Move], width: int) -> Iterator[str]:
    where = ", ".join(filter(None, [reading.register, f"пункт {reading.point}"]))
    yield from _hung(f"{reading.key} — {reading.title} ({where})", width)
    yield from _hung(f"  сейчас {chosen}: {reading.options[chosen]}", width)
    for option, meaning in reading.options.items():
        if option != chosen:
            rows = [_row(move) for move in moves if move.option == option]
            still = "" if rows else " — ничего не меняет"
            yield from _hung(f"  {option}: {meaning}{still}", width)
            yield from rows


def _row(move: Move) -> str:
    """Return a move in columns: the title, broken over lines when it is long, and the figures."""
    before, after = amount(move.before), "" if move.same else amount(move.after)
    if max(len(before), len(after)) <= _FIGURE:
        shown = f"{before:>{_FIGURE}}" + (f" → {after:>{_FIGURE}}" if after else " " * (_FIGURE + 3))
        figures = f"{shown}  {_signed(move) if after else '':<6}"
    else:
        figures = f"{before} → {after}" if after else before
    first, *rest = wrap(move.after.rule.title, _TITLE)
    row = f"    {first:<{_TITLE}}  {figures}  {_place(move)}".rstrip()
    return "\n".join([row, *(f"    {line}" for line in rest)])


def _signed(move: Move) -> str:
    if not move.change:
        return ""
    text = two_decimals(abs(move.change))
    return f"{'+' if move.change > 0 else MINUS}{text}" if text.strip("0,") else "≈ 0"


def _place(move: Move) -> str:
    places = (move.place_before, move.place_after)
    shown = dict.fromkeys("нет" if place is None else str(place.place) for place in places)
    return "" if list(shown) == ["нет"] else f"место {' → '.join(shown)}"


def _hung(line: str, width: int) -> list[str]:
    """Break a line, what follows its break two columns deeper than its beginning."""
    lead = " " * (len(line) - len(line.lstrip()) + 2)
    return wrap(line, width, subsequent_indent=lead, break_on_hyphens=False)
