import csv
import os
import subprocess
import sys
from fractions import Fraction

import pytest

from tests.command import ROOT, SAMPLE, heavy_loaded, run_toolkit

COLUMNS = [
    *("agency", "year", "code", "level", "points", "exact", "maximum", "status", "low", "high"),
    *("provenance", "readings", "note"),
]


run = run_toolkit


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def find(rows, agency, code):
    return next(row for row in rows if row["agency"] == agency and row["code"] == code)


def test_the_sample_is_scored_whole_with_the_binding_columns(tmp_path):
    out = tmp_path / "scores.csv"
    done = run("evaluate", SAMPLE, "--out", out)
    assert done.returncode == 0, done.stderr
    rows = read(out)
    assert list(rows[0]) == COLUMNS
    assert len(rows) == 40 * 33


def test_points_are_a_decimal_and_exact_is_a_fraction(campaign, tmp_path):
    # A = 10 * (1/3 + 1/3) / 2 = 10/3.
    out = tmp_path / "scores.csv"
    assert run("evaluate", campaign("a,central,1,1,3,0"), "--out", out).returncode == 0
    row = find(read(out), "a", "contest_transparency")
    assert (row["points"], row["exact"], row["low"], row["high"]) == ("3.33333333333", "10/3", "10/3", "10/3")
    assert (row["status"], row["maximum"], row["provenance"]) == ("computed", "10", "ambiguous")
    assert row["readings"] == "contest_formula=mean_of_shares"


def test_a_reading_and_a_parameter_change_the_score_and_are_named(campaign, tmp_path):
    # Under `product` with k = 8: 8 * (20/20) * (15/20) - 1 = 5.
    out = tmp_path / "scores.csv"
    folder = campaign("a,central,20,15,20,1")
    options = ("--reading", "contest_formula=product", "--parameter", "contest_transparency.k=8")
    assert run("evaluate", folder, "--out", out, *options).returncode == 0
    row = find(read(out), "a", "contest_transparency")
    assert Fraction(row["exact"]) == 5
    assert row["readings"] == "contest_formula=product"
    assert "contest_transparency.k" in row["note"]


def test_one_direction_alone_can_be_asked_for(campaign, tmp_path):
    out = tmp_path / "scores.csv"
    assert run("evaluate", campaign("a,central,1,1,1,0"), "--out", out, "--direction", "it").returncode == 0
    assert {row["code"] for row in read(out)} >= {"it", "unused_systems", "it_reporting_penalty"}
    assert not {row["code"] for row in read(out)} & {"hr", "contest_transparency"}


def test_a_dash_writes_the_table_to_the_screen_alone(campaign):
    done = run("evaluate", campaign("a,central,1,1,1,0"), "--out", "-")
    assert done.stdout.splitlines()[0] == ",".join(COLUMNS)
    assert len(done.stdout.splitlines()) == 34


def test_a_refused_cell_is_named_on_one_line_and_the_rest_is_scored(campaign, tmp_path):
    out = tmp_path / "scores.csv"
    done = run("evaluate", campaign("a,central,21,15,20,0", "b,central,20,20,20,0"), "--out", out)
    assert done.returncode == 3
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("agencies.csv, строка 2, столбец contests_observed: ")
    assert "допускается" in lines[0]
    rows = read(out)
    assert find(rows, "a", "contest_transparency")["status"] == "missing"
    assert find(rows, "a", "contest_transparency")["points"] == ""
    assert find(rows, "b", "contest_transparency")["exact"] == "10"


def test_a_refused_row_leaves_the_others_and_exit_status_three(campaign, tmp_path):
    out = tmp_path / "scores.csv"
    done = run("evaluate", campaign("a,centrall,1,1,1,0", "b,central,1,1,1,0"), "--out", out)
    assert done.returncode == 3
    assert "central" in done.stderr
    assert {row["agency"] for row in read(out)} == {"b"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--reading", "contest_formla=product"), "ближайшее известное: contest_formula"),
        (("--reading", "contest_formula=sum"), "mean_of_shares, capped_sum, product"),
        (("--reading", "contest_formula"), "КЛЮЧ=ЗНАЧЕНИЕ"),
        (("--reading", "no_promotions=full", "--reading", "no_promotions=zero"), "дано дважды"),
        (("--parameter", "training.haf=0.6"), "ближайшее известное: training.half"),
        (("--parameter", "training.half=many"), "training.half"),
        (("--parameter", "training.half=60%"), "со знаком процента"),
        (("--parameter", "training.half=-1"), "меньше нуля"),
        (("--out", "."), "это не файл"),
        (("--out", "agencies.csv"), "файл данных кампании"),
        (("--out", "x" * 300), "имя слишком длинное"),
        (("--direction", "hh"), "допускается: hr, it"),
        (("--out", "no/such/folder/scores.csv"), "папк"),
    ],
)
def test_an_unusable_option_ends_in_a_sentence_and_exit_status_two(campaign, options, said):
    folder = campaign("a,central,1,1,1,0")
    done = run("evaluate", folder, *options, folder=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "scores.csv").exists()


