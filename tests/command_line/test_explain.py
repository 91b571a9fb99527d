import os
import subprocess
import sys
from functools import partial

import pytest

from tests.command import ROOT, SAMPLE, heavy_loaded, run_toolkit

run = partial(run_toolkit, "explain")


def test_a_rule_is_explained_down_to_its_points_and_place(campaign):
    # A = 10 * (20/20 + 15/20) / 2 = 8.75, less 1 for one violation; the neighbour has all 10 (point 48).
    done = run(campaign("a,central,20,15,20,1", "b,central,5,5,5,0"), "a", "contest_transparency")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:4] == [
        "a · код a",
        "",
        "A. Прозрачность конкурсных процедур",
        "7,75 из 10 · пункт 48 · неоднозначно · 2-е место из 2",
    ]
    start = lines.index("    A = k · (a / c + b / c) / 2")
    assert lines[start : start + 9] == [
        "    A = k · (a / c + b / c) / 2",
        "    не больше k",
        "    A = 10 · (20 / 20 + 15 / 20) / 2",
        "      = 10 · (1 + 0,75) / 2",
        "      = 10 · 0,875",
        "      = 8,75",
        "",
        "Штраф: нарушение порядка фиксации хода собеседования. Вычитается 1 балл: было",
        "8,75, стало 7,75.",
    ]
    assert "  • Прочтение contest_formula (AM-8): среднее двух долей." in lines


def test_the_first_line_names_the_agency_its_code_and_its_year(campaign):
    header = "agency,agency_name,agency_type,year\n"
    done = run(campaign("a,Комитет по водам,central,2023", header=header), "a", "hr")
    assert done.stdout.splitlines()[:2] == ["Комитет по водам · код a · оцениваемый год 2023", ""]


def test_a_reading_and_a_parameter_are_put_in_and_named(campaign):
    # Under `product` with k = 8: 8 * (20/20) * (15/20) - 1 = 5.
    options = ("--reading", "contest_formula=product", "--parameter", "contest_transparency.k=8")
    done = run(campaign("a,central,20,15,20,1"), "a", "contest_transparency", *options)
    assert done.returncode == 0
    assert "\n5,00 из 8 · " in done.stdout
    assert "    A = k · a / c · b / c\n    не больше k\n    A = 8 · 20 / 20 · 15 / 20\n" in done.stdout
    assert "• Прочтение contest_formula (AM-8): произведение долей." in done.stdout
    assert "• Изменены параметры: contest_transparency.k." in done.stdout
    assert "• Это расчёт «что если», а не официальный результат." in done.stdout


@pytest.mark.parametrize("columns", [50, 80])
def test_the_text_keeps_to_the_width_of_the_terminal(columns):
    done = run(SAMPLE, "gardens-ministry", "working_time", columns=columns)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= columns
    assert "  p    Сверхурочные человеко-часы" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gardens-ministri", "hr"), "нет органа «gardens-ministri» (ближайшее известное: gardens-ministry)"),
        (
            ("gardens-ministry", "working_tme"),
            "нет показателя «working_tme» (ближайшее известное: working_time)",
        ),
        (
            ("gardens-ministry", "hr", "--reading", "contest_formla=product"),
            "ближайшее известное: contest_formula",
        ),
        (("gardens-ministry", "hr", "--parameter", "training.haf=0.6"), "ближайшее известное: training.half"),
        (("gardens-ministry", "h\x1b[31mr"), "нет показателя «h [31mr»"),
    ],
)
def test_an_unknown_name_ends_in_the_nearest_one_and_exit_status_two(words, said):
    done = run(SAMPLE, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_missing_campaign_ends_in_a_sentence_and_exit_status_two(tmp_path):
    done = run(tmp_path / "nowhere", "a", "hr")
    assert done.returncode == 2
    assert done.stderr.startswith("Ошибка: ")


def test_a_refused_cell_is_named_beside_the_score_that_lacks_it(campaign):
    done = run(campaign("a,central,много,15,20,0", "b,central,5,5,5,0"), "a", "contest_transparency")
    assert done.returncode == 3
    assert done.stderr.startswith("agencies.csv, строка 2, столбец contests_observed: ")
    said = " ".join(done.stdout.split())
    assert "Балл не вычислен: пропущенное не считается нулём. • Конкурсы с участием наблюдателей" in said
    assert "(contests_observed): ячейка отклонена: «много»" in said


def test_an_agency_whose_row_was_refused_is_said_to_be_refused(campaign):
    done = run(campaign("a,centrall,1,1,1,0", "b,central,5,5,5,0"), "a", "hr")
    assert done.returncode == 2
    assert "нет органа «a»" in done.stderr
    assert "строка 2 отклонена" in done.stderr


def test_a_rule_of_a_csv_campaign_is_explained_with_templates_of_text_alone():
    assert set(heavy_loaded("explain", SAMPLE, "gardens-ministry", "hr")) <= {"jinja2"}


def test_a_screen_without_russian_letters_does_not_stop_the_command():
    command = [sys.executable, "-m", "toolkit", "explain", str(SAMPLE), "gardens-ministry", "hr"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
