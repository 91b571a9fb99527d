import re
from dataclasses import replace
from fractions import Fraction

import pytest

from toolkit import ToolkitError, evaluate, explain, load_methodology, read_campaign
from toolkit.display.charts import peers
from toolkit.display.report import AgencyReport
from toolkit.formula.notation import number_text
from toolkit.rules.outcome import Scores

EXIT_INTERVIEW = {"exit_interviews_filled": 30, "staff_dismissed": 40, "negative_exit_reasons": 21}
LAW = load_methodology()
# The constants of each rule, whatever the type of agency.
CONSTANTS = {code: list(raw["constants"]) for code, raw in LAW.rules.items() if raw.get("constants")}
MARKS = re.compile(r"<math.*?</math>|<code.*?</code>|<[^>]*>", re.DOTALL)


def show(parts):
    return "".join(part.text for part in parts if hasattr(part, "text"))


def section(report, direction, code):
    return next(
        part.text for part in report.explanations(direction) if f'id="{code}"' in getattr(part, "text", "")
    )


@pytest.fixture(scope="module")
def sample():
    data = read_campaign("tests/samples/drawn_2023")
    return data, evaluate(data)


def test_a_rule_names_one_point_or_several_before_an_annex(make_report):
    assert " · пункт 24; Приложение 13 · " in section(make_report(EXIT_INTERVIEW), "hr", "hr")
    assert " · пункты 69-1 – 69-3 · " in section(make_report({}, agency_type="local"), "it", "smart_city")


def test_a_penalty_shows_what_it_was_taken_from_and_what_was_left(make_report):
    # V = 5 * 30 / 40 = 3.75; 21 of 40 is more than half, so 1.5 is taken away.
    text = section(make_report(EXIT_INTERVIEW), "hr", "exit_interview")
    assert "Вычитается 1,50\u00a0балла: было 3,75, стало 2,25." in text
    assert 'class="penalty acted"' in text


def test_a_penalty_that_does_not_act_says_so(make_report):
    text = section(make_report(EXIT_INTERVIEW | {"negative_exit_reasons": 20}), "hr", "exit_interview")
    assert "Штрафа нет." in text
    assert 'class="penalty"' in text


def test_the_steps_put_the_numbers_in_and_reduce_to_the_result(make_report):
    text = section(make_report(EXIT_INTERVIEW), "hr", "exit_interview")
    numbers = re.search(r'<ol class="steps">(.*?)</ol>', text, re.DOTALL)[1]
    steps = [re.sub(r"<[^>]*>", "", step) for step in re.findall(r"<li>(.*?)</li>", numbers)]
    assert steps == ["V=5·3040", "=5·0,75", "=3,75"]


def test_a_missing_input_is_named_and_never_shown_as_zero(make_report):
    text = section(make_report({"staff_dismissed": 40}), "hr", "exit_interview")
    assert "Количество лиц заполнивших выходное интервью" in text
    assert "пропущенное не считается нулём" in text
    assert '<span class="score">нет данных</span>' in text


def test_a_refused_cell_says_why(make_report):
    refused = {"exit_interviews_filled": "ячейка отклонена: «много» — не число"}
    text = section(make_report({"staff_dismissed": 40}, refused=refused), "hr", "exit_interview")
    assert "ячейка отклонена: «много» — не число" in text


def test_a_partial_total_shows_its_interval_and_what_it_lacks(make_report):
    text = show([make_report(EXIT_INTERVIEW).summary()])
    # V = 2.25 is all that is known: c1 reaches 27.25, the others 30 and 40; up to 10 points of penalties.
    assert "итог неполный — от 0 до 97,25 балла из 100" in text
    assert "«Чистая сменяемость персонала»" in text


def test_a_name_with_markup_is_shown_as_text(make_report):
    report = make_report({}, name='<script>alert("1")</script>')
    text = show([report.summary(), report.totals(), report.table(), *report.explanations("hr")])
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_a_territorial_unit_has_no_section_of_technologies(make_report):
    report = make_report({}, agency_type="territorial")
    assert list(report.explanations("it")) == []