@pytest.mark.parametrize("command", ["evaluate", "check", "report"])
def test_a_missing_campaign_ends_in_a_sentence_and_exit_status_two(command, tmp_path):
    done = run(command, tmp_path / "nowhere", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Ошибка: ")


@pytest.mark.parametrize("command", ["evaluate", "check", "report"])
def test_a_campaign_without_one_good_row_is_unusable_and_leaves_nothing(command, campaign):
    folder = campaign("a,centrall,1,1,1,0", "b,locl,1,1,1,0")
    done = run(command, folder, folder=folder)
    assert done.returncode == 2
    assert "строка 2" in done.stderr
    assert "строка 3" in done.stderr
    assert "ни один орган не принят" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["agencies.csv"]


def test_an_unknown_language_of_a_report_leaves_nothing(campaign):
    folder = campaign("a,central,1,1,1,0")
    done = run("report", folder, "--language", "xx", folder=folder)
    assert done.returncode == 2
    assert "нет языка «xx»" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["agencies.csv"]


def test_check_only_checks(campaign):
    folder = campaign("a,central,x,15,20,0")
    done = run("check", folder, folder=folder)
    assert done.returncode == 3
    assert "столбец contests_observed" in done.stderr
    assert "отклонено: 1" in done.stdout
    assert [path.name for path in folder.iterdir()] == ["agencies.csv"]


def test_a_warning_refuses_nothing(campaign, tmp_path):
    # More violations than contests are implausible, not impossible: 10 - 2 = 8.
    out = tmp_path / "scores.csv"
    done = run("evaluate", campaign("a,central,1,1,1,2"), "--out", out)
    assert done.returncode == 0
    assert "предупреждение" in done.stderr
    assert find(read(out), "a", "contest_transparency")["exact"] == "8"


def test_a_csv_campaign_is_scored_without_any_heavy_package():
    assert heavy_loaded("evaluate", SAMPLE, "--out", "-") == []


def test_a_pipe_is_refused_and_stays_a_pipe(campaign, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert run("evaluate", campaign("a,central,1,1,1,0"), "--out", pipe).returncode == 2
    assert pipe.is_fifo()


def test_a_link_is_followed_and_stays_a_link(campaign, tmp_path):
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("", "utf-8")
    link.symlink_to(target)
    assert run("evaluate", campaign("a,central,1,1,1,0"), "--out", link).returncode == 0
    assert link.is_symlink()
    assert find(read(target), "a", "contest_transparency")["exact"] == "10"


def test_a_screen_without_kazakh_letters_does_not_stop_the_command(campaign):
    folder = campaign("a,central,Жұмыс,1,1,0")
    command = [sys.executable, "-m", "toolkit", "evaluate", str(folder), "--out", "-"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False)
    assert done.returncode == 3
    assert done.stdout.decode("utf-8").startswith("agency,year,code")
    assert b"Traceback" not in done.stderr


def test_a_parameter_that_does_not_act_is_not_said_to_have_changed_anything(campaign, tmp_path):
    out = tmp_path / "scores.csv"
    folder = campaign("a,central,1,1,1,0")
    assert run("evaluate", folder, "--out", out, "--parameter", "it.limit=5").returncode == 0
    assert "it.limit" not in find(read(out), "a", "it")["note"]


def test_a_cap_that_acts_only_because_of_a_parameter_is_told(tmp_path):
    done = run("evaluate", SAMPLE, "--out", tmp_path / "s.csv", "--parameter", "exit_interview.k=15")
    assert done.returncode == 0
    assert "действует предел критерия «Кадровый потенциал государственного органа»" in done.stderr
