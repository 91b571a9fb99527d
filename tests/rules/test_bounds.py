"""A campaign takes a value at the edge of its domain and refuses the value just outside."""

from fractions import Fraction

import pytest

from tests.rules.test_inputs import EXPECTED, read_domain
from toolkit.formula.exact import evaluate
from toolkit.formula.parse import parse
from toolkit.formula.tree import names
from toolkit.intake.campaign import read_campaign

DOMAINS = {name: read_domain(row["domain"]) for name, row in EXPECTED.items()}
NUMBERS = [name for name, domain in DOMAINS.items() if "options" not in domain]
LIMITED = [name for name in NUMBERS if DOMAINS[name]["limit"]]
A_LITTLE = Fraction(1, 1000)


def read(folder, values, law):
    """Write one agency with the given cells and read it as a campaign does."""
    head, cells = ",".join(values), ",".join(str(value) for value in values.values())
    (folder / "agencies.csv").write_text(f"agency,agency_type,{head}\nmf,local,{cells}\n", "utf-8")
    return read_campaign(folder, law.methodology)


def list_edges(domain):
    """Return the values that must be taken and those that must be refused, by the specification."""
    step = 1 if domain["whole"] else A_LITTLE
    low, high = domain["low"], domain["high"]
    good, bad = ([low + step], [low, low - step]) if domain["above"] else ([low, low + step], [low - step])
    if domain["whole"]:
        bad = [*bad, good[0] + Fraction(1, 2)]
    if high is None:
        return [*good, Fraction(10**9)], bad
    return [*good, high - step, high], [*bad, high + step]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_value_is_taken_up_to_the_edges_of_its_domain_and_refused_outside(name, tmp_path, law):
    good, bad = list_edges(DOMAINS[name])
    for value in good:
        campaign = read(tmp_path, {name: value}, law)
        assert campaign.find("mf").values == {name: value}
        assert campaign.find("mf").refused == {}
    for value in bad:
        campaign = read(tmp_path, {name: value}, law)
        assert campaign.find("mf").values == {}
        assert list(campaign.find("mf").refused) == [name]


@pytest.mark.parametrize("name", LIMITED)
def test_a_value_may_reach_what_limits_it_and_no_more(name, tmp_path, law):
    limit = parse(DOMAINS[name]["limit"])
    # 9, 2 and 9 - 2 = 7 are more than one apart, so that no limit can stand in for another.
    others = dict(zip(names(limit), (Fraction(9), Fraction(2)), strict=False))
    bound = evaluate(limit, others).number
    for value, taken in ((bound - 1, True), (bound, True), (bound + 1, False)):
        found = read(tmp_path, others | {name: value}, law).find("mf")
        assert (name in found.values) == taken
        assert found.values.keys() >= others.keys()


def test_a_word_has_the_place_of_its_meaning(tmp_path, law):
    for place, word in enumerate(("absent", "incomplete", "complete")):
        campaign = read(tmp_path, {"strategy_status": word}, law)
        assert campaign.find("mf").values == {"strategy_status": place}


def test_only_the_execution_of_the_strategy_may_be_left_empty(tmp_path, law):
    for name in NUMBERS:
        found = read(tmp_path, {"strategy_status": "absent", name: ""}, law).find("mf")
        shown = {"strategy_execution_percent": 0} if name == "strategy_execution_percent" else {}
        assert found.values == {"strategy_status": 0} | shown
        assert found.unshown == set(shown)