@pytest.mark.parametrize(
    ("agency", "said"),
    [
        ("winter-passes-tumar", "Вышестоящий орган: Комитет зимних перевалов, код winter-passes-committee"),
        (
            "bridges-ministry",
            "Территориальное подразделение, отдельный рейтинг: Департамент мостов и переправ",
        ),
        ("winter-passes-committee", "по Тумарской области; Департамент зимних перевалов по городу Гауһартас"),
    ],
)
def test_a_unit_and_its_parent_name_each_other(sample, agency, said):
    text = AgencyReport(*sample, agency, LAW).summary().text
    assert said in re.sub("<[^>]*>", "", text)


def test_a_parent_that_is_not_in_the_data_is_named_by_its_code(sample):
    data, _ = sample
    alone = next(it for it in data.agencies if it.code == "winter-passes-tumar")
    alone_data = replace(data, agencies=(alone,))
    text = AgencyReport(alone_data, evaluate(alone_data), alone.code, LAW).summary().text
    assert "Вышестоящий орган: код winter-passes-committee, в этих данных его нет" in text


def test_an_unknown_language_is_refused_with_the_known_ones(sample):
    data, scores = sample
    with pytest.raises(ToolkitError, match=r"нет языка «xx»; допускается: ru"):
        AgencyReport(data, scores, "tides-agency", load_methodology(), "xx")


def test_every_last_step_is_the_number_of_the_trace(sample):
    data, scores = sample
    report = AgencyReport(data, scores, "tides-agency", load_methodology())
    sections = [*report.explanations("hr"), *report.explanations("it")]
    for score in scores.of("tides-agency"):
        text = next(part.text for part in sections if f'<h3 id="{score.code}">' in getattr(part, "text", ""))
        # Entered points are shown in the list of letters alone: there is nothing to work out.
        for line in () if score.rule.entered else score.trace.lines:
            assert f"<mn>{number_text(abs(line.raw))}</mn>" in text


def test_no_english_word_stands_in_a_russian_page(sample):
    data, scores = sample
    for code in ("chronicles-committee", "kyzgaldak-region", "winter-passes-tumar"):
        report = AgencyReport(data, scores, code, load_methodology())
        parts = [report.summary(), report.totals(), report.table(), report.gaps(), report.readings()]
        parts += [*report.explanations("hr"), *report.explanations("it")]
        words = set(re.findall(r"[A-Za-z]{4,}", MARKS.sub(" ", show(parts))))
        assert words <= set(code.split("-")) | set(report.agency.parent.split("-"))


@pytest.mark.parametrize(
    ("key", "option"),
    [
        (key, option)
        for key, reading in load_methodology().readings.items()
        for option in reading.options
        if option != reading.default
    ],
)
def test_every_section_is_explained_under_every_reading(sample, key, option):
    data, _ = sample
    scores = evaluate(data, readings={key: option})
    for code in ("chronicles-committee", "altynkum-city"):
        report = AgencyReport(data, scores, code, load_methodology())
        text = show([*report.explanations("hr"), *report.explanations("it")])
        assert text.count('<section class="rule') == len(scores.of(code))


def test_a_place_is_shared_by_equal_points_and_never_given_to_a_partial_total(sample):
    data, scores = sample
    report = AgencyReport(data, scores, "chronicles-committee", load_methodology())
    row = re.search(r'<a href="#hr">Итог направления</a>.*?</tr>', report.table().text, re.DOTALL)[0]
    assert "—" in row
    assert "-е из" not in row


def test_changed_parameters_are_said_on_the_page(make_report):
    report = make_report(EXIT_INTERVIEW, parameters={"exit_interview.k": Fraction(6)})
    assert "Изменено против приказа: exit_interview.k" in report.readings().text


