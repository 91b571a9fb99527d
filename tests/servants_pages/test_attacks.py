"""What a reader of a published page might try, and what must not be lost or overwritten on the way."""

import re

import pytest

from tests.command import run_toolkit
from toolkit.analysis.servants import ServantStudy
from toolkit.display.servants.report import ServantReport
from toolkit.display.servants.withholding import Audience
from toolkit.publish.privacy import keep_apart
from toolkit.servants.records import looks_personal, read_servants

HEADER = "servant,quarter,form,appointed_on,worked_days,evaluator,p1,p2,p3,p4,p5,sanction,agency,name"
INSIDE = Audience(internal=True)


def write_rows(path, rows):
    """Write rows of marks, sanction, days and agency; whatever is left out is good and of one agency."""
    lines = [HEADER]
    for number, row in enumerate(rows, start=1):
        given = {"quarter": "2025Q3", "marks": "5,5,5,5,5", "sanction": "none", "days": 60, "agency": "one"}
        cells = given | {"code": f"s-{number}", "appointed": "2020-01-01"} | row
        lines.append(
            f"{cells['code']},{cells['quarter']},staff,{cells['appointed']},{cells['days']},boss-1,"
            f"{cells['marks']},{cells['sanction']},{cells['agency']},"
        )
    path.write_text("\n".join(lines), "utf-8")
    return path


def report_on(tmp_path, rows, audience=None):
    return ServantReport(ServantStudy(read_servants(write_rows(tmp_path / "b.csv", rows))), "", audience)


def say(part):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part.text))


def publish(folder, rows, *options):
    path = write_rows(folder / "b.csv", rows)
    return run_toolkit("report", "--servants", path, *options, folder=folder, timeout=300)


def test_the_days_of_a_single_servant_are_no_reason_outside(tmp_path):
    rows = [{}] * 9 + [{"days": days} for days in (3, 7, 11, 12, 14)]
    said = say(report_on(tmp_path, rows).not_evaluated())
    assert re.findall(r"дней: \d+", said) == []
    assert "отработано меньше дней, чем нужно — 5" in said


def test_other_readings_tell_nothing_where_labels_are_withheld(tmp_path):
    # Under the cap of the quarter whoever is above 2,99 moves: counted, that would tell who is not.
    rows = [{"marks": "5,5,5,5,2.99", "sanction": "remark"}] * 5
    rows += [{"marks": "2.5,2.5,2.5,2.5,2.5", "sanction": "remark"}]
    assert re.findall(
        r"(\S+) (\S+) (?=Что|К |Округл|Каждое)", say(report_on(tmp_path, rows).readings())[90:]
    ) == ([("скрыто", "скрыто")] * 3)


@pytest.mark.parametrize("sanction", ["", "reprimend"])
def test_a_sanction_that_is_not_said_is_not_counted_as_none(tmp_path, sanction):
    rows = [{}] * 12 + [{"sanction": sanction}] * 6
    said = say(report_on(tmp_path, rows).sanctions())
    assert "без взысканий — 12" in said
    assert "не указано — 6" in said


def test_the_nameless_page_takes_no_page_from_an_agency(tmp_path):
    rows = [{"agency": "servants"}] * 6 + [{"agency": ""}] * 6
    done = publish(tmp_path, rows)
    assert done.returncode == 0, done.stderr
    pages = {path.name for path in (tmp_path / "reports" / "servants-corps-b").glob("*.html")}
    assert pages == {"index.html", "servants.html", "_servants.html"}


@pytest.mark.parametrize("quarter", ["2022Q3", "²025Q3", "1999", "2025Q9"])
def test_one_bad_quarter_leaves_the_page_to_the_others(tmp_path, quarter):
    rows = [{}] * 6 + [{"quarter": quarter, "code": "s-99"}]
    report = report_on(tmp_path, rows)
    assert list(report.deadlines()) != []
    assert "6 служащих" in say(report.summary())
    assert "s-99" in say(report_on(tmp_path, rows, INSIDE).results())


@pytest.mark.parametrize("quarter", ["2025Q9", "2025", "=2025"])
def test_what_is_no_quarter_makes_no_year(tmp_path, quarter):
    rows = [{"code": "s-9", "quarter": quarter}, {"code": "s-9"}]
    study = ServantStudy(read_servants(write_rows(tmp_path / "b.csv", rows)))
    periods = [outcome.period for outcome in study.of("one")]
    assert periods.count("2025") == 1
    assert f"«{quarter}»" in periods


@pytest.mark.parametrize("inner", ["inner", "inner/deeper", "servants-corps-b/below"])
def test_a_neighbour_of_published_pages_is_a_part_of_the_site(tmp_path, inner):
    (tmp_path / "site" / "servants-corps-b").mkdir(parents=True)
    (tmp_path / "site" / "servants-corps-b" / "run.json").write_text("{}", "utf-8")
    with pytest.raises(Exception, match="лежит публикуемый сайт"):
        keep_apart(tmp_path / "site" / inner, confidential=True)
    keep_apart(tmp_path / "internal", confidential=True)


