"""Every branch of corps B occurs in the sample; a failure lists the branches that do not."""

from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from toolkit.servants.corps_b import evaluate_corps_b
from toolkit.servants.decision import EVALUATED, NOT_ELIGIBLE, REFUSED
from toolkit.servants.records import CORPS_B, read_servants

FILE = Path(__file__).resolve().parents[2] / "data_samples" / "servants_2025" / "corps_b.csv"
LABEL = "Выполняет функциональные обязанности "
LISTED, OTHER = Fraction("2.99"), Fraction("1.99")  # annexes 1 and 2, row 5


def held(term):
    return term.decision.status == EVALUATED


def problems(term, column, *, warning):
    return [
        problem.what
        for problem in term.decision.problems
        if problem.place.column == column and problem.warning is warning
    ]


def refused(term, column, word=""):
    """Tell whether a quarter is refused because of a column."""
    found = problems(term, column, warning=False)
    return term.decision.status == REFUSED and any(word in what for what in found)


def warned(term, column, word=""):
    """Tell whether a quarter is evaluated in spite of a doubt."""
    return held(term) and any(word in what for what in problems(term, column, warning=True))


def given(term, column):
    """Return what the rows of a quarter say in one column."""
    return [sheet.record.values.get(column) for sheet in term.sheets]


def sanctioned(*sanctions):
    """Hold for an evaluated quarter with exactly these sanctions."""
    return lambda term: held(term) and any(sheet.sanctions == sanctions for sheet in term.sheets)


def at_cap(term, cap):
    return held(term) and any(
        sheet.cap == cap == sheet.marks["p5"] and sheet.sanctions for sheet in term.sheets
    )


def above_cap(term, cap):
    return refused(term, "p5", "взыскании") and any(
        sheet.cap == cap < sheet.marks["p5"] for sheet in term.sheets
    )


def labelled(words, *, yearly):
    return lambda term: term.yearly is yearly and term.decision.label == LABEL + words


def mean(number, *, yearly=False):
    return lambda term: term.yearly is yearly and term.decision.exact == Fraction(number)


def eligible(term, which):
    return [sheet.eligible for sheet in term.sheets] == which


def year_of(term, *wanted):
    """Tell whether a year is made of quarters with these statuses and no others."""
    return term.yearly and {quarter.decision.status for quarter in term.quarters} == set(wanted)


