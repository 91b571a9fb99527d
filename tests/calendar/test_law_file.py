from importlib.resources import files

import pytest

from toolkit import ToolkitError
from toolkit.calendar.terms import load_deadlines

GOOD = (files("toolkit") / "law" / "deadlines.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[documents.order_2023]", "[documents.order_2023", ["deadlines.toml", "не читается"]),
        (
            'document = "corps_b"',
            'document = "corps_c"',
            ["b_quarter", "document", "ближайшее известное: corps_"],
        ),
        ('event = "appeal"', 'event = "apeal"', ["b_session_decision", "ближайшее известное: appeal"]),
        ("term.working_days = 5\n", "term.workdays = 5\n", ["a_agreement_category_1, term", "working_days"]),
        ("term.working_days = 5\n", "term = {}\n", ["a_agreement_category_1", "не один срок"]),
        ("term.working_days = 5\n", 'term.working_days = "5"\n', ["a_agreement_category_1", "не число"]),
        ("{ month = 2, day = 1 }", "{ month = 2, day = 30 }", ["a_agreement_category_2", "нет дня 30"]),
        ("{ month = 2, day = 1 }", "2", ["a_agreement_category_2", "не дата"]),
        ('event = "approval"\n', "", ["a_agreement_category_1", "событие не названо"]),
        ("quarters = [4]\n", "", ["a_dismissed", "кварталы не названы"]),
        ("quarters = [4]", "quarters = [5]", ["a_dismissed", "[5]", "1, 2, 3, 4"]),
        ("years = [2025, 2026]", 'years = "2025"', ["chapter_5", "не список целых чисел"]),
        (
            'term.recurring = "monthly"',
            'term.recurring = "weekly"',
            ["overtime_workdays", "weekly", "monthly"],
        ),
        ("issued = 2023-02-20", 'issued = "2023"', ["order_2023", "issued", "не дата"]),
        ('ends_by = "b_year"', 'ends_by = "b_yaer"', ["b_session", "ближайшее известное: b_year"]),
        ('latest = "b_appeal"', 'latest = "b_apeal"', ["appeal", "ближайшее известное: b_appeal"]),
        (
            'role = "in_force"',
            'role = "in force"',
            ["order_2023_force", "role", "ближайшее известное: in_force"],
        ),
        ("[terms]\n", '[terms]\nsoon = { counts = "day" }\n', ["deadlines.toml, terms", "«soon»"]),
        (
            'counts = "day"',
            'counts = "days"',
            ["deadlines.toml, terms, not_later_than", "ближайшее известное: day"],
        ),
        ("term.working_days = 10\n", "term.working_days = 10\nyear = 5\n", ["order_2023_report", "«year»"]),
        ('provenance = "text"', 'provenance = "texts"', ["order_2023_report", "ближайшее известное: text"]),
        (
            'title.ru = "Заключить ежегодное соглашение, категория 1"\n',
            "",
            ["a_agreement_category_1", "нет поля title"],
        ),
    ],
)
def test_a_mistake_of_the_law_file_ends_in_a_sentence_that_names_the_table(old, new, words, tmp_path):
    assert old in GOOD
    path = tmp_path / "deadlines.toml"
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(ToolkitError) as caught:
        load_deadlines(path)
    for word in words:
        assert word in str(caught.value)
