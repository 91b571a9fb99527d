"""Points among those of peers: parts of sorted points, and the points of the others."""

from fractions import Fraction
from statistics import quantiles

import pytest

from toolkit import evaluate
from toolkit.analysis.places import other_points, peer_points, quantile


@pytest.mark.parametrize("count", [2, 3, 7, 100, 101, 102, 350])
@pytest.mark.parametrize("parts", [2, 4, 101])
def test_parts_of_sorted_points_are_those_of_the_standard_library(count, parts):
    points = sorted(Fraction(7 * at % 41, (1, 3, 7)[at % 3]) for at in range(count))
    own = [quantile(points, part, parts) for part in range(1, parts)]
    assert own == quantiles(points, n=parts, method="inclusive")


def test_all_parts_of_one_point_are_that_point():
    assert [quantile([Fraction(3)], quarter, 4) for quarter in range(5)] == [3] * 5


def test_the_others_are_all_but_one_even_among_equals(make_agency):
    tied = [make_agency(code, promoted_from_within=0) for code in "abc"]
    scores = evaluate([*tied, make_agency("d", hidden=["promoted_total"])])
    complete, missing = (scores.find(code, "career_growth") for code in "bd")
    whole = peer_points(complete, scores)
    assert len(whole) == 3
    assert other_points(complete, scores) == whole[:2]
    assert other_points(missing, scores) == whole
    assert peer_points(missing, scores) == whole  # what was asked before took nothing away
