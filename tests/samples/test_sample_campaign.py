import csv
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from toolkit import evaluate, load_methodology
from toolkit.formula import exact

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
CAMPAIGN = SAMPLES / "2023"
LAW = load_methodology()
IDENTITY = ["agency", "agency_name", "agency_type", "parent", "year"]
# Every warning about the sample, all of deliberate cases.
WARNINGS = [
    ("promotions.csv, столбец from_within", "назначенных из системы органа больше, чем всех назначенных"),
    ("agencies.csv, строка 34, столбец strategy_execution_percent", "исполнение стратегии выше 100"),
    ("exit_interviews.csv, строка 185, столбец interview", "бумажных интервью больше 10 процентов"),
    ("exit_interviews.csv, строка 186, столбец interview", "бумажных интервью больше 10 процентов"),
]
LARGEST = 3_000_000
# Stems of places and subjects of real bodies of Kazakhstan; none may stand in an invented name.
REAL = re.compile(
    "казахстан|алмат|астан|шымкент|абай|акмол|актюб|ақтөбе|атырау|жамбыл|жетіс|жетыс|караганд|қараған|костанай|"
    "қостанай|кызылорд|қызылорда|мангист|маңғыстау|павлодар|туркест|түркіст|улытау|ұлытау|"
    "финанс|юстиц|оборон|труд|здравоохр|образован|просвещ|наук|культур|туризм|спорт|эколог|водных|сельск|"
    "промышл|транспорт|цифров|энергет|торговл|экономик|иностран|внутренн|чрезвычайн|статистик|коррупц|"
    "конкуренц|стратегич|информац|государствен",
    re.IGNORECASE,
)


def list_files(folder):
    return {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}


def unpack(file):
    """Return the bytes of a file; of a workbook those of its parts, as another zlib packs them otherwise."""
    if file.suffix != ".xlsx":
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        return [(member.filename, member.date_time, archive.read(member)) for member in archive.infolist()]


def test_the_script_writes_the_committed_files_byte_for_byte(tmp_path):
    subprocess.run([sys.executable, SAMPLES / "make_campaign.py", "--out", tmp_path], check=True)
    made, committed = list_files(tmp_path), list_files(CAMPAIGN)
    assert made.keys() == committed.keys()
    assert [name for name, file in made.items() if unpack(file) != unpack(committed[name])] == []
    assert sum(file.stat().st_size for file in committed.values()) < LARGEST


def test_the_table_that_other_tests_read_is_the_one_that_is_drawn(rows):
    with (Path(__file__).parent / "drawn_2023" / "agencies.csv").open(encoding="utf-8", newline="") as table:
        assert list(csv.DictReader(table)) == rows


def test_what_is_drawn_has_the_declared_inputs_in_their_order(rows):
    assert list(rows[0]) == [*IDENTITY, *LAW.inputs]


def test_there_are_twenty_central_sixteen_local_and_four_territorial_agencies(agencies):
    assert Counter(agency.type for agency in agencies) == {"central": 20, "local": 16, "territorial": 4}
    assert len({agency.code for agency in agencies}) == len({agency.name for agency in agencies}) == 40
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", agency.code) for agency in agencies)
    central = {agency.code for agency in agencies if agency.type == "central"}
    assert all((agency.parent in central) == (agency.type == "territorial") for agency in agencies)


def test_every_name_is_listed_as_synthetic_and_none_is_that_of_a_real_body(agencies):
    notice = (CAMPAIGN / "SYNTHETIC.md").read_text("utf-8")
    assert "Все данные этой папки вымышлены" in notice
    assert "All data in this folder are synthetic" in notice
    assert [agency.name for agency in agencies if f"`{agency.code}`: {agency.name}\n" not in notice] == []
    assert [agency.name for agency in agencies if REAL.search(agency.name)] == []


def test_the_names_have_kazakh_letters_quotes_and_one_long_name(agencies):
    together = "".join(agency.name for agency in agencies)
    assert set("әғқңөұүһі«»") - set(together.lower()) == set()
    assert max(len(agency.name) for agency in agencies) > 120


def test_every_value_is_in_its_domain(agencies):
    wrong = []
    for agency in agencies:
        for name, value in agency.values.items():
            declared = LAW.inputs[name]
            high = declared.high
            if declared.limit:
                high = exact.evaluate(declared.limit[1], agency.values).number
            bad = (declared.whole and value.denominator > 1) or (high is not None and value > high)
            if bad or value < declared.low or (declared.above and value == declared.low):
                wrong.append((agency.code, name, value))
    assert wrong == []


def test_the_package_reads_the_same_values_and_refuses_none(campaign, agencies):
    assert list(campaign) == agencies
    assert campaign.refused == ()
    assert [code for code, settled in campaign.settled.items() if settled.conflicts or settled.refused] == []


def test_reading_the_sample_warns_of_the_deliberate_cases_alone(campaign):
    lines = [str(problem) for problem in campaign.problems]
    assert len(lines) == len(WARNINGS)
    for line, (place, said) in zip(lines, WARNINGS, strict=True):
        assert line.startswith(place)
        assert "предупреждение: " in line
        assert said in line


def test_no_invented_text_of_forms_and_lists_is_the_name_of_a_real_body(tables, written):
    # Words of the law, as the name of an input, are not invented.
    listed = {
        value
        for rows in tables.values()
        for row in rows
        for column, value in row.items()
        if column != "input" and not column.startswith("strategy")
    }
    texts = listed.union(*written.values())
    assert {"ИС «Маяк»", "Департамент маршрутов"} < texts
    assert sorted(text for text in texts if REAL.search(text)) == []


@pytest.mark.parametrize(
    ("key", "option"),
    [
        (key, option)
        for key, doubt in LAW.readings.items()
        for option in doubt.options
        if option != doubt.default
    ],
)
def test_every_option_of_a_reading_changes_a_total(agencies, scores, key, option):
    other = evaluate(agencies, readings={key: option})
    assert any(
        score.interval != other.find(score.agency.code, score.code).interval
        for score in scores
        if score.rule.level == "direction"
    )


def test_totals_are_spread_and_distinct_and_most_are_complete(scores):
    for code, complete, low, high in (("hr", 36, 50, 95), ("it", 34, 45, 100)):
        totals = [score.points for score in scores if score.code == code and score.points is not None]
        assert len(totals) == complete
        assert len(set(totals)) >= complete - 1
        assert min(totals) < low
        assert max(totals) > high
