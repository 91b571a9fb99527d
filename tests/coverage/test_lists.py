import tomllib
from pathlib import Path

import pytest

from toolkit import load_methodology
from toolkit.analysis.coverage import KINDS, ORDERS, load_coverage

ROOT = Path(__file__).resolve().parents[2]
METHODOLOGY = load_methodology()
POINTS = {order: load_coverage(order) for order in ORDERS}
ALL = [point for points in POINTS.values() for point in points]
ANSWERS = [(point, answer) for point in ALL for answer in point.answers]

# Counted by hand in the printed orders: numbered points, their subpoints, parts that something else answers.
SECTIONS_2023 = {
    # Points 1-4 and the three subpoints of point 2.
    "Сам приказ": 4 + 3,
    # Every «изложить», «дополнить», «исключить» and «вносится изменение» of point 1, up to the annexes.
    "Сам приказ, пункт 1: изменения и дополнения Методики": 29,
    # Points 2, 12, 24, 28; subpoints 1-33 of point 2 and 1-4 of point 12; the second part of point 28.
    "Методика: понятия, источники, штрафы и объекты": 4 + 33 + 4 + 1,
    # Points 35, 37, 39-42, 44, 45, 45-1, 45-2, 48-52; notes 1-3 of point 40; both subpoints of point 50.
    "Методика: направление «Управление персоналом»": 15 + 3 + 2,
    # Points 55, 57, 66-69, 69-1 to 69-3, 74-1 to 74-5, 78-1 to 78-4, 79, 81, 86; paragraphs 2, 3, 5-1, 5-2
    # and 6-1; subpoints 1-9 of point 55.
    "Методика: направление «Применение информационных технологий»": 21 + 5 + 9,
    # Annexes 1, 2, 7, 8, 9, 12, 13, 14, 16; tables 1-7 of annex 8; points 1-7 under the form of annex 12 and
    # the second part of the sixth, on paper forms.
    "Приложения к Методике": 9 + 7 + 7 + 1,
    # Points 20-23; scales of three indicators; the index of agreement; five criteria; annex 17; the rest.
    "Базовый акт: чего в этих текстах нет": 4 + 3 + 1 + 5 + 1 + 1,
}
SECTIONS_2025 = {
    # Points 1-4; the three clauses of point 1; two subpoints each of points 2 and 4; both annexes.
    "Сам приказ": 4 + 3 + 2 + 2 + 2,
    # Points 1-5; the third and fourth part of point 3.
    "Корпус «А», глава 1": 5 + 2,
    # Points 6-15; subpoints of points 8, 9, 10, 13; parts 2-9 of point 7 and part 2 of point 10.
    "Корпус «А», глава 2": 10 + (4 + 2 + 5 + 2) + (8 + 1),
    # Points 16-25; subpoints of point 17; parts 2-5 of point 16, 2-3 of point 19, 3 of 22, 2 of 24.
    "Корпус «А», глава 3": 10 + 3 + (4 + 2 + 1 + 1),
    # Points 26-32; subpoints of points 26, 29, 32; parts 2-3 of point 26, 2 of point 28.
    "Корпус «А», глава 4": 7 + (2 + 2 + 4) + (2 + 1),
    # Points 33-40; subpoints of points 34, 35, 38; parts 2-3 of point 33.
    "Корпус «А», глава 5": 8 + (2 + 5 + 2) + 2,
    # Points 41-53; subpoints of point 42; part 3 of point 49.
    "Корпус «А», глава 5, параграф 1": 13 + 2 + 1,
    # Points 54-60; subpoints of points 54, 57, 60; the note of point 54.
    "Корпус «А», глава 5, параграф 2": 7 + (4 + 2 + 3) + 1,
    # Annexes 1-10; the notes of annexes 3, 4, 5, 8.
    "Корпус «А», приложения": 10 + 4,
    # Points 1-16; subpoints of points 3, 16; parts 2-6 of point 4, 2-3 of point 5, 2 of point 10.
    "Корпус «Б», глава 1": 16 + (7 + 4) + (5 + 2 + 1),
    # Points 17 and 18; parts 2-4 of point 17, 2-3 of point 18.
    "Корпус «Б», глава 2": 2 + (3 + 2),
    # Points 19-24; parts 2-5 of point 20, 4-5 of point 23.
    "Корпус «Б», глава 3": 6 + (4 + 2),
    # Both annexes, in each parameter 5 and the note.
    "Корпус «Б», приложения": 2 + 2 + 2,
}
SECTIONS = {"2023": SECTIONS_2023, "2025": SECTIONS_2025}


@pytest.mark.parametrize("order", ORDERS)
def test_every_point_of_both_orders_is_on_a_row(order):
    assert [(point.section, point.number) for point in POINTS[order] if not point.answers] == []


@pytest.mark.parametrize("order", ORDERS)
def test_every_section_has_as_many_points_as_were_counted_by_hand(order):
    counted: dict[str, int] = {}
    for point in POINTS[order]:
        name = point.section.partition(". ")[0]
        counted[name] = counted.get(name, 0) + 1
    assert counted == SECTIONS[order]


