from datetime import date, datetime

import pytest

from toolkit import ToolkitError
from toolkit.calendar.deadlines import deadlines, of_corps
from toolkit.calendar.working import WorkingCalendar


def states(found, *codes):
    return [(it.state, it.days_left) for it in found if it.code in codes]


@pytest.mark.parametrize(
    ("today", "state", "left"),
    [
        ("2027-01-19", "ahead", 1),
        ("2027-01-20", "today", 0),
        ("2027-01-21", "overdue", -1),
        ("2026-01-20", "ahead", 365),
    ],
)
def test_a_deadline_is_overdue_from_the_day_after_its_last_one(today, state, left):
    assert states(deadlines(2026, today=today), "a_evaluation") == [(state, left)]


def test_a_span_is_overdue_only_after_its_last_day():
    for today, state in (("2026-04-30", "today"), ("2026-05-01", "overdue"), ("2026-04-01", "ahead")):
        assert states(deadlines(2026, today=today), "b_dismissed_1")[0][0] == state


def test_a_day_that_data_speak_of_and_a_rule_in_force_are_never_overdue():
    for today, expected in (
        ("2026-02-28", ["ahead", "running"]),
        ("2026-03-01", ["ahead", "ended"]),
        ("2028-01-01", ["ended", "ended"]),
    ):
        found = deadlines(2026, today=today)
        assert [state for state, _ in states(found, "staff_monitoring", "chapter_5")] == expected


def test_an_order_is_not_in_force_before_its_first_day():
    for today, state in (("2023-03-11", "ahead"), ("2023-03-12", "running")):
        found = deadlines(2023, {"publication_2023": "2023-03-01"}, today=today)
        assert states(found, "order_2023_force") == [(state, None)]


def test_without_a_day_nothing_is_marked():
    found = deadlines(2026)
    assert {it.state for it in found} == {"dated", "undated"}
    assert {it.days_left for it in found} == {None}


def test_a_deadline_without_its_event_has_words_and_no_date(find):
    it = find(deadlines(2026, today="2026-05-01"), "b_session")
    assert (it.last, it.state, it.term) == (
        *(None, "undated"),
        "в течение 10 рабочих дней со дня поступления заявления",
    )


def test_a_date_on_a_day_off_stays_and_warns(find, stated):
    # 31 January 2026 is a Saturday, 20 January a Tuesday; 1 March 2026 is a Sunday.
    found = deadlines(2026, calendar=stated)
    assert find(found, "a_agreement_category_2").flags == (
        "последний день — выходной (суббота): о переносе срока приказ молчит",
    )
    assert find(found, "a_draft_category_1").flags == ()
    assert "воскресенье" in find(deadlines(2025, calendar=stated), "a_analysis").flags[0]


def test_a_term_over_an_estimated_feast_or_an_unknown_year_says_so(find, stated):
    events = {"appointed": "2040-06-05"}
    flags = find(deadlines(2040, events), "a_draft_category_1_later").flags
    assert "о переносе выходных дней в 2040 году сведений нет" in flags
    feasts = [
        find(deadlines(2040, {"draft": day}), "a_approval").flags
        for day in ("2040-01-10", "2040-03-01", "2040-07-20", "2040-09-20", "2040-11-10", "2040-12-15")
    ]
    assert any("подвижного праздника" in flag for flags in feasts for flag in flags)
    confirmed = find(deadlines(2026, {"draft": "2026-05-14"}, stated), "a_approval")
    assert confirmed.flags == ()


def test_what_the_order_dates_before_itself_is_flagged(find, stated):
    flags = find(deadlines(2025, calendar=stated), "a_draft_category_1").flags
    assert flags == ("срок раньше издания приказа (28.07.2025)",)


def test_the_expiry_of_chapter_5_and_its_own_deadline_are_kept_apart(find, stated):
    for option, ends, said in (
        ("exclusive", date(2026, 2, 28), True),
        ("inclusive", date(2026, 3, 1), False),
    ):
        found = deadlines(2025, calendar=stated, before_date=option)
        assert find(found, "chapter_5").last == ends
        it = find(found, "chapter_5_analysis")
        assert it.last == date(2026, 3, 1)
        assert ("срок позже последнего дня действия этих норм (28.02.2026)" in it.flags) is said


