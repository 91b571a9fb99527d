from fractions import Fraction
from pathlib import Path

import pytest

from tests.analysis.conftest import make_agency
from toolkit import Agency, evaluate, load_methodology
from toolkit.display.report import AgencyReport
from toolkit.intake.campaign import Campaign
from toolkit.intake.settling import Settled

__all__ = ["make_agency"]


def make_campaign(agencies):
    """Return a campaign of these agencies that was read from nowhere."""
    settled = {agency.code: Settled() for agency in agencies}
    files = {"agencies.csv": "0" * 64}
    return Campaign(Path(), "agencies.csv", agencies, (), (), 2023, files, settled)


@pytest.fixture
def make_report():
    """Return a function that makes the report of one agency with the given inputs, beside one empty peer."""

    def make(inputs, name="Орган", agency_type="central", refused=None, methodology=None, **options):
        values = {key: Fraction(value) for key, value in inputs.items()}
        own = Agency("own", name, agency_type, values, refused or {}, 2023)
        agencies = (own, Agency("peer", "Сосед", agency_type, {}))
        campaign = make_campaign(agencies)
        law = methodology or load_methodology()
        return AgencyReport(campaign, evaluate(agencies, law, **options), "own", law)

    return make
