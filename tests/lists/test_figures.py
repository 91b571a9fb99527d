"""What lists give is what a person counts in them."""

from fractions import Fraction

import pytest

from tests.lists.reading import assert_told, load_cases, name_offers, read, read_title


@pytest.mark.parametrize("case", load_cases("figures"), ids=read_title)
def test_a_list_gives_the_figures_counted_by_hand(case, tmp_path, law):
    lists = read(tmp_path, case["files"], law)
    offers = name_offers(lists)
    expected = {name: Fraction(value) for name, value in case["values"].items()}
    assert {name: offer.value for name, offer in offers.items()} == expected
    assert {name: offers[name].origins[0].how for name in case.get("how", {})} == case.get("how", {})
    assert_told(lists.findings.problems, case.get("problems", []))


@pytest.mark.parametrize("case", load_cases("figures"), ids=read_title)
def test_an_offer_names_its_file_its_column_and_its_text(case, tmp_path, law):
    lists = read(tmp_path, case["files"], law)
    for offer in lists.findings.offers:
        assert offer.source in case["files"]
        assert offer.text == str(offer.value)
        header = case["files"][offer.source].lstrip().splitlines()[0]
        columns = header.replace(";", ",").split(",")
        assert all(set(origin.place.column.split("–")) <= set(columns) for origin in offer.origins)
    assert set(lists.findings.files) == set(case["files"])
