"""Hypothesis strategies for complete rows inside the domains of the inputs, and what depends on what."""

import csv
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from toolkit import Agency

TESTS = Path(__file__).resolve().parents[1]
TYPES = ("central", "local", "territorial")
CATEGORIES = (
    *(
        "candidates_of_science",
        "doctors_of_science",
        "phd_holders",
        "academy_graduates",
        "bolashak_graduates",
    ),
    *("nazarbayev_graduates", "foreign_graduates", "aspirantura_degrees", "presidential_reserve"),
    "masters_degrees",
)
SPHERES = (
    "education",
    "health",
    "transport",
    "roads",
    "safety",
    "tourism",
    "utilities",
    "ecology",
    "governance",
)
ENTERED = {
    "net_turnover_points": 10,
    "staff_stability_points": 5,
    "gender_balance_points": 5,
    "architecture_portal_points": 30,
    "data_currency_points": 20,
    "function_automation_points": 25,
    "local_content_points": 5,
}
RATIOS = {  # what is counted, and what it is counted from
    "upskilled_on_time": "upskilling_due",
    "retrained_on_time": "retraining_due",
    "personnel_files_complete": "servants_december",
    "digital_staff_it_educated": "digital_staff_total",
    "ict_certified_staff": "staff_total",
    "indicators_automatic": "indicators_total",
}
NEVER_EMPTY = ("servants_december", "staff_total")
CASES = ("training_late_cases", "training_missed_cases", "recording_violations", "interns_sent_and_hosted")
FREE = {"hr_reporting_penalty_points": 14, "it_reporting_penalty_points": 14, "unused_systems_points": 130}
MEANS = ("admin_headcount_mean", "apparatus_headcount_mean", "body_headcount_mean")


def read(name):
    with (TESTS / "rules" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INDICATORS = read("expected_indicators.csv")
USERS = {}
for indicator in INDICATORS:
    for name in indicator["inputs"].split(";"):
        USERS.setdefault(name, set()).add(indicator["code"])
TOTALS = {
    "staff_potential": [row["code"] for row in INDICATORS if row["criterion"] == "staff_potential"],
    "work_organisation": [row["code"] for row in INDICATORS if row["criterion"] == "work_organisation"],
    "merit_culture": [row["code"] for row in INDICATORS if row["criterion"] == "merit_culture"],
    "hr": [row["code"] for row in INDICATORS if row["direction"] == "hr"],
    "it": [row["code"] for row in INDICATORS if row["direction"] == "it"],
}


TWELFTH = Fraction(1, 12)
EXTRA_HOURS = [
    Fraction(text) for text in ("0", "0.5", "0.999999", "1", "1.000001", "1.25")
]  # a day, per head
DAYOFF_HOURS = [Fraction(text) for text in ("0", "8.999999", "9", "9.000001", "184", "184.000001")]
PERCENTS = [Fraction(text) for text in ("0", "39.999999", "40", "60", "79.995", "80", "120")]


def numbers(low, high):
    return st.integers(low, high).map(Fraction)


def twelfths(high, low=0):
    return st.integers(low, 12 * high).map(TWELFTH.__mul__)


@st.composite
def values(draw):
    """Draw a complete row: every input present and inside its domain."""
    row = {name: draw(twelfths(high)) for name, high in (ENTERED | FREE).items()}
    row |= {f"i{number}": draw(twelfths(1)) for number in range(1, 27)}
    row |= {name: draw(numbers(0, 12)) for name in (*CATEGORIES, *CASES)}
    row |= {f"smart_{name}": draw(twelfths(900)) for name in SPHERES}
    row |= {name: draw(twelfths(100, low=1)) for name in MEANS}
    for part, whole in RATIOS.items():
        row[whole] = draw(numbers(1 if whole in NEVER_EMPTY else 0, 12))
        row[part] = draw(numbers(0, int(row[whole])))
    for part in ("contests_observed", "contests_recorded"):
        row.setdefault("contests_held", draw(numbers(0, 12)))
        row[part] = draw(numbers(0, int(row["contests_held"])))
    dismissed = row["staff_dismissed"] = draw(numbers(0, 12))
    filled = row["exit_interviews_filled"] = draw(numbers(0, int(dismissed)))
    row["dismissed_exempt"] = draw(numbers(0, int(dismissed - filled)))
    row["negative_exit_reasons"] = draw(numbers(0, int(filled)))
    row["promoted_total"] = draw(numbers(1, 10))
    row["promoted_from_within"] = draw(numbers(0, 12))
    row["workdays"] = draw(numbers(22, 260))
    per_day = draw(st.sampled_from(EXTRA_HOURS)) * (row["workdays"] - 21)
    row["overtime_workday_hours"] = per_day * row["apparatus_headcount_mean"]
    row["overtime_dayoff_hours"] = draw(st.sampled_from(DAYOFF_HOURS)) * row[draw(st.sampled_from(MEANS[1:]))]
    row["strategy_status"] = draw(numbers(0, 2))
    shown = row["strategy_status"] > 0
    row["strategy_execution_percent"] = draw(st.sampled_from(PERCENTS)) if shown else Fraction(0)
    return row


def agencies(kind=None):
    kinds = st.sampled_from(TYPES) if kind is None else st.just(kind)
    return st.builds(lambda drawn, row: Agency("a", "A", drawn, row), kinds, values())


def with_values(agency, changed):
    return Agency(agency.code, agency.name, agency.type, dict(agency.values) | changed)


def without(agency, *names):
    kept = {name: value for name, value in agency.values.items() if name not in names}
    return Agency(agency.code, agency.name, agency.type, kept)
