"""The parts of a report about servants, outside and inside."""

import json
import re

import pytest

from tests.servants_pages.conftest import LARGE, SMALL
from toolkit import ToolkitError
from toolkit.analysis.servants import ServantStudy
from toolkit.display.markup import Html
from toolkit.display.servants.report import ServantReport
from toolkit.display.servants.withholding import Audience
from toolkit.servants.records import read_servants

INSIDE, NAMED = Audience(internal=True), Audience(internal=True, names=True)
SAMPLES = "data_samples/servants_2025"


def show(report):
    """Return everything a report shows, charts as their data."""
    parts = [report.summary(), *report.shares(), *report.bands(), report.not_evaluated(), *report.sheet()]
    parts += [report.readings(), *report.deadlines("2026-02-01"), report.results(), report.about()]
    if report.corps == "corps_b":
        parts.append(report.sanctions())
    texts = (part.text if isinstance(part, Html) else json.dumps(part.to_dict()) for part in parts)
    return "\n".join(
        text.encode().decode("unicode_escape") if text.startswith("{") else text for text in texts
    )


def say(part):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part.text))


@pytest.fixture(scope="module")
def outside(study):
    return show(ServantReport(study, LARGE))


def test_a_page_for_everybody_names_nobody(outside):
    assert "Имярек" not in outside
    assert "code-17" in outside


def test_a_page_for_everybody_shows_no_mark_but_the_printed_ones(outside):
    # Bounds of the scale and caps, the numbers of the sentences about rounding, and the printed example.
    printed = {"1,99", "2,99", "3,99", "2,995", "2,998", "3,00", "4,59", "4,598"}
    assert set(re.findall(r"(?<![\d,.])[0-5],\d{2,3}(?!\d)", outside)) <= printed


def test_a_page_for_everybody_has_no_mark_in_the_data_of_its_charts(study, outside):
    marks = [float(one.decision.exact) for one in study.of(LARGE) if one.decision.exact is not None]
    fine = [mark for mark in marks if round(mark, 2) != mark]
    assert len(fine) > 50
    assert [mark for mark in fine if str(mark) in outside] == []


def test_a_group_of_two_with_a_sanction_is_withheld(study):
    said = say(ServantReport(study, LARGE).sanctions())
    assert "взыскание иного вида 1,99 скрыто" in said
    assert "взыскание иного вида 1,99 2" in say(ServantReport(study, LARGE, INSIDE).sanctions())


def test_the_one_who_was_not_evaluated_is_not_told_of_outside(study):
    said = say(ServantReport(study, LARGE).not_evaluated())
    assert "code-30" not in said
    assert "скрыто" in said
    inside = say(ServantReport(study, LARGE, INSIDE).not_evaluated())
    assert "code-30" in inside
    assert "отработано дней: 12, а нужно не меньше 15 (пункт 6)" in inside


def test_of_three_servants_nothing_is_told_outside(study):
    report = ServantReport(study, SMALL)
    assert "code-4" not in show(report)
    said = say(list(report.shares())[1])
    assert re.findall(r"\d+ \(\d+ %\)| 0 ", said) == []
    assert "меньше 5" in said


def test_inside_the_three_are_told_of(study):
    shown = show(ServantReport(study, SMALL, INSIDE))
    assert all(f"code-{number}" in shown for number in (40, 41, 42))
    assert "Имярек" not in shown


def test_names_stand_beside_codes_only_where_they_were_asked_for(study):
    report = ServantReport(study, LARGE, NAMED)
    assert "Имярек Номер17" in show(report)
    assert "Служебная страница с именами" in say(report.summary())


def test_an_internal_page_says_that_it_is_one(study):
    assert "Служебная страница." in say(ServantReport(study, LARGE, INSIDE).summary())
    assert "Служебная" not in say(ServantReport(study, LARGE).summary())


def test_a_single_sheet_is_refused_outside(study):
    with pytest.raises(ToolkitError, match="служебного пользования"):
        list(ServantReport(study, LARGE).sheet("code-1"))


