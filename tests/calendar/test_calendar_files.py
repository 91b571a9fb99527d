import tomllib
from datetime import date
from pathlib import Path

import pytest

from toolkit import ToolkitError
from toolkit.calendar.overrides import LARGEST_FILE, read_calendar

GALLERY = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text("utf-8"))
FIFTH = date(2026, 1, 5)


@pytest.mark.parametrize("mistake", GALLERY["rows"], ids=lambda mistake: mistake["name"])
def test_a_bad_row_is_refused_by_its_number_and_the_good_ones_are_used(mistake, write):
    calendar = read_calendar(write(mistake["text"]))
    [problem] = calendar.problems
    assert str(problem).startswith(f"calendar.csv, строка {mistake['row']}")
    assert not problem.warning
    for word in mistake["words"]:
        assert word in str(problem)
    assert not calendar.is_working(FIFTH)
    assert FIFTH in calendar.overrides


@pytest.mark.parametrize("mistake", GALLERY["files"], ids=lambda mistake: mistake["name"])
def test_a_file_that_gives_no_day_stops_with_a_sentence(mistake, write):
    with pytest.raises(ToolkitError) as caught:
        read_calendar(write(mistake["text"]))
    for word in ["calendar.csv", *mistake["words"]]:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"PK\x03\x04rest", "days.xlsx", ["это книга", "Сохранить как"]),
        (b"PK\x03\x04rest", "days.csv", ["книга Excel под именем .csv", "столбцами date, kind"]),
        ("date,kind\n".encode("utf-16"), "days.csv", ["UTF-16"]),
        (b"date,kind\n2026-01-05,day_off\0\n", "days.csv", ["нулевые байты"]),
        (b"x" * (LARGEST_FILE + 1), "days.csv", ["слишком велик", "1 МБ"]),
    ],
)
def test_bytes_that_are_no_table_stop_with_a_sentence(content, name, words, write):
    with pytest.raises(ToolkitError) as caught:
        read_calendar(write(content, name))
    for word in [name, *words]:
        assert word in str(caught.value)
    # What a calendar file may be is said, not what a campaign may be.
    assert "agencies" not in str(caught.value)


def test_a_file_that_is_not_there_and_a_folder_stop_with_a_sentence(tmp_path):
    for path, said in ((tmp_path / "no.csv", "такой папки или файла нет"), (tmp_path, "это папка")):
        with pytest.raises(ToolkitError) as caught:
            read_calendar(path)
        assert said in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "date,kind,note\n2026-01-05,day_off,перенос\n2026-01-10,working,\n",
        "Date;Kind;Note\r\n05.01.2026;DAY_OFF;перенос\r\n10.01.2026;Working;\r\n",
        "\ufeffnote\tkind\tdate\nперенос\tday_off\t05.01.2026 \n\tworking\t2026-01-10\n",
        "date;kind;note\n05.01.2026;day_off;перенос\n10.01.2026;working;\n".encode("cp1251"),
    ],
    ids=["comma", "semicolon", "tab and mark", "windows"],
)
def test_dates_separators_encodings_and_orders_of_columns_are_recognised(content, write):
    calendar = read_calendar(write(content))
    assert calendar.problems == ()
    assert not calendar.is_working(FIFTH)
    assert calendar.is_working(date(2026, 1, 10))
    assert calendar.overrides[FIFTH].note == "перенос"


def test_a_row_that_only_lacks_its_note_is_used_with_a_warning(write):
    calendar = read_calendar(write("date,kind,note\n2026-01-05,day_off\n"))
    [problem] = calendar.problems
    assert problem.warning
    assert not calendar.is_working(FIFTH)
