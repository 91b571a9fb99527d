import csv
import io
import subprocess
import sys
from functools import partial

import pytest

from tests.command import ROOT, heavy_loaded, run_toolkit
from toolkit.calendar.deadlines import deadlines
from toolkit.display.deadlines import deadlines_text

COLUMNS = [
    *("year", "document", "point", "code", "title", "concerns", "term", "event", "event_day"),
    *("first_day", "last_day", "role", "state", "days_left", "provenance", "flags", "notes"),
]

TODAY = ("--today", "2026-06-01")

run = partial(run_toolkit, "deadlines")


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


def find(rows, code):
    return next(row for row in rows if row["code"] == code)


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_table_keeps_to_the_width_of_the_terminal(width):
    done = run("--year", "2026", "--today", "2026-06-01", "--result", "2026-04-20", columns=width)
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, done.stdout.splitlines())) <= width
    assert sum(line.startswith("─") for line in done.stdout.splitlines()) == 5  # a table for each document


def test_the_columns_are_aligned_and_dates_stand_in_order_before_what_has_none():
    lines = run("--year", "2026", "--corps", "b", *TODAY, columns=100).stdout.splitlines()
    start = lines.index("Типовая методика оценки служащих корпуса «Б» (2025)") + 3
    body = lines[start : lines.index("", start)]
    assert all(line[14:16].strip() == "" and line[33:35].strip() == "" for line in body)
    days = [line[:10] for line in body if line[16:].startswith("5")]
    assert days == ["20.04.2026", "20.07.2026", "20.10.2026", "20.01.2027", "30.01.2027"]
    assert body[-1].startswith(" ")
    assert [line for line in body if line.startswith("—")] != []


def test_what_has_passed_is_due_or_is_left_is_said_in_words():
    text = run("--year", "2026", "--today", "20.07.2026", "--corps", "B", columns=120).stdout.replace(
        "\u00a0", " "
    )
    for words in ("истёк 91 день", "последний день", "через 92 дня", "истекло 2, последний день сегодня 1"):
        assert words in text
    assert "Корпус" not in text


def test_without_a_day_the_table_says_that_nothing_is_marked():
    text = deadlines_text(deadlines(2026), 80)
    assert "День не назван, поэтому истекшее не отмечено." in text
    assert "истёк" not in text


def test_the_command_takes_the_day_of_the_machine_unless_one_is_named():
    # The last of 2025 ends on 1 March 2026, which is past for whoever runs this.
    done = run("--year", "2025", "--out", "-")
    ended = [row for row in read(done.stdout) if row["role"] == "deadline" and row["last_day"]]
    assert {row["state"] for row in ended} == {"overdue"}
    assert find(ended, "a_analysis")["last_day"] == "2026-03-01"
    assert "истёк" in run("--year", "2025").stdout
    asked = read(run("--year", "2025", "--today", "2025-01-20", "--out", "-").stdout)
    assert find(asked, "a_draft_category_1")["state"] == "today"


def test_events_that_would_give_a_date_are_listed():
    text = run("--year", "2026", "--event", "draft=14.05.2026", *TODAY).stdout
    assert "returned — проект соглашения возвращен на доработку" in text
    assert "draft — " not in text


