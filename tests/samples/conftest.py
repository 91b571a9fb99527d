import csv
from fractions import Fraction
from pathlib import Path

import pytest

from toolkit import Agency, evaluate, load_methodology

CAMPAIGN = Path(__file__).resolve().parents[2] / "data_samples" / "2023"
LAW = load_methodology()


def read_table():
    with (CAMPAIGN / "agencies.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def read_agency(row):
    """Read one row without the package's own reading, so that the two can be compared."""
    values, unshown = {}, set()
    for name, declared in LAW.inputs.items():
        if row[name]:
            options = list(declared.options)
            values[name] = Fraction(options.index(row[name]) if options else row[name])
        elif declared.empty_cell is not None:
            values[name] = declared.empty_cell
            unshown.add(name)
    return Agency(
        code=row["agency"],
        name=row["agency_name"],
        type=row["agency_type"],
        values=values,
        year=int(row["year"]),
        parent=row["parent"],
        unshown=frozenset(unshown),
    )


@pytest.fixture(scope="session")
def rows():
    return read_table()


@pytest.fixture(scope="session")
def agencies(rows):
    return [read_agency(row) for row in rows]


@pytest.fixture(scope="session")
def scores(agencies):
    return evaluate(agencies)
