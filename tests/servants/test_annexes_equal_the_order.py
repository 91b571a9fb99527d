"""Annexes, scales, caps, forms and point 17 as the toolkit holds them are those that the order prints."""

from datetime import date
from fractions import Fraction
from math import floor

import pytest

from tests.servants import order_text as order
from toolkit.rules.loader import SERVANTS_2025, load_methodology
from toolkit.servants.duties import find_duty
from toolkit.servants.regulation import load_regulation

LEADER = "Оценочный лист лица, занимающего руководящую должность"
STAFF = "Оценочный лист лица, занимающего не руководящую должность"
MOST = "Таблица определения максимальной оценки"
RANGE = "Таблица определения допустимой оценки"
TWENTY_ONE = 21

beside = pytest.mark.skipif(
    not order.TEXT.is_file(), reason="the text of the order is not next to the project"
)


@pytest.fixture(scope="module")
def law():
    return load_regulation()


@pytest.fixture(scope="module")
def texts():
    """Return the methods of corps A and of corps B."""
    return order.split_methods(order.read_order())


def exact(printed):
    return Fraction(printed.replace(",", ".")) if printed else None


@beside
def test_annex_4_is_the_printed_one_row_by_row(law, texts):
    printed = order.read_annex(texts[0], MOST, "Примечание")
    assert len(printed) == TWENTY_ONE
    assert [high for *_, high in printed] == [""] * TWENTY_ONE
    expected = [(exact(start), exact(end), Fraction(0), exact(most)) for start, end, most, _ in printed]
    assert [(row.start, row.end, row.low, row.high) for row in law.tables["annex_4"].rows] == expected


@beside
def test_annex_5_is_the_printed_one_row_by_row(law, texts):
    printed = order.read_annex(texts[0], RANGE, "Примечание")
    assert len(printed) == TWENTY_ONE
    # The first row prints one number: exactly 5.
    expected = [
        (exact(start), exact(end), exact(low), exact(high or low)) for start, end, low, high in printed
    ]
    assert [(row.start, row.end, row.low, row.high) for row in law.tables["annex_5"].rows] == expected


@beside
@pytest.mark.parametrize("annex", ["annex_4", "annex_5"])
def test_a_row_is_shown_as_it_is_printed(law, texts, annex):
    title = MOST if annex == "annex_4" else RANGE
    printed = order.read_annex(texts[0], title, "Примечание")
    expected = [f"{start}-{end}" if end else f"{start} и выше" for start, end, *_ in printed]
    assert [row.printed for row in law.tables[annex].rows] == expected


@beside
@pytest.mark.parametrize(
    ("scale", "start", "end"),
    [("scale_corps_a", "\n21. ", "\n22. "), ("scale_transitional", "\n48. ", "\n49. ")],
)
def test_a_scale_of_corps_a_is_the_printed_one(law, texts, scale, start, end):
    printed = order.read_scale(texts[0], start, end)
    expected = [(exact(low), exact(high), label) for low, high, label in reversed(printed)]
    assert [(row.start, row.end, row.label) for row in law.tables[scale].rows] == expected
    assert len(expected) == 3


@beside
def test_the_scale_of_corps_b_is_the_printed_one_with_the_labels_of_the_list(law, texts):
    printed = order.read_results(texts[1])
    expected = [(exact(low), exact(high), label) for low, high, label in printed]
    rows = law.tables["scale_corps_b"].rows
    assert [(row.start, row.end, row.label) for row in rows] == expected
    assert [row.label for row in rows] == order.read_listed_results(texts[1])
    assert len(rows) == 4


@beside
@pytest.mark.parametrize("title", [LEADER, STAFF])
def test_the_caps_of_a_sanction_are_printed_in_both_forms(texts, title):
    rules = {rule.code: rule for rule in load_methodology(SERVANTS_2025).resolve("leader", choose_defaults())}
    constants = rules["sanction_cap"].scope.constants
    assert [exact(cap) for cap in order.read_caps(texts[1], title)] == [
        constants["listed"].value,
        constants["others"].value,
    ]
    assert constants["highest"].value == 5


def choose_defaults():
    return {key: reading.default for key, reading in load_methodology(SERVANTS_2025).readings.items()}


@beside
@pytest.mark.parametrize(("form", "title"), [("leader", LEADER), ("staff", STAFF)])
def test_the_five_parameters_of_a_form_are_called_as_printed(law, texts, form, title):
    printed = order.read_parameters(texts[1], title)
    assert [number for number, _ in printed] == [1, 2, 3, 4, 5]
    assert law.forms[form].parameters == [name for _, name in printed]
    assert law.forms[form].title == title


@beside
def test_part_one_of_point_17_lists_the_categories_of_the_order(law, texts):
    printed = order.read_positions(texts[1], "\n17. Оценка", "осуществляется непосредственным")
    head = "3) руководитель структурного подразделения/государственного органа –"
    assert printed == order.read_positions(texts[1], head, "4) оценивающее лицо")
    assert list(law.duties[0].positions) == list(printed)
    for grade, words in printed.items():
        roles = [role.strip().casefold() for role in words.split(",") if role]
        known = [law.roles[role] for role in law.duties[0].positions[grade]]
        assert len(roles) == len(known)
        assert all(role in spelled for role, spelled in zip(roles, known, strict=True))
        for role in roles:
            found = find_duty(grade, role, leading=None)
            assert (found.evaluator, found.form) == ("direct", "leader")


