"""Two campaigns: 2024 is the drawn campaign, 2023 the same with some of its cells changed."""

import csv
from dataclasses import replace

from tests.publish.test_index import SAMPLE
from tests.publish.test_index_in_browser import HOSTILE
from toolkit import evaluate, load_methodology, read_campaign
from toolkit.publish.record import Run
from toolkit.publish.task import PageResult

METHODOLOGY = load_methodology()
# The points of 2024 stand beside each: what changes is entered by the evaluator and nothing caps it.
CHANGED = {
    "tides-agency": {"net_turnover_points": "4.2"},  # 6.2
    "beacons-agency": {"net_turnover_points": "9.9"},  # 8.4
    "winter-passes-tumar": {"net_turnover_points": "7.1"},  # 7.6
    "schedules-committee": {"net_turnover_points": ""},  # 9.7
    "gardens-ministry": {"agency": "gone-agency", "agency_name": "Выбывший орган"},
    "wind-gate-agency": {"agency_type": "local"},
    "horizons-ministry": {"agency_type": "unknown"},  # the row is refused
    "snow-ministry": {"agency_name": "Министерство льда"},
}


def write_earlier(folder):
    rows = list(csv.DictReader((SAMPLE / "agencies.csv").read_text("utf-8").splitlines()))
    with (folder / "agencies.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows({**row, **CHANGED.get(row["agency"], {})} for row in rows)


def read_later():
    sample = read_campaign(SAMPLE)
    return replace(sample, year=2024, agencies=tuple(replace(it, year=2024) for it in sample.agencies))


def run_of(campaign, **readings):
    pages = tuple(PageResult(it.code, "done", f"{it.code}.html", "", 1.0, 0.5) for it in campaign.agencies)
    return Run(campaign, METHODOLOGY, evaluate(campaign, readings=readings), pages, "ru", readings)


def rename(campaign, prefix=""):
    """Return the campaign with hostile names for five of the agencies that both years have."""
    codes = ("tides-agency", "beacons-agency", "schedules-committee", "wind-gate-agency", "snow-ministry")
    names = dict(zip(codes, HOSTILE, strict=True))
    return replace(campaign, agencies=tuple(
        replace(it, name=prefix + names[it.code]) if it.code in names else it for it in campaign.agencies
    ))  # fmt: skip
