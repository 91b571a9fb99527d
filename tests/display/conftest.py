from fractions import Fraction
from types import SimpleNamespace

import pytest

from tests.analysis.conftest import make_agency
from toolkit import Agency, evaluate, load_methodology
from toolkit.display.report import AgencyReport

__all__ = ["make_agency"]


@pytest.fixture
def make_report():
    """Return a function that makes the report of one agency with the given inputs, beside one empty peer."""

    def make(inputs, name="Орган", agency_type="central", refused=None, methodology=None, **options):
        values = {key: Fraction(value) for key, value in inputs.items()}
        own = Agency("own", name, agency_type, values, refused or {}, 2023)
        agencies = (own, Agency("peer", "Сосед", agency_type, {}))
        campaign = SimpleNamespace(agencies=agencies, source="agencies.csv", digest="0" * 64, synthetic=False)
        law = methodology or load_methodology()
        return AgencyReport(campaign, evaluate(agencies, law, **options), "own", law)

    return make
