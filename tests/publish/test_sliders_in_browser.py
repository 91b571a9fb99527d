"""The sliders of a published page: they agree with the exact scores, and the page says what they do."""

import math
import random
import re
from fractions import Fraction

import pytest

from tests.publish.conftest import AGENCIES
from tests.renderings.rows import DEFAULT, draw_parameters, draw_row, edge_rows, read_row
from toolkit.analysis.readings import ReadingStudy
from toolkit.display.signals import spelled
from toolkit.display.sliders import Explorer
from toolkit.formula.exact import UndefinedError, compare
from toolkit.formula.exact import evaluate as calculate
from toolkit.formula.tree import names

pytestmark = pytest.mark.browser
ALIKE = 1e-9


@pytest.fixture(scope="module")
def explorers(campaign_and_scores):
    study = ReadingStudy(campaign_and_scores[1])
    return {kind: Explorer(study, code) for kind, code in AGENCIES.items()}


def find_edges(explorer, known):
    """Return for each crossing whether its condition holds exactly, None where it cannot be told."""
    found = []
    for _, condition, _, _ in explorer.crossings:
        values = {name: known[name] for name in names(condition)}
        if None in values.values():
            found.append(None)
            continue
        try:
            sides = [calculate(side, values).number for side in (condition.left, condition.right)]
            # Floats cannot tell a gap below their tolerance from none; the points on both sides agree to it.
            near = 0 < abs(sides[0] - sides[1]) <= ALIKE
            found.append(compare(condition.sign, *(sides[:1] * 2 if near else sides)))
        except UndefinedError:
            found.append(None)
    return found


def assert_same(page, explorer, rows):
    """Compare points and crossings of the page with the exact ones for every row of inputs and parameters."""
    program = explorer.program
    states = [
        {name: float(values.get(name, math.nan)) for name in program.inputs}
        | {spelled(name): float(value) for name, value in parameters.items()}
        for values, parameters in rows
    ]
    answers = page.evaluate("states => states.map((state) => JSON.stringify(window.whatIf(state)))", states)
    answers = page.evaluate("texts => texts.map((text) => JSON.parse(text))", answers)
    for answer, (values, parameters) in zip(answers, rows, strict=True):
        known = program.calculate(values, parameters=parameters)
        for code, number in answer["points"].items():
            exact = known[code]
            # JSON has no NaN: what is missing arrives as nothing.
            assert (number is None) == (exact is None), (code, values)
            assert number is None or math.isclose(number, exact, rel_tol=0, abs_tol=ALIKE), (code, values)
        edges = zip(explorer.crossings, answer["edges"], find_edges(explorer, known), strict=True)
        for (code, condition, *_), told, holds in edges:
            assert told == holds, (code, condition, {name: known[name] for name in names(condition)})


def draw_states(explorer, chance, count):
    """Draw states of each indicator: its inputs anywhere in their domain, some of its constants."""
    for score in explorer.own.values():
        for _ in range(0 if score.rule.total else count):
            anywhere = draw_row(chance)
            moved = {name: anywhere[name] for name in score.rule.inputs}
            constants = [name for name in explorer.program.parameters if name.startswith(f"{score.code}.")]
            changed = {
                name: explorer.program.parameters[name] * Fraction(chance.randrange(0, 41), 20)
                for name in constants
                if chance.random() < 0.3
            }
            yield dict(explorer.agency.values) | moved, changed


@pytest.mark.parametrize("kind", AGENCIES)
def test_fifty_states_of_every_indicator_give_the_exact_points_and_bands(kind, explorers, open_report, heard):
    chance = random.Random(f"sliders {kind}")  # noqa: S311  a seeded draw, nothing secret
    explorer = explorers[kind]
    states = list(draw_states(explorer, chance, 50))
    indicators = [score for score in explorer.own.values() if not score.rule.total]
    assert len(states) == 50 * len(indicators) >= 50 * 18
    assert_same(open_report(kind, lambda report: [report.what_if()]), explorer, states)
    assert heard == []


