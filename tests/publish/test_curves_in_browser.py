"""The curve of a rule on a published page: its ends, its steps, and what it says when there is none."""

from itertools import pairwise

import pytest

from tests.publish.test_what_if_in_browser import find, read_told

pytestmark = pytest.mark.browser
ROWS = """code => document.querySelector(`figure.chart[data-curve=${code}]`).view.data('curve')
    .map(({x, y}) => ({x, y}))"""


@pytest.fixture
def opened(open_report):
    return open_report("central", lambda report: [report.what_if(), *report.explanations("hr")])


def read_figure(page, code):
    """Return the points of a curve, its title and its table."""
    figure = page.locator(f'figure.chart[data-curve="{code}"]')
    rows = [row.locator("th, td").all_text_contents() for row in figure.locator("tbody tr").all()]
    return page.evaluate(ROWS, code), figure.locator("figcaption b").inner_text(), rows


@pytest.mark.parametrize(
    "code", ["exit_interview", "staff_quality", "working_time", "training", "hr_strategy"]
)
def test_an_axis_changed_there_and_back_leaves_the_curve_as_it_was_published(code, opened, heard):
    folded, (points, title, rows) = find(opened, code), read_figure(opened, code)
    axis = folded.locator("select.axis")
    own = axis.input_value()
    axis.select_option(index=axis.locator("option").count() - 1)
    assert read_figure(opened, code)[2] != rows
    axis.select_option(own)
    again, *said = read_figure(opened, code)
    assert said == [title, rows]
    assert [point["x"] for point in again] == pytest.approx([point["x"] for point in points], abs=1e-6)
    assert [point["y"] for point in again] == pytest.approx([point["y"] for point in points], abs=1e-6)
    assert heard == []


def test_where_a_scale_jumps_the_curve_stands_upright(opened):
    points, *_ = read_figure(opened, "hr_strategy")
    jumps = [(first["x"], second["x"], second["y"] - first["y"]) for first, second in pairwise(points)]
    jumps = [jump for jump in jumps if jump[2] > 0]
    # Point 45: from 40, 60 and 80 per cent on, one point more each; no slope is as wide as a pixel.
    assert [round(low) for low, _, _ in jumps] == [40, 60, 80]
    assert all(low < edge <= high for (low, high, _), edge in zip(jumps, (40, 60, 80), strict=True))
    assert max(high - low for low, high, _ in jumps) < (points[-1]["x"] - points[0]["x"]) / 1000


def test_where_there_are_no_points_there_is_no_curve_and_the_page_says_so(opened, heard):
    folded, before = find(opened, "exit_interview"), read_figure(opened, "exit_interview")
    field = folded.locator('input[type=text][data-signal="staff_dismissed"]')
    field.fill("")
    assert read_figure(opened, "exit_interview")[1:] == ("Кривой нет: при этих числах балла нет", [])
    drawn = opened.locator('figure.chart[data-curve="exit_interview"] svg')
    assert not drawn.is_visible()
    field.fill("36")
    assert read_figure(opened, "exit_interview")[1:] == before[1:]
    assert drawn.is_visible()
    assert heard == []


def test_a_slider_goes_on_from_a_number_typed_beyond_its_track(opened):
    folded = find(opened, "exit_interview")
    folded.locator('input[type=text][data-signal="staff_dismissed"]').fill("1000")
    track = folded.locator('input[type=range][data-signal="staff_dismissed"]')
    assert track.input_value() == "1000"
    track.focus()
    opened.keyboard.press("ArrowLeft")
    assert track.input_value() == "999"
    assert folded.locator('input[type=text][data-signal="staff_dismissed"]').input_value() == "999"


def test_a_number_too_great_for_arithmetic_is_kept_where_it_can_be_calculated(opened, heard):
    folded = find(opened, "exit_interview")
    for name in ("staff_dismissed", "exit_interview__k"):
        folded.locator(f'input[type=text][data-signal="{name}"]').fill("1e308")
        told = folded.locator(".crossed li").all_inner_texts()
        assert [text for text in told if text.endswith("взято 1\u202f000\u202f000\u202f000\u202f000.")] != []
    points, title, _ = read_figure(opened, "exit_interview")
    assert "∞" not in title
    assert len(points) > 1
    opened.wait_for_timeout(300)
    assert heard == []


def test_what_was_not_approved_cannot_have_been_executed(opened):
    folded = find(opened, "hr_strategy")
    before = folded.locator(".answer output").inner_text()
    field = folded.locator('input[type=text][data-signal="strategy_execution_percent"]')
    kept = field.input_value()
    assert float(kept.replace(",", ".")) > 0
    folded.locator("select[data-signal=strategy_status]").select_option(label="стратегия не утверждена")
    # Point 45: nothing for a strategy that is not there, and nothing for its execution.
    assert (folded.locator(".answer output").inner_text(), field.input_value()) == ("0,00", "0")
    assert [text for text in read_told(opened, folded) if "Исполнение стратегии" in text] != []
    opened.get_by_role("button", name="Вернуть как есть").click()
    assert (folded.locator(".answer output").inner_text(), field.input_value()) == (before, kept)


def test_a_year_of_leave_alone_is_told_as_a_day_of_it_too_many_is(opened):
    folded = find(opened, "working_time")
    folded.locator('input[type=text][data-signal="working_time__leave"]').fill("400")
    assert folded.locator(".answer output").inner_text() == "нет данных"
    assert [text for text in read_told(opened, folded) if text.startswith("Рабочих дней не больше")] != []
