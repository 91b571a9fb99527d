"""Make the synthetic campaign of 2023: `python data_samples/make_campaign.py [--out FOLDER]`.

Ordinary values are drawn with a fixed seed around the level of each agency in `agencies_2023.toml`; its
deliberate cases then take the place of the drawn cells. The standard library is enough, and every run writes
the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
INPUTS = HERE.parent / "toolkit" / "law" / "agencies_2023" / "inputs.toml"
IDENTITY = ["agency", "agency_name", "agency_type", "parent", "year"]
COLUMNS = [*IDENTITY, *tomllib.loads(INPUTS.read_text("utf-8"))["inputs"]]
SPHERES = [name for name in COLUMNS if name.startswith("smart_")]
YEAR = 2023
SEED = 2023
WORKDAYS = 247
DAYS_AT_WORK = WORKDAYS - 21  # point 40: without the leave
BLOCKS = [(1, 4), (5, 8), (9, 14), (15, 18), (19, 22), (23, 26)]  # of the survey in Annex 9
# Share of the staff in each category of point 37, per ten thousand, at an agency that does as well as can be.
DEGREES = {
    "candidates_of_science": 550,
    "doctors_of_science": 70,
    "phd_holders": 160,
    "academy_graduates": 1400,
    "bolashak_graduates": 750,
    "nazarbayev_graduates": 600,
    "foreign_graduates": 850,
    "presidential_reserve": 120,
    "masters_degrees": 4200,
}

NOTICE = """\
# Синтетические данные · Synthetic data

**Все данные этой папки вымышлены.** Органы, места, названия и числа придуманы; ни одно значение не взято
у настоящего государственного органа, любое совпадение случайно. Данные нужны только для показа и проверки
программы и не говорят ничего о работе какого-либо государственного органа Республики Казахстан.

**All data in this folder are synthetic.** The agencies, places, names and numbers are invented; no value was
taken from a real government agency, and any likeness is accidental. They exist to show and test the software
and say nothing about the work of any agency of the Republic of Kazakhstan.

Made by `python data_samples/make_campaign.py` (seed {seed}) from `data_samples/agencies_2023.toml`, which
says beside each deliberate cell which branch of the order it is there for. Every run writes the same bytes.

Вымышленные органы · Fictional agencies ({count}):

