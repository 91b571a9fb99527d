import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluate.rows import ENTERED, RATIOS, USERS, agencies, with_values
from toolkit import Agency, evaluate, load_methodology

HERE = Path(__file__).parent
ROW = tomllib.loads((HERE.parent / "cases" / "rows.toml").read_text("utf-8"))["full"]
LIST = tomllib.loads((HERE / "monotone.toml").read_text("utf-8"))
METHODOLOGY = load_methodology()
STEPS = st.sampled_from(
    [Fraction(1), Fraction(2), Fraction(5), Fraction(60), Fraction(1, 7), Fraction(1, 10**6)]
)
WHOLE = {name for name, declared in METHODOLOGY.inputs.items() if declared.whole or declared.options}
LIMITS = RATIOS | {"contests_observed": "contests_held", "contests_recorded": "contests_held"}


def expand(names):
    indices = [f"i{number}" for number in range(1, 27)]
    return [name for given_name in names for name in (indices if ".." in given_name else [given_name])]


STATEMENTS = [(name, sign, {}) for sign in ("up", "down") for name in expand(LIST[sign]["inputs"])]
STATEMENTS += [(item["input"], item["direction"], item["readings"]) for item in LIST["chosen"]]


def ceiling(name, row):
    """Return the greatest value the domain of an input leaves it in this row."""
    if name.startswith("i") and name[1:].isdigit():
        return Fraction(1)
    if name == "exit_interviews_filled":
        return row["staff_dismissed"] - row["dismissed_exempt"]
    if name == "dismissed_exempt":
        return row["staff_dismissed"] - row["exit_interviews_filled"]
    if name == "strategy_execution_percent" and row["strategy_status"] == 0:
        return row[name]
    high = {"negative_exit_reasons": row["exit_interviews_filled"], "strategy_status": Fraction(2)}
    limit = row[LIMITS[name]] if name in LIMITS else Fraction(10**6)
    return min(high.get(name, limit), Fraction(ENTERED.get(name, limit)))


def points(agency, readings):
    return {one.code: one.points for one in evaluate([agency], METHODOLOGY, readings=readings)}


@pytest.mark.parametrize(
    ("name", "sign", "readings"), STATEMENTS, ids=[f"{name} {sign}" for name, sign, _ in STATEMENTS]
)
@settings(max_examples=6, deadline=None)
@given(agencies(), STEPS)
def test_more_of_an_input_moves_the_scores_one_way_only(name, sign, readings, agency, step):
    more = agency.values[name] + (max(Fraction(1), step.__floor__()) if name in WHOLE else step)
    changed = with_values(agency, {name: min(more, ceiling(name, agency.values))})
    lower, higher = points(agency, readings), points(changed, readings)
    if sign == "down":
        lower, higher = higher, lower
    takes = ("hr_reporting_penalty", "it_reporting_penalty", "unused_systems")
    for code in lower.keys() - set(takes):
        assert lower[code] is None or lower[code] <= higher[code], code
    for code in takes:
        assert lower[code] is None or lower[code] >= higher[code], code


def test_the_list_of_directions_names_every_input_once():
    named = [name for name, _, _ in STATEMENTS]
    assert sorted(named) == sorted(USERS) == sorted(METHODOLOGY.inputs)


def make(inputs):
    values = {}
    for name, text in (ROW | inputs).items():
        words = list(METHODOLOGY.inputs[name].options)
        values[name] = Fraction(words.index(text)) if words else Fraction(text)
    return Agency("a", "A", "central", values)


@pytest.mark.parametrize("item", LIST["both_ways"], ids=lambda item: item["input"])
def test_an_excluded_direction_does_go_both_ways(item):
    before = make(item["fixed"] | {item["input"]: item["from"]})
    after = make(item["fixed"] | {item["input"]: item["to"]})
    assert points(before, item["readings"])[item["code"]] == Fraction(item["before"])
    assert points(after, item["readings"])[item["code"]] == Fraction(item["after"])
