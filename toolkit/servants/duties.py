"""Who evaluates whom and on which form: point 17, and the delegation of point 18."""

from collections.abc import Iterable, Iterator
from functools import cache, partial

from toolkit.errors import Problem
from toolkit.intake.gathering import gather
from toolkit.servants.periods import Quarter
from toolkit.servants.records import Record, ServantFile
from toolkit.servants.regulation import Duty, Regulation, load_regulation

# The order itself mixes these letters; «Д» and «Р» are what a Russian keyboard has for D and R, and no
# category of a position has a Latin P.
_LATIN = str.maketrans("АВСДЕОРавсдеор–—‑−", "ABCDEORabcdeor----")


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
    return "".join(written.translate(_LATIN).upper().split())


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
        if words == role or f"{words} ".startswith(tuple(f"{phrase} " for phrase in spelled)):
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
        # Whether each servant whose position is known heads a unit or a body in a quarter.
        self.heads: dict[tuple[str, Quarter | None], bool] = {}
        for record in file.records:
            if duty := _duty_of(record, regulation):
                who = record.servant, record.values.get("quarter")
                # One of two positions in a quarter is enough.
                self.heads[who] = self.heads.get(who, False) or duty is regulation.duties[0]

    def doubt(self, record: Record) -> Iterator[Problem]:
        """Yield the warnings about one row."""
        values, warn = record.values, partial(self.file.warn, record)
        if (evaluator := values.get("evaluator", "")) == record.servant:
            yield warn("evaluator", "оценивающее лицо оценивает само себя")
        if not (duty := _duty_of(record, self.regulation)):
            return
        if values.get("form", duty.form) != duty.form:
            said = f"{duty.form} ({self.regulation.forms[duty.form].point})"
            yield warn("form", f"форма {values['form']}, а по пункту {duty.point} — {said}")
        if duty.point == "17, часть третья" and values.get("leading") == "yes":
            what = "руководящая должность подходит и под часть вторую, и под часть третью пункта 17"
            yield warn("grade", f"{what}: взята третья, которая называет категорию")
        if duty.evaluator == "head" and not self.heads.get((evaluator, values.get("quarter")), True):
            who = "руководитель структурного подразделения или государственного органа"
            yield warn("evaluator", f"оценивает {evaluator}, а по пункту {duty.point} — {who}")

    def count(self, evaluated: Iterable[Record]) -> Iterator[Problem]:
        """Yield a warning for each evaluator who has more persons in a quarter than point 18 allows."""
        most, told = self.regulation.most_persons, ("evaluator", "quarter")
        known = (record for record in evaluated if {*told} <= record.values.keys())
        sheets = gather(known, lambda record: tuple(record.values[name] for name in told))
        for (evaluator, quarter), records in sheets.items():
            if (persons := len({record.servant for record in records})) > most:
                what = f"у {evaluator} в {quarter} оцениваемых {persons}, больше {most}"
                others = "оценивают также определяемые им служащие (пункт 18)"
                yield self.file.warn(records[0], "evaluator", f"{what}: {others}")


def _duty_of(record: Record, regulation: Regulation) -> Duty | None:
    grade, role, leading = (record.values.get(name, "") for name in ("grade", "role", "leading"))
    return find_duty(grade, role, leading={"yes": True, "no": False}.get(leading), regulation=regulation)