@beside
def test_part_three_of_point_17_lists_the_categories_of_the_order(law, texts):
    rest = texts[1].partition("за исключением лиц указанных")[2]
    printed = order.read_positions(rest, "Оценка административных", "осуществляется непосредственным")
    assert list(law.duties[1].positions) == list(printed) == ["C-1", "D-3"]
    assert (law.duties[1].evaluator, law.duties[1].form) == ("direct", "staff")


@beside
def test_the_numbers_that_the_order_prints_in_words_are_those_of_the_law_files(law, texts):
    first, second = map(order.join_words, texts)
    assert "менее трех месяцев со дня назначения" in first
    assert "не менее пятнадцати фактически отработанных служащим" in first
    assert (law.eligibility["corps_a"].months, law.eligibility["corps_a"].days) == (3, 15)
    assert "менее одного месяца со дня назначения или избрания" in second
    assert "не менее пятнадцати фактически отработанных" in second
    assert (law.eligibility["corps_b"].months, law.eligibility["corps_b"].days) == (1, 15)
    assert "количество оцениваемых лиц превышает двадцать человек" in second
    assert law.most_persons == 20
    assert first.count("Количество КЦИ составляет 5.") == 2
    assert {one.count for one in law.composition.values()} == {5}


@beside
def test_the_dates_of_force_are_those_of_the_order(law, texts):
    first = order.join_words(texts[0])
    assert "возникшие с 1 июля 2025 года, за исключением абзаца четвертого пункта 1" in first
    assert "распространяется на правоотношения, возникшие с 1 января 2025 года" in first
    assert "с 1 января 2025 года по 31 июля 2025 года" in first
    assert law.force["corps_b"].start == date(2025, 7, 1)
    assert law.force["corps_a"].start == date(2025, 1, 1)
    assert (law.force["transitional"].start, law.force["transitional"].end) == (
        date(2025, 1, 1),
        date(2025, 7, 31),
    )
    assert law.force["corps_a"].end is law.force["corps_b"].end is None


@beside
def test_the_printed_plan_stands_beside_every_mandatory_indicator(law, texts):
    agreement = order.cut(texts[0], "Ежегодное соглашение служащего корпуса «А»", "Приложение 3")
    # Three rows of annex 1 and two of annex 2; the plan of the authority's КЦИ is left open.
    assert agreement.count("% 100 По") == 5
    assert law.printed_plan == 100
    assert set(law.printed_plan_kinds) == {"assignments", "appeals", "satisfaction"}


# Steps of half a hundredth, finer than any printed bound, and the least bit below and above each bound.
A_BIT = Fraction(1, 10**9)
STEPS = [Fraction(number, 1000) for number in range(0, 120_000, 5)]
BESIDE = [bound + off for bound in range(5, 101, 5) for off in (-A_BIT, A_BIT)]
GRID = [*STEPS, *BESIDE]


def test_both_annexes_are_a_quarter_of_a_point_for_every_five_percent(law):
    for percent in GRID:
        step = Fraction(floor(percent / 5), 4) if percent < 100 else Fraction(5)
        most, span = law.tables["annex_4"].find(percent), law.tables["annex_5"].find(percent)
        assert (most.low, most.high) == (0, step)
        assert (span.low, span.high) == (step, step if percent >= 100 else step + Fraction(24, 100))


def test_as_printed_the_hole_is_from_44_5_to_45_and_nowhere_else(law):
    holes = [percent for percent in GRID if find_printed(law, percent) is None]
    expected = [percent for percent in GRID if Fraction("44.5") <= percent < 45]
    assert holes == expected
    assert holes


def find_printed(law, percent):
    return law.tables["annex_4"].find(percent, as_printed=True)


def test_every_percent_finds_the_same_row_in_both_annexes(law):
    for percent in GRID:
        both = [law.tables[name].find(percent, as_printed=True) for name in ("annex_4", "annex_5")]
        assert len({row and row.printed for row in both}) == 1


def test_every_mark_of_a_hundredth_belongs_to_one_row_of_annex_5(law):
    # 0.25 and 0.24 in turn: the ranges leave out no hundredth and share none.
    marks = [Fraction(number, 100) for number in range(501)]
    rows = law.tables["annex_5"].rows
    assert [sum(row.allows(mark) for row in rows) for mark in marks] == [1] * 501


def test_only_assignments_follow_annex_4(law):
    followed = {
        kind: law.annex(kind) for kind in ("assignments", "appeals", "satisfaction", "authority", "own")
    }
    assert {kind for kind, table in followed.items() if table is law.tables["annex_4"]} == {"assignments"}
    assert {table.name for table in followed.values()} == {"annex_4", "annex_5"}
    assert law.annex("quality") is None


def test_the_scales_begin_at_zero_and_leave_no_number_without_a_label(law):
    for name in ("scale_corps_a", "scale_transitional", "scale_corps_b"):
        starts = [row.start for row in law.tables[name].rows]
        assert starts == sorted(starts, reverse=True)
        assert starts[-1] == 0
        assert all(law.tables[name].find(Fraction(number, 1000)).label for number in range(5001))