def test_an_appeal_of_the_fourth_quarter_that_outlives_the_annual_mark_is_said_on_both(find, stated):
    # From Friday 15 January 2027: 16 worked (1), 18-22 (6), 25-28 (10): the 28th, in time.
    # From Monday 18 January 2027: 19-22 (4), 25-29 (9), 1 February (10): two days after 30 January.
    for day, said in (("2027-01-15", False), ("2027-01-18", True)):
        found = deadlines(2026, {"appeal": day}, stated)
        for code in ("b_session", "b_year"):
            flags = [flag for flag in find(found, code).flags if "считается заново" in flag]
            assert bool(flags) is said
            assert all("до 01.02.2027, позже 30.01.2027" in flag for flag in flags)
    assert find(found, "b_session").last == date(2027, 2, 1)
    assert find(found, "b_year").last == date(2027, 1, 30)


def test_a_result_alone_shows_how_late_the_session_could_become(find, stated):
    # From 20 January 2027: 21, 22, 25, 26, 27 is the last day to apply; 28, 29, February 1-5, 8-10 to meet.
    found = deadlines(2026, {"result": "2027-01-20"}, stated)
    [flag] = find(found, "b_session").flags
    assert flag.startswith(
        "при обращении в последний день (27.01.2027) калибровочная сессия может пройти до 10.02.2027"
    )
    assert find(found, "b_session").last is None
    spring = deadlines(2026, {"result": "2026-04-20"}, stated)
    assert find(spring, "b_session").flags == ()


def test_the_quarter_of_a_dismissal_is_marked(stated):
    found = deadlines(2026, {"dismissed": "2026-05-14"}, stated)
    assert [it.code for it in found if any("увольнение 14.05.2026" in flag for flag in it.flags)] == [
        "b_dismissed_2"
    ]


def test_a_corps_has_its_own_deadlines_and_those_of_the_common_order():
    found = deadlines(2025)
    assert {it.document.code for it in of_corps(found, "a")} == {"order_2025", "corps_a"}
    assert {it.document.code for it in of_corps(found, "b")} == {"order_2025", "corps_b"}
    shared = {it.code for it in of_corps(found, "a")} & {it.code for it in of_corps(found, "b")}
    assert shared == {"order_2025_force"}


def test_a_day_may_be_a_date_or_a_text():
    days = (date(2026, 2, 3), datetime(2026, 2, 3, 12), "2026-02-03", "03.02.2026")  # noqa: DTZ001 - a day only
    found = {deadlines(2026, {"appointed": day}, today=day) for day in days}
    assert len(found) == 1


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: deadlines(2022), ["2022", "2023–2090"]),
        (lambda: deadlines(2026, {"apointed": "2026-01-01"}), ["нет события «apointed»", "appointed"]),
        (lambda: deadlines(2026, {"appointed": "01/02/2026"}), ["appointed: «01/02/2026» — не дата"]),
        (lambda: deadlines(2026, {"appointed": 5}), ["appointed: «5» — не дата"]),
        (lambda: deadlines(2026, {"appointed": "2027-01-01"}), ["позже оцениваемого 2026 года"]),
        (lambda: deadlines(2026, today="вчера"), ["today: «вчера» — не дата"]),
        (lambda: deadlines(2026, before_date="inclusiv"), ["нет варианта «inclusiv»", "inclusive"]),
        (lambda: of_corps(deadlines(2026), "c"), ["нет корпуса «c»", "a, b"]),
        (lambda: deadlines(2090, {"draft": "2099-12-28"}), ["год 2100 вне календаря"]),
    ],
)
def test_what_cannot_be_listed_ends_in_a_sentence(ask, words):
    with pytest.raises(ToolkitError) as caught:
        ask()
    for word in words:
        assert word in str(caught.value)


def test_the_calendar_of_the_package_is_used_when_none_is_given(find):
    events = {"result": "2025-05-05"}
    # 6 (1), 7 off, 8 (2), 9 off, 12-14 (5).
    assert find(deadlines(2025, events), "b_appeal").last == date(2025, 5, 14)
    assert find(deadlines(2025, events, WorkingCalendar()), "b_appeal").last == date(2025, 5, 14)
