"""Every bad list of the gallery is refused where it stands, in words that help, and spoils nothing else."""

from fractions import Fraction

import pytest

from tests.lists.reading import assert_told, load_cases, name_offers, read, read_title


@pytest.mark.parametrize("case", load_cases("gallery"), ids=read_title)
def test_a_bad_cell_or_row_refuses_what_depends_on_it_and_the_rest_goes_on(case, tmp_path, law):
    lists = read(tmp_path, case["files"], law)
    offers = name_offers(lists)
    good = {name: offer.value for name, offer in offers.items() if offer.value is not None}
    assert good == {name: Fraction(value) for name, value in case.get("values", {}).items()}
    faults = {name: offer.fault for name, offer in offers.items() if offer.value is None}
    assert faults.keys() == case.get("refused", {}).keys()
    for name, words in case.get("refused", {}).items():
        assert [word for word in words if word not in faults[name]] == [], faults[name]
    assert_told(lists.findings.problems, case["problems"])


def test_the_gallery_is_large_and_names_no_case_twice():
    titles = [case["title"] for name in ("gallery", "figures") for case in load_cases(name)]
    assert len(titles) == len(set(titles)) >= 45
