"""The files of servants are made by their script, are marked as made up, and look like real ones."""

import csv
import re
import subprocess
import sys
import tomllib
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from toolkit.rules.loader import SERVANTS_2025, load_methodology
from toolkit.servants.corps_a import evaluate_corps_a
from toolkit.servants.corps_b import evaluate_corps_b
from toolkit.servants.decision import EVALUATED
from toolkit.servants.decision import READINGS as READINGS_OF
from toolkit.servants.records import CORPS_A, CORPS_B, read_servants

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
FOLDER = SAMPLES / "servants_2025"
FILES = ("corps_a.csv", "corps_b.csv", "SYNTHETIC.md")
LAW = load_methodology(SERVANTS_2025)
BINDING_A = (
    "servant,category,appointed_on,worked_days,period_start,period_end,kpi,kind,plan,actual,direction,mark"
)
BINDING_B = "servant,quarter,form,appointed_on,worked_days,evaluator,p1,p2,p3,p4,p5,sanction"
# Terms of a procedure change no mark.
READINGS = {key: reading for key, reading in LAW.readings.items() if key != "before_date"}
OPTIONS = [
    (key, option)
    for key, reading in READINGS.items()
    for option in reading.options or ["0.6", "0.7", "0.8"]
    if option != reading.default
]
FIGURES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["figures"]


def read_rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as table:
        return list(csv.reader(table))


@cache
def evaluate(**readings):
    """Return every decision by servant, or by servant and period, so that both corps stand side by side."""
    own_a, own_b = (
        {key: readings[key] for key in READINGS_OF[corps] if key in readings} for corps in READINGS_OF
    )
    corps_a = evaluate_corps_a(read_servants(FOLDER / "corps_a.csv", CORPS_A), readings=own_a)
    corps_b = evaluate_corps_b(read_servants(FOLDER / "corps_b.csv", CORPS_B), readings=own_b)
    found = {one.servant: one.decision for one in corps_a.evaluations}
    return found | {f"{term.servant} {term.period}": term.decision for term in corps_b.terms}


def said(decision):
    return decision.status, decision.exact, decision.label


@pytest.fixture
def decisions():
    return evaluate()


def test_the_script_writes_the_committed_files_byte_for_byte(tmp_path):
    subprocess.run([sys.executable, SAMPLES / "make_servants.py", "--out", tmp_path], check=True)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in FOLDER.iterdir()} == {*FILES}
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


def test_the_columns_begin_with_the_binding_ones_and_all_are_known():
    header_a, header_b = read_rows("corps_a.csv")[0], read_rows("corps_b.csv")[0]
    assert ",".join(header_a).startswith(BINDING_A)
    assert ",".join(header_b).startswith(BINDING_B)
    assert set(header_a) == set(CORPS_A.columns)
    assert set(CORPS_B.columns) - set(header_b) == {"name"}


def test_the_folder_says_that_its_servants_are_made_up():
    notice = (FOLDER / "SYNTHETIC.md").read_text("utf-8")
    assert "Все данные этой папки вымышлены" in notice
    assert "All data in this folder are synthetic" in notice
    for name, layout in (("corps_a.csv", CORPS_A), ("corps_b.csv", CORPS_B)):
        assert read_servants(FOLDER / name, layout).synthetic


def test_servants_have_codes_and_every_name_is_listed_as_made_up():
    notice = (FOLDER / "SYNTHETIC.md").read_text("utf-8")
    for one in evaluate_corps_a(read_servants(FOLDER / "corps_a.csv", CORPS_A)).evaluations:
        assert re.fullmatch("a-[0-9]{3}", one.servant)
        assert re.fullmatch("Сервант [А-Я][а-я]+", one.name)
        assert f"- `{one.servant}`: {one.name}\n" in notice
    codes = {record.servant for record in read_servants(FOLDER / "corps_b.csv", CORPS_B).records}
    assert all(re.fullmatch("b-[0-9]{3}", code) for code in codes)


@pytest.mark.parametrize(
    ("name", "layout", "sizes"),
    [
        ("corps_a.csv", CORPS_A, {"horizons-ministry": 14, "bridges-ministry": 14}),
        ("corps_b.csv", CORPS_B, {"horizons-ministry": 30, "bridges-ministry": 27, "beacons-agency": 3}),
    ],
)
def test_agencies_are_large_and_small(name, layout, sizes):
    records = read_servants(FOLDER / name, layout).records
    agency = {record.servant: record.values["agency"] for record in records if not record.torn}
    assert Counter(agency.values()) == sizes


def test_the_first_servant_of_each_file_is_evaluated_and_simple(decisions):
    (first_a, *_), (first_b, *_) = (read_rows(name)[1:] for name in FILES[:2])
    assert first_b[1] == "2025Q3"
    for key in (first_a[0], f"{first_b[0]} 2025Q3"):
        assert (decisions[key].status, decisions[key].problems) == (EVALUATED, ())


def test_most_servants_are_evaluated_and_most_of_those_are_effective(decisions):
    for corps, years in (("a-", re.compile("a-...")), ("b-", re.compile("b-... 20.."))):
        whole = [decision for key, decision in decisions.items() if years.fullmatch(key)]
        held = [decision for decision in whole if decision.status == EVALUATED]
        effective = [decision for decision in held if decision.label.endswith("эффективно")]
        assert len(held) > len(whole) * (Fraction(3, 5) if corps == "a-" else Fraction(4, 5))
        assert len(held) / 2 < len(effective) < len(held)


@pytest.mark.parametrize(("key", "option"), OPTIONS)
def test_every_option_of_a_reading_that_concerns_marks_changes_a_result(decisions, key, option):
    other = evaluate(**{key: option})
    assert other.keys() == decisions.keys()
    assert any(said(decisions[servant]) != said(other[servant]) for servant in decisions)


def test_every_reading_that_concerns_marks_has_a_figure_computed_by_hand():
    assert {key for figure in FIGURES for key in figure.get("readings", {})} == set(READINGS)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure['term']}: {figure['result']}")
def test_a_deliberate_servant_comes_to_what_was_computed_by_hand(figure):
    decision = evaluate(**figure.get("readings", {}))[figure["term"]]
    label = decision.label.removeprefix("Выполняет функциональные обязанности ")
    *words, mean = figure["result"].split(" ")
    if not words:
        assert (decision.status, decision.exact, label) == (figure["result"], None, "")
    else:
        assert (decision.status, decision.exact, label) == (EVALUATED, Fraction(mean), " ".join(words))
