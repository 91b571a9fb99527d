"""Whatever a notebook does, its report alone is lost, and the next run makes what is missing."""

import json
import random
import subprocess
import time
from shutil import which

import pytest

from tests.publish.batch import kill_after, make, read_bytes, read_log, write_batch
from toolkit.publish.crew import Crew

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


@pytest.fixture(scope="module")
def troubled(tmp_path_factory):
    codes = ("first", "raising", "endless", "greedy", "lacking", "deadly", "last")
    folder = write_batch(tmp_path_factory.mktemp("troubled"), *codes)
    return folder, make(folder, timeout=2)


@pytest.mark.parametrize(
    ("agency", "said"),
    [
        ("raising", "ZeroDivisionError: division by zero"),
        ("endless", "ячейка блокнота не закончилась в отведённое время"),
        ("greedy", "MemoryError"),
        ("lacking", "FileNotFoundError"),
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
    assert set(read_log(folder)) == {"raising", "endless", "greedy", "lacking", "deadly"}


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