{names}
"""


@dataclass(frozen=True)
class Plan:
    """A fictional agency before its values are drawn."""

    code: str
    name: str
    type: str
    staff: int
    level: int
    case: dict[str, str]
    parent: str = ""


class Draw:
    """Draws whole numbers; stands on `random()` alone, whose sequence Python promises to keep."""

    def __init__(self, seed: int) -> None:
        """Start the one stream of the campaign."""
        self._random = random.Random(seed)  # noqa: S311  # a sample is meant to be repeatable

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def near(self, centre: int, spread: int, low: int, high: int) -> int:
        """Return a whole number within `spread` of `centre`, middling ones more often, kept within bounds."""
        drawn = centre + (self.whole(-spread, spread) + self.whole(-spread, spread)) // 2
        return max(low, min(high, drawn))

    def part(self, whole: int, low: int, high: int) -> int:
        """Return from `low` to `high` percent of a whole."""
        return round(Fraction(whole * self.whole(low * 100, high * 100), 10_000))

    def skill(self, plan: Plan) -> int:
        """Return how well the agency does in one matter, from 5 to 99 percent."""
        return self.near(plan.level, 16, 5, 99)


def digits(number: int, places: int) -> str:
    """Write a whole number of tenths, hundredths… as a decimal."""
    whole, rest = divmod(number, 10**places)
    return f"{whole}.{rest:0{places}}"


def points(draw: Draw, plan: Plan, limit: int) -> str:
    """Draw entered points with one decimal."""
    return digits(draw.near(limit * draw.skill(plan) // 10, limit, 0, limit * 10), 1)


def mean(draw: Draw, size: int) -> tuple[str, Fraction]:
    """Draw twelve month-ends; write their mean as an exact decimal, or as twelfths where none exists."""
    total = sum(draw.near(size, size // 25 + 1, 1, size * 2) for _ in range(12))
    exact = Fraction(total, 12)
    return (f"{total}/12" if total % 3 else digits(int(exact * 100), 2).rstrip("0").rstrip(".")), exact


def draw_leavers(draw: Draw, plan: Plan) -> dict[str, int]:
    """Draw those who left and their interviews (point 35)."""
    dismissed = max(2, draw.part(plan.staff, 4, 13))
    exempt = draw.part(dismissed, 3, 18)
    filled = draw.near(
        (dismissed - exempt) * (45 + plan.level // 2) // 100, dismissed // 8, 1, dismissed - exempt
    )
    return {
        "staff_dismissed": dismissed,
        "dismissed_exempt": exempt,
        "exit_interviews_filled": filled,
        "negative_exit_reasons": draw.part(filled, 8, 42),
    }


def draw_degrees(draw: Draw, plan: Plan) -> dict[str, int]:
    """Draw the ten categories of point 37; degrees of aspirantura stay among the candidates of science."""
    skill = draw.skill(plan)
    found = {
        name: plan.staff * share * draw.near(skill, 15, 5, 110) // 1_000_000
        for name, share in DEGREES.items()
    }
    return {**found, "aspirantura_degrees": draw.part(found["candidates_of_science"], 10, 50)}


def draw_hours(draw: Draw, plan: Plan) -> dict[str, str]:
    """Draw headcounts and the hours of the access-control system (point 40)."""
    body = plan.staff + plan.staff // 12
    narrow = {
        "central": draw.part(body, 40, 75),
        "local": max(60, draw.part(body, 8, 14)),
        "territorial": body,
    }
    admin, _ = mean(draw, plan.staff)
    whole_body, _ = mean(draw, body)
    apparatus, heads = mean(draw, narrow[plan.type])
    minutes = draw.near(88 - plan.level * 4 // 5, 14, 1, 59)
    dayoff = draw.near(40 - plan.level * 2 // 5, 10, 1, 60)
    return {
        "admin_headcount_mean": admin,
        "body_headcount_mean": whole_body,
        "apparatus_headcount_mean": apparatus,
        "workdays": str(WORKDAYS),
        "overtime_workday_hours": digits(int(heads * DAYS_AT_WORK * minutes / 6) + draw.whole(0, 9), 1),
        "overtime_dayoff_hours": digits(int(heads * dayoff * 10) + draw.whole(0, 9), 1),
    }


def draw_survey(draw: Draw, plan: Plan) -> dict[str, str]:
    """Draw the indices of Annex 9: items of one agency are alike, items of one block more so."""
    climate = draw.near(3_400 + plan.level * 62, 500, 3_000, 9_700)
    found: dict[str, str] = {}
    for first, last in BLOCKS:
        mood = draw.near(climate, 700, 2_500, 9_800)
        items = range(first, last + 1)
        found |= {f"i{item}": digits(draw.near(mood, 500, 2_000, 9_990), 4) for item in items}
    return found


def draw_training(draw: Draw, plan: Plan) -> dict[str, int]:
    """Draw courses that were due and their misses (point 44)."""
    upskilling, retraining = draw.part(plan.staff, 22, 38), max(3, draw.part(plan.staff, 2, 5))
    low = 55 + plan.level // 3
    return {
        "upskilling_due": upskilling,
        "upskilled_on_time": draw.part(upskilling, low, min(100, low + 15)),
        "retraining_due": retraining,
        "retrained_on_time": draw.part(retraining, low, min(100, low + 15)),
        "training_late_cases": draw.whole(0, 3 - plan.level // 34),
        "training_missed_cases": draw.whole(0, 2 - plan.level // 40),
    }


def draw_strategy(draw: Draw, plan: Plan) -> dict[str, object]:
    """Draw the strategy, the internships and the personnel files (points 45 to 45-2)."""
    skill = draw.skill(plan)
    return {
        "strategy_status": "complete" if skill > plan.level - 8 else "incomplete",
        "strategy_execution_percent": digits(draw.near(skill * 10 + 80, 150, 150, 1000), 1),
        "interns_sent_and_hosted": draw.part(plan.staff, 2, 12),
        "servants_december": plan.staff,
        "personnel_files_complete": plan.staff - draw.part(plan.staff, 0, 3),
    }


def draw_merit(draw: Draw, plan: Plan) -> dict[str, int]:
    """Draw contests and promotions (points 48 and 50)."""
    held, promoted = draw.whole(9, 16 + plan.staff // 18), draw.whole(7, 12 + plan.staff // 14)
    low = 35 + plan.level // 2
    return {
        "contests_held": held,
        "contests_observed": draw.part(held, low, min(100, low + 20)),
        "contests_recorded": draw.part(held, low, min(100, low + 20)),
        "recording_violations": draw.whole(0, 3 - plan.level // 34),
        "promoted_total": promoted,
        "promoted_from_within": draw.part(promoted, 25 + plan.level // 2, 60 + plan.level // 3),
    }


def draw_technology(draw: Draw, plan: Plan) -> dict[str, object]:
    """Draw the direction of information technologies (points 55 to 81)."""
    digital, whole = max(4, draw.part(plan.staff, 1, 2)), plan.staff + plan.staff // 12
    found: dict[str, object] = {
        "architecture_portal_points": points(draw, plan, 30),
        "data_currency_points": points(draw, plan, 20),
        "function_automation_points": points(draw, plan, 25),
        "digital_staff_total": digital,
        "digital_staff_it_educated": draw.part(digital, plan.level - 20, min(100, plan.level + 10)),
        "staff_total": whole,
        "ict_certified_staff": draw.part(whole, plan.level - 25, min(100, plan.level + 10)),
        "local_content_points": points(draw, plan, 5),
        "unused_systems_points": digits(max(0, draw.whole(-25, 30 - plan.level // 5)), 1),
        "it_reporting_penalty_points": digits(max(0, draw.whole(-5, 3)) * 5, 1),
    }
    if plan.type == "local":
        top = 160 + plan.level * 13 // 2
        return found | {sphere: draw.near(top, 70, 0, 765) for sphere in SPHERES}
    total = draw.whole(18, 140)
    return found | {"indicators_total": total, "indicators_automatic": draw.part(total, 15, plan.level)}


def draw_row(draw: Draw, plan: Plan) -> dict[str, object]:
    """Draw one agency; the cells of its deliberate case come last."""
    names = dict(zip(IDENTITY, [plan.code, plan.name, plan.type, plan.parent, YEAR], strict=True))
    entered: dict[str, object] = {
        "net_turnover_points": points(draw, plan, 10),
        "staff_stability_points": points(draw, plan, 5),
        "gender_balance_points": points(draw, plan, 5),
        "hr_reporting_penalty_points": digits(max(0, draw.whole(-5, 3)) * 5, 1),
    }
    staff = draw_leavers(draw, plan) | draw_degrees(draw, plan) | draw_training(draw, plan)
    work = draw_hours(draw, plan) | draw_survey(draw, plan) | draw_strategy(draw, plan)
    technology = {} if plan.type == "territorial" else draw_technology(draw, plan)
    return {**names, **entered, **staff, **work, **draw_merit(draw, plan), **technology, **plan.case}


def read_plans() -> list[Plan]:
    """Read the agencies and their cases."""
    raw: dict[str, dict[str, Any]] = tomllib.loads((HERE / "agencies_2023.toml").read_text("utf-8"))
    return [Plan(code=code, **{"case": {}, **agency}) for code, agency in raw.items()]


def write_campaign(folder: Path) -> None:
    """Write the table and the notice that goes wherever the table goes."""
    plans, draw = read_plans(), Draw(SEED)
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(draw_row(draw, plan) for plan in plans)
    names = "\n".join(f"- `{plan.code}`: {plan.name}" for plan in plans)
    notice = NOTICE.format(seed=SEED, count=len(plans), names=names)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "agencies.csv").write_bytes(table.getvalue().encode())
    (folder / "SYNTHETIC.md").write_bytes(notice.encode())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the synthetic campaign of 2023.")
    parser.add_argument(
        "--out", type=Path, default=HERE / str(YEAR), metavar="FOLDER", help="where to write it"
    )
    write_campaign(parser.parse_args().out)
