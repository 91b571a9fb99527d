import dataclasses
import json
from datetime import date

import pytest

from toolkit.calendar.deadlines import deadlines
from toolkit.calendar.terms import load_deadlines
from toolkit.display.deadlines import deadline_chart, deadlines_table, deadlines_text

TODAY = date(2026, 7, 20)
EVENTS = {"appointed": "2026-02-03", "result": "2027-01-20", "interview": "2027-01-12"}


@pytest.fixture
def found(stated):
    return deadlines(2026, EVENTS, stated, today=TODAY)


def rows(chart):
    """Return the rows of the marks; the line of the day has data of its own."""
    return max(chart.to_dict()["datasets"].values(), key=len)


def test_whatever_stands_in_the_table_is_escaped(found):
    spoiled = [
        dataclasses.replace(it, title="<script>", concerns="<b>", point="<i>", flags=("<u>",), notes=("<s>",))
        for it in found
    ]
    html = deadlines_table(spoiled).text
    for mark in ("<script>", "<i>", "<u>", "<s>"):
        assert mark not in html
    assert "&lt;script&gt;" in html


def test_the_table_shows_the_day_the_state_the_doubts_and_the_notes(found):
    html = deadlines_table(found).text
    for words in ("20.07.2026", "последний день", "срок принят по аналогии", "неоднозначно", "03.02.2026"):
        assert words in html
    assert html.count("<tbody>") == 5


def test_an_empty_list_makes_an_empty_table_and_no_chart():
    assert "<tbody>" not in deadlines_table([]).text
    assert deadlines_text([], 80) == "Сроков: 0."
    assert deadline_chart([]) is None


def test_the_chart_says_its_finding_and_marks_the_day(found):
    spec = deadline_chart(found, today=TODAY).to_dict()
    # Passed by 20 July: both terms of the appointment, quarter 1 twice, and the half-year.
    assert " ".join(spec["title"]["text"]) == (
        "Истекло сроков: 5; сегодня последний день — 20.07.2026: Провести оценку за 2-й квартал"
    )
    assert "пунктир — 20.07.2026" in spec["title"]["subtitle"]
    states = {row["state"] for row in rows(deadline_chart(found, today=TODAY))}
    assert states == {"срок истёк", "последний день", "впереди", "прошло"}


def test_without_a_day_the_chart_marks_nothing(stated):
    chart = deadline_chart(deadlines(2026, EVENTS, stated))
    assert {row["state"] for row in rows(chart)} == {"срок"}
    assert "пунктир" not in json.dumps(chart.to_dict(), ensure_ascii=False)
    assert "mark_rule" not in json.dumps(chart.to_dict())


def test_a_day_outside_the_chart_draws_no_line(found):
    chart = deadline_chart(found, today=date(2031, 1, 1))
    assert "strokeDash" not in json.dumps(chart.to_dict())


def test_two_charts_of_the_same_deadlines_are_the_same(found):
    assert deadline_chart(found, today=TODAY).to_json() == deadline_chart(found, today=TODAY).to_json()


def test_the_marks_stand_by_day_with_russian_dates(found):
    lines = rows(deadline_chart(found, today=TODAY))
    assert [row["last"] for row in lines] == sorted(row["last"] for row in lines)
    assert all(row["line"].startswith(f"{date.fromisoformat(row['last']):%d.%m.%Y} · ") for row in lines)


def test_neither_the_clock_nor_the_language_of_a_reader_moves_or_renames_a_day(found):
    layers = deadline_chart(found, today=TODAY).to_dict()["layer"]
    assert {
        layer["encoding"]["x"]["scale"]["type"] for layer in layers if "scale" in layer["encoding"]["x"]
    } == {"utc"}
    # Read aloud is only the mark, by its Russian line.
    aloud = [layer for layer in layers if layer["mark"].get("aria", True)]
    assert [layer["encoding"]["description"]["field"] for layer in aloud] == ["told"]
    assert rows(deadline_chart(found, today=TODAY))[0]["told"].endswith("истёк 153\u00a0дня назад")


def test_no_line_of_a_chart_is_longer_than_its_width():
    # Measured with the widest of the fonts: 94 letters fit into the chart.
    drawn = [it for it in load_deadlines().terms.values() if it.kind not in {"recurring", "from"}]
    assert max(len(f"20.01.2026 · {it.document.short} · {it.title}") for it in drawn) <= 94


def test_the_states_differ_in_shape_as_well_as_in_colour(found):
    text = json.dumps(deadline_chart(found, today=TODAY).to_dict(), ensure_ascii=False)
    assert '"range": ["triangle-up", "square", "circle", "cross"]' in text
