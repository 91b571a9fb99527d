"""The sample is delivered as people deliver such data: which form, list or table gives which value."""

import re
import tomllib
from collections import Counter
from pathlib import Path

from toolkit import load_methodology

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
CAMPAIGN = SAMPLES / "2023"
LAW = load_methodology()
TRAINING = [
    *("upskilled_on_time", "upskilling_due", "retrained_on_time", "retraining_due"),
    *("training_late_cases", "training_missed_cases"),
]
LISTS = {
    "contests.csv": {"contests_held", "contests_observed", "contests_recorded", "recording_violations"},
    "exit_interviews.csv": {"exit_interviews_filled", "negative_exit_reasons", "dismissed_exempt"},
    "headcounts.csv": {"admin_headcount_mean", "apparatus_headcount_mean", "body_headcount_mean"},
    "training.csv": {*TRAINING},
    "promotions.csv": {"promoted_from_within", "promoted_total"},
    "entered.csv": {name for name in LAW.inputs if name.endswith("_points")},
}
FORMS = {
    "annex_1.xlsx": {"staff_dismissed", "exit_interviews_filled"},
    "annex_2.xlsx": {"contests_held", "contests_observed", "contests_recorded"},
    "annex_7.xlsx": {
        *("candidates_of_science", "doctors_of_science", "phd_holders", "academy_graduates"),
        *("bolashak_graduates", "nazarbayev_graduates", "foreign_graduates", "aspirantura_degrees"),
        *("presidential_reserve", "masters_degrees"),
    },
    "annex_8.xlsx": {
        *("digital_staff_total", "digital_staff_it_educated", "staff_total", "ict_certified_staff"),
        *("indicators_total", "indicators_automatic"),
    },
}


def test_every_agency_has_every_form_and_stands_in_every_list(rows, tables):
    found = (CAMPAIGN / "forms").glob("*/*")
    forms = {file.relative_to(CAMPAIGN / "forms").as_posix() for file in found}
    evaluated = {row["agency"]: [*FORMS][: 3 if row["agency_type"] == "territorial" else 4] for row in rows}
    assert forms == {f"{code}/{name}" for code, names in evaluated.items() for name in names}
    for name in LISTS:
        assert {row["agency"] for row in tables[name]} == evaluated.keys()
    holders = {code for code, names in evaluated.items() if "annex_8.xlsx" in names}
    assert {row["agency"] for row in tables["systems.csv"]} == holders


def test_the_table_has_what_has_neither_form_nor_list(rows, tables):
    elsewhere = set().union(*LISTS.values(), *FORMS.values())
    table = tables["agencies.csv"]
    assert list(table[0]) == [name for name in rows[0] if name not in elsewhere]
    assert table == [{name: drawn[name] for name in table[0]} for drawn in rows]


def test_every_value_comes_from_its_form_its_list_or_the_table(campaign):
    wrong = []
    for agency in campaign:
        for name, origins in campaign.settled[agency.code].origins.items():
            found = {origin.place.file for origin in origins}
            forms = {f"forms/{agency.code}/{form}" for form, names in FORMS.items() if name in names}
            expected = forms | {stem for stem, names in LISTS.items() if name in names}
            if found != (expected or {"agencies.csv"}):
                wrong.append((agency.code, name, found))
    assert wrong == []


def test_every_entered_point_has_a_document_and_penalties_are_told_fact_by_fact(campaign):
    facts = Counter()
    for code, settled in campaign.settled.items():
        for name in LISTS["entered.csv"] & settled.origins.keys():
            assert all(origin.basis and origin.day for origin in settled.origins[name])
            facts[name.endswith("penalty_points"), len(settled.origins[name]) > 1] += 1
            if settled.values[name] == 0 and "penalty" in name:
                assert ["не установлено" in origin.basis for origin in settled.origins[name]] == [True], code
    assert facts[False, True] == 0
    assert facts[True, True] > 0


def test_one_agency_has_more_paper_interviews_than_a_tenth_and_the_excess_is_not_counted(campaign, tables):
    settled = campaign.settled["tides-agency"]
    rows = [row for row in tables["exit_interviews.csv"] if row["agency"] == "tides-agency"]
    assert Counter(row["interview"] for row in rows) == {"electronic": 22, "paper": 4, "none": 10}
    assert settled.values["exit_interviews_filled"] == 24
    told = [origin.how for origin in settled.origins["exit_interviews_filled"] if origin.how]
    assert any("сверх 10 процентов: 2" in how for how in told)


def test_every_reason_of_note_7_occurs(tables):
    assert len({row["exempt"] for row in tables["exit_interviews.csv"]} - {""}) == 9


def test_the_ways_of_filling_that_are_declared_occur_in_the_forms(written):
    plans = tomllib.loads((SAMPLES / "agencies_2023.toml").read_text("utf-8"))
    ways = {code: plan["forms"] for code, plan in plans.items() if "forms" in plan}
    found = {code: set().union(*(written[name] for name in written if code in name)) for code in ways}
    marks = {code: texts & {"+", "да", "x"} for code, texts in found.items()}
    assert Counter(way for own in ways.values() for way in own) == {
        **dict.fromkeys(("paper_interviews", "thousands", "rows", "header", "decimals"), 1),
        "mark": 2,
    }
    assert all(marks[code] == {own.get("mark", "+")} - {"да"} for code, own in ways.items())
    assert "2\u00a0665" in found["caravans-ministry"]
    assert [text for text in found["snow-ministry"] if re.fullmatch("[0-9]+,[0-9]{2}", text)] != []
    assert "Исх. № 17 от 12.01.2024" in found["crafts-ministry"]


def test_the_name_of_a_restricted_system_stands_in_its_form_and_the_list_alone(campaign, tables, written):
    secret = {(row["agency"], row["system"]) for row in tables["systems.csv"] if row["restricted"] == "да"}
    names = {re.search("«(.*)»", system)[1] for _, system in secret}
    found = {
        (path, text)
        for path, texts in written.items()
        for text in texts
        if any(name in text for name in names)
    }
    assert len(secret) > 5
    assert found == {(f"forms/{code}/annex_8.xlsx", system) for code, system in secret}
    others = [file for file in CAMPAIGN.glob("*.*") if file.name != "systems.csv"]
    shown = [repr(campaign), *(file.read_text("utf-8") for file in others)]
    assert [name for name in names if any(name in text for text in shown)] == []


def test_a_share_of_systems_leaves_out_what_is_restricted(campaign, tables):
    restricted = Counter(row["agency"] for row in tables["systems.csv"] if row["restricted"] == "да")
    for shown in campaign.diagnostics:
        if shown.name in ("data_currency_points", "architecture_portal_points"):
            assert shown.left_out == restricted[shown.agency]
    contracts = [shown for shown in campaign.diagnostics if shown.name == "local_content_points"]
    assert all((shown.left_out > 0) == (shown.agency in restricted) for shown in contracts)
    assert 0 not in {shown.whole for shown in campaign.diagnostics}