def show_everything(report):
    """Make every part of a report, and every explanation as text, as a notebook and the command do."""
    parts = [report.style(), report.summary(), report.totals(), report.table(), report.gaps()]
    parts += [report.readings(), report.about(), *report.explanations("hr"), *report.explanations("it")]
    charts = [*report.losses(), *report.doubt()]
    texts = [explain(score, report.scores, report.methodology).text() for score in report.own.values()]
    return show([*parts, *charts]) + "".join(texts)


@pytest.mark.parametrize("code", CONSTANTS)
def test_a_rule_may_be_replaced_by_its_first_constant(make_report, code):
    own = LAW.with_rule(code, CONSTANTS[code][0])
    agency_type = "local" if code == "smart_city" else "central"
    report = make_report(EXIT_INTERVIEW, "Орган", agency_type, methodology=own)
    assert f'<h3 id="{code}">' in show_everything(report)


@pytest.mark.parametrize(
    ("code", "formula"),
    [
        *(("staff_potential", "limit"), ("work_organisation", "limit"), ("merit_culture", "limit")),
        *(("hr", "O + c3"), ("hr", "0 * c1"), ("it", "max(A, B, C, E)")),
    ],
)
def test_a_total_may_drop_parts_of_the_order(sample, code, formula):
    data, _ = sample
    own = LAW.with_rule(code, formula)
    report = AgencyReport(data, evaluate(data, own), "tides-agency", own)
    assert f'<h3 id="{code}">' in show_everything(report)


def test_a_maximum_of_zero_is_shown_like_any_other(make_report):
    inputs = {"upskilled_on_time": 1, "upskilling_due": 2, "retrained_on_time": 1, "retraining_due": 2}
    inputs |= {"training_late_cases": 0, "training_missed_cases": 0}
    report = make_report(inputs, parameters={"training.k": Fraction(0)})
    assert '<span class="score">0,00</span> <span class="muted">из 0</span>' in section(
        report, "hr", "training"
    )
    assert show_everything(report)


def test_peers_are_drawn_where_nothing_can_be_reached(make_report):
    # No law file may have such a maximum, but a score can be made by hand.
    report = make_report({"upskilled_on_time": 1})
    score = replace(report.own["training"], points=Fraction(0), maximum=Fraction(-5))
    scores = Scores((score.agency,), {("own", "training"): score})
    assert peers(score, scores).to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 1]


def test_a_what_if_is_marked_beside_the_provenance_and_explained(make_report):
    report = make_report(EXIT_INTERVIEW, parameters={"exit_interview.k": Fraction(6)})
    for code in ("exit_interview", "staff_potential", "hr"):
        facts = re.search(r'<p class="facts">(.*?)</p>', section(report, "hr", code), re.DOTALL)[1]
        assert re.findall(r'class="badge (\w+)"', facts) == ["reconstructed", "what_if"]
    assert ">по тексту<" in section(report, "hr", "training")
    assert 'class="badge what_if"' not in section(report, "hr", "training")
    assert 'class="badge what_if"' in report.gaps().text
    assert "what_if" not in make_report(EXIT_INTERVIEW).gaps().text


def test_a_formula_of_ones_own_carries_one_mark(make_report):
    own = LAW.with_rule("exit_interview", "k * share(b, a)")
    text = section(make_report(EXIT_INTERVIEW, methodology=own), "hr", "exit_interview")
    facts = re.search(r'<p class="facts">(.*?)</p>', text, re.DOTALL)[1]
    assert re.findall(r'class="badge (\w+)"', facts) == ["what_if"]


def test_the_bounds_of_a_line_stand_below_its_formula(make_report):
    text = section(make_report({}), "hr", "working_time")
    said = [re.sub(r"<[^>]*>", "", one) for one in re.findall(r'<p class="bounds muted">(.*?)</p>', text)]
    assert said == ["не меньше 0, не больше k", "не больше k", "не больше k+k=10", "не больше 2"]
