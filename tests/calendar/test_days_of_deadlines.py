import tomllib
from datetime import date
from pathlib import Path

import pytest

from toolkit.calendar.deadlines import deadlines

EXPECTED = tomllib.loads(Path(__file__).with_name("expected_days.toml").read_text("utf-8"))
EVENTS = {year: EXPECTED[year].pop("events") for year in ("2025", "2026")}
ROWS = [(year, code, row) for year in ("2025", "2026") for code, row in EXPECTED[year].items()]
APPOINTMENTS = EXPECTED["appointments"]
VARIANTS = (
    *("a_draft_category_1", "a_agreement_category_2", "chapter_5_agreement"),
    *("a_draft_category_1_later", "a_agreement_category_2_later", "chapter_5_agreement_later"),
)


def read_days(row):
    """Return both days of a row: of a span, of a beginning, of a single day, or of nothing."""
    if "from" in row:
        return row["from"], None
    return tuple([None, None, *row.get("days", [])][-2:])


@pytest.fixture(scope="module")
def listed(stated):
    return {
        (year, option): {it.code: it for it in deadlines(int(year), EVENTS[year], stated, before_date=option)}
        for year in EVENTS
        for option in ("exclusive", "inclusive")
    }


@pytest.mark.parametrize(("year", "code", "row"), ROWS)
def test_a_deadline_has_the_days_worked_out_by_hand(year, code, row, listed):
    it = listed[year, "exclusive"][code]
    assert (it.first, it.last) == read_days(row)


@pytest.mark.parametrize(("year", "code", "row"), ROWS)
def test_before_a_day_takes_that_day_in_only_under_the_other_reading(year, code, row, listed):
    last = listed[year, "inclusive"][code].last
    assert last == row.get("inclusive", row.get("days", [None])[-1])


@pytest.mark.parametrize("year", EVENTS)
def test_a_year_has_exactly_the_deadlines_worked_out_by_hand(year, listed):
    assert list(listed[year, "exclusive"]) == list(EXPECTED[year])


@pytest.mark.parametrize("case", APPOINTMENTS, ids=lambda case: str(case["appointed"]))
def test_the_day_of_the_appointment_decides_which_deadline_stands(case, stated):
    found = {it.code: it for it in deadlines(case["year"], {"appointed": case["appointed"]}, stated)}
    assert [code for code in found if code in VARIANTS] == [code for code in found if code in case["stand"]]
    assert set(case["stand"]) <= set(found)
    assert {code: found[code].last for code in case.get("days", {})} == case.get("days", {})


def test_under_the_inclusive_reading_category_2_has_one_day_more_before_the_other_term(stated):
    for option, code in (
        ("exclusive", "a_agreement_category_2_later"),
        ("inclusive", "a_agreement_category_2"),
    ):
        found = deadlines(2026, {"appointed": "2026-02-01"}, stated, before_date=option)
        assert [it.code for it in found if it.code.startswith("a_agreement_category_2")] == [code]


def test_the_term_of_an_analogy_says_so(stated, find):
    it = find(deadlines(2026, {"appointed": "2026-04-28"}, stated), "a_agreement_category_2_later")
    assert it.provenance == "ambiguous"
    assert "срок принят по аналогии" in it.flags
    assert "приказ молчит" in it.notes[0]


def test_what_is_kept_from_29_february_is_kept_until_28_february(stated, find):
    it = find(deadlines(2028, {"agreement_signed": "29.02.2028"}, stated), "a_agreement_kept")
    assert (it.first, it.last) == (date(2028, 2, 29), date(2031, 2, 28))


def test_before_2025_only_the_order_of_2023_has_deadlines():
    assert {it.document.order for it in deadlines(2024)} == {"2023"}
    assert {it.document.order for it in deadlines(2025)} == {"2023", "2025"}
