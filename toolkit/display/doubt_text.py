"""What readings do to one agency, laid out for a terminal."""

from collections.abc import Iterator
from textwrap import wrap

from toolkit.analysis.combinations import outcome
from toolkit.analysis.readings import Move, ReadingStudy, Spread
from toolkit.display.doubt import amount, nearest_combination
from toolkit.display.numbers import span, two_decimals
from toolkit.formula.interval import Interval
from toolkit.formula.notation import MINUS
from toolkit.rules.reading import Reading

WIDTH = 80
NARROWEST, WIDEST = 60, 100
_TITLE, _FIGURE = 34, 6
_LEAST = "≈ 0"


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
    spreads = study.spreads(agency)
    own = next(iter(spreads.values())).score.agency
    head = f"{own.name} ({own.code})"
    lines = [*wrap(head, width), "", "Итоги при всех сочетаниях прочтений"]
    for spread in spreads.values():
        if spread.score.rule.total:
            lines += _reach(spread, study, width)
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


def _reach(spread: Spread, study: ReadingStudy, width: int) -> Iterator[str]:
    title, now = spread.score.rule.title, amount(spread.score)
    if not spread.matters:
        yield from _hung(f"{title}: {now}, от прочтений не зависит", width)
        return
    far = span(Interval(spread.low, spread.high))
    yield from _hung(f"{title}: сейчас {now}; {far}", width)
    if spread.incomplete:
        part = "при всех" if spread.incomplete == spread.combinations else "при некоторых"
        yield from _hung(f"итог неполный {part} сочетаниях: границы того, что ещё возможно", width, 6)
    for word, found in (("наименьший", spread.lowest), ("наибольший", spread.highest)):
        yield from _hung(f"{word}: {nearest_combination(found, study)}", width, 6)
    yield from _hung(f"зависит от: {', '.join(spread.matters)}", width, 6)


def _reading(reading: Reading, chosen: str, moves: list[Move], width: int) -> Iterator[str]:
    where = ", ".join(filter(None, [reading.register, f"пункт {reading.point}"]))
    yield from _hung(f"{reading.key} — {reading.title} ({where})", width, 0)
    yield from _hung(f"сейчас {chosen}: {reading.options[chosen]}", width)
    for option, meaning in reading.options.items():
        moved = [move for move in moves if move.option == option]
        if option != chosen:
            still = "" if moved else " — ничего не меняет"
            yield from _hung(f"{option}: {meaning}{still}", width)
            for move in moved:
                yield from _row(move)


def _row(move: Move) -> Iterator[str]:
    """Yield a move in columns: the title, broken over lines when it is long, and the figures."""
    before, after = amount(move.before), amount(move.after)
    if outcome(move.before) == outcome(move.after):
        after = ""
    if max(len(before), len(after)) <= _FIGURE:
        shown = f"{before:>{_FIGURE}}" + (f" → {after:>{_FIGURE}}" if after else " " * (_FIGURE + 3))
        figures = f"{shown}  {_signed(move) if after else '':<6}"
    else:
        figures = f"{before} → {after}" if after else before
    first, *rest = wrap(move.after.rule.title, _TITLE)
    yield f"    {first:<{_TITLE}}  {figures}  {_place(move)}".rstrip()
    yield from (f"    {line}" for line in rest)


def _signed(move: Move) -> str:
    if not move.change:
        return ""
    text = two_decimals(abs(move.change))
    return f"{'+' if move.change > 0 else MINUS}{text}" if text.strip("0,") else _LEAST


def _place(move: Move) -> str:
    places = (move.place_before, move.place_after)
    shown = dict.fromkeys("нет" if place is None else str(place.place) for place in places)
    return "" if list(shown) == ["нет"] else f"место {' → '.join(shown)}"


def _hung(text: str, width: int, indent: int = 2) -> list[str]:
    lead = " " * indent
    return wrap(text, width, initial_indent=lead, subsequent_indent=lead + "  ", break_on_hyphens=False)
