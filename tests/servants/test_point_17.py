"""Points 17 and 18 of corps B: who evaluates whom on which form, written anew from the text of the order."""

import pytest

from tests.servants.tables import HEAD_B, MORE_B, evaluate_b, make_b, write_csv
from toolkit.servants.corps_b import evaluate_corps_b
from toolkit.servants.duties import find_duty, normalise_grade
from toolkit.servants.records import CORPS_B, read_servants

# Part one, word for word.
NAMED = ("B-1", "D-1", "C-O-1", "D-O-1", "D-R-1", "C-R-1", "E-1", "E-2", "E-R-1")
IN_BRACKETS = {
    "C-1": ("заместитель председателя Комитета центрального исполнительного органа", "директор департамента"),
    "D-3": ("руководитель структурного подразделения",),
}
OTHER_ROLES = ("главный эксперт", "руководитель управления", "советник", "заместитель директора департамента")
# Categories of the register that point 17 does not name.
OTHERS = (
    "B-2",
    "C-2",
    "C-3",
    "C-4",
    "C-5",
    "C-O-2",
    "C-O-3",
    "C-R-2",
    "D-2",
    "D-4",
    "D-5",
    "D-O-2",
    "E-3",
    "E-R-2",
)
LOOK_ALIKE = str.maketrans("BCEO", "ВСЕО")
SOUND_ALIKE = str.maketrans("D", "Д")
DIRECT, HEAD = "direct", "head"


def list_positions():
    """Yield every position with its duty: grade, role, leading, evaluator, form."""
    for leading in (True, False, None):
        for grade in NAMED:
            yield grade, "", leading, DIRECT, "leader"
        for grade, roles in IN_BRACKETS.items():
            yield from ((grade, role, leading, DIRECT, "leader") for role in roles)
            yield from ((grade, role, leading, DIRECT, "staff") for role in OTHER_ROLES)
    for grade in OTHERS:
        yield grade, "", True, HEAD, "leader"
        yield grade, "", False, HEAD, "staff"


POSITIONS = list(list_positions())


def spell(grade):
    """Yield a category as people write it: in either alphabet, in small letters, with other hyphens."""
    cyrillic = grade.translate(LOOK_ALIKE)
    yield from (grade, cyrillic, cyrillic.translate(SOUND_ALIKE))
    yield from (grade.lower(), cyrillic.lower(), cyrillic.translate(SOUND_ALIKE).lower())
    yield from (grade.replace("-", "–"), grade.replace("-", "‑"), grade.replace("-", " - "))
    # Only the first letter from the other alphabet, as the order prints «С-1».
    yield grade[0].translate(LOOK_ALIKE) + grade[1:]


@pytest.mark.parametrize(("grade", "role", "leading", "evaluator", "form"), POSITIONS)
def test_a_position_has_the_form_and_the_evaluator_of_point_17(grade, role, leading, evaluator, form):
    for written in spell(grade):
        for words in (role, role.upper(), f"  {role.replace(' ', '  ')} "):
            duty = find_duty(written, words, leading=leading)
            assert (duty.evaluator, duty.form) == (evaluator, form), (written, words)


@pytest.mark.parametrize("grade", [*NAMED, *IN_BRACKETS, *OTHERS])
def test_every_spelling_of_a_category_is_one_category(grade):
    assert {normalise_grade(written) for written in spell(grade)} == {grade}


@pytest.mark.parametrize("grade", ["C-R-1", "D-R-1", "E-R-1"])
def test_a_category_typed_wholly_on_a_russian_keyboard_is_known(grade):
    # No category has a Latin P, so the Cyrillic «Р» can only stand for R, as «Д» stands for D.
    written = grade.translate(LOOK_ALIKE).translate(SOUND_ALIKE).replace("R", "Р")
    assert normalise_grade(written) == grade
    assert find_duty(written, "", leading=None).form == "leader"


def test_a_position_that_says_too_little_is_judged_by_nothing():
    assert find_duty("", "директор департамента", leading=True) is None
    assert find_duty("C-4", "", leading=None) is None


def evaluate(tmp_path, rows):
    path = write_csv(tmp_path / "b.csv", (*HEAD_B, *MORE_B), rows)
    return {row["servant"]: row for row in evaluate_b(path) if "Q" in row["period"]}


def make_positions():
    for number, (grade, role, leading, _, form) in enumerate(POSITIONS):
        words = {True: "yes", False: "no", None: ""}[leading]
        for given in ("leader", "staff"):
            cells = {"grade": grade.translate(LOOK_ALIKE), "role": role, "leading": words, "form": given}
            servant = f"{number}-{given}"
            yield (
                make_b(["2025Q3 5 5 5 5 5 none"], servant=servant, evaluator=f"e-{number}-{given}", **cells)[
                    0
                ],
                (given != form),
            )


