"""Two years beside each other; the row `full` has every indicator at its maximum, 100 for personnel."""

from fractions import Fraction

import pytest

from toolkit import evaluate
from toolkit.analysis.years import compare_years
from toolkit.formula.interval import Interval


@pytest.fixture(scope="module")
def compare(make_agency):
    """Return a function that compares the years of two lists of agencies."""

    def compare(before, now):
        return compare_years(*(evaluate([make_agency(**row) for row in rows]) for rows in (before, now)))

    return compare


def turnover(code, points, **more):
    """Describe an agency that loses points by turnover alone: its total is 100 - 10 + these points."""
    return {"code": code, "net_turnover_points": points, **more}


NOTHING_KNOWN = {"code": "d", "hidden": ["net_turnover_points"]}
BEFORE = [turnover("a", 10), turnover("b", 4), turnover("c", 7), NOTHING_KNOWN]
NOW = [turnover("a", 8), turnover("b", 9), turnover("c", 7), turnover("d", 6)]


@pytest.fixture(scope="module")
def board(compare):
    """Totals a 100 -> 98, b 94 -> 99, c 97 -> 97, d unknown -> 96."""
    return next(it for it in compare(BEFORE, NOW) if (it.kind, it.direction) == ("central", "hr"))


def codes(pairs):
    return [pair.now.agency.code for pair in pairs]


def test_totals_stand_by_their_change_the_greatest_rise_first(board):
    assert [(pair.now.agency.code, pair.change) for pair in board.pairs] == [("b", 5), ("c", 0), ("a", -2)]


def test_places_are_those_of_each_year_among_its_complete_totals(board):
    # 2022: a 100, c 97, b 94. 2023: b 99, a 98, c 97, d 96: d has a place in its own year.
    found = {pair.now.agency.code: tuple(place.place for place in pair.places) for pair in board.pairs}
    assert found == {"a": (1, 2), "b": (3, 1), "c": (2, 3)}
    assert {tuple(place.among for place in pair.places) for pair in board.pairs} == {(3, 4)}


def test_a_total_that_was_partial_has_no_change_but_what_it_can_be(board):
    # Without turnover 2022 lies between 90 and 100, and 2023 is 96.
    (pair,) = board.partial
    assert (pair.now.agency.code, pair.change, pair.places[0]) == ("d", None, None)
    assert pair.reach == Interval(Fraction(-4), Fraction(6))


def test_the_median_is_of_the_agencies_that_have_both_years(board):
    # 94 97 100 against 97 98 99; of all complete totals of 2023, 96 97 98 99, it is 97.5.
    assert (board.total.before, board.total.now, board.total.change) == (97, 98, 1)
    assert (board.total.compared, board.total.rose, board.total.fell) == (3, 1, 1)
    assert board.everyone == ((97, 3), (Fraction(195, 2), 4))


def test_an_indicator_moves_by_its_median_and_counts_rises_and_falls(board):
    # 10 4 7 against 8 9 7; d has no turnover in 2022. Nothing else moved, so it comes first.
    first, *others = board.shifts
    assert (first.rule.code, first.before, first.now, first.change) == ("net_turnover", 7, 8, 1)
    assert (first.compared, first.rose, first.fell) == (3, 1, 1)
    assert {(shift.change, shift.rose, shift.fell, shift.compared) for shift in others} == {(0, 0, 0, 4)}


def test_the_largest_movers_keep_their_order(board):
    assert codes(board.movers(2)) == ["b", "a"]
    assert codes(board.movers(9)) == ["b", "c", "a"]


def test_equal_changes_stand_by_name(compare):
    boards = compare([turnover(code, 5) for code in "zxy"], [turnover(code, 6) for code in "zxy"])
    assert codes(boards[0].pairs) == ["x", "y", "z"]


def test_a_penalty_that_takes_less_than_before_is_a_rise(compare):
    # 100 - 3 = 97, then 100 - 1 = 99.
    before = {"code": "a", "hr_reporting_penalty_points": 3}
    board = compare([before], [before | {"hr_reporting_penalty_points": 1}])[0]
    assert (board.pairs[0].before.points, board.pairs[0].now.points) == (97, 99)
    part = board.pairs[0].parts[0]
    assert (part.now.code, part.change) == ("hr_reporting_penalty", 2)
    shift = board.shifts[0]
    assert (shift.before, shift.now, shift.rose, shift.fell) == (-3, -1, 1, 0)


def test_the_indicators_of_an_agency_stand_by_size_and_those_without_data_last(compare):
    before = turnover("a", 10, staff_stability_points=2, hidden=["gender_balance_points"])
    now = turnover("a", 8, staff_stability_points=5)
    parts = compare([before], [now])[0].partial[0].parts
    assert [(part.now.code, part.change) for part in parts[:2]] == [
        ("staff_stability", 3),
        ("net_turnover", -2),
    ]
    assert (parts[-1].now.code, parts[-1].change) == ("gender_balance", None)


def test_changes_are_exact(compare):
    thirds = (turnover("a", Fraction(10, 3)), turnover("a", Fraction(11, 3)))
    assert compare(thirds[:1], thirds[1:])[0].pairs[0].change == Fraction(1, 3)


def test_agencies_of_one_year_alone_are_compared_with_nobody(compare):
    boards = compare([turnover("a", 5), turnover("old", 9)], [turnover("a", 6), turnover("new", 10)])
    assert codes(boards[0].pairs) == ["a"]
    # Both years have two complete totals: their places count whoever was there.
    assert [place.place for place in boards[0].pairs[0].places] == [2, 2]


def test_an_agency_of_another_type_is_not_compared(compare):
    boards = compare([turnover("a", 5), turnover("b", 5)], [turnover("a", 6), turnover("b", 6, kind="local")])
    assert {(board.kind, *codes(board.pairs)) for board in boards} == {("central", "a")}


def test_types_are_compared_among_themselves_and_units_have_no_second_direction(compare):
    kinds = ("territorial", "local", "central")
    rows = [turnover(kind, 5, kind=kind) for kind in kinds]
    found = [(board.kind, board.direction, *codes(board.pairs)) for board in compare(rows, rows)]
    assert found == [
        *[("central", direction, "central") for direction in ("hr", "it")],
        *[("local", direction, "local") for direction in ("hr", "it")],
        ("territorial", "hr", "territorial"),
    ]


def test_years_without_a_common_agency_have_no_board(compare):
    boards = compare([turnover("a", 5)], [turnover("b", 5)])
    assert boards == []
    assert compare([], []) == []


def test_totals_that_are_all_partial_have_no_median(compare):
    board = compare([NOTHING_KNOWN], [NOTHING_KNOWN])[0]
    assert (board.pairs, board.total.before, board.total.change) == ((), None, None)
    # Both years lie between 90 and 100, whatever the other one is.
    assert board.partial[0].reach == Interval(Fraction(-10), Fraction(10))