@pytest.mark.proof
@pytest.mark.parametrize("kind", AGENCIES)
def test_states_on_an_edge_and_a_millionth_beside_it_give_the_exact_points_and_bands(
    kind, explorers, open_report
):
    chance = random.Random(f"edges {kind}")  # noqa: S311  a seeded draw, nothing secret
    starts = [read_row("full"), read_row("empty_handed"), *(draw_row(chance) for _ in range(12))]
    rows = [(row.values, {}) for row in edge_rows(kind, DEFAULT, starts)]
    rows += [(draw_row(chance), draw_parameters(chance, explorers[kind].program)) for _ in range(50)]
    assert len(rows) > 150
    assert_same(open_report(kind, lambda report: [report.what_if()]), explorers[kind], rows)


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
    folded.locator('input[type=number][data-signal="exit_interviews_filled"]').fill("18")
    assert folded.locator(".answer output").inner_text() == "2,50"
    row = opened.locator('.what-if tr[data-row="exit_interview"]')
    assert [cell.strip() for cell in row.locator("td").all_inner_texts()][:3] == ["3,33", "2,50", "−0,83"]
    assert opened.locator('.what-if [data-change="hr"]').inner_text() == "−0,83"
    assert "место из" in opened.locator('.what-if [data-place="hr"]').inner_text()
    opened.wait_for_timeout(300)
    after = picture(opened, "exit_interview")
    assert (after[0], after[1] != before[1]) == (before[0], True)
    folded.locator('input[type=number][data-signal="staff_dismissed"]').fill("30")
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
    folded.locator('input[type=number][data-signal="training__fine_limit"]').fill("0")
    assert "Сработал предел: штраф не больше 0." in folded.locator(".crossed").inner_text()


def test_crossing_half_of_the_dismissed_is_told_here_and_in_the_panel_and_taken_back(opened):
    folded = find(opened, "exit_interview")
    folded.locator('input[type=number][data-signal="negative_exit_reasons"]').fill("19")
    said = "Выполнено условие «q > 0,5 · b»."
    assert folded.locator(".crossed li").all_inner_texts() == [said]
    assert opened.locator('.crossed[data-crossed=""] li').all_inner_texts() == [f"Выходное интервью: {said}"]
    # 3,33 - 1,5
    assert folded.locator(".answer output").inner_text() == "1,83"
    opened.get_by_role("button", name="Вернуть как есть").click()
    assert folded.locator(".crossed li").count() == 0
    assert folded.locator(".answer output").inner_text() == "3,33"
    assert folded.locator('input[type=number][data-signal="negative_exit_reasons"]').input_value() == "5"
    assert opened.locator(".what-if .reset").is_disabled()


def test_a_part_follows_its_whole_and_the_page_says_so(opened):
    folded = find(opened, "exit_interview")
    folded.locator('input[type=number][data-signal="staff_dismissed"]').fill("10")
    assert folded.locator('input[type=number][data-signal="exit_interviews_filled"]').input_value() == "10"
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
    field = folded.locator(f'input[type=number][data-signal="{name}"]')
    field.fill(typed)
    assert [text for text in read_told(opened, folded) if text.endswith(told)] != []
    field.blur()
    assert field.input_value() == taken


def test_no_sentence_of_an_edge_names_a_code(explorers):
    said = [
        text for explorer in explorers.values() for *_, on, off in explorer.crossings for text in (on, off)
    ]
    assert len(said) > 100
    # Braces hold a number that the page fills in; letters of the order have no underscore and few characters.
    assert {
        word for text in said for word in re.findall(r"[a-z_]{5,}", re.sub(r"\{\w+\}", "", text))
    } == set()


def test_the_slider_of_a_missing_number_says_so_and_stands_at_its_beginning(open_report, heard):
    page = open_report("archipelago-ministry", lambda report: [report.what_if(), *report.explanations("it")])
    folded = find(page, "unused_systems")
    track = folded.locator('input[type=range][data-signal="unused_systems_points"]')
    field = folded.locator('input[type=number][data-signal="unused_systems_points"]')
    said = (track.get_attribute("aria-valuetext"), track.input_value(), field.input_value())
    assert said == ("нет значения", "0", "")
    assert field.get_attribute("placeholder") == "нет значения"
    field.fill("2")
    assert track.get_attribute("aria-valuetext") == "2"
    page.get_by_role("button", name="Вернуть как есть").click()
    assert (track.get_attribute("aria-valuetext"), track.input_value()) == ("нет значения", "0")
    assert heard == []


def test_an_emptied_number_leaves_its_points_and_totals_without_data(opened, heard):
    folded = find(opened, "exit_interview")
    folded.locator('input[type=number][data-signal="staff_dismissed"]').fill("")
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
    caption = opened.locator('figure.chart[data-curve="exit_interview"] figcaption span')
    assert caption.inner_text().startswith("По горизонтали: Общее количество уволенных")