BRANCHES = {
    **{
        f"{name} «{words}»": labelled(words, yearly=yearly)
        for name, yearly in (("a quarter", False), ("a year", True))
        for words in ("эффективно", "надлежащим образом", "удовлетворительно", "не удовлетворительно")
    },
    "a quarter between 1.99 and 2": mean("1.998"),
    "a quarter between 2.99 and 3": mean("2.998"),
    "a quarter between 3.99 and 4": mean("3.998"),
    "a year between 2.99 and 3": mean("2.995", yearly=True),
    "a remark": sanctioned("remark"),
    "a reprimand": sanctioned("reprimand"),
    "a severe reprimand": sanctioned("severe_reprimand"),
    "another sanction": sanctioned("other"),
    "two sanctions of one cap": sanctioned("remark", "reprimand"),
    "two sanctions of two caps, the lower one acts": lambda term: (
        sanctioned("reprimand", "other")(term) and term.sheets[0].cap == OTHER
    ),
    "the cap of a reprimand reached exactly": lambda term: at_cap(term, LISTED),
    "the cap of another sanction reached exactly": lambda term: at_cap(term, OTHER),
    "above the cap of a reprimand": lambda term: above_cap(term, LISTED),
    "above the cap of another sanction": lambda term: above_cap(term, OTHER),
    "no word about sanctions": lambda term: refused(term, "sanction", "нет значения"),
    "none beside a sanction": lambda term: refused(term, "sanction", "none рядом"),
    "two positions": lambda term: held(term) and eligible(term, [True, True]),
    "two positions, one of them too short": lambda term: held(term) and eligible(term, [False, True]),
    "two positions with different sanctions": lambda term: (
        held(term) and len({sheet.sanctions for sheet in term.sheets}) == 2
    ),
    "one row twice": lambda term: warned(term, "", "повторяет") and len(term.sheets) == 1,
    "exactly a month": lambda term: held(term) and given(term, "appointed_on") == [date(2025, 12, 1)],
    "a day less than a month": lambda term: (
        term.decision.status == NOT_ELIGIBLE and given(term, "appointed_on") == [date(2025, 12, 2)]
    ),
    "exactly fifteen days": lambda term: held(term) and given(term, "worked_days") == [15],
    "fourteen days": lambda term: term.decision.status == NOT_ELIGIBLE and given(term, "worked_days") == [14],
    "the last day on a position": lambda term: held(term) and given(term, "left_on") == [date(2025, 9, 30)],
    "left before appointed": lambda term: bool(problems(term, "left_on", warning=False)),
    "a year without the quarter that is not eligible": lambda term: (
        year_of(term, EVALUATED, NOT_ELIGIBLE) and held(term)
    ),
    "a year without any eligible quarter": lambda term: (
        year_of(term, NOT_ELIGIBLE) and term.decision.status == NOT_ELIGIBLE
    ),
    "a year with a refused quarter": lambda term: (
        year_of(term, EVALUATED, REFUSED) and term.decision.status == REFUSED
    ),
    "a year with a row of no known quarter": lambda term: (
        year_of(term, EVALUATED) and term.decision.status == REFUSED
    ),
    "a second year": lambda term: term.period == "2026" and held(term),
    "a year of one quarter": lambda term: held(term) and len(term.quarters) == 1,
    "a quarter before the edition": lambda term: term.period == "2025Q2" and refused(term, "quarter"),
    "a word that is no quarter": lambda term: term.period == "«3 квартал 2025»" and refused(term, "quarter"),
    "a torn row": lambda term: term.period == "" and refused(term, "", "ячеек больше"),
    "a row that ends early": lambda term: warned(term, "", "оборвана"),
    "a mark above 5": lambda term: refused(term, "p1", "больше 5"),
    "a mark with three decimals": lambda term: refused(term, "p2", "больше двух знаков"),
    "no mark": lambda term: refused(term, "p3", "нет значения"),
    "a mark of 0 without a word": lambda term: warned(term, "p3", "оценка 0"),
    "a mark of 0 with a comment": lambda term: (
        held(term) and given(term, "p3") == [0] and not term.decision.problems
    ),
    "more days than the quarter has": lambda term: warned(term, "worked_days"),
    "a leader on the form of staff": lambda term: warned(term, "form", "форма staff"),
    "staff on the form of a leader": lambda term: warned(term, "form", "форма leader"),
    "a position of two parts of point 17": lambda term: warned(term, "grade"),
    "an unknown word about leading": lambda term: warned(term, "leading"),
    "nothing about the position": lambda term: held(term) and given(term, "grade") == [None],
    "an evaluator who heads nothing": lambda term: warned(term, "evaluator", "оценивает b-128"),
    "an evaluator of himself": lambda term: warned(term, "evaluator", "само себя"),
}


@pytest.fixture(scope="module")
def results():
    return evaluate_corps_b(read_servants(FILE, CORPS_B))


def test_every_branch_of_corps_b_occurs(results):
    missing = [branch for branch, holds in BRANCHES.items() if not any(map(holds, results.terms))]
    assert missing == []


def test_an_evaluator_of_21_is_named_and_one_of_20_is_not(results):
    persons = Counter()
    for term in results.terms:
        evaluators = {sheet.record.values["evaluator"] for sheet in term.sheets if sheet.eligible}
        persons.update((evaluator, term.period) for evaluator in evaluators)
    assert [key for key, count in persons.items() if count == 21] == [("b-101", "2025Q3")]
    assert sorted(key for key, count in persons.items() if count == 20) == [
        ("b-101", "2025Q4"),
        ("b-201", "2025Q3"),
    ]
    (named,) = results.delegations
    assert "у b-101 в 2025Q3 оцениваемых 21" in named.what


@pytest.mark.parametrize(
    ("servant", "written"),
    [
        ("b-101", "С-1"),  # a Cyrillic С
        ("b-102", "C-2"),
        ("b-104", "с–3"),  # Cyrillic, small, with a dash
        ("b-222", "С-О-1"),  # Cyrillic С and О
        ("b-224", "C–O–4"),  # dashes
    ],
)
def test_grades_are_written_in_both_alphabets(results, servant, written):
    grades = {record.values.get("grade") for record in results.file.records if record.servant == servant}
    assert grades == {written}


@pytest.mark.parametrize("head", ["b-101", "b-222"])
def test_a_head_whose_grade_is_written_in_cyrillic_may_evaluate_his_people(results, head):
    evaluated = [term for term in results.terms if head in given(term, "evaluator")]
    assert len({term.servant for term in evaluated}) > 4
    assert [term.servant for term in evaluated if problems(term, "evaluator", warning=True)] == []


def test_a_row_that_names_nobody_is_a_problem_of_the_file(results):
    (nameless,) = results.file.problems
    assert (nameless.place.column, nameless.warning) == ("servant", False)


def test_quarters_days_and_marks_are_written_in_several_ways():
    text = FILE.read_text("utf-8")
    assert all(written in text for written in (",2025-q3,", ",03.02.2020,", ',"4,7","4,6",', ",4,5,"))
