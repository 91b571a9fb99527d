from datetime import date, timedelta
from pathlib import Path

import pytest

from toolkit.calendar.overrides import read_calendar
from toolkit.calendar.working import Override, WorkingCalendar

STATED = Path(__file__).with_name("stated_days.csv")


@pytest.fixture(scope="session")
def stated():
    """Return a calendar that knows nothing but weekends and the days of the file in this folder.

    Every day of these years is decided here, so that no edition of a package can move an expected date.
    """
    days = (date(2023, 1, 1) + timedelta(days=step) for step in range(365 * 4 + 120))
    weekdays = {day: Override(day, working=day.weekday() < 5) for day in days}
    return WorkingCalendar((weekdays | dict(read_calendar(STATED).overrides)).values())


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a calendar file of this text or these bytes and gives its path."""

    def make(content, name="calendar.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return make


@pytest.fixture
def find():
    """Return a function that finds a deadline by its code."""
    return lambda found, code: next(it for it in found if it.code == code)
