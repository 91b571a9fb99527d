"""What is withheld from a page for everybody cannot be worked out from what stands on it."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.display.servants.withholding import FEWEST, Audience

OUTSIDE, INSIDE = Audience(), Audience(internal=True)
GROUPS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=1), st.integers(0, 60), min_size=1)


@given(GROUPS)
def test_no_group_of_one_to_four_is_ever_counted_outside(found):
    shown = OUTSIDE.counts(found)
    assert [size for size in shown.values() if size is not None and 0 < size < FEWEST] == []


@given(GROUPS)
def test_what_is_shown_is_the_true_size(found):
    shown = {group: size for group, size in OUTSIDE.counts(found).items() if size is not None}
    assert shown.items() <= found.items()


@given(GROUPS)
def test_inside_every_group_is_counted(found):
    assert INSIDE.counts(found) == found


@pytest.mark.parametrize("groups", [2, 3, 4])
def test_whoever_tries_every_division_of_the_whole_learns_no_withheld_size(groups):
    # The reader knows the whole, what is shown and how it is decided what to show.
    answers = defaultdict(list)
    for sizes in product(range(23), repeat=groups):
        if FEWEST <= sum(sizes) < 23:
            shown = tuple(OUTSIDE.counts(dict(enumerate(sizes))).values())
            answers[sum(sizes), shown].append(sizes)
    for (_, shown), possible in answers.items():
        for place in (place for place, size in enumerate(shown) if size is None):
            assert len({sizes[place] for sizes in possible}) >= 4


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ({"a": 30, "b": 8}, {"a": 30, "b": 8}),
        ({"a": 30, "b": 8, "c": 0}, {"a": 30, "b": 8, "c": 0}),
        # Four are too few; the rest together are twelve.
        ({"a": 30, "b": 8, "c": 4}, {"a": 30, "b": None, "c": None}),
        ({"a": 30, "b": 2, "c": 3}, {"a": 30, "b": None, "c": None}),
        # The rest together are three.
        ({"a": 30, "b": 1, "c": 2}, {"a": None, "b": None, "c": None}),
        # The first group itself is too small.
        ({"a": 3, "b": 9, "c": 9}, {"a": None, "b": None, "c": None}),
        # Nobody is in the first group, which may be told.
        ({"a": 0, "b": 4, "c": 9}, {"a": 0, "b": None, "c": None}),
        ({"a": 3, "b": 0, "c": 0}, {"a": None, "b": None, "c": None}),
    ],
)
def test_groups_are_withheld_as_worked_out_by_hand(found, shown):
    assert OUTSIDE.counts(found) == shown


@pytest.mark.parametrize(
    ("size", "whole", "said"),
    [(0, 40, "0"), (4, 40, "меньше 5"), (5, 40, "5"), (0, 4, "меньше 5"), (3, 3, "меньше 5")],
)
def test_one_size_is_said_only_when_it_is_large_enough(size, whole, said):
    assert OUTSIDE.count(size, whole) == said
    assert INSIDE.count(size, whole) == str(size)