def test_a_table_of_single_marks_is_not_written_into_a_published_site(tmp_path):
    path = write_rows(tmp_path / "b.csv", [{}])
    (tmp_path / "site" / "servants-corps-b").mkdir(parents=True)
    (tmp_path / "site" / "servants-corps-b" / "run.json").write_text("{}", "utf-8")
    for out in ("site/out.csv", "site/servants-corps-b/out.csv"):
        done = run_toolkit("corps-b", path, "--out", out, folder=tmp_path)
        assert done.returncode == 2
        assert "лежит публикуемый сайт" in done.stderr
    assert run_toolkit("corps-b", path, "--out", "out.csv", folder=tmp_path).returncode == 0


@pytest.mark.parametrize(
    "code", ["Иванов", "ПЕТРОВ", "сидоров пётр", "Ахметова_Айгуль", "Kim", "850101300123"]
)
def test_codes_that_look_like_names_are_not_published(tmp_path, code):
    done = publish(tmp_path, [{}] * 6 + [{"code": code}])
    assert done.returncode == 2
    assert "похож на имя или ИИН" in done.stderr
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize("code", ["b-204", "в-17", "К7", "2041", "staff-x"])
def test_codes_of_signs_and_digits_are_codes(code):
    assert not looks_personal(code)


def test_a_page_of_an_earlier_run_does_not_stay(tmp_path):
    folder = tmp_path / "reports" / "servants-corps-b"
    folder.mkdir(parents=True)
    (folder / "former-agency.html").write_text("<p>6 of 7</p>", "utf-8")
    assert publish(tmp_path, [{}] * 6).returncode == 0
    assert {path.name for path in folder.glob("*.html")} == {"index.html", "one.html"}


def test_published_pages_do_not_tell_the_fingerprint_of_the_data(tmp_path):
    assert publish(tmp_path, [{}] * 6).returncode == 0
    digest = read_servants(tmp_path / "b.csv").digest
    folder = tmp_path / "reports" / "servants-corps-b"
    assert [path.name for path in folder.iterdir() if digest in path.read_text("utf-8")] == []


@pytest.mark.parametrize(
    ("command", "reading"),
    [
        ("corps-b", "band_40_45=printed"),
        ("corps-b", "transitional_weight=0.6"),
        ("corps-a", "sanction_cap_on=quarter"),
    ],
)
def test_a_reading_of_the_other_corps_is_refused(tmp_path, command, reading):
    path = f"data_samples/servants_2025/{command.replace('-', '_')}.csv"
    done = run_toolkit(command, path, "--out", tmp_path / "out.csv", "--reading", reading)
    assert done.returncode == 2
    assert "не касается этих служащих" in done.stderr


def test_an_appointment_after_the_quarter_is_doubted(tmp_path):
    study = ServantStudy(read_servants(write_rows(tmp_path / "b.csv", [{"appointed": "2052-01-01"}])))
    said = " ".join(str(problem) for problem in study.results.problems)
    assert "назначение 01.01.2052 после квартала 2025Q3" in said


def test_a_year_beyond_the_calendar_has_no_deadlines_and_harms_nobody(tmp_path):
    report = report_on(tmp_path, [{"quarter": "2095Q1"}] * 1)
    assert list(report.deadlines()) == []
    assert "2095" in say(report.summary())


def test_the_days_of_before_date_follow_the_reading():
    path = "data_samples/servants_2025/corps_a.csv"
    texts = []
    for option in ("exclusive", "inclusive"):
        report = ServantReport(ServantStudy(read_servants(path), {"before_date": option}))
        texts.append(" ".join(part.text for part in report.deadlines() if hasattr(part, "text")))
    assert "31.01.2025" in texts[0]
    assert "01.02.2025" in texts[1]


def test_overdue_deadlines_are_marked_on_the_day_that_is_named(tmp_path):
    (tmp_path / "days.csv").write_text("date,kind,note\n2025-10-21,day_off,выборы\n", "utf-8")
    report = report_on(tmp_path, [{}] * 6)
    texts = [
        part.text
        for part in report.deadlines("2025-11-01", str(tmp_path / "days.csv"))
        if hasattr(part, "text")
    ]
    # The third quarter is evaluated by 20 October 2025: twelve days before 1 November.
    assert "истёк 12 дней" in " ".join(texts).replace("\u00a0", " ")
    assert "истёк" not in " ".join(part.text for part in report.deadlines() if hasattr(part, "text"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--today", "soon"], "today"),
        (["--calendar", "none.csv"], "none.csv"),
        (["--today", "2025-02-30"], "today"),
    ],
)
def test_a_bad_day_or_calendar_stops_the_command_before_any_page(tmp_path, options, said):
    done = publish(tmp_path, [{}] * 6, *options)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "reports").exists()


def test_the_command_hands_day_and_calendar_to_the_pages(tmp_path):
    (tmp_path / "days.csv").write_text("date,kind,note\n2025-10-21,day_off,выборы\n", "utf-8")
    done = publish(tmp_path, [{}] * 6, "--today", "2025-11-01", "--calendar", "days.csv")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "reports" / "servants-corps-b" / "one.html").read_text("utf-8")
    assert "истёк" in page


def test_codes_that_only_look_alike_are_told(tmp_path):
    rows = [{"code": "b-1"}, {"code": "B-1"}, {"code": "В-1"}, {"code": "b-2"}]
    file = read_servants(write_rows(tmp_path / "b.csv", rows))
    said = [str(problem) for problem in file.problems if "только регистром или алфавитом" in str(problem)]
    assert len(said) == 2
    assert all(problem.warning for problem in file.problems)
