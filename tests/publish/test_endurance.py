"""Whatever a notebook does, its report alone is lost, and the next run makes what is missing."""

import json
import random
import resource
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from shutil import which
from tempfile import gettempdir

import pytest

from tests.publish.batch import HARNESS, kill_after, make, read_bytes, read_log, write_batch
from toolkit.errors import ToolkitError
from toolkit.publish.crew import Crew
from toolkit.publish.output import alone

GOOD = ("first", "second", "third")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_batch(tmp_path_factory.mktemp("batch"), *GOOD)


@pytest.fixture
def fresh(folder):
    made = make(folder)
    read_log(folder)
    return made


def read_rows(published):
    record = json.loads((published.index.parent / "run.json").read_text("utf-8"))
    return {row["agency"]: (row["outcome"], row["error"]) for row in record["agencies"]}


@pytest.mark.usefixtures("fresh")
def test_a_second_run_makes_nothing_and_leaves_the_same_bytes(folder):
    before = read_bytes(folder / "out")
    assert make(folder).kept == 3
    assert read_log(folder) == []
    assert read_bytes(folder / "out") == before


def test_a_page_that_is_cut_or_gone_is_made_again_and_no_other(folder, fresh):
    before = read_bytes(folder / "out")
    page = fresh.index.parent / "second.html"
    page.write_bytes(page.read_bytes()[:1000])
    (fresh.index.parent / "third.html").unlink()
    assert make(folder).kept == 1
    assert sorted(read_log(folder)) == ["second", "third"]
    assert read_bytes(folder / "out") == before


@pytest.mark.usefixtures("fresh")
def test_force_makes_everything_again(folder):
    assert make(folder, force=True).kept == 0
    assert sorted(read_log(folder)) == sorted(GOOD)


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("name", ["campaign/agencies.csv", "report.ipynb"])
def test_other_data_or_another_notebook_make_every_page_again(folder, name):
    file = folder / name
    text = file.read_text("utf-8")
    file.write_text(text.replace(",3\n", ",4\n").replace("много слов", "мало слов"), "utf-8")
    try:
        assert make(folder).kept == 0
        assert sorted(read_log(folder)) == sorted(GOOD)
    finally:
        file.write_text(text, "utf-8")


def test_a_half_written_page_of_a_killed_run_is_cleared_away(folder, fresh):
    left = fresh.index.parent / ".unfinished-1.html"
    left.write_text("half", "utf-8")
    make(folder)
    assert not left.exists()


@pytest.mark.usefixtures("fresh")
def test_pages_that_are_no_longer_true_are_cleared_away(folder):
    pages = folder / "out" / "2023"
    (pages / "comparison.html").write_text("of a run with an earlier year", "utf-8")
    make(folder, agencies=("second",), readings={"no_promotions": "zero"})
    made = {"second.html", "index.html", "methodology.html"}
    assert {page.name for page in pages.glob("*.html")} == made
    assert make(folder).kept == 0
    assert {page.name for page in pages.glob("*.html")} == made | {"first.html", "third.html"}


def test_two_commands_never_write_into_one_folder(folder, fresh, monkeypatch):
    before = read_bytes(folder / "out")
    monkeypatch.setattr("toolkit.publish.output.time.sleep", lambda _: None)
    with alone(fresh.index.parent), pytest.raises(ToolkitError, match="в 2023 уже пишет другая команда"):
        make(folder, force=True)
    assert read_bytes(folder / "out") == before


@pytest.mark.parametrize(
    "record", ["", "[]", '{"agencies": 1}', '{"agencies": [{"key": [1]}]}', "[" * 100_000]
)
def test_a_spoiled_record_makes_every_page_again(folder, fresh, record):
    before = read_bytes(folder / "out")
    (fresh.index.parent / "run.json").write_text(record, "utf-8")
    assert make(folder).kept == 0
    assert read_bytes(folder / "out") == before


def test_a_record_that_cannot_be_written_is_named_and_no_page_is_touched(folder, fresh):
    pages = fresh.index.parent
    (pages / "run.json").unlink()
    (pages / "run.json").mkdir()
    before = read_bytes(folder / "out")
    with pytest.raises(OSError, match=r"2023/run\.json"):
        make(folder)
    assert read_bytes(folder / "out") == before
    (pages / "run.json").rmdir()


def test_a_folder_that_is_called_like_a_half_written_page_is_left_alone(folder, fresh):
    strange = fresh.index.parent / ".unfinished-folder"
    strange.mkdir()
    assert make(folder).kept == 3
    strange.rmdir()


def test_a_bound_of_memory_that_the_machine_sets_is_kept(folder):
    command = [sys.executable, "-c", HARNESS, str(folder), "bounded"]
    bound = 12 << 30
    limit = partial(resource.setrlimit, resource.RLIMIT_AS, (bound, bound))
    subprocess.run(command, check=True, preexec_fn=limit)
    assert (
        json.loads((folder / "bounded" / "2023" / "run.json").read_text("utf-8"))["agencies"][0]["error"]
        == ""
    )


def test_what_a_killed_notebook_had_for_the_time_being_is_removed(tmp_path):
    before, other = {*Path(gettempdir()).glob("toolkit-*")}, tmp_path / "other"
    other.mkdir()
    [page] = make(write_batch(tmp_path, "dying")).pages
    assert page.outcome == "failed"
    [page] = make(write_batch(other, "endless"), timeout=1).pages
    assert page.outcome == "failed"
    # Other tests make folders meanwhile, and theirs are of processes that live.
    left = {*Path(gettempdir()).glob("toolkit-*")} - before
    assert [it for it in left if not Path("/proc", it.name.split("-")[1]).exists()] == []


