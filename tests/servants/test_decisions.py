"""Who is evaluated, what refuses whom, and what is only told: decisions that no single figure shows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servants.tables import (
    FULL_A,
    HEAD_A,
    HEAD_B,
    MORE_B,
    evaluate_a,
    evaluate_b,
    make_a,
    make_b,
    write_csv,
)
from toolkit.servants.periods import Period, add_months, decide
from toolkit.servants.regulation import Minimum

FIVES = "2025Q3 5 5 5 5 5 none"
THREE_MONTHS = Minimum("3", 3, 15)
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
# Far from both ends of the calendar.
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


def statuses_b(tmp_path, rows, readings=None):
    path = write_csv(tmp_path / "b.csv", (*HEAD_B, *MORE_B), rows)
    return {(row["servant"], row["period"]): row for row in evaluate_b(path, readings)}


def statuses_a(tmp_path, rows, readings=None):
    path = write_csv(tmp_path / "a.csv", HEAD_A, rows)
    return {row["servant"]: row for row in evaluate_a(path, readings)}


def test_a_servant_who_is_refused_leaves_the_others_alone(tmp_path):
    rows = [
        *make_a(["assignments 100 80 4.01", *FULL_A["2"][1:]], servant="x"),
        *make_a(FULL_A["1"], servant="y", category="1"),
        *make_a(FULL_A["2"][:4], servant="z"),
        *make_a(FULL_A["2"], servant="w", worked_days="3"),
    ]
    found = statuses_a(tmp_path, rows)
    assert [row["status"] for row in found.values()] == ["refused", "evaluated", "refused", "not_eligible"]
    assert list(found) == ["x", "y", "z", "w"]


def test_rows_of_servants_may_be_mixed(tmp_path):
    rows = [*make_a(FULL_A["2"], servant="x"), *make_a(FULL_A["2"], servant="y")]
    mixed = [rows[at] for at in (0, 5, 1, 6, 7, 2, 8, 3, 4, 9)]
    found = statuses_a(tmp_path, mixed)
    assert [row["exact"] for row in found.values()] == ["5", "5"]


def test_the_same_row_twice_is_told_and_changes_nothing(tmp_path):
    once = statuses_b(tmp_path, make_b([FIVES, "2025Q4 3 3 3 3 3 none"]))
    twice = statuses_b(tmp_path, make_b([FIVES, FIVES, "2025Q4 3 3 3 3 3 none", FIVES]))
    assert [row["exact"] for row in once.values()] == [row["exact"] for row in twice.values()]
    said = twice["b1", "2025Q3"]["problems"]
    assert "строка 3: предупреждение: строка повторяет строку 2" in said
    assert "строка 5: предупреждение: строка повторяет строку 2" in said


def test_the_same_row_twice_is_told_and_changes_nothing_in_corps_a_either(tmp_path):
    # Decided for both corps: identical rows are used once with a warning.
    rows = make_a(FULL_A["2"])
    (found,) = statuses_a(tmp_path, [*rows, rows[2]]).values()
    assert (found["status"], found["exact"]) == ("evaluated", "5")
    assert "предупреждение" in found["problems"]
    assert "строка 7" in found["problems"]


def test_every_refused_cell_of_a_quarter_is_named(tmp_path):
    # Both rows are wrong, each in its own way: mending the first must not be needed to hear of the second.
    rows = make_b(["2025Q3 5 5 5 5 6 none", "2025Q3 5 5 5 5 7 none"])
    said = statuses_b(tmp_path, rows)["b1", "2025Q3"]["problems"]
    assert "строка 2, столбец p5: «6» больше 5" in said
    assert "строка 3, столбец p5: «7» больше 5" in said


def test_a_quarter_in_the_second_alphabet_is_no_quarter(tmp_path):
    rows = make_b([FIVES, "2025Ⅳ 5 5 5 5 5 none"])
    found = statuses_b(tmp_path, rows)
    assert found["b1", "2025Q3"]["status"] == "evaluated"
    assert found["b1", "2025"]["status"] == "refused"


def test_a_row_without_a_quarter_refuses_the_years_it_might_belong_to(tmp_path):
    rows = make_b([FIVES, "- 5 5 5 5 5 none", "2026Q1 5 5 5 5 5 none"])
    rows[1]["quarter"] = ""
    found = statuses_b(tmp_path, rows)
    assert found["b1", "2025Q3"]["status"] == found["b1", "2026Q1"]["status"] == "evaluated"
    assert found["b1", "2025"]["status"] == found["b1", "2026"]["status"] == "refused"
    assert "неизвестен квартал строк 3" in found["b1", "2025"]["problems"]


def test_the_year_of_one_servant_knows_nothing_of_another(tmp_path):
    rows = [*make_b(["2025Q3 5 5 5 5 6 none"], servant="x"), *make_b([FIVES], servant="y")]
    found = statuses_b(tmp_path, rows)
    assert found["x", "2025"]["status"] == "refused"
    assert found["y", "2025"]["exact"] == "5"


def test_a_refused_parameter_is_told_even_where_nobody_is_evaluated(tmp_path):
    rows = make_b(["2025Q3 5 5 5 5 6 none worked_days=3"])
    found = statuses_b(tmp_path, rows)["b1", "2025Q3"]
    assert (found["status"], found["exact"]) == ("not_eligible", "")
    assert "отработано дней: 3" in found["problems"]
    assert "«6» больше 5" in found["problems"]


def test_before_the_quarter_begins_nobody_serves_in_it(tmp_path):
    rows = make_b(["2025Q4 5 5 5 5 5 none left_on=2025-09-30"])
    assert statuses_b(tmp_path, rows)["b1", "2025Q4"]["status"] == "not_eligible"


@given(DAYS, st.integers(1, 24))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day, months):
    later = add_months(day, months)
    assert 12 * later.year + later.month == 12 * day.year + day.month + months
    last = (later + timedelta(days=1)).month != later.month
    assert later.day == day.day or (last and later.day < day.day)


@given(DAYS, DAYS, st.integers(1, 24))
def test_adding_months_keeps_the_order_of_days(first, second, months):
    assert (first <= second) <= (add_months(first, months) <= add_months(second, months))


@given(DAYS, st.integers(1, 12), st.integers(1, 12))
def test_adding_months_at_once_is_never_earlier_than_in_steps(day, first, second):
    steps = add_months(add_months(day, first), second)
    whole = add_months(day, first + second)
    assert steps <= whole <= steps + timedelta(days=3)
    if day.day <= 28:
        assert steps == whole


@given(st.dates(date(2024, 6, 1), date(2026, 6, 1)), st.integers(0, 366))
def test_who_is_eligible_stays_so_with_an_earlier_appointment_and_more_days(appointed, days):
    eligible, _ = decide(THREE_MONTHS, YEAR, appointed, None, days)
    if eligible:
        for earlier, more in ((appointed - timedelta(days=1), days), (appointed, days + 1)):
            assert decide(THREE_MONTHS, YEAR, earlier, None, more) == (True, ())
    # The last good day of appointment in 2025 is 1 October.
    assert eligible == (appointed <= date(2025, 10, 1) and days >= 15)


@given(st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_who_leaves_later_is_not_less_eligible(left):
    eligible, _ = decide(THREE_MONTHS, YEAR, date(2020, 1, 1), left, 200)
    # 1 January + 3 months = 1 April = 31 March + 1 day.
    assert eligible == (left >= date(2025, 3, 31))


@pytest.mark.parametrize(
    ("appointed", "days", "expected"),
    [
        (date(2025, 1, 1), None, None),
        (None, 200, None),
        (None, None, None),
        (None, 14, False),
        (date(2025, 10, 2), None, False),
        (date(2025, 10, 1), 15, True),
    ],
)
def test_what_is_not_known_is_neither_yes_nor_no_unless_the_rest_decides(appointed, days, expected):
    eligible, reasons = decide(THREE_MONTHS, YEAR, appointed, None, days)
    assert eligible is expected
    assert bool(reasons) == (expected is False)


def test_without_a_period_only_the_days_can_decide():
    assert decide(THREE_MONTHS, None, date(2025, 1, 1), None, 200) == (None, ())
    assert decide(THREE_MONTHS, None, date(2025, 1, 1), None, 14)[0] is False
