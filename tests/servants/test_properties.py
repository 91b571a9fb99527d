"""What holds for every file of servants, whatever stands in it."""

import tempfile
from fractions import Fraction
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.servants.tables import (
    HEAD_A,
    HEAD_B,
    KINDS,
    evaluate_a,
    evaluate_b,
    make_a,
    make_b,
    read_words,
    write_csv,
)

# As printed: points 21 and 48 of corps A, point 8 of corps B.
SCALE_A = {"неудовлетворительно": (0, 3), "удовлетворительно": (3, 4), "эффективно": (4, 6)}
FIRST = "Выполняет функциональные обязанности"
SCALE_B = {
    f"{FIRST} не удовлетворительно": (0, 2),
    f"{FIRST} удовлетворительно": (2, 3),
    f"{FIRST} надлежащим образом": (3, 4),
    f"{FIRST} эффективно": (4, 6),
}
CAPS = {"none": 500, "remark": 299, "reprimand": 299, "severe_reprimand": 299, "other": 199}
BY_QUARTER = {"sanction_cap_on": "quarter"}
EDGES = (0, 24, 25, 199, 200, 299, 300, 399, 400, 499, 500)
quick = settings(max_examples=50, deadline=None)

hundredths = st.one_of(st.sampled_from(EDGES), st.integers(0, 500))
days = st.sampled_from(["14", "15", "60", "61", "62", "63"])
sanctions = st.lists(st.sampled_from(sorted(CAPS.keys() - {"none"})), max_size=3).map(
    lambda words: ";".join(words) or "none"
)


def spell(mark):
    return f"{mark // 100}.{mark % 100:02}"


@st.composite
def sheets(draw, quarter=None):
    """Return a row of corps B as words, now and then with a bad cell."""
    marks = [spell(draw(hundredths)) for _ in range(5)]
    if draw(st.integers(0, 9)) == 0:
        marks[draw(st.integers(0, 4))] = draw(st.sampled_from(["-", "5.01", "x"]))
    quarter = quarter or draw(st.sampled_from(["2025Q2", "2025Q3", "2025Q4", "2026Q1"]))
    return f"{quarter} {' '.join(marks)} {draw(sanctions)} worked_days={draw(days)}"