@pytest.mark.parametrize(("part", "last"), [("corps_a", 60), ("corps_b", 24)])
def test_the_numbered_points_of_a_method_follow_one_another_without_a_gap(part, last):
    numbers = [point.number for point in POINTS["2025"] if point.part == part]
    assert [number for number in numbers if number.isdigit()] == [str(n) for n in range(1, last + 1)]


@pytest.mark.parametrize(("part", "last"), [("corps_a", 10), ("corps_b", 2), ("order", 2)])
def test_the_annexes_of_the_second_order_follow_one_another_without_a_gap(part, last):
    numbers = [point.number for point in POINTS["2025"] if point.part == part]
    annexes = [number for number in numbers if number.startswith("Приложение") and "," not in number]
    assert annexes == [f"Приложение {n}" for n in range(1, last + 1)]


def test_every_point_has_the_words_it_begins_with_and_every_answer_says_how():
    assert all(point.opening.strip() == point.opening != "" for point in ALL)
    assert {answer.note for _, answer in ANSWERS if not answer.note.endswith(".")} == set()


def test_every_kind_of_answer_occurs():
    assert {answer.kind for _, answer in ANSWERS} == set(KINDS)


def spread(text):
    """Yield the points a law file names: «24; Приложение 13» are two, «69-1..69-3» is a run of the list."""
    numbers = [point.number for point in POINTS["2023"] if point.part == "methodology"]
    for piece in text.split("; "):
        first, _, last = piece.partition("..")
        yield from numbers[numbers.index(first) : numbers.index(last or first) + 1]


def find_points(code):
    return {
        point.number
        for point, answer in ANSWERS
        if code in answer.by and point.part == "methodology" and not answer.planned
    }


@pytest.mark.parametrize("code", METHODOLOGY.rules)
def test_every_rule_stands_on_a_row_of_its_own_points(code):
    assert set(spread(METHODOLOGY.rules[code]["point"])) <= find_points(code)


def test_a_run_of_points_is_read_from_the_list():
    assert list(spread("69-1..69-3")) == ["69-1", "69-2", "69-3"]
    assert list(spread("24; Приложение 13")) == ["24", "Приложение 13"]


def test_every_point_named_by_a_reading_or_an_input_is_on_the_list():
    named = [*METHODOLOGY.readings.values(), *METHODOLOGY.inputs.values()]
    assert [item for item in named if item.point and not list(spread(item.point))] == []


def test_every_file_and_test_that_a_row_names_exists():
    places = {place for _, answer in ANSWERS for place in (answer.file, answer.cases, answer.test) if place}
    for place in sorted(places):
        path, _, test = place.partition("::")
        assert (ROOT / path).is_file(), place
        assert not test or f"\ndef {test}(" in (ROOT / path).read_text("utf-8"), place


def test_every_test_is_named_with_its_file():
    assert {answer.test for _, answer in ANSWERS if answer.test and "::test_" not in answer.test} == set()


def test_a_file_of_cases_has_a_case_of_every_rule_of_its_row():
    for cases, code in sorted(
        {(answer.cases, code) for _, answer in ANSWERS for code in answer.by if answer.cases}
    ):
        groups = tomllib.loads((ROOT / cases).read_text("utf-8"))["groups"]
        assert code in {group["code"] for group in groups if group["cases"]}, cases


def test_a_rule_that_exists_has_its_file_its_cases_and_its_test():
    bare = {
        (point.number, answer.by)
        for point, answer in ANSWERS
        if answer.kind == "rule"
        and not answer.planned
        and not (answer.file and answer.test and (answer.cases or not answer.by))
    }
    assert bare == set()


def test_the_file_of_a_rule_declares_it():
    for file, code in sorted(
        {(answer.file, code) for _, answer in ANSWERS for code in answer.by if answer.file}
    ):
        assert code in tomllib.loads((ROOT / file).read_text("utf-8"))


def test_no_row_is_both_planned_and_tested():
    assert [point for point, answer in ANSWERS if answer.planned and answer.test] == []


def test_what_is_excluded_or_absent_or_needs_no_rule_is_not_planned():
    passive = {"excluded", "changed_in_kazakh_only", "absent", "no_rule"}
    assert [point for point, answer in ANSWERS if answer.planned and answer.kind in passive] == []


def test_the_points_named_in_kazakh_only_or_excluded_are_those_of_the_order():
    found = {
        kind: {
            point.number for point, answer in ANSWERS if answer.kind == kind and point.part == "methodology"
        }
        for kind in ("changed_in_kazakh_only", "excluded")
    }
    expected = {"changed_in_kazakh_only": {"41", "42", "49", "52"}, "excluded": {"Параграф 2", "69"}}
    assert found == expected


def test_of_the_second_order_no_form_is_claimed_before_it_exists():
    done = {answer.kind for point, answer in ANSWERS if point.order == "2025" and not answer.planned}
    assert done == {"procedure", "no_rule", "rule", "deadline"}


def test_every_rule_of_the_second_order_answers_a_point():
    answering = {code for point, answer in ANSWERS if point.order == "2025" for code in answer.by}
    assert answering == set(load_methodology("servants_2025").rules)


def test_every_deadline_of_both_orders_is_answered():
    assert [point.number for point, answer in ANSWERS if answer.kind == "deadline" and answer.planned] == []
