"""Every bad input of the gallery is refused where it stands, in words that help, and spoils nothing else."""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from toolkit.errors import ToolkitError
from toolkit.intake.campaign import read_campaign

GALLERY = Path(__file__).parent / "gallery"
NEIGHBOUR = "data_currency_points"


def load_cases(name):
    return tomllib.loads((GALLERY / f"{name}.toml").read_text("utf-8"))["cases"]


CELLS = load_cases("cells")
TABLES = [case for name in ("rows", "headers", "files", "doubts") for case in load_cases(name)]
USED = [case for case in TABLES if "stops" not in case]
STOPPING = [case for case in TABLES if "stops" in case]


def read_title(case):
    return case["title"]


def write_bytes(case):
    if "bytes" in case:
        return case["bytes"].encode("latin-1")
    return case["text"].encode(case.get("encoding", "utf-8"))


def read(folder, data, law):
    (folder / "agencies.csv").write_bytes(data)
    return read_campaign(folder, law.methodology)


def find_the_one(campaign):
    assert len(campaign.problems) == 1
    return campaign.problems[0]


def assert_is_told(problem, case):
    shown = str(problem)
    assert "\n" not in shown
    assert [word for word in case["words"] if word not in shown] == []


@pytest.mark.parametrize("case", CELLS, ids=read_title)
def test_a_bad_cell_is_refused_by_row_and_column_and_its_neighbours_stay(case, tmp_path, law):
    cell = f'"{case["cell"]}"' if case.get("quoted") else case["cell"]
    column = case["column"]
    text = f"agency,agency_type,{column},{NEIGHBOUR}\nme,local,,7\nmf,central,{cell},19.5\n"
    campaign = read(tmp_path, text.encode(), law)
    problem = find_the_one(campaign)
    assert_is_told(problem, case)
    assert (problem.place.file, problem.place.row, problem.place.column) == ("agencies.csv", 3, column)
    assert not problem.warning
    agency = campaign.find("mf")
    assert agency.values == {NEIGHBOUR: Fraction(39, 2)}
    assert agency.refused == {column: f"ячейка отклонена: {problem.what}"}
    assert campaign.find("me").values[NEIGHBOUR] == 7


@pytest.mark.parametrize("case", USED, ids=read_title)
def test_a_bad_row_or_column_is_refused_and_the_rest_is_used(case, tmp_path, law):
    campaign = read(tmp_path, write_bytes(case).lstrip(b"\n"), law)
    problem = find_the_one(campaign)
    assert_is_told(problem, case)
    assert (problem.place.row, problem.place.column) == (case["row"], case["column"])
    assert problem.warning == ("предупреждение" in case["words"])
    assert [row.code for row in campaign.refused] == case.get("refused", [])
    for path, expected in case.get("survives", {}).items():
        code, name = path.split(".")
        assert campaign.find(code).values[name] == Fraction(expected)
    for path in case.get("missing", []):
        code, name = path.split(".")
        assert name not in campaign.find(code).values
        assert name in campaign.find(code).refused
    for code, name in case.get("names", {}).items():
        assert campaign.find(code).name == name


@pytest.mark.parametrize("case", STOPPING, ids=read_title)
def test_a_file_that_is_no_table_stops_with_a_sentence(case, tmp_path, law):
    with pytest.raises(ToolkitError) as refusal:
        read(tmp_path, write_bytes(case).lstrip(b"\n"), law)
    assert_is_told(refusal.value, case)
    assert (refusal.value.place.file, refusal.value.place.row) == ("agencies.csv", case["row"])


def test_the_gallery_is_large_and_names_no_case_twice():
    titles = [case["title"] for case in CELLS + TABLES]
    assert len(titles) == len(set(titles)) >= 45
