import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from toolkit import evaluate, load_methodology
from toolkit.formula import exact
from toolkit.intake.campaign import read_campaign

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
CAMPAIGN = SAMPLES / "2023"
LAW = load_methodology()
IDENTITY = ["agency", "agency_name", "agency_type", "parent", "year"]
# Stems of places and subjects of real bodies of Kazakhstan; none may stand in an invented name.
REAL = re.compile(
    "казахстан|алмат|астан|шымкент|абай|акмол|актюб|ақтөбе|атырау|жамбыл|жетіс|жетыс|караганд|қараған|костанай|"
    "қостанай|кызылорд|қызылорда|мангист|маңғыстау|павлодар|туркест|түркіст|улытау|ұлытау|"
    "финанс|юстиц|оборон|труд|здравоохр|образован|просвещ|наук|культур|туризм|спорт|эколог|водных|сельск|"
    "промышл|транспорт|цифров|энергет|торговл|экономик|иностран|внутренн|чрезвычайн|статистик|коррупц|"
    "конкуренц|стратегич|информац|государствен",
    re.IGNORECASE,
)


def test_the_script_writes_the_committed_files_byte_for_byte(tmp_path):
    subprocess.run([sys.executable, SAMPLES / "make_campaign.py", "--out", tmp_path], check=True)
    for name in ("agencies.csv", "SYNTHETIC.md"):
        assert (tmp_path / name).read_bytes() == (CAMPAIGN / name).read_bytes()


def test_the_columns_are_the_declared_inputs_in_their_order(rows):
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


def test_the_package_reads_the_same_values_and_refuses_none(agencies):
    campaign = read_campaign(CAMPAIGN)
    assert list(campaign) == agencies
    lines = [str(problem) for problem in campaign.problems]
    assert all("предупреждение" in line for line in lines)
    assert [line for line in lines if "promoted_from_within" in line or "execution_percent" in line] == lines
    assert len(lines) == 2


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
