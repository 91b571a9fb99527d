from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import ToolkitError
from toolkit.calendar.overrides import read_calendar
from toolkit.calendar.working import Override, WorkingCalendar

KNOWN = read_calendar(Path(__file__).with_name("stated_days.csv"))
BARE = WorkingCalendar()
BARE.is_working(date(2025, 1, 1))  # loads the package of holidays before Hypothesis takes the time
DAYS = st.dates(date(2023, 1, 1), date(2029, 12, 31))
COUNTS = st.integers(0, 80)
CALENDARS = st.sampled_from([KNOWN, BARE])
ONE = timedelta(days=1)


@given(CALENDARS, DAYS, COUNTS)
def test_as_many_working_days_lie_in_a_term_as_were_added(calendar, day, count):
    term = (calendar.add_working_days(day, count) - day).days
    assert sum(calendar.is_working(day + ONE * step) for step in range(1, term + 1)) == count


@given(CALENDARS, DAYS, st.integers(1, 80))
def test_a_term_ends_on_a_working_day_either_way(calendar, day, count):
    assert calendar.is_working(calendar.add_working_days(day, count))
    assert calendar.is_working(calendar.subtract_working_days(day, count))


@given(CALENDARS, DAYS, COUNTS)
def test_a_longer_term_ends_later(calendar, day, count):
    assert calendar.add_working_days(day, count) < calendar.add_working_days(day, count + 1)
    assert calendar.subtract_working_days(day, count) > calendar.subtract_working_days(day, count + 1)


@given(CALENDARS, DAYS, st.integers(1, 80))
def test_a_later_event_never_ends_a_term_earlier(calendar, day, count):
    assert calendar.add_working_days(day, count) <= calendar.add_working_days(day + ONE, count)


@given(CALENDARS, DAYS, COUNTS)
def test_counting_back_undoes_counting_on_from_a_working_day(calendar, day, count):
    start = calendar.add_working_days(day, 1)
    assert calendar.subtract_working_days(calendar.add_working_days(start, count), count) == start


@given(DAYS, COUNTS)
def test_one_more_day_off_never_ends_a_term_earlier(day, count):
    last = BARE.add_working_days(day, count)
    closed = WorkingCalendar([Override(last, working=False)])
    assert closed.add_working_days(day, count) >= last


def test_the_package_knows_holidays_days_in_lieu_and_a_worked_sunday():
    # 2025: 8 March is a Saturday, so Monday 10 March is off; Sunday 5 January was worked for the 3rd.
    assert not BARE.is_working(date(2025, 3, 10))
    assert not BARE.is_working(date(2025, 1, 3))
    assert BARE.is_working(date(2025, 1, 5))
    assert not BARE.is_working(date(2025, 12, 16))


def test_a_day_that_a_decree_of_the_next_year_moved_is_known():
    # Saturday 28 December 2013 was worked for Friday 3 January 2014.
    assert BARE.is_working(date(2013, 12, 28))
    assert not BARE.is_working(date(2014, 1, 3))


def test_an_override_decides_over_weekends_and_holidays():
    calendar = WorkingCalendar(
        [
            Override(date(2026, 1, 10), working=True),
            Override(date(2026, 1, 12), working=False, note="перенос"),
        ]
    )
    # From Friday 9 January: Saturday 10 is worked, Monday 12 is off, Tuesday 13 is the second day.
    assert BARE.add_working_days(date(2026, 1, 9), 2) == date(2026, 1, 13)
    assert calendar.add_working_days(date(2026, 1, 9), 1) == date(2026, 1, 10)
    assert calendar.add_working_days(date(2026, 1, 9), 2) == date(2026, 1, 13)
    assert calendar.add_working_days(date(2026, 1, 9), 3) == date(2026, 1, 14)
    assert calendar.name_day_off(date(2026, 1, 12)) == "перенос"
    assert BARE.add_working_days(date(2026, 1, 9), 1) == date(2026, 1, 12)


def test_a_feast_whose_day_is_an_estimate_makes_a_term_doubtful():
    # Kurban ait of 2030 is not announced yet; the package expects it in April.
    feast = next(day for day in every_day(2030) if BARE.doubt(day, day)[0].startswith("день подвижного"))
    feast += ONE  # the day before it is doubtful too
    assert any(f"({feast:%d.%m.%Y})" in said for said in BARE.doubt(feast - 3 * ONE, feast + 3 * ONE))
    assert all("подвижного" not in said for said in BARE.doubt(feast + 2 * ONE, feast + 9 * ONE))
    settled = WorkingCalendar([Override(feast, working=False, note="Курбан айт")])
    assert settled.doubt(feast - 3 * ONE, feast + 3 * ONE) == ()


def test_a_year_without_a_known_decree_makes_a_term_doubtful_unless_the_file_speaks_of_it():
    said = "о переносе выходных дней в 2040 году сведений нет"
    assert said in BARE.doubt(date(2040, 2, 1), date(2040, 2, 5))
    assert BARE.doubt(date(2024, 2, 1), date(2024, 2, 5)) == ()
    stated = WorkingCalendar([Override(date(2040, 1, 2), working=False)])
    assert stated.doubt(date(2040, 2, 1), date(2040, 2, 5)) == ()
    assert stated.doubt(date(2040, 12, 28), date(2041, 1, 5)) == (
        "о переносе выходных дней в 2041 году сведений нет",
    )


def every_day(year):
    return (date(year, 1, 1) + step * ONE for step in range(365))


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: BARE.is_working(date(1999, 12, 31)), ["год 1999 вне календаря", "2000–2099"]),
        (lambda: BARE.add_working_days(date(2099, 12, 30), 9), ["год 2100 вне календаря"]),
        (lambda: BARE.add_working_days(date(2026, 1, 1), -1), ["-1", "≥ 0"]),
        (lambda: BARE.subtract_working_days(date(2000, 1, 5), 9), ["год 1999 вне календаря"]),
    ],
)
def test_what_cannot_be_counted_ends_in_a_sentence(ask, words):
    with pytest.raises(ToolkitError) as caught:
        ask()
    for word in words:
        assert word in str(caught.value)


def test_no_working_days_after_an_event_is_the_event_itself():
    assert BARE.add_working_days(date(2026, 1, 10), 0) == date(2026, 1, 10)
