"""What a reader moves on a published page: what follows, what is said, and how it is taken back."""

import json
import re

import pytest

pytestmark = pytest.mark.browser
TITLE_OF_DISMISSED = (
    "Общее количество уволенных из системы государственной службы и системы государственного органа"
)


def find(page, code):
    folded = page.locator(f'details.sliders[data-rule="{code}"]')
    if not folded.evaluate("element => element.open"):
        folded.locator("summary").click()
    return folded


def picture(page, code):
    path = page.locator(f'figure.chart[data-curve="{code}"] svg .mark-line path').first.get_attribute("d")
    dots = page.locator(f'figure.chart[data-curve="{code}"] svg .mark-symbol path')
    return path, dots.last.get_attribute("transform")


@pytest.fixture
def opened(open_report):
    return open_report("central", lambda report: [report.what_if(), *report.explanations("hr")])


def test_a_number_moves_dot_curve_points_total_and_place(opened, heard):
    folded, before = find(opened, "exit_interview"), picture(opened, "exit_interview")
    # V = 5 · a / b: 24 of 36 give 3,33; 18 of 36 give 2,5.
    folded.locator('input[type=text][data-signal="exit_interviews_filled"]').fill("18")
    assert folded.locator(".answer output").inner_text() == "2,50"
    row = opened.locator('.what-if tr[data-row="exit_interview"]')
    assert [cell.strip() for cell in row.locator("td").all_inner_texts()][:3] == ["3,33", "2,50", "−0,83"]
    assert opened.locator('.what-if [data-change="hr"]').inner_text() == "−0,83"
    assert "место из" in opened.locator('.what-if [data-place="hr"]').inner_text()
    opened.wait_for_timeout(300)
    after = picture(opened, "exit_interview")
    assert (after[0], after[1] != before[1]) == (before[0], True)
    folded.locator('input[type=text][data-signal="staff_dismissed"]').fill("30")
    opened.wait_for_timeout(300)
    assert picture(opened, "exit_interview")[0] != before[0]
    assert heard == []


def test_the_keyboard_moves_a_slider_one_whole_step(opened):
    folded = find(opened, "exit_interview")
    track = folded.locator('input[type=range][data-signal="exit_interviews_filled"]')
    track.focus()
    opened.keyboard.press("ArrowRight")
    # 5 · 25 / 36 = 3,47
    assert folded.locator(".answer output").inner_text() == "3,47"
    assert track.get_attribute("aria-valuetext") == "25"


def test_a_word_is_chosen_from_its_options(opened):
    folded = find(opened, "hr_strategy")
    words = folded.locator('select[data-signal="strategy_status"]')
    before = folded.locator(".answer output").inner_text()
    words.select_option(index=0)
    assert folded.locator(".answer output").inner_text() != before
    told = folded.locator(".crossed li").all_inner_texts()
    assert "Условие «стратегия = с требуемым содержанием» не выполнено." in told


def test_a_number_of_the_order_moves_and_its_cap_is_told(opened):
    folded = find(opened, "training")
    folded.locator('input[type=text][data-signal="training__fine_limit"]').fill("0")
    assert "Сработал предел: штраф не больше 0." in folded.locator(".crossed").inner_text()


def test_crossing_half_of_the_dismissed_is_told_here_and_in_the_panel_and_taken_back(opened):
    folded = find(opened, "exit_interview")
    folded.locator('input[type=text][data-signal="negative_exit_reasons"]').fill("19")
    q, b = "Уволенные, связывающие увольнение с негативными аспектами", TITLE_OF_DISMISSED
    said = f"Выполнено условие «q > 0,5 · b» (q — {q}; b — {b})."
    assert folded.locator(".crossed li").all_inner_texts() == [said]
    assert opened.locator('.crossed[data-crossed=""] li').all_inner_texts() == [f"Выходное интервью: {said}"]
    # 3,33 - 1,5
    assert folded.locator(".answer output").inner_text() == "1,83"
    opened.get_by_role("button", name="Вернуть как есть").click()
    assert folded.locator(".crossed li").count() == 0
    assert folded.locator(".answer output").inner_text() == "3,33"
    assert folded.locator('input[type=text][data-signal="negative_exit_reasons"]').input_value() == "5"
    assert opened.locator(".what-if .reset").is_disabled()