@st.composite
def agreements(draw):
    """Return a servant of corps A: marks that the annexes allow, now and then one that they do not."""
    category = draw(st.sampled_from(sorted(KINDS)))
    lines = []
    for kind in KINDS[category]:
        percent, mark = draw(st.integers(0, 130)), draw(hundredths)
        if draw(st.integers(0, 7)):
            most = min(percent // 5 * 25, 500)
            least = 0 if kind == "assignments" else most
            mark = draw(st.integers(least, most if kind == "assignments" else min(most + 24, 500)))
        lines.append(f"{kind} 100 {percent} {spell(mark)}")
    end = "2025-07-31" if category == "transitional" else "2025-12-31"
    return {"category": category, "period_end": end, "worked_days": draw(days), "lines": lines}


def run_b(rows, readings=None):
    with tempfile.TemporaryDirectory() as folder:
        return evaluate_b(write_csv(Path(folder) / "b.csv", HEAD_B, rows), readings)


def run_a(rows, readings=None):
    with tempfile.TemporaryDirectory() as folder:
        return evaluate_a(write_csv(Path(folder) / "a.csv", HEAD_A, rows), readings)


def rows_b(servants):
    return [
        row for number, lines in enumerate(servants) for row in clear(make_b(lines, servant=f"b{number}"))
    ]


def clear(rows):
    return [{name: "" if text == "-" else text for name, text in row.items()} for row in rows]


def rows_a(servants):
    found = []
    for number, one in enumerate(servants):
        shared = {name: text for name, text in one.items() if name != "lines"}
        found += make_a(one["lines"], servant=f"a{number}", **shared)
    return found


def outcomes(rows):
    return {(row["servant"], row.get("period")): (row["status"], row["exact"], row["label"]) for row in rows}


def check_scale(row, scale):
    if row["status"] != "evaluated":
        assert (row["mean"], row["exact"], row["label"]) == ("", "", "")
        return
    exact = Fraction(row["exact"])
    start, end = scale[row["label"]]
    assert 0 <= exact <= 5
    assert start <= exact < end


@quick
@given(st.lists(st.lists(sheets(), min_size=1, max_size=4), min_size=1, max_size=3), st.booleans())
def test_every_mark_of_corps_b_is_on_the_scale_and_has_its_label(servants, by_quarter):
    for row in run_b(rows_b(servants), BY_QUARTER if by_quarter else None):
        check_scale(row, SCALE_B)


@quick
@given(st.lists(agreements(), min_size=1, max_size=3))
def test_every_mark_of_corps_a_is_on_the_scale_and_has_its_label(servants):
    for row in run_a(rows_a(servants)):
        check_scale(row, SCALE_A)


@quick
@given(
    st.lists(st.lists(sheets(), min_size=1, max_size=4), min_size=1, max_size=3), st.randoms(), st.booleans()
)
def test_the_order_of_rows_changes_no_result_of_corps_b(servants, chance, by_quarter):
    rows = rows_b(servants)
    mixed = list(rows)
    chance.shuffle(mixed)
    readings = BY_QUARTER if by_quarter else None
    assert outcomes(run_b(rows, readings)) == outcomes(run_b(mixed, readings))


@quick
@given(st.lists(agreements(), min_size=1, max_size=3), st.randoms())
def test_the_order_of_rows_changes_no_result_of_corps_a(servants, chance):
    rows = rows_a(servants)
    mixed = list(rows)
    chance.shuffle(mixed)
    assert outcomes(run_a(rows)) == outcomes(run_a(mixed))


@quick
@given(agreements())
def test_a_mark_of_corps_a_is_the_mean_of_what_was_given_or_there_is_none(one):
    (row,) = run_a(rows_a([one]))
    words = [read_words(line, ("kind", "plan", "actual", "mark")) for line in one["lines"]]
    marks = [Fraction(cells["mark"]) for cells in words if cells["kind"] != "quality"]
    qualities = [Fraction(cells["mark"]) for cells in words if cells["kind"] == "quality"]
    mean = sum(marks) / 5
    if qualities:
        mean = (mean + sum(qualities) / 3) / 2
    eligible = int(one["worked_days"]) >= 15
    assert (row["status"] == "not_eligible") == (not eligible)
    if row["status"] == "evaluated":
        assert Fraction(row["exact"]) == mean
    allowed = all(map(is_allowed, words)) or one["category"] == "transitional"
    assert (row["status"] == "evaluated") == (eligible and allowed)


def is_allowed(cells):
    """Say by the closed form of annexes 4 and 5 whether a mark is allowed, in whole hundredths."""
    percent, mark = int(cells["actual"]), int(100 * Fraction(cells["mark"]))
    step = min(percent // 5 * 25, 500)
    if cells["kind"] == "assignments":
        return mark <= step
    return mark == 500 if percent >= 100 else step <= mark <= step + 24


@quick
@given(st.lists(sheets("2025Q3"), min_size=1, max_size=3))
def test_a_quarter_is_the_mean_of_what_was_given_or_there_is_none(lines):
    row = run_b(rows_b([lines]))[0]
    told = [
        read_words(line, ("quarter", "p1", "p2", "p3", "p4", "p5", "sanction"))
        for line in dict.fromkeys(lines)
    ]
    held = [cells for cells in told if int(cells["worked_days"]) >= 15]
    good = [cells for cells in held if is_sound(cells)]
    if not held:
        assert row["status"] == "not_eligible"
    elif len(good) < len(held):
        assert row["status"] == "refused"
    else:
        marks = [sum(Fraction(cells[f"p{number}"]) for number in range(1, 6)) for cells in good]
        assert Fraction(row["exact"]) == sum(marks) / 5 / len(marks)


def is_sound(cells):
    marks = [cells[f"p{number}"] for number in range(1, 6)]
    if {"", "5.01", "x"} & set(marks):
        return False
    return Fraction(marks[4]) * 100 <= min(CAPS[word] for word in cells["sanction"].split(";"))


@quick
@given(st.lists(sheets(), min_size=1, max_size=5))
def test_a_year_is_refused_exactly_when_one_of_its_quarters_is(lines):
    rows = run_b(rows_b([lines]))
    quarters = {row["period"]: row for row in rows if "Q" in row["period"]}
    for year in (row for row in rows if "Q" not in row["period"]):
        own = [row for period, row in quarters.items() if period.startswith(year["period"])]
        marks = [Fraction(row["exact"]) for row in own if row["status"] == "evaluated"]
        if any(row["status"] == "refused" for row in own):
            assert year["status"] == "refused"
        elif marks:
            assert Fraction(year["exact"]) == sum(marks) / len(marks)
        else:
            assert year["status"] == "not_eligible"


@quick
@given(st.lists(sheets("2025Q3"), min_size=1, max_size=3))
def test_under_the_other_reading_no_quarter_exceeds_its_cap(lines):
    row = run_b(rows_b([lines]), BY_QUARTER)[0]
    words = [line.split()[6] for line in lines]
    cap = min(CAPS[word] for text in words for word in text.split(";"))
    assume(row["status"] == "evaluated")
    assert Fraction(row["exact"]) * 100 <= cap


@quick
@given(st.lists(hundredths, min_size=5, max_size=5), st.integers(0, 4), st.integers(1, 500), sanctions)
def test_a_higher_mark_never_lowers_a_quarter(marks, place, more, sanction):
    higher = list(marks)
    higher[place] = min(marks[place] + more, 500)
    assume(higher != marks)
    found = []
    for one in (marks, higher):
        line = f"2025Q3 {' '.join(map(spell, one))} {sanction}"
        found.append([run_b(rows_b([[line]]), readings)[0] for readings in (None, BY_QUARTER)])
    for low, high in zip(*found, strict=True):
        if low["status"] == high["status"] == "evaluated":
            assert Fraction(low["exact"]) <= Fraction(high["exact"])
    # What is above the cap of a sanction is refused and never lowered to it.
    if found[1][0]["status"] == "evaluated":
        assert Fraction(found[1][0]["exact"]) * 500 == sum(higher)
    assert found[1][1]["status"] == "evaluated"


@quick
@given(agreements(), st.integers(0, 7), st.integers(1, 24))
def test_a_higher_mark_never_lowers_the_mean_of_corps_a(one, place, more):
    lines = list(one["lines"])
    place %= len(lines)
    *cells, mark = lines[place].split()
    lines[place] = " ".join([*cells, spell(min(int(100 * Fraction(mark)) + more, 500))])
    before, after = run_a(rows_a([one]))[0], run_a(rows_a([one | {"lines": lines}]))[0]
    if before["status"] == after["status"] == "evaluated":
        assert Fraction(before["exact"]) <= Fraction(after["exact"])
    if before["status"] == "not_eligible":
        assert after["status"] == "not_eligible"


@quick
@given(st.lists(st.lists(sheets(), min_size=1, max_size=3), min_size=2, max_size=3))
def test_what_stands_about_one_servant_changes_nothing_for_another(servants):
    together = outcomes(run_b(rows_b(servants)))
    rows = rows_b(servants)
    for name in {row["servant"] for row in rows}:
        alone = outcomes(run_b([row for row in rows if row["servant"] == name]))
        assert {key: one for key, one in together.items() if key[0] == name} == alone
