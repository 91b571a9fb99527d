import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from toolkit import Agency, load_methodology

ROWS = tomllib.loads((Path(__file__).parents[1] / "cases" / "rows.toml").read_text("utf-8"))
METHODOLOGY = load_methodology()


@pytest.fixture(scope="session")
def make_agency():
    """Return a function that makes an agency from a row at its best or worst, with some inputs changed."""

    def make(code="a", kind="central", row="full", hidden=(), **changed):
        values = {}
        for name, text in ROWS[row].items():
            words = list(METHODOLOGY.inputs[name].options)
            values[name] = Fraction(words.index(text) if words else text)
        values |= {name: Fraction(value) for name, value in changed.items()}
        kept = {name: value for name, value in values.items() if name not in hidden}
        return Agency(code, f"Орган {code}", kind, kept, year=2023)

    return make
