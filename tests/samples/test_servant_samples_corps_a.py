"""Every branch of corps A occurs in the sample; a failure lists the branches that do not."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from toolkit.servants.corps_a import evaluate_corps_a
from toolkit.servants.decision import EVALUATED, NOT_ELIGIBLE, REFUSED
from toolkit.servants.records import CORPS_A, read_servants

FILE = Path(__file__).resolve().parents[2] / "data_samples" / "servants_2025" / "corps_a.csv"
NAMED = ("horizons-ministry", "bridges-ministry")


def status(word):
    return lambda one: one.decision.status == word


def days(one):
    return one.shared["worked_days"]


def appointed(one):
    return one.shared.get("appointed_on")


def warned(one, column, word=""):
    """Tell whether a servant is evaluated in spite of a doubt about a column."""
    found = [problem for problem in one.decision.problems if problem.place.column == column]
    return one.decision.status == EVALUATED and any(
        problem.warning and word in problem.what for problem in found
    )


def refused(one, column, word=""):
    """Tell whether a servant is refused because of a column."""
    found = [problem for problem in one.decision.problems if problem.place.column == column]
    return one.decision.status == REFUSED and any(
        not problem.warning and word in problem.what for problem in found
    )


def beyond(one, kinds, side):
    """Tell whether a mark of some kinds stands beyond its row of the annex, and so refuses the servant."""
    judged = [kpi for kpi in one.kpis if kpi.band and kpi.mark is not None and kpi.kind in kinds]
    if side == "above":
        return refused(one, "mark") and any(kpi.mark > kpi.band.high for kpi in judged)
    return refused(one, "mark") and any(kpi.mark < kpi.band.low for kpi in judged)


def percent(one, number, kinds, direction=""):
    """Tell whether an evaluated servant has a КЦИ of some kinds that is realised to some percent."""
    given = [
        kpi.percent
        for kpi in one.kpis
        if kpi.kind in kinds and direction in ("", kpi.record.values.get("direction"))
    ]
    return one.decision.status == EVALUATED and Fraction(number) in given


def kinds(one):
    return [kpi.kind for kpi in one.kpis]


ANNEX_4 = ("assignments",)
ANNEX_5 = ("appeals", "satisfaction", "authority", "own")

BRANCHES = {
    "evaluated": status(EVALUATED),
    "not eligible": status(NOT_ELIGIBLE),
    "refused": status(REFUSED),
    "category 1": lambda one: one.category == "1" and one.decision.status == EVALUATED,
    "category 2": lambda one: one.category == "2" and one.decision.status == EVALUATED,
    "chapter 5": lambda one: one.category == "transitional" and one.decision.status == EVALUATED,
    "label «эффективно»": lambda one: one.decision.label == "эффективно",
    "label «удовлетворительно»": lambda one: one.decision.label == "удовлетворительно",
    "label «неудовлетворительно»": lambda one: one.decision.label == "неудовлетворительно",
    "a mean of 2.998": lambda one: one.decision.exact == Fraction("2.998"),
    "a mean of 3.998": lambda one: one.decision.exact == Fraction("3.998"),
    "a mean of exactly 4": lambda one: one.decision.exact == 4,
    "exactly three months": lambda one: (
        appointed(one) == date(2025, 10, 1) and one.decision.status == EVALUATED
    ),
    "one day less": lambda one: appointed(one) == date(2025, 10, 2) and one.decision.status == NOT_ELIGIBLE,
    "exactly fifteen days": lambda one: days(one) == 15 and one.decision.status == EVALUATED,
    "fourteen days": lambda one: days(one) == 14 and one.decision.status == NOT_ELIGIBLE,
    "not eligible, its problem listed all the same": lambda one: (
        one.decision.status == NOT_ELIGIBLE
        and [problem.place.column for problem in one.decision.problems] == ["mark"]
    ),
    "a mark above annex 4": lambda one: beyond(one, ANNEX_4, "above"),
    "a mark above annex 5": lambda one: beyond(one, ANNEX_5, "above"),
    "a mark below annex 5": lambda one: beyond(one, ANNEX_5, "below"),
    "a mark of 100 % that is not 5": lambda one: refused(one, "mark", "100 %"),
    "a mark below the most of annex 4": lambda one: any(
        kpi.kind == "assignments" and kpi.band and kpi.mark is not None and kpi.mark < kpi.band.high
        for kpi in one.kpis
        if one.decision.status == EVALUATED
    ),
    "more than 100 %": lambda one: any(
        kpi.percent is not None and kpi.percent > 100 and kpi.mark == 5 for kpi in one.kpis
    ),
    "the hole of annex 4": lambda one: percent(one, "44.7", ANNEX_4),
    "the hole of annex 5": lambda one: percent(one, "44.7", ANNEX_5),
    "just below the hole": lambda one: percent(one, "44.495", ANNEX_5),
    "below 5 %": lambda one: percent(one, "4.99", ANNEX_4),
    "less is better": lambda one: percent(one, 80, ANNEX_5, "lower"),
    "less is better, and nothing came": lambda one: (
        percent(one, 100, ANNEX_5, "lower") and warned(one, "actual", "принята за 100")
    ),
    "less is better, and nothing was planned": lambda one: percent(one, 0, ANNEX_5, "lower"),
    "a plan of 0": lambda one: refused(one, "plan"),
    "no direction": lambda one: (
        one.category == "2"
        and one.decision.status == EVALUATED
        and all("direction" not in kpi.record.values for kpi in one.kpis)
    ),
    "a printed plan that is not 100": lambda one: warned(one, "plan"),
    "rows that are too few": lambda one: len(one.kpis) == 4 and refused(one, "kind"),
    "a kind of another category": lambda one: (
        one.category == "2" and "satisfaction" in kinds(one) and refused(one, "kind")
    ),
    "a number that stands twice": lambda one: refused(one, "kpi"),
    "rows that disagree": lambda one: refused(one, "appointed_on", "расходятся"),
    "rows that disagree on a name": lambda one: warned(one, "name", "расходятся"),
    "one row twice": lambda one: warned(one, "", "повторяет") and len(one.kpis) == 5,
    "more days than the period has": lambda one: warned(one, "worked_days"),
    "a number that may be a thousand": lambda one: warned(one, "actual", "тысяча"),
    "no mark": lambda one: refused(one, "mark", "нет значения"),
    "a mark with three decimals": lambda one: refused(one, "mark", "больше двух знаков"),
    "a mark above 5": lambda one: refused(one, "mark", "больше 5"),
    "a text instead of a number": lambda one: refused(one, "actual"),
    "an unknown kind": lambda one: refused(one, "kind", "неизвестное слово"),
    "an unknown direction": lambda one: refused(one, "direction"),
    "a date of two meanings": lambda one: refused(one, "appointed_on", "не дата"),
    "a period of two calendar years": lambda one: refused(one, "period_end"),
    "chapter 5 outside its period": lambda one: (
        one.category == "transitional" and refused(one, "period_start")
    ),
    "chapter 5 that outlasts its period": lambda one: (
        one.category == "transitional" and warned(one, "period_end")
    ),
    "chapter 5 without plan and actual": lambda one: (
        one.category == "transitional"
        and all({"plan", "actual"}.isdisjoint(kpi.record.values) for kpi in one.kpis)
    ),
}


@pytest.fixture(scope="module")
def evaluations():
    return evaluate_corps_a(read_servants(FILE, CORPS_A)).evaluations


def test_every_branch_of_corps_a_occurs(evaluations):
    missing = [branch for branch, holds in BRANCHES.items() if not any(map(holds, evaluations))]
    assert missing == []


def test_dates_and_marks_are_also_written_as_russian_papers_write_them():
    text = FILE.read_text("utf-8")
    assert ",15.04.2022," in text
    assert ',"4,1",' in text


def test_every_servant_names_an_agency_and_a_name(evaluations):
    assert {one.agency for one in evaluations} == set(NAMED)
    assert len({one.name for one in evaluations}) == len(evaluations) == 28


def test_no_problem_is_of_the_file_as_a_whole():
    assert read_servants(FILE, CORPS_A).problems == ()