def test_a_part_follows_its_whole_and_the_page_says_so(opened):
    folded = find(opened, "exit_interview")
    folded.locator('input[type=text][data-signal="staff_dismissed"]').fill("10")
    assert folded.locator('input[type=text][data-signal="exit_interviews_filled"]').input_value() == "10"
    said = opened.locator('.crossed[data-crossed=""]').inner_text()
    assert "«Количество лиц заполнивших выходное интервью» не может быть больше 10" in said


def read_told(page, folded):
    """Return what is said under the sliders of a rule; the panel says the same after its title."""
    told = folded.locator(".crossed li").all_inner_texts()
    panel = page.locator('.crossed[data-crossed=""] li').all_inner_texts()
    assert [text.partition(": ")[2] for text in panel] == told
    return told


@pytest.mark.parametrize(
    ("place", "typed", "taken", "told"),
    [
        ("exit_interview.exit_interviews_filled", "-3", "0", "бывает не меньше 0, целое: взято 0."),
        ("exit_interview.exit_interviews_filled", "18.4", "18", "бывает не меньше 0, целое: взято 18."),
        ("working_time.i1", "7", "1", "бывает от 0 до 1: взято 1."),
        ("net_turnover.net_turnover_points", "-50", "0", "бывает от 0 до 10: взято 0."),
        ("training.training__fine_limit", "-2", "0", "бывает не меньше 0: взято 0."),
    ],
)
def test_a_number_typed_outside_its_domain_becomes_the_nearest_inside_and_the_page_says_so(
    place, typed, taken, told, opened
):
    rule, name = place.split(".")
    folded = find(opened, rule)
    field = folded.locator(f'input[type=text][data-signal="{name}"]')
    field.fill(typed)
    assert [text for text in read_told(opened, folded) if text.endswith(told)] != []
    field.blur()
    assert field.input_value() == taken


def test_no_sentence_of_an_edge_names_a_code(explorers):
    crossings = [it for explorer in explorers.values() for it in explorer.crossings]
    said = [text for it in crossings for text in (it.begins, it.ends)]
    assert len(said) > 100
    # Braces hold a number that the page fills in; letters of the order have no underscore and few characters.
    assert {
        word for text in said for word in re.findall(r"[a-z_]{5,}", re.sub(r"\{\w+\}", "", text))
    } == set()


def test_the_slider_of_a_missing_number_says_so_and_stands_at_its_beginning(open_report, heard):
    page = open_report("archipelago-ministry", lambda report: [report.what_if(), *report.explanations("it")])
    folded = find(page, "unused_systems")
    track = folded.locator('input[type=range][data-signal="unused_systems_points"]')
    field = folded.locator('input[type=text][data-signal="unused_systems_points"]')
    said = (track.get_attribute("aria-valuetext"), track.input_value(), field.input_value())
    assert said == ("нет значения", "0", "")
    assert field.get_attribute("placeholder") == "нет значения"
    field.fill("2")
    assert track.get_attribute("aria-valuetext") == "2"
    page.get_by_role("button", name="Вернуть как есть").click()
    assert (track.get_attribute("aria-valuetext"), track.input_value()) == ("нет значения", "0")
    assert heard == []


def test_a_number_typed_letter_by_letter_spoils_no_other(opened):
    folded = find(opened, "exit_interview")
    field = folded.locator('input[type=text][data-signal="staff_dismissed"]')
    field.click()
    opened.keyboard.press("Control+A")
    opened.keyboard.type("5")
    told = read_told(opened, folded)
    assert (
        "«Количество лиц заполнивших выходное интервью» не может быть больше 5: значение уменьшено." in told
    )
    opened.keyboard.type("0")
    # V = 5 · a / b = 5 · 24 / 50
    assert folded.locator(".answer output").inner_text() == "2,40"
    assert folded.locator('input[type=text][data-signal="exit_interviews_filled"]').input_value() == "24"
    assert read_told(opened, folded) == []
    assert opened.locator(".what-if .moved").inner_text().startswith("Изменено чисел: 1.")


def test_a_slider_moved_away_and_back_leaves_everything_as_it_was(opened):
    folded = find(opened, "exit_interview")
    track = folded.locator('input[type=range][data-signal="staff_dismissed"]')
    track.focus()
    opened.keyboard.press("Home")
    # Nobody dismissed: the order is silent, and the convention gives the whole k = 5.
    note = "Увольнений не было: доля принята за 1 по аналогии с пунктом 44."
    assert note in read_told(opened, folded)
    assert folded.locator(".answer output").inner_text() == "5,00"
    track.fill("36")
    assert folded.locator(".answer output").inner_text() == "3,33"
    assert folded.locator('input[type=text][data-signal="exit_interviews_filled"]').input_value() == "24"
    assert read_told(opened, folded) == []
    assert opened.locator(".what-if .reset").is_disabled()


