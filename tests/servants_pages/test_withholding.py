"""What is withheld from a page for everybody cannot be worked out from what stands on it."""

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
def test_a_withheld_group_cannot_be_worked_out_from_the_whole(found):
    hidden = [found[group] for group, size in OUTSIDE.counts(found).items() if size is None]
    filled = [size for size in hidden if size]
    # Either at least two groups share five persons or more, or nothing at all is told.
    assert not hidden or (len(filled) > 1 and sum(filled) >= FEWEST) or len(hidden) == len(found)


@given(GROUPS)
def test_what_is_shown_is_the_true_size(found):
    assert {group: size for group, size in OUTSIDE.counts(found).items() if size is not None}.items() <= (
        found.items()
    )


@given(GROUPS)
def test_inside_every_group_is_counted(found):
    assert INSIDE.counts(found) == found


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ({"a": 30, "b": 8}, {"a": 30, "b": 8}),
        ({"a": 30, "b": 8, "c": 0}, {"a": 30, "b": 8, "c": 0}),
        # Four alone would be the rest of the whole, so the next smallest group goes with it.
        ({"a": 30, "b": 8, "c": 4}, {"a": 30, "b": None, "c": None}),
        # Two and three are two groups of five persons together: no third is needed.
        ({"a": 30, "b": 2, "c": 3}, {"a": 30, "b": None, "c": None}),
        # One and two are three persons: the next group goes with them.
        ({"a": 30, "b": 1, "c": 2}, {"a": None, "b": None, "c": None}),
        ({"a": 30, "b": 6, "c": 1, "d": 2}, {"a": 30, "b": None, "c": None, "d": None}),
        # Three persons of one group: the empty groups would tell where they are.
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
