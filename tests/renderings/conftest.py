from dataclasses import replace

import pytest

from tests.renderings import engines
from tests.renderings.rows import PROGRAMS, TYPES, make_rows


@pytest.fixture(scope="session")
def rows():
    """Return the rows of each agency type."""
    made = list(make_rows(seed=20, random_rows=30))
    return {kind: [row for row in made if row.kind == kind] for kind in TYPES}


def calculate(program, row):
    """Return the exact value of every line under the readings and parameters of a row."""
    choice, parameters = {**program.choice, **row.choice}, {**program.parameters, **row.parameters}
    return replace(program, choice=choice, parameters=parameters).calculate(row.values)


@pytest.fixture(scope="session")
def exact_values(rows):
    """Return the exact value of every line for every row, None where it is missing."""
    return {kind: [calculate(PROGRAMS[kind], row) for row in rows[kind]] for kind in TYPES}


@pytest.fixture(scope="session")
def spreadsheet(rows, tmp_path_factory):
    """Return what LibreOffice finds, one file for all types."""
    given = [(PROGRAMS[kind], rows[kind]) for kind in TYPES]
    return engines.run_spreadsheet(tmp_path_factory.mktemp("parity"), given)
