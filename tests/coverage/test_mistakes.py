import tomllib
from pathlib import Path

import pytest

from toolkit import ToolkitError
from toolkit.analysis.coverage import load_coverage
from toolkit.display.coverage import coverage_text
from toolkit.publish.tables import coverage_csv

GALLERY = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text("utf-8"))
GOOD = GALLERY["good"]


def load(folder, lists):
    for name in ("points", "answers"):
        (folder / f"{name}_2023.toml").write_text(lists[name], "utf-8")
    return load_coverage("2023", folder)


@pytest.mark.parametrize("mistake", GALLERY["mistakes"], ids=lambda mistake: mistake["name"])
def test_a_mistake_of_a_list_ends_in_a_sentence_that_names_the_file_and_the_row(mistake, tmp_path):
    with pytest.raises(ToolkitError) as caught:
        load(tmp_path, GOOD | mistake)
    for word in mistake["words"]:
        assert word in str(caught.value)


def test_the_mistakes_start_from_lists_without_mistakes(tmp_path):
    first, second = load(tmp_path, GOOD)
    assert (first.number, second.number) == ("1", "Приложение 12")
    assert first.answers == second.answers
    assert first.answers[0].by == ("training",)


def test_a_point_on_no_row_is_found_and_shown(tmp_path):
    answers = GOOD["answers"].replace('["1", "Приложение 12"]', '["1"]')
    first, second = load(tmp_path, GOOD | {"answers": answers})
    assert first.answers
    assert second.answers == ()
    assert coverage_csv([second]).endswith("\n2023,Приказ,Приложение 12,Форма,,,,,,,\n")
    assert "НЕТ СТРОКИ" in coverage_text([first, second], 80)
    assert coverage_text([first, second], 80).endswith("Без ответа: 1.")


def test_what_exists_stands_before_what_is_planned(tmp_path):
    planned = (
        '[[answers]]\npart = "order"\npoints = ["1"]\nanswer = "form"\nplanned = true\nnote.ru = "Так."\n'
    )
    first, _ = load(tmp_path, GOOD | {"answers": planned + GOOD["answers"]})
    assert [answer.planned for answer in first.answers] == [False, True]


@pytest.mark.parametrize(("order", "words"), [("2024", ["2024", "2023, 2025"]), ("", ["2023"])])
def test_an_unknown_order_is_refused_with_what_is_allowed(order, words):
    with pytest.raises(ToolkitError) as caught:
        load_coverage(order)
    for word in words:
        assert word in str(caught.value)
