"""Coverage: every point and annex of an order with what answers it, so that nothing is passed over."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from toolkit.errors import ToolkitError, nearest
from toolkit.rules.fields import Fields
from toolkit.rules.loader import AGENCIES_2023, SERVANTS_2025, load_methodology, read_toml

KINDS = ("rule", "form", "deadline", "procedure", "excluded", "changed_in_kazakh_only", "absent", "no_rule")
# The folder of rules of each order.
ORDERS = {"2023": AGENCIES_2023, "2025": SERVANTS_2025}
_LOOKED_UP = ("file", "cases", "test")
_ANSWER_FIELDS = ("part", "points", "answer", "planned", "by", *_LOOKED_UP, "note")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a point.

    Attributes:
        kind: one of `KINDS`.
        planned: a later release will answer; nothing of it exists yet.
        by: codes of the rules that answer.
        file: what holds the answer, from the root of the project, or empty.
        cases: file of worked cases, or empty.
        test: file and name of a test, with `::` between them, or empty.
        note: how the point is answered or why it is not, one sentence.
    """

    kind: str
    planned: bool
    by: tuple[str, ...]
    file: str
    cases: str
    test: str
    note: str


class Point(NamedTuple):
    """One point, subpoint, note or annex of an order.

    Attributes:
        order: year of the order.
        part: `order` for the order itself, else the document it approves or changes.
        section: title of the section it stands in.
        number: the point as it is cited, unique in its part.
        opening: the words it begins with.
        answers: what answers it; empty when the point was passed over.
    """

    order: str
    part: str
    section: str
    number: str
    opening: str
    answers: tuple[Answer, ...] = ()


def load_coverage(order: str, folder: Traversable | None = None) -> tuple[Point, ...]:
    """Load every point of an order, each with its answers.

    Parameters:
        order: year of the order, `2023` or `2025`.
        folder: where the lists lie; those of the package unless another folder is given.

    Returns:
        The points in the order of the text.

    Raises:
        ToolkitError: an unknown order, or a mistake in the lists; the message names the file and the row.

    Source:
        The points of both orders.

    Example:
        >>> point = next(point for point in load_coverage("2023") if point.number == "45-1")
        >>> point.answers[0].by
        ('internship',)
    """
    if order not in ORDERS:
        raise ToolkitError(f"нет приказа «{order}»{nearest(order, ORDERS)}", ", ".join(ORDERS))
    folder = folder or files("toolkit") / "law" / "coverage"
    points = _read_points(order, folder / f"points_{order}.toml")
    codes = load_methodology(ORDERS[order]).rules
    answers: dict[tuple[str, str], list[Answer]] = {key: [] for key in points}
    path = folder / f"answers_{order}.toml"
    whole = Fields(read_toml(path), path.name, ("answers",))
    for fields in _read_tables(whole, "answers", "ответ", _ANSWER_FIELDS):
        answer = _read_answer(fields, codes)
        for key in _read_keys(fields, points):
            answers[key].append(answer)
    for found in answers.values():
        # What exists comes before what is planned.
        found.sort(key=lambda answer: answer.planned)
    return tuple(point._replace(answers=tuple(answers[key])) for key, point in points.items())


def _read_points(order: str, path: Traversable) -> dict[tuple[str, str], Point]:
    found: dict[tuple[str, str], Point] = {}
    whole = Fields(read_toml(path), path.name, ("sections",))
    for section in _read_tables(whole, "sections", "раздел", ("part", "title", "points")):
        part, title = section.text("part"), section.text("title")
        for fields in _read_tables(section, "points", "строка", ("point", "opening")):
            point = Point(order, part, title, fields.text("point"), fields.text("opening"))
            if (part, point.number) in found:
                raise fields.mistake(f"пункт «{point.number}» назван дважды")
            found[part, point.number] = point
    return found


def _read_tables(fields: Fields, key: str, called: str, known: Collection[str]) -> Iterator[Fields]:
    """Yield the tables of a list, each knowing its place by its number."""
    found = fields.need(key)
    if not (isinstance(found, list) and all(isinstance(item, dict) for item in found)):
        raise fields.mistake(f"поле {key} — не список таблиц")
    for number, raw in enumerate(found, start=1):
        yield Fields(raw, f"{fields.place}, {called} {number}", known)


def _read_keys(fields: Fields, points: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    part = fields.one_of("part", fields.text("part"), list(dict.fromkeys(part for part, _ in points)))
    known = [number for other, number in points if other == part]
    return [(part, number) for number in _read_words(fields, "points", known, "пункт")]


def _read_words(fields: Fields, key: str, known: Collection[str], title: str) -> tuple[str, ...]:
    """Return a list of known words; each may stand in it once."""
    words = fields.need(key)
    if not (isinstance(words, list) and words and all(isinstance(word, str) for word in words)):
        raise fields.mistake(f"поле {key} — не список текстов")
    for word in words:
        if word not in known:
            raise fields.mistake(f"неизвестный {title} «{word}»{nearest(word, known)}")
        if words.count(word) > 1:
            raise fields.mistake(f"{title} «{word}» назван дважды")
    return tuple(words)


def _read_answer(fields: Fields, codes: Collection[str]) -> Answer:
    kind = fields.one_of("answer", fields.text("answer"), KINDS)
    planned = fields.raw.get("planned", False)
    if not isinstance(planned, bool):
        raise fields.mistake("поле planned — не true и не false")
    by = _read_words(fields, "by", codes, "код правила") if "by" in fields else ()
    file, cases, test = (fields.text(key, "") for key in _LOOKED_UP)
    if planned and (file or cases or test):
        raise fields.mistake("запланированного еще нет: файла, случаев и теста у него быть не может")
    if kind == "rule" and not planned and not (by or file):
        raise fields.mistake("не названо правило", "by с кодом правила, file с данными либо planned = true")
    return Answer(kind, planned, by, file, cases, test, fields.text("note"))
