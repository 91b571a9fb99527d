"""The program finds for servants what was computed by hand from the order."""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from tests.servants.tables import (
    DAYS,
    FULL_A,
    HEAD_A,
    HEAD_B,
    evaluate_a,
    evaluate_b,
    keep_text,
    make_a,
    make_b,
    make_native,
    write_csv,
    write_xlsx,
)
from toolkit.rules.loader import SERVANTS_2025, load_methodology

FOLDER = Path(__file__).parent
SHARED = {"name", "why", "point", "words", "quiet", "readings", "parameters"}
KEYS = {
    "corps_a": SHARED | {"servant", "lines", "change", "expects"},
    "corps_b": SHARED | {"sheets", "results"},
}
ENOUGH = {"corps_a": 75, "corps_b": 65}
FIRST_WORDS = "Выполняет функциональные обязанности"
DEADLINES_ALONE = {"before_date"}


def read_cases(corps):
    for group in tomllib.loads((FOLDER / f"{corps}.toml").read_text("utf-8"))["groups"]:
        for case in group["cases"]:
            servant = group.get("servant", {}) | case.get("servant", {})
            yield {"point": group["point"]} | case | ({"servant": servant} if servant else {})


A, B = list(read_cases("corps_a")), list(read_cases("corps_b"))


def read_name(case):
    return case["name"]


def make_rows_a(case, servant="a1"):
    cells = case.get("servant", {})
    lines = case.get("lines") or list(FULL_A[cells.get("category", "2")])
    for number, line in case.get("change", {}).items():
        lines[int(number) - 1] = line
    return make_a(lines, **{**cells, "servant": servant})


def make_rows_b(case, servant="b1"):
    rows = make_b(case["sheets"], servant=servant)
    return [{name: "" if text == "-" else text for name, text in row.items()} for row in rows]


def read_parameters(case):
    return {name: Fraction(text) for name, text in case.get("parameters", {}).items()}


def check(row, expected, prefix=""):
    """Hold a row of the result against `4.95 эффективно` or a status."""
    mark, _, words = expected.partition(" ")
    if mark in ("refused", "not_eligible"):
        assert [row[name] for name in ("status", "mean", "exact", "label")] == [mark, "", "", ""]
        return
    assert (row["status"], row["label"]) == ("evaluated", f"{prefix} {words}".strip()), row
    assert Fraction(row["exact"]) == Fraction(mark)
    # A decimal of twelve digits.
    assert abs(Fraction(row["mean"]) - Fraction(mark)) < Fraction(1, 10**11)


def check_words(case, rows):
    said = " | ".join(row["problems"] for row in rows)
    assert [word for word in case.get("words", []) if word not in said] == [], said
    assert [word for word in case.get("quiet", []) if word in said] == [], said


@pytest.mark.parametrize("case", A, ids=read_name)
def test_corps_a_is_evaluated_as_by_hand(case, tmp_path):
    path = write_csv(tmp_path / "corps_a.csv", HEAD_A, make_rows_a(case))
    (row,) = evaluate_a(path, case.get("readings"), read_parameters(case))
    check(row, case["expects"])
    check_words(case, [row])


@pytest.mark.parametrize("case", B, ids=read_name)
def test_corps_b_is_evaluated_as_by_hand(case, tmp_path):
    path = write_csv(tmp_path / "corps_b.csv", HEAD_B, make_rows_b(case))
    rows = evaluate_b(path, case.get("readings"), read_parameters(case))
    assert [row["period"] for row in rows] == [text.partition(" ")[0] for text in case["results"]]
    for row, expected in zip(rows, case["results"], strict=True):
        check(row, expected.partition(" ")[2], FIRST_WORDS)
    check_words(case, rows)


def has_plain_days(rows):
    """Say whether a workbook can keep the days of these rows as dates."""
    days = [row.get(name, "") for row in rows for name in DAYS]
    return not any("." in day for day in days)


STYLES = {
    "native": {"make": make_native},
    "texts": {"make": keep_text},
    "percents": {"make": make_native, "percents": True},
}


def gather(cases, make_rows):
    """Return the cases that need no reading, each as a servant of its own, and the rows of them all."""
    plain = [case for case in cases if not case.keys() & {"readings", "parameters"}]
    named = {f"s{at:03}": case for at, case in enumerate(plain)}
    rows = {name: make_rows(case, name) for name, case in named.items()}
    kept = {name: named[name] for name in rows if has_plain_days(rows[name])}
    return kept, [row for name in kept for row in rows[name]]


@pytest.mark.parametrize("style", STYLES)
def test_a_workbook_of_corps_a_gives_what_the_texts_give(style, tmp_path):
    kept, rows = gather(A, make_rows_a)
    path = write_xlsx(tmp_path / "corps_a.xlsx", HEAD_A, rows, **STYLES[style])
    found = {row["servant"]: row for row in evaluate_a(path)}
    assert list(found) == list(kept)
    assert len(kept) > 50
    for name, case in kept.items():
        check(found[name], case["expects"])


@pytest.mark.parametrize("style", ["native", "texts"])
def test_a_workbook_of_corps_b_gives_what_the_texts_give(style, tmp_path):
    kept, rows = gather(B, make_rows_b)
    path = write_xlsx(tmp_path / "corps_b.xlsx", HEAD_B, rows, **STYLES[style])
    found = {}
    for row in evaluate_b(path):
        found.setdefault(row["servant"], []).append(row)
    assert list(found) == list(kept)
    assert len(kept) > 40
    for name, case in kept.items():
        for row, expected in zip(found[name], case["results"], strict=True):
            check(row, expected.partition(" ")[2], FIRST_WORDS)


@pytest.mark.parametrize(("corps", "cases"), [("corps_a", A), ("corps_b", B)])
def test_a_case_says_why_and_has_a_name_of_its_own(corps, cases):
    assert len({case["name"] for case in cases}) == len(cases) >= ENOUGH[corps]
    for case in cases:
        assert set(case) <= KEYS[corps], case["name"]
        assert case["why"]


def test_every_option_of_a_reading_is_chosen_in_some_case():
    chosen = {pair for case in (*A, *B) for pair in case.get("readings", {}).items()}
    readings = load_methodology(SERVANTS_2025).readings
    wanted = {
        (key, option)
        for key, reading in readings.items()
        for option in reading.options
        if option != reading.default and key not in DEADLINES_ALONE
    }
    assert wanted <= chosen
