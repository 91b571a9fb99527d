"""Make the synthetic campaign of 2023: `python data_samples/make_campaign.py [--out FOLDER]`.

Ordinary values are drawn with a fixed seed around the level of each agency in `agencies_2023.toml`; its
deliberate cases then take the place of the drawn cells. What was drawn is delivered as people deliver it: in
filled forms, in lists, in the journal of entered points, and the rest in one table. Every run writes the same
bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import tomllib
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from campaign_draw import HERE, SEED, YEAR, Draw, Plan, Sample, digits, start

INPUTS = HERE.parent / "toolkit" / "law" / "agencies_2023" / "inputs.toml"
IDENTITY = ["agency", "agency_name", "agency_type", "parent", "year"]
COLUMNS = [*IDENTITY, *tomllib.loads(INPUTS.read_text("utf-8"))["inputs"]]
# What has no form and no list stands in the table of agencies.
OWN = ("workdays", "overtime_", "strategy_", "interns_", "personnel_", "servants_", "smart_")
TABLE = [name for name in COLUMNS if name in IDENTITY or name.startswith(OWN) or name[1:].isdigit()]
SPHERES = [name for name in COLUMNS if name.startswith("smart_")]
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

Вымышлены также формы и списки: подразделения, конкурсы, системы, договоры, поставщики, номера и даты
документов; за кодами уволенных и служащих никого нет. · So are the forms and lists: units, contests, systems,
contracts, suppliers, numbers and dates of documents; nobody stands behind the codes of persons.

- `agencies.csv`: органы и то, для чего нет ни формы, ни списка · agencies and what has neither form nor list
- `forms/`: заполненные приложения 1, 2, 7 и 8 · filled annexes 1, 2, 7 and 8
- `contests`, `exit_interviews`, `headcounts`, `training`, `promotions`, `systems`: списки · lists
- `entered.csv`: внесённые баллы с документами · entered points with their documents

Вымышленные органы · Fictional agencies ({count}):

{names}
"""


def points(draw: Draw, plan: Plan, limit: int) -> str:
    """Draw entered points with one decimal."""
    return digits(draw.near(limit * draw.skill(plan) // 10, limit, 0, limit * 10), 1)


def draw_months(draw: Draw, size: int) -> list[int]:
    """Draw twelve month-ends."""
    return [draw.near(size, size // 25 + 1, 1, size * 2) for _ in range(12)]


def write_mean(months: Sequence[int]) -> str:
    """Write the mean of month-ends as an exact decimal, or as twelfths where none exists."""
    total = sum(months)
    return f"{total}/12" if total % 3 else digits(total * 100 // 12, 2).rstrip("0").rstrip(".")


def fit_months(draw: Draw, mean: str) -> list[int]:
    """Draw month-ends whose mean a deliberate case fixes: each is near to it."""
    each, rest = divmod(Fraction(mean) * 12, 12)
    steps = [draw.whole(0, int(each) // 30) for _ in range(6)]
    moved = [each + step for step in steps] + [each - step for step in steps]
    return [int(month) + (at < rest) for at, month in enumerate(draw.mix(moved))]


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


def draw_hours(draw: Draw, plan: Plan) -> dict[str, object]:
    """Draw headcounts, as month-ends, and the hours of the access-control system (point 40)."""
    body = plan.staff + plan.staff // 12
    narrow = {
        "central": draw.part(body, 40, 75),
        "local": max(60, draw.part(body, 8, 14)),
        "territorial": body,
    }
    administrative, whole_body = draw_months(draw, plan.staff), draw_months(draw, body)
    drawn = draw_months(draw, narrow[plan.type])
    apparatus = whole_body if plan.type == "territorial" else drawn  # such a unit is all apparatus
    heads = Fraction(sum(apparatus), 12)
    minutes = draw.near(88 - plan.level * 4 // 5, 14, 1, 59)
    dayoff = draw.near(40 - plan.level * 2 // 5, 10, 1, 60)
    return {
        "admin_headcount_mean": administrative,
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
    draw.skip(2)
    late, missed = draw.whole(0, 3 - plan.level // 34), draw.whole(0, 2 - plan.level // 40)
    return {
        "upskilling_due": upskilling,
        "upskilled_on_time": upskilling - late,
        "retraining_due": retraining,
        "retrained_on_time": retraining - missed,
        "training_late_cases": late,
        "training_missed_cases": missed,
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


def draw_cells(draw: Draw, plan: Plan) -> dict[str, object]:
    """Draw one agency without its deliberate case."""
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
    return {**names, **entered, **staff, **work, **draw_merit(draw, plan), **technology}


def draw_sample(draw: Draw, plan: Plan) -> Sample:
    """Draw one agency; the cells of its deliberate case come last, with month-ends that give its means."""
    cells = draw_cells(draw, plan)
    months = {name: cell for name, cell in cells.items() if isinstance(cell, list)}
    fixed = start(plan, "months")
    months |= {name: fit_months(fixed, plan.case[name]) for name in months if name in plan.case}
    written = cells | {name: write_mean(drawn) for name, drawn in months.items()} | plan.case
    return Sample(plan, {name: str(written.get(name, "")) for name in COLUMNS}, months)


def draw_samples() -> list[Sample]:
    """Draw every agency, in the order of the plans."""
    raw: dict[str, dict[str, Any]] = tomllib.loads((HERE / "agencies_2023.toml").read_text("utf-8"))
    draw = Draw(SEED)
    return [draw_sample(draw, Plan(code=code, **agency)) for code, agency in raw.items()]


def draw_rows() -> list[dict[str, str]]:
    """Return everything that was drawn as one table: what all forms and lists say together."""
    return [sample.values for sample in draw_samples()]


def write_table(rows: Sequence[dict[str, str]]) -> bytes:
    """Write rows as CSV, with every column that one of them has."""
    text = io.StringIO(newline="")
    columns = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def write_campaign(folder: Path) -> None:
    """Write the table, the lists, the forms and the notice that goes wherever they go."""
    # Loaded here, since drawing alone needs no workbooks.
    from campaign_forms import make_forms
    from campaign_lists import make_lists

    samples = draw_samples()
    table = [{name: sample.values[name] for name in TABLE} for sample in samples]
    names = "\n".join(f"- `{sample.plan.code}`: {sample.plan.name}" for sample in samples)
    notice = NOTICE.format(seed=SEED, count=len(samples), names=names)
    tables = {"agencies": table, **make_lists(samples)}
    made = {f"{stem}.csv": write_table(rows) for stem, rows in tables.items()}
    for name, data in {**made, **make_forms(samples), "SYNTHETIC.md": notice.encode()}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the synthetic campaign of 2023.")
    parser.add_argument(
        "--out", type=Path, default=HERE / str(YEAR), metavar="FOLDER", help="where to write it"
    )
    write_campaign(parser.parse_args().out)
