"""Every bad file of the gallery is refused where it is bad, in words that help, and spoils nothing else."""

import tomllib
from pathlib import Path

import pytest

from tests.servants.tables import FULL_A, HEAD_A, HEAD_B, MORE_B, make_a, make_b, read_result, write_csv

GALLERY = Path(__file__).parent / "gallery"
GOOD = ("evaluated", "5", "5")
EMPTY = ("refused", "", "")


def load_cases(name):
    return tomllib.loads((GALLERY / f"{name}.toml").read_text("utf-8"))["cases"]


CELLS_A, CELLS_B, FILES = load_cases("cells_a"), load_cases("cells_b"), load_cases("files")


def read_title(case):
    return case["title"]


def list_refusals(done):
    return [line for line in done.err.splitlines() if "предупреждение" not in line]


def find_words(case, line):
    return [word for word in case["words"] if word not in line]


def check_place(case, done, file, row):
    """Look for the one line that names the cell, says what is wrong with it and what is allowed."""
    column = case.get("names", case["column"])
    begins = f"{file}, строка {case.get('row', row)}, столбец {column}: "
    said = done.err.splitlines() if case.get("warns") else list_refusals(done)
    lines = [line for line in said if line.startswith(begins)]
    assert [line for line in lines if not find_words(case, line)] != [], done.err
    assert all("допускается: " in line for line in lines)
    # A cell of a million letters is not shown whole.
    assert max(map(len, done.err.splitlines())) < 1_000


def check_common(done, status):
    assert "Traceback" not in done.err + done.out
    assert done.status == status, done.err


def fill(case):
    return case["cell"] * case.get("times", 1)


@pytest.mark.parametrize("case", CELLS_A, ids=read_title)
def test_a_bad_cell_of_corps_a_refuses_its_servant_alone(case, tmp_path, command):
    rows = make_a(FULL_A["2"], servant="bad")
    rows[1][case["column"]] = fill(case)
    rows += make_a(FULL_A["2"], servant="good")
    done = command("corps-a", write_csv(tmp_path / "a.csv", HEAD_A, rows), "--out", tmp_path / "out.csv")
    check_common(done, 3)
    check_place(case, done, "a.csv", 3)
    bad, good = read_result((tmp_path / "out.csv").read_text("utf-8"))
    assert tuple(bad[name] for name in ("status", "mean", "exact")) == EMPTY
    assert bad["label"] == ""
    assert tuple(good[name] for name in ("status", "mean", "exact")) == GOOD
    assert good["problems"] == ""
    assert (bad["servant"], good["servant"]) == ("bad", "good")


@pytest.mark.parametrize("case", CELLS_B, ids=read_title)
def test_a_bad_cell_of_corps_b_refuses_its_quarter_and_year_alone(case, tmp_path, command):
    rows = [
        *make_b(["2025Q3 5 5 5 5 5 none"], servant="bad"),
        *make_b(["2025Q3 5 5 5 5 5 none"], servant="good"),
    ]
    rows[0][case["column"]] = fill(case)
    path = write_csv(tmp_path / "b.csv", (*HEAD_B, *MORE_B), rows)
    done = command("corps-b", path, "--out", tmp_path / "out.csv")
    warns = case.get("warns", False)
    check_common(done, 0 if warns else 3)
    check_place(case, done, "b.csv", 2)
    found = read_result((tmp_path / "out.csv").read_text("utf-8"))
    bad = [row for row in found if row["servant"] == "bad"]
    for row in bad:
        assert tuple(row[name] for name in ("status", "mean", "exact")) == (GOOD if warns else EMPTY)
        assert bool(row["label"]) == warns
    assert bool(bad) == (case["column"] != "servant")
    good = [row for row in found if row["servant"] == "good"]
    assert [tuple(row[name] for name in ("period", "status", "mean", "exact")) for row in good] == [
        ("2025Q3", *GOOD),
        ("2025", *GOOD),
    ]
    assert [row["problems"] for row in good] == ["", ""]


def write_bytes(case):
    if "bytes" in case:
        return case["bytes"].encode("latin-1")
    return case["text"].lstrip("\n").encode(case.get("encoding", "utf-8"))


@pytest.mark.parametrize("case", FILES, ids=read_title)
def test_a_bad_file_ends_in_a_sentence_and_the_right_status(case, tmp_path, command):
    corps = case["corps"]
    path, out = tmp_path / case.get("file", f"{corps}.csv"), tmp_path / "out.csv"
    path.write_bytes(write_bytes(case))
    done = command(f"corps-{corps}", path, "--out", out)
    check_common(done, case["status"])
    assert find_words(case, done.err) == [], done.err
    assert out.exists() == (case["status"] != 2)
    if "statuses" in case:
        rows = read_result(out.read_text("utf-8"))
        assert [row["status"] for row in rows] == case["statuses"]
        assert all(bool(row["exact"]) == (row["status"] == "evaluated") for row in rows)


def test_the_gallery_is_large_and_names_no_case_twice():
    for cases in (CELLS_A, CELLS_B, FILES):
        assert len({case["title"] for case in cases}) == len(cases) >= 30
