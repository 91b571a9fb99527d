"""Who evaluates whom and on which form: point 17, and the delegation of point 18."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from toolkit.errors import Problem
from toolkit.servants.periods import Quarter
from toolkit.servants.records import Record, ServantFile
from toolkit.servants.regulation import Duty, Regulation, load_regulation

# The order itself mixes these letters; «Д» and «Р» are what a Russian keyboard has for D and R, and no
# category of a position has a Latin P.
_LATIN = str.maketrans("АВСДЕОРавсдеор", "ABCDEORabcdeor")
_HYPHENS = str.maketrans("–—‑−", "----")
_FORMS = {"leader": "Приложение 1", "staff": "Приложение 2"}


@cache
def normalise_grade(written: str) -> str:
    """Return a category of a position in Latin capital letters with plain hyphens.

    Parameters:
        written: the category as typed, in Latin or Cyrillic letters.

    Returns:
        The category as the law file writes it.

    Raises:
        Nothing.

    Source:
        Point 17 of corps B, which prints both «C-O-1» and «С-1».

    Example:
        >>> normalise_grade("с–о–1"), normalise_grade("Е-R-1")
        ('C-O-1', 'E-R-1')
    """
    return "".join(written.translate(_LATIN).translate(_HYPHENS).upper().split())


def find_duty(
    grade: str, role: str, *, leading: bool | None, regulation: Regulation | None = None
) -> Duty | None:
    """Return the part of point 17 that a position falls under.

    Parameters:
        grade: category of the position, in either alphabet.
        role: its role, in the words of point 17 or in those of the law file; may be empty.
        leading: whether the position is a leading one, None when that is not known.
        regulation: the order; that of 2025 when left out.

    Returns:
        The part, or None when the position says too little to tell: no category, one of those in brackets
        without a role, or one that point 17 does not name and nothing about leading.

    Raises:
        Nothing.

    Source:
        Point 17 of corps B. A leading C-1 or D-3 that the brackets do not name falls under two parts; the
        third, which names these categories, is the special one.

    Example:
        >>> find_duty("С-1", "директор департамента", leading=True).form
        'leader'
        >>> find_duty("С-1", "главный эксперт", leading=False).form
        'staff'
    """
    if not grade:
        return None
    regulation = regulation or load_regulation()
    named, known = normalise_grade(grade), _read_role(role, regulation)
    for duty in regulation.duties:
        if duty.positions:
            roles = duty.positions.get(named)
            if roles and not role.strip():
                return None
            if roles is not None and (not roles or known in roles):
                return duty
        elif leading is None:
            return None
        elif duty.leading in (False, leading):
            return duty
    return None


def _read_role(written: str, regulation: Regulation) -> str:
    """Return the role of the law file that some words name, or empty."""
    words = " ".join(written.casefold().split())
    for role, spelled in regulation.roles.items():
        # A department or a unit may be named after the words of the point.
        if words == role or any(f"{words} ".startswith(f"{phrase} ") for phrase in spelled):
            return role
    return ""


class DutyCheck:
    """Checks form and evaluator of every row against point 17, and counts the persons of each evaluator.

    Parameters:
        file: the file.
        regulation: the order.
    """

    def __init__(self, file: ServantFile, regulation: Regulation) -> None:
        self.file, self.regulation = file, regulation
        self.heads: dict[tuple[str, Quarter | None], bool] = {}
        for who, heads in _list_heads(file.records, regulation):
            # One of two positions in a quarter is enough.
            self.heads[who] = self.heads.get(who, False) or heads

    def doubt(self, record: Record) -> Iterator[Problem]:
        """Yield the warnings about one row."""
        values = record.values
        if values.get("evaluator", "") == record.servant:
            yield self._warn(record, "evaluator", "оценивающее лицо оценивает само себя")
        duty = _duty_of(values, self.regulation)
        if duty is None:
            return
        if values.get("form", duty.form) != duty.form:
            what = f"форма {values['form']}, а по пункту {duty.point} — {duty.form} ({_FORMS[duty.form]})"
            yield self._warn(record, "form", what)
        if duty.point == "17, часть третья" and values.get("leading") == "yes":
            what = (
                "руководящая должность подходит и под часть вторую, и под часть третью пункта 17: "
                "взята третья, которая называет категорию"
            )
            yield self._warn(record, "grade", what)
        who = values.get("evaluator", ""), values.get("quarter")
        if duty.evaluator == "head" and self.heads.get(who, True) is False:
            what = (
                f"оценивает {values['evaluator']}, а по пункту {duty.point} — руководитель структурного "
                "подразделения или государственного органа"
            )
            yield self._warn(record, "evaluator", what)

    def count(self, evaluated: Iterable[Record]) -> Iterator[Problem]:
        """Yield a warning for each evaluator who has more persons in a quarter than point 18 allows."""
        persons: dict[tuple[str, Quarter], set[str]] = defaultdict(set)
        first: dict[tuple[str, Quarter], Record] = {}
        for record in evaluated:
            if {"evaluator", "quarter"} <= record.values.keys():
                key = record.values["evaluator"], record.values["quarter"]
                persons[key].add(record.servant)
                first.setdefault(key, record)
        for (evaluator, quarter), found in persons.items():
            if len(found) > self.regulation.most_persons:
                what = (
                    f"у {evaluator} в {quarter} оцениваемых {len(found)}, больше "
                    f"{self.regulation.most_persons}: оценивают также определяемые им служащие (пункт 18)"
                )
                yield self._warn(first[evaluator, quarter], "evaluator", what)

    def _warn(self, record: Record, column: str, what: str) -> Problem:
        return Problem(self.file.place(record, column), what, warning=True)


def _duty_of(values: Mapping[str, str], regulation: Regulation) -> Duty | None:
    leading = {"yes": True, "no": False}.get(values.get("leading", ""))
    return find_duty(values.get("grade", ""), values.get("role", ""), leading=leading, regulation=regulation)


def _list_heads(
    records: Iterable[Record], regulation: Regulation
) -> Iterator[tuple[tuple[str, Quarter | None], bool]]:
    """Yield every servant and quarter whose position is known, and whether it heads a unit or a body."""
    heads = regulation.duties[0]
    for record in records:
        duty = _duty_of(record.values, regulation)
        if duty is not None:
            yield (record.servant, record.values.get("quarter")), duty is heads
