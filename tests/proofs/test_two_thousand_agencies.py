"""Two thousand random agencies under every option of every reading: arrays equal the exact score."""

import random

import numpy as np
import pytest

from tests.renderings.rows import PROGRAMS, TYPES, draw_row, options_in_turn
from toolkit import Agency, evaluate
from toolkit.analysis import arrays

AGENCIES = 2_000
PRECISION = 1e-9


def draw_agencies():
    chance = random.Random(2_023)  # noqa: S311  a seeded draw, nothing secret
    for number in range(AGENCIES):
        values = draw_row(chance)
        for name in chance.sample(sorted(values), chance.choice((0, 0, 0, 1, 2))):
            del values[name]
        yield Agency(f"a{number}", "A", TYPES[number % 3], values)


@pytest.mark.proof
def test_arrays_equal_the_exact_score_of_two_thousand_agencies_under_every_reading():
    agencies = list(draw_agencies())
    compared = 0
    for choice in options_in_turn():
        scores = evaluate(agencies, readings=choice)
        for kind in TYPES:
            own = [agency for agency in agencies if agency.type == kind]
            found = arrays.run(PROGRAMS[kind], arrays.table(PROGRAMS[kind], own), choice)
            for code in PROGRAMS[kind].applied:
                points = [scores.find(agency.code, code).points for agency in own]
                exact = np.array([np.nan if value is None else float(value) for value in points])
                assert np.array_equal(np.isnan(exact), np.isnan(found[code])), (code, choice)
                # The points of a band differ by far more than this, so an equal number is the same band.
                assert np.nanmax(np.abs(exact - found[code]), initial=0) <= PRECISION, (code, choice)
                compared += len(own)
    # 13 choices: 12 options and the default; 32 rules for central and for local agencies, 22 for territorial.
    assert compared == 13 * (667 * 32 + 667 * 32 + 666 * 22)
