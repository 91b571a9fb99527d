import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from toolkit import evaluate, explain, load_methodology, read_campaign
from toolkit.analysis.readings import ReadingStudy
from toolkit.display.explanation import explanation
from toolkit.display.markup import render
from toolkit.display.report import AgencyReport
from toolkit.formula.notation import MathML

# What is drawn on a page and typed in a terminal: brackets, strokes of fractions, subscripts, bullets.
MARKS = re.compile(r"[\s(){}\[\];./_•]")


@pytest.fixture(scope="module")
def sample():
    data = read_campaign("tests/samples/drawn_2023")
    return data, evaluate(data)


class Section(HTMLParser):
    """Reads what a section of the report says, and what it says when a badge is pointed at."""

    def __init__(self):
        super().__init__()
        self.said, self.hints, self.hint = [], {}, None

    def handle_starttag(self, _tag, attributes):
        given = dict(attributes)
        self.hint = given.get("title") if "badge" in given.get("class", "") else None
        self.link = given.get("href", "")

    def handle_data(self, data):
        self.said.append(data)
        if self.hint:
            self.hints[data] = self.hint
        if self.link:
            self.said.append(self.link.removeprefix("#"))
        self.hint, self.link = None, ""


def read_section(html):
    section = Section()
    section.feed(html)
    return "".join([*section.said, *(f"{word}: {meaning}" for word, meaning in section.hints.items())])


ORIGIN = re.compile(r' <span class="muted origin">.*?</span>')


def squeeze(text):
    return MARKS.sub("", text).replace(",если", "если")


def show_section(score, study):
    shown = explanation(score, MathML, study.methodology, study.scores, study)
    return squeeze(read_section(render("rule", it=shown, linked=True, origins={}).text))


def test_the_terminal_says_of_every_score_what_the_page_says(sample):
    _, scores = sample
    study = ReadingStudy(scores)
    for found in scores:
        assert squeeze(explain(found, scores).text()) == show_section(found, study), (
            found.agency.code,
            found.code,
        )


@pytest.mark.parametrize(
    ("key", "option"),
    [
        (key, option)
        for key, reading in load_methodology().readings.items()
        for option in reading.options
        if option != reading.default
    ],
)
def test_the_terminal_says_what_the_page_says_under_every_reading(sample, key, option):
    data, _ = sample
    scores = evaluate(data, readings={key: option})
    study = ReadingStudy(scores)
    for agency in ("chronicles-committee", "altynkum-city", "underground-lakes-kerbez"):
        for found in scores.of(agency):
            assert squeeze(explain(found, scores).text()) == show_section(found, study), found.code


def test_changed_parameters_are_told_in_both(sample):
    data, _ = sample
    scores = evaluate(data, parameters={"exit_interview.k": Fraction(6)})
    found = scores.find("gardens-ministry", "exit_interview")
    text = explain(found, scores).text()
    assert "• Изменены параметры: exit_interview.k." in text
    assert squeeze(text) == show_section(found, ReadingStudy(scores))


@pytest.mark.parametrize("rule", [("hr", "O + c3"), ("it", "max(A, B, C, E)"), ("merit_culture", "limit")])
def test_a_formula_of_ones_own_is_told_in_both(sample, rule):
    data, _ = sample
    own = load_methodology().with_rule(*rule)
    scores = evaluate(data, own)
    study = ReadingStudy(scores, own)
    for found in scores.of("tides-agency"):
        assert squeeze(explain(found, scores, own).text()) == show_section(found, study), found.code


def test_the_section_of_a_report_is_the_one_that_is_compared(sample):
    data, scores = sample
    report = AgencyReport(data, scores, "gardens-ministry", load_methodology())
    parts = [getattr(part, "text", "") for part in report.explanations("hr")]
    for found in scores.of("gardens-ministry"):
        if found.rule.direction == "hr":
            text = next(part for part in parts if f'<h3 id="{found.code}">' in part)
            # Only a page knows the campaign, and so the cells that the inputs were read from.
            text = ORIGIN.sub("", text)
            assert squeeze(read_section(text)) == squeeze(explain(found, scores).text())