def test_the_sheet_of_a_servant_that_is_not_there_is_refused_with_the_nearest(study):
    with pytest.raises(ToolkitError, match="ближайшее известное: code-17"):
        list(ServantReport(study, LARGE, INSIDE).sheet("code-177"))


def test_the_example_outside_is_the_one_of_the_specification(study):
    said = " ".join(say(part) for part in ServantReport(study, LARGE).sheet())
    assert "пример с выдуманными числами" in said
    # (5 + 5 + 5 + 5 + 2,99) / 5 = 4,598
    assert "точно 2299/500 = 4,598" in said
    assert "Выполняет функциональные обязанности эффективно" in said


def test_the_example_follows_the_chosen_reading(servants):
    study = ServantStudy(read_servants(servants), {"sanction_cap_on": "quarter"})
    said = " ".join(say(part) for part in ServantReport(study, LARGE).sheet())
    assert "удовлетворительно" in said
    assert "2,99" in said


@pytest.mark.parametrize(
    ("corps", "options"),
    [
        ("corps_a", ["lower", "printed", "rounded", "0.6", "0.7", "0.8"]),
        ("corps_b", ["quarter", "rounded", "two_decimals"]),
    ],
)
def test_every_other_option_of_every_reading_of_marks_is_tried(corps, options):
    study = ServantStudy(read_servants(f"{SAMPLES}/{corps}.csv"))
    assert [switch.option for switch in study.switches(study.agencies[0])] == options


def test_a_switch_tells_whose_label_it_changes(tmp_path):
    header = "servant,quarter,form,appointed_on,worked_days,evaluator,p1,p2,p3,p4,p5,sanction\n"
    first = "a,2025Q3,staff,2020-01-01,60,e,5,5,5,5,2.99,reprimand\n"
    second = "b,2025Q3,staff,2020-01-01,60,e,4,4,4,4,4,none\n"
    (tmp_path / "b.csv").write_text(header + first + second, "utf-8")
    study = ServantStudy(read_servants(tmp_path / "b.csv"))
    switch = next(one for one in study.switches("") if one.option == "quarter")
    moved = [(old.period, old.decision.exact, new.decision.exact) for old, new in switch.relabelled]
    # 4,598 becomes min(4,598; 2,99) in the quarter, and so does the year of that one quarter.
    assert [(period, str(old), str(new)) for period, old, new in moved] == [
        ("2025Q3", "2299/500", "299/100"),
        ("2025", "2299/500", "299/100"),
    ]


def test_texts_of_the_data_are_escaped(tmp_path):
    header = "servant,quarter,form,appointed_on,worked_days,evaluator,p1,p2,p3,p4,p5,sanction,name\n"
    row = "<script>x,2025Q3,staff,2020-01-01,60,e,5,5,5,5,5,none,<img src=x>\n"
    (tmp_path / "b.csv").write_text(header + row, "utf-8")
    report = ServantReport(ServantStudy(read_servants(tmp_path / "b.csv")), "", NAMED)
    texts = [report.summary(), report.results(), *report.sheet(), report.not_evaluated()]
    assert [part for part in texts if "<script" in part.text or "<img" in part.text] == []


def test_an_agency_that_is_not_in_the_file_is_refused_with_the_nearest(study):
    with pytest.raises(ToolkitError, match="ближайшее известное: large-agency"):
        ServantReport(study, "large-agensy")


def test_the_first_agency_is_taken_when_none_is_named(study):
    assert ServantReport(study).agency == LARGE


def test_the_sheet_of_a_category_that_is_not_known_shows_what_was_refused(tmp_path):
    file = tmp_path / "a.csv"
    head = "servant,category,appointed_on,worked_days,period_start,period_end,kpi,kind,plan,actual,direction"
    row = "a-1,9,2022-08-14,209,2025-01-01,2025-12-31,1,assignments,100,99.3,higher"
    file.write_text(f"{head},mark\n{row},4.75\n", "utf-8")
    report = ServantReport(ServantStudy(read_servants(file)), "", audience=INSIDE)
    said = " ".join(map(say, report.sheet("a-1")))
    assert "99,3" in said
    assert "лист не принят" in said
