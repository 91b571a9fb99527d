"""What another reading would do to a score, in words."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from toolkit.analysis.readings import Move, ReadingStudy, Spread
from toolkit.display.numbers import amount, points
from toolkit.display.words import DIRECTIONS
from toolkit.rules.outcome import Score

_POINT = re.compile(r"\d[\d-]*")
_OPEN = "неполный: "


def doubts(score: Score, study: ReadingStudy) -> tuple[str, ...]:
    """Say what every other option of the readings of a rule would do to its score and to the total.

    Parameters:
        score: a score of the campaign.
        study: the study of that campaign.

    Returns:
        A sentence for each other option of every reading that moves the score, the total of its direction or
        the place of that total; none for a score that is not of the campaign.

    Raises:
        Nothing.

    Source:
        Section "Readings" of the methodology.

    Example:
        >>> from toolkit import evaluate, read_campaign
        >>> scores = evaluate(read_campaign("tests/samples/drawn_2023"))
        >>> score = scores.find("gardens-ministry", "contest_transparency")
        >>> doubts(score, ReadingStudy(scores))[1][:68]
        'При другом прочтении пункта 48 (произведение долей) балл 4,17 вместо'
    """
    if not study.knows(score):
        return ()
    said: list[str] = []
    codes = score.code, score.rule.direction
    for key in score.rule.readings:
        moves = (move for move in study.moves(score.agency.code, [key]) if move.after.code in codes)
        told = [list(of_option) for _, of_option in groupby(moves, key=lambda move: move.option)]
        if any(_matters(of_option) for of_option in told):
            said += [_sentence(of_option) for of_option in told]
    return tuple(said)


def depending(study: ReadingStudy, agency: str) -> list[Spread]:
    """Return the spreads that are shown of an agency: every total, and each indicator that readings move.

    A total stands before what it puts together.
    """
    spreads = study.spreads(agency)
    ordered = (spread for direction in DIRECTIONS for spread in _from(direction, spreads))
    return [spread for spread in ordered if spread.score.rule.total or spread.matters]


def switched(choice: Mapping[str, str], study: ReadingStudy) -> list[str]:
    """Return what differs in a combination from the choice in force, as `KEY=OPTION`."""
    return [f"{key}={option}" for key, option in choice.items() if option != study.choice[key]]


def nearest_combination(found: tuple[Mapping[str, str], ...], study: ReadingStudy) -> str:
    """Return what is to be switched to reach an end of a spread, and how many other ways there are."""
    changes = switched(found[0], study)
    more = f" (и ещё сочетаний: {len(found) - 1})" if len(found) > 1 and changes else ""
    return f"{', '.join(changes)}{more}" if changes else "как сейчас"


def _from(code: str, spreads: Mapping[str, Spread]) -> Iterator[Spread]:
    """Yield a spread and, after it, those of everything that the score puts together."""
    if code in spreads:
        yield spreads[code]
        for child in spreads[code].score.rule.children:
            yield from _from(child, spreads)


def _matters(moves: list[Move]) -> bool:
    """Say whether an option is worth a sentence: of places only that of the total is told."""
    return any(not move.same or (_is_total(move) and move.place_change) for move in moves)


def _sentence(moves: list[Move]) -> str:
    """Say what one option does to the score and to the total of its direction, whichever of them there is."""
    reading, option = moves[0].reading, moves[0].option
    point = _POINT.match(reading.point)
    head = f"При другом прочтении{f' пункта {point[0]}' if point else ''} ({reading.options[option]})"
    places = [_place(move) for move in moves if _is_total(move)]
    return ", ".join(filter(None, [f"{head} {_changes(moves)}", *places])) + "."


def _changes(moves: list[Move]) -> str:
    named = [("итог" if _is_total(move) else "балл", move) for move in moves]
    if all(move.same for move in moves):
        names = " и ".join(name for name, _ in named)
        return f"{names} не меняются" if len(named) > 1 else f"{names} не меняется"
    return "; ".join(_change(name, move) for name, move in named)


def _is_total(move: Move) -> bool:
    return move.after.rule.level == "direction"


def _change(name: str, move: Move) -> str:
    if move.same:
        return f"{name} не меняется"
    before, after = _value(move.before), _value(move.after)
    if amount(move.before) == amount(move.after):
        return f"{name} почти не меняется ({after})"
    if move.before.status == move.after.status or move.change is not None:
        return f"{name} {after} вместо {before.removeprefix(_OPEN)}"
    return f"{name} {after} (сейчас {before})"


def _value(score: Score) -> str:
    if score.points is not None:
        return points(score.points)
    if score.status == "partial" and score.interval is not None:
        return f"{_OPEN}{points(score.interval.low)} – {points(score.interval.high)}"
    return "не вычисляется без недостающих данных" if score.lacks else "не вычисляется"


def _place(total: Move) -> str:
    """Say the new place, unless the total and its place are the same or there is none to speak of."""
    before, after = total.place_before, total.place_after
    if not total.moved or (before is None and after is None):
        return ""
    if after is None:
        return "места нет"
    if before is None:
        return f"место {after.place}-е из {after.among}"
    if before == after:
        return "место прежнее"
    among = "" if before.among == after.among else f" из {after.among}"
    return f"место {after.place}-е{among} вместо {before.place}-го из {before.among}"