def test_a_decimal_comma_is_one_and_what_is_no_number_changes_nothing(opened, heard):
    folded = find(opened, "working_time")
    field = folded.locator('input[type=text][data-signal="i1"]')
    before = field.input_value()
    assert "," in before
    field.fill("0,5")
    assert folded.locator('input[type=range][data-signal="i1"]').input_value() == "0.5"
    points = folded.locator(".answer output").inner_text()
    for text in ("нет", "1e400", "-", "0x1", "1,2,3"):
        field.fill(text)
        assert (field.get_attribute("aria-invalid"), folded.locator(".answer output").inner_text()) == (
            "true",
            points,
        )
    field.blur()
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("0,5", "false")
    assert heard == []


def test_the_keyboard_goes_on_from_the_panel_after_everything_is_taken_back(opened):
    find(opened, "exit_interview").locator('input[type=text][data-signal="staff_dismissed"]').fill("40")
    opened.locator(".what-if .reset").focus()
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "what-if"


def test_a_number_put_where_none_was_crosses_no_edge_backwards(open_report):
    page = open_report("archipelago-ministry", lambda report: [report.what_if(), *report.explanations("it")])
    folded = find(page, "unused_systems")
    folded.locator('input[type=text][data-signal="unused_systems_points"]').fill("2")
    assert read_told(page, folded) == []
    assert page.locator('.what-if [data-place="it"]').inner_text().endswith("(было: без места)")


def test_an_emptied_number_leaves_its_points_and_totals_without_data(opened, heard):
    folded = find(opened, "exit_interview")
    folded.locator('input[type=text][data-signal="staff_dismissed"]').fill("")
    assert folded.locator(".answer output").inner_text() == "нет данных"
    assert opened.locator('.what-if [data-points="hr"]').inner_text() == "нет данных"
    assert opened.locator('.what-if [data-place="hr"]').inner_text() == "—"
    opened.wait_for_timeout(300)
    assert heard == []


def test_another_number_lies_along_the_axis(opened):
    folded, before = find(opened, "exit_interview"), picture(opened, "exit_interview")
    folded.locator("select.axis").select_option("staff_dismissed")
    opened.wait_for_timeout(300)
    assert picture(opened, "exit_interview")[0] != before[0]
    figure = opened.locator('figure.chart[data-curve="exit_interview"]')
    assert (
        figure.locator("figcaption span")
        .inner_text()
        .startswith("По горизонтали: Общее количество уволенных")
    )
    # 36 were dismissed, so the track ends at 100: 5 · 24 / 100 = 1,2. Of them 24 filled in an interview and 6
    # need not, so that there cannot be fewer than 30: 5 · 24 / 30 = 4.
    title = "На этом отрезке балл меняется от 1,20 до 4"
    assert figure.locator("figcaption b").inner_text() == title
    assert f"{title}. По горизонтали: Общее количество уволенных" in figure.locator(".vega").get_attribute(
        "aria-label"
    )
    assert figure.locator("thead th").first.text_content().startswith("Общее количество уволенных")
    rows = [row.locator("th, td").all_text_contents() for row in figure.locator("tbody tr").all()]
    assert (rows[0], rows[-1]) == (["30", "4"], ["100", "1,20"])
    own = "JSON.stringify(document.querySelector('figure.chart[data-curve=exit_interview]').view.data('own'))"
    assert json.loads(opened.evaluate(own)) == [{"x": 36, "y": pytest.approx(10 / 3), "shown": True}]


def test_on_a_narrow_screen_the_panel_shows_all_of_what_changed_and_nothing_else(opened):
    opened.set_viewport_size({"width": 360, "height": 800})
    table = opened.locator(".what-if table")
    assert table.evaluate("it => it.scrollWidth <= it.parentElement.clientWidth")
    assert table.locator("tbody tr:visible").count() == table.locator("tbody tr[data-always]").count()
    find(opened, "exit_interview").locator('input[type=text][data-signal="staff_dismissed"]').fill("40")
    row = table.locator('tr[data-row="exit_interview"]')
    assert row.is_visible()
    # V = 5 · a / b = 5 · 24 / 40 instead of 5 · 24 / 36.
    assert row.inner_text().split() == ["Выходное", "интервью", "3,33", "3,00", "−0,33"]