def test_the_file_has_the_binding_columns(tmp_path):
    out = tmp_path / "deadlines.csv"
    options = ("--appeal", "2027-01-25", "--today", "2027-02-01", "--event", "interview=2027-01-14")
    done = run("--year", "2026", *options, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    rows = read(out.read_text("utf-8"))
    assert done.stdout == f"Сроки записаны: {out} (строк: {len(rows)}).\n"
    assert list(rows[0]) == COLUMNS
    row = find(rows, "b_dismissed_4")
    assert (row["first_day"], row["last_day"], row["state"], row["days_left"]) == (
        *("2027-01-01", "2027-01-31", "overdue", "-1"),
    )
    session = find(rows, "b_session")
    assert (session["event"], session["event_day"]) == ("appeal", "2027-01-25")
    assert "позже 30.01.2027" in session["flags"]
    assert find(rows, "b_protocol")["last_day"] == ""


def test_the_reading_moves_what_ends_before_a_day():
    for reading, last in (("exclusive", "2026-01-31"), ("inclusive", "2026-02-01")):
        done = run("--year", "2026", "--reading", f"before_date={reading}", "--out", "-", *TODAY)
        assert find(read(done.stdout), "a_agreement_category_2")["last_day"] == last


def test_a_calendar_file_moves_the_days_and_a_refused_row_ends_in_status_three(write):
    options = ("--year", "2026", "--event", "draft=2026-02-02", "--out", "-", *TODAY)
    # 2 February 2026 is a Monday: 3-6 (4), 9-13 (9), 16-20 (14), 23 (15); with Tuesday 10 off it is the 24th.
    assert find(read(run(*options).stdout), "a_approval")["last_day"] == "2026-02-23"
    good = run(*options, "--calendar", write("date,kind\n10.02.2026,day_off\n"))
    assert (good.returncode, good.stderr) == (0, "")
    assert find(read(good.stdout), "a_approval")["last_day"] == "2026-02-24"
    assert find(read(good.stdout), "a_approval")["flags"] == ""
    bad = run(*options, "--calendar", write("date,kind\n10.02.2026,day_off\n11.02.2026,maybe\n"))
    assert bad.returncode == 3
    assert bad.stderr.startswith("calendar.csv, строка 3, столбец kind: «maybe» — неизвестный вид дня")
    assert bad.stdout == good.stdout


def test_the_calendar_file_is_never_written_over(write):
    path = write("date,kind\n10.02.2026,day_off\n")
    done = run("--year", "2026", "--calendar", path, "--out", path)
    assert done.returncode == 2
    assert "поверх него не пишется" in done.stderr
    assert path.read_text("utf-8") == "date,kind\n10.02.2026,day_off\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "не назван оцениваемый год"),
        (("--year", "next"), "--year next — не год"),
        (("--year", "1999"), "2023–2090"),
        (("--year", "9" * 5000), "2023–2090"),
        (("--year", "2026", "--corps", "c"), "нет корпуса «c»; допускается: a, b"),
        (("--year", "2026", "--today", "31.02.2026"), "--today: «31.02.2026» — такого дня нет"),
        (("--year", "2026", "--appointed", "soon"), "--appointed: «soon» — не дата"),
        (
            ("--year", "2026", "--appointed", "2027-02-01"),
            "назначение 01.02.2027 позже оцениваемого 2026 года",
        ),
        (("--year", "2026", "--event", "drafft=2026-02-02"), "ближайшее известное: draft"),
        (("--year", "2026", "--event", "draft"), "нужны ключ, знак равенства и значение"),
        (("--year", "2026", "--event", "draft=2026-02-02", "--event", "draft=2026-02-03"), "дано дважды"),
        (("--year", "2026", "--event", "result=2026-02-02", "--result", "2026-02-02"), "result дано и своим"),
        (("--year", "2026", "--reading", "before_date=never"), "exclusive, inclusive"),
        (("--year", "2026", "--reading", "before_dates=inclusive"), "ближайшее известное: before_date"),
        (("--year", "2026", "--calendar", "nowhere.csv"), "файл календаря не открывается"),
        (("--year", "2026", "--out", "nowhere/deadlines.csv"), "такой папки или файла нет"),
    ],
)
def test_a_bad_option_ends_in_one_sentence_and_exit_status_two(options, said):
    done = run(*options)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.startswith("Ошибка: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_the_letters_of_the_order_name_a_corps():
    texts = {run("--year", "2026", *TODAY, "--corps", letter).stdout for letter in "БбbB"}
    assert len(texts) == 1


def test_the_command_works_outside_the_project_and_loads_no_heavy_package(tmp_path):
    assert run("--year", "2026", folder=tmp_path).returncode == 0
    assert set(heavy_loaded("deadlines", "--year", "2026")) <= {"jinja2"}


def test_other_commands_do_not_load_the_package_of_holidays():
    code = (
        "import sys\nsys.argv = ['toolkit', 'coverage', '--order', '2025']\n"
        "from toolkit.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
        "import toolkit.calendar.deadlines, toolkit.calendar.overrides\n"
        "print('holidays' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "False"
