"""Random lists against a count that knows nothing of how they are read."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lists.reading import name_offers, read

YES, NO = ("да", "yes", "1", "+", "ДА"), ("нет", "no", "0", "-", "Нет")
WORDS = st.sampled_from((*YES, *NO, "", "?"))
CONTESTS = st.lists(st.tuples(st.sampled_from(("mf", "me")), WORDS, WORDS, WORDS), min_size=1, max_size=12)
INTERVIEWS = st.lists(
    st.tuples(
        st.sampled_from(("electronic", "electronic", "electronic", "paper", "none")),
        st.booleans(),
        st.sampled_from(("pay.а", "pay.б", "ethics.в;family.г", "нет")),
    ),
    min_size=1,
    max_size=60,
)


def read_text(name, text, law):
    with tempfile.TemporaryDirectory() as folder:
        return name_offers(read(Path(folder), {name: text}, law))


def decide(word):
    return True if word in YES else False if word in NO else None


def count(held, also):
    """Count those that were held and have the mark; nothing when one of them cannot be known."""
    known = [decide(held_word) for held_word in held]
    marks = [True if also is None else decide(also[at]) for at in range(len(held))]
    pairs = list(zip(known, marks, strict=True))
    if any(None in pair and False not in pair for pair in pairs):
        return None
    return pairs.count((True, True))


@settings(deadline=None, max_examples=150)
@given(CONTESTS)
def test_contests_are_counted_as_a_person_counts_them(law, rows):
    lines = [f"{row[0]},№ {at},{','.join(row[1:])}" for at, row in enumerate(rows)]
    offers = read_text("contests.csv", "\n".join(["agency,contest,held,observer,video", *lines]), law)
    assert len(offers) == 3 * len({row[0] for row in rows})
    for agency in {row[0] for row in rows}:
        own = [row[1:] for row in rows if row[0] == agency]
        held, observer, video = ([row[at] for row in own] for at in range(3))
        for name, also in (("held", None), ("observed", observer), ("recorded", video)):
            offer = offers[f"{agency}.contests_{name}"]
            assert offer.value == count(held, also)
            assert bool(offer.fault) == (offer.value is None)


@settings(deadline=None, max_examples=100)
@given(INTERVIEWS)
def test_paper_interviews_are_at_most_a_tenth_of_those_that_count_or_could(law, rows):
    lines = [
        f"mf,p-{at},{interview},{'да' if confirmed else 'нет'},{reasons}"
        for at, (interview, confirmed, reasons) in enumerate(rows)
    ]
    header = "agency,person,interview,failure_confirmed,reasons"
    offers = read_text("exit_interviews.csv", "\n".join([header, *lines]), law)
    electronic = [row for row in rows if row[0] == "electronic"]
    paper = [row for row in rows if row[:2] == ("paper", True)]
    counted = electronic + paper[: (len(electronic) + len(paper)) // 10]
    negative = sum(row[2] in {"pay.б", "ethics.в;family.г"} for row in counted)
    assert offers["mf.exit_interviews_filled"].value == len(counted)
    assert offers["mf.negative_exit_reasons"].value == negative


@settings(deadline=None, max_examples=100)
@given(CONTESTS, st.randoms())
def test_the_order_of_the_rows_changes_no_count(law, rows, chance):
    lines = [f"{row[0]},№ {at},{','.join(row[1:])}" for at, row in enumerate(rows)]
    shuffled = chance.sample(lines, len(lines))
    header = "agency,contest,held,observer,video"
    first, second = (read_text("contests.csv", "\n".join([header, *it]), law) for it in (lines, shuffled))
    assert {name: offer.value for name, offer in first.items()} == {
        name: offer.value for name, offer in second.items()
    }