def test_a_wrong_form_is_a_warning_and_changes_no_mark(tmp_path):
    made = list(make_positions())
    found = evaluate(tmp_path, [row for row, _ in made])
    for row, wrong in made:
        result = found[row["servant"]]
        assert (result["status"], result["exact"]) == ("evaluated", "5")
        assert ("столбец form: предупреждение: форма" in result["problems"]) == wrong, row
    assert sum(wrong for _, wrong in made) == len(POSITIONS)


def test_a_warning_names_the_form_and_the_part_of_the_point(tmp_path):
    rows = make_b(["2025Q3 5 5 5 5 5 none"], grade="С-1", role="главный эксперт", form="leader")
    said = evaluate(tmp_path, rows)["b1"]["problems"]
    assert "b.csv, строка 2, столбец form: предупреждение: форма leader" in said
    assert "17, часть третья" in said
    assert "staff (Приложение 2)" in said


@pytest.mark.parametrize(("grade", "role"), [("С-1", "советник"), ("D-3", "руководитель отдела")])
def test_a_leading_position_that_fits_two_parts_is_told(grade, role, tmp_path):
    rows = make_b(["2025Q3 5 5 5 5 5 none"], grade=grade, role=role, leading="yes", form="staff")
    said = evaluate(tmp_path, rows)["b1"]["problems"]
    assert "под часть вторую, и под часть третью" in said
    assert "предупреждение" in said


EVALUATORS = [
    ("D-1", "", "", False),
    ("С-1", "директор департамента", "", False),
    ("С-1", "главный эксперт", "", True),
    ("E-R-1", "", "", False),
    ("C-3", "", "yes", True),
    ("C-4", "", "no", True),
]


@pytest.mark.parametrize("evaluator", EVALUATORS, ids=lambda one: " ".join(map(str, one)))
@pytest.mark.parametrize("evaluated", ["C-4", "D-1"])
def test_only_a_head_evaluates_those_whom_point_17_gives_to_a_head(evaluator, evaluated, tmp_path):
    grade, role, leading, wrong = evaluator
    # D-1 is for the direct superior, whoever that is; C-4 for the head of the unit or body (point 3).
    form = "leader" if evaluated == "D-1" else "staff"
    rows = [
        *make_b(["2025Q3 5 5 5 5 5 none"], grade=evaluated, leading="no", form=form, evaluator="e"),
        *make_b(["2025Q3 5 5 5 5 5 none"], servant="e", grade=grade, role=role, leading=leading),
    ]
    found = evaluate(tmp_path, rows)["b1"]
    assert ("столбец evaluator: предупреждение: оценивает e" in found["problems"]) == (
        wrong and evaluated == "C-4"
    )
    assert found["exact"] == "5"


def test_an_evaluator_who_is_not_in_the_file_is_believed(tmp_path):
    rows = make_b(["2025Q3 5 5 5 5 5 none"], grade="C-4", leading="no", evaluator="somebody")
    assert evaluate(tmp_path, rows)["b1"]["problems"] == ""


def test_who_evaluates_himself_is_told(tmp_path):
    rows = make_b(["2025Q3 5 5 5 5 5 none"], evaluator="b1")
    assert "оценивает само себя" in evaluate(tmp_path, rows)["b1"]["problems"]


def count_warnings(tmp_path, rows):
    path = write_csv(tmp_path / "b.csv", (*HEAD_B, *MORE_B), rows)
    return [str(problem) for problem in evaluate_corps_b(read_servants(path, CORPS_B)).delegations]


def make_many(count, quarter="2025Q3", start=0):
    names = [f"s{number}" for number in range(start, start + count)]
    return [
        row for name in names for row in make_b([f"{quarter} 5 5 5 5 5 none"], servant=name, evaluator="e")
    ]


def test_twenty_persons_are_not_too_many_for_one_evaluator(tmp_path):
    assert count_warnings(tmp_path, make_many(20)) == []


def test_twenty_one_persons_are_too_many_for_one_evaluator(tmp_path):
    (said,) = count_warnings(tmp_path, make_many(21))
    assert said.startswith("b.csv, строка 2, столбец evaluator: предупреждение: у e в 2025Q3 оцениваемых 21")
    assert "пункт 18" in said


def test_persons_are_counted_and_not_rows(tmp_path):
    rows = [*make_many(20), *make_many(20), *(row | {"position": "y"} for row in make_many(20))]
    assert count_warnings(tmp_path, rows) == []


def test_persons_are_counted_in_each_quarter_for_itself(tmp_path):
    assert count_warnings(tmp_path, [*make_many(11), *make_many(20, "2025Q4", start=11)]) == []
    (said,) = count_warnings(tmp_path, [*make_many(11), *make_many(21, "2025Q4", start=11)])
    assert "2025Q4" in said


def test_too_many_persons_refuse_nothing(tmp_path):
    found = evaluate(tmp_path, make_many(30))
    assert {row["exact"] for row in found.values()} == {"5"}