@pytest.fixture(scope="module")
def troubled(tmp_path_factory):
    codes = ("first", "raising", "endless", "greedy", "lacking", "dying", "deadly", "last")
    folder = write_batch(tmp_path_factory.mktemp("troubled"), *codes)
    return folder, make(folder, timeout=2)


@pytest.mark.parametrize(
    ("agency", "said"),
    [
        ("raising", "ZeroDivisionError: division by zero"),
        ("endless", "ячейка блокнота не закончилась в отведённое время"),
        ("greedy", "MemoryError"),
        ("lacking", "FileNotFoundError"),
        ("dying", "ядро блокнота остановилось, не закончив ячейку"),
        ("deadly", "процесс, который делал страницу, дважды прерван; часто причина в нехватке памяти"),
    ],
)
def test_trouble_ends_in_a_row_with_a_sentence_and_a_page_that_says_so(troubled, agency, said):
    _, published = troubled
    outcome, error = read_rows(published)[agency]
    assert outcome == "failed"
    assert said in error
    assert "Отчёт не построен" in (published.index.parent / f"{agency}.html").read_text("utf-8")


def test_the_reports_without_trouble_are_there(troubled):
    _, published = troubled
    rows = read_rows(published)
    assert [rows[agency] for agency in ("first", "last")] == [("done", "")] * 2


def test_what_failed_is_tried_again_and_what_was_done_is_not(troubled):
    folder, _ = troubled
    read_log(folder)
    assert make(folder, timeout=2).kept == 2
    assert set(read_log(folder)) == {"raising", "endless", "greedy", "lacking", "dying", "deadly"}


@pytest.mark.proof
def test_a_run_killed_at_any_moment_is_finished_by_the_next_to_the_letter(tmp_path):
    codes = [f"agency-{number}" for number in range(12)]
    folder, chance = write_batch(tmp_path, *codes), random.Random("killed")  # noqa: S311
    began = time.monotonic()
    make(folder, "whole")
    whole, length = read_bytes(folder / "whole"), time.monotonic() - began
    made = set()
    for attempt in range(20):
        out = f"out-{attempt}"
        kill_after(chance.uniform(0.2, 1) * (length + 4), folder, out)
        record = folder / out / "2023" / "run.json"
        done = len(json.loads(record.read_text("utf-8"))["agencies"]) if record.exists() else 0
        read_log(folder)
        assert make(folder, out).kept == done
        assert len(read_log(folder)) == len(codes) - done
        assert read_bytes(folder / out) == whole
        made.add(done)
    assert len(made) > 3  # it was killed early and late


@pytest.mark.proof
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed_in_the_middle(tmp_path):
    folder = write_batch(tmp_path, "first", "once", "third", "fourth")
    (folder / "killed").touch()
    make(folder, "here")
    (folder / "killed").unlink()
    make(folder, "there", crew=Crew(cluster="local:2"))
    assert (folder / "killed").exists()
    assert read_bytes(folder / "there") == read_bytes(folder / "here")


@pytest.mark.parametrize(
    "address", ["nowhere", "local:x", "local:-1", "tcp://127.0.0.1", "tcp://127.0.0.1:9", "local:0"]
)
def test_a_cluster_that_is_not_there_is_said_in_one_sentence(tmp_path, address):
    folder = write_batch(tmp_path, "first")
    command = [sys.executable, "-m", "toolkit", "report", str(folder / "campaign"), "--cluster", address]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ended.returncode == 2
    [said] = ended.stderr.splitlines()
    assert said.startswith("Ошибка: ")
    assert f"«{address}»" in said


def test_a_command_that_is_interrupted_says_how_to_go_on(tmp_path):
    folder = write_batch(tmp_path, "endless")
    command = [sys.executable, "-m", "toolkit", "report", str(folder / "campaign"), "--jobs", "1"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    record, limit = tmp_path / "reports" / "2023" / "run.json", time.monotonic() + 60
    while not record.exists() and time.monotonic() < limit:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "та же команда сделает остальные" in said
    assert "Traceback" not in said


@pytest.fixture
def small_disk(tmp_path):
    """A disk with room for a few pages; only who may mount has one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run([which("mount"), "-t", "tmpfs", "-o", "size=450k", "tmpfs", disk], check=False)
    if mounted.returncode:
        pytest.skip("nobody but root may mount a disk")
    yield disk
    subprocess.run([which("umount"), disk], check=True)


def test_on_a_full_disk_the_pages_that_fit_are_there_and_the_others_say_why_not(small_disk, tmp_path):
    folder = write_batch(tmp_path, *GOOD)
    with pytest.raises(OSError, match="No space left"):
        make(folder, small_disk)
    record = json.loads((small_disk / "2023" / "run.json").read_text("utf-8"))
    outcomes = {row["agency"]: (row["outcome"], row["error"]) for row in record["agencies"]}
    assert ("done", "") in outcomes.values()
    assert ("failed", "страница не записана: на диске нет места") in outcomes.values()
    assert sorted(outcomes) == sorted(GOOD)
    assert [*small_disk.rglob(".unfinished*")] == []


def test_a_folder_that_cannot_be_written_is_said_by_the_command_and_stays_as_it_was(small_disk, tmp_path):
    folder = write_batch(tmp_path, "first")
    subprocess.run([which("mount"), "-o", "remount,size=20m", small_disk], check=True)
    make(folder, small_disk)
    before = read_bytes(small_disk)
    subprocess.run([which("mount"), "-o", "remount,ro", small_disk], check=True)
    command = [
        sys.executable,
        "-m",
        "toolkit",
        "report",
        str(folder / "campaign"),
        "--force",
        "--out",
        str(small_disk),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode not in (0, 1)
    assert "Traceback" not in ended.stderr
    assert "только для чтения" in ended.stderr
    assert read_bytes(small_disk) == before
