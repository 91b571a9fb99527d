"""Make the synthetic servants of 2025: `python data_samples/make_servants.py [--out FOLDER]`.

Ordinary cells are drawn with a fixed seed around the level of each servant in `corps_a_2025.toml` and
`corps_b_2025.toml`; their deliberate cells then take the place of the drawn ones. The standard library is
enough, and every run writes the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from make_campaign import Draw, digits

HERE = Path(__file__).resolve().parent
SEED = 2025
CORPS_A = [
    *("servant", "category", "appointed_on", "worked_days", "period_start", "period_end"),
    *("kpi", "kind", "plan", "actual", "direction", "mark", "agency", "name", "title"),
]
CORPS_B = [
    *("servant", "quarter", "form", "appointed_on", "worked_days", "evaluator"),
    *("p1", "p2", "p3", "p4", "p5", "sanction"),
    *("position", "left_on", "grade", "role", "leading", "agency", "comment"),
]
# Points 8, 9, 36 and 47: of what rows a sheet of corps A is made.
KINDS = {
    "1": ["assignments", "appeals", "satisfaction", "authority", "own"],
    "2": ["assignments", "appeals", "own", "own", "own"],
    "transitional": [*["own"] * 5, *["quality"] * 3],
}
MANDATORY = ("assignments", "appeals", "satisfaction", "authority")
PLANS = ("20", "25", "40", "60", "100")
PLANS_OF_LESS = ("3", "5", "8", "12", "30")
BANDS = 20  # annexes 4 and 5: a row for each five percent below 100
QUARTER = 25  # hundredths of a mark from one row to the next

NOTICE = """\
# Синтетические данные · Synthetic data

**Все данные этой папки вымышлены.** Служащие, органы и числа придуманы; за кодами и именами никого нет, ни
одно значение не взято у настоящего служащего или государственного органа, любое совпадение случайно. Данные
нужны только для показа и проверки программы и не говорят ничего о служащих Республики Казахстан.

**All data in this folder are synthetic.** The servants, agencies and numbers are invented; nobody stands
behind the codes and names, no value was taken from a real servant or agency, and any likeness is accidental.
They exist to show and test the software and say nothing about the servants of the Republic of Kazakhstan.

Made by `python data_samples/make_servants.py` (seed {seed}) from `data_samples/corps_a_2025.toml` and
`data_samples/corps_b_2025.toml`, which say beside each deliberate cell which branch of the order it is there
for. Every run writes the same bytes.

- `corps_a.csv`: {corps_a} вымышленных служащих корпуса «А», 2025 год · fictional servants of corps A, 2025
- `corps_b.csv`: {corps_b} вымышленных служащих корпуса «Б» с III квартала 2025 года · of corps B, from 2025Q3

Вымышленные органы · Fictional agencies ({count}):

{agencies}

Вымышленные служащие корпуса «А» · Fictional servants of corps A ({corps_a}):

{servants}
"""

Cells = dict[str, str]


def read(name: str) -> dict[str, Any]:
    """Read one of the files beside this one."""
    return tomllib.loads((HERE / name).read_text("utf-8"))


def draw_mark(draw: Draw, kind: str, cells: Cells) -> str:
    """Draw a mark that annexes 4 and 5 allow; the rule of their rows is 0.25 for each whole five percent."""
    plan, actual = Fraction(cells["plan"]), Fraction(cells["actual"])
    less = cells["direction"] == "lower"
    percent = 100 * (plan / actual if less else actual / plan)
    row = min(percent // 5, BANDS)
    if kind == "assignments":
        return trim(digits(max(0, row * QUARTER - 5 * draw.whole(0, 2)), 2))
    return trim(digits(row * QUARTER + (draw.whole(0, QUARTER - 1) if row < BANDS else 0), 2))


def draw_kpi(draw: Draw, level: int, kind: str) -> Cells:
    """Draw plan, actual, direction and mark of one КЦИ."""
    tenths = draw.near(level * 10 + 25, 60, 50, 1150)  # of a percent
    at, less = draw.whole(0, len(PLANS) - 1), kind == "own" and draw.whole(0, 4) == 0
    plan = "100" if kind in MANDATORY else (PLANS_OF_LESS if less else PLANS)[at]
    actual = int(plan) * 10_000 // tenths if less else int(plan) * tenths // 100
    cells = {"plan": plan, "actual": trim(digits(actual, 1)), "direction": "lower" if less else "higher"}
    return cells | {"mark": draw_mark(draw, kind, cells)}


def draw_titles(draw: Draw, titles: dict[str, list[str]], kind: str, way: str, taken: set[str]) -> str:
    """Draw a title that the servant does not have yet."""
    free = [title for title in titles[way if kind == "own" else kind] if title not in taken]
    title = free[0] if kind == "quality" else free[draw.whole(0, len(free) - 1)]
    taken.add(title)
    return title


def draw_servant(draw: Draw, code: str, plan: dict[str, Any], titles: dict[str, list[str]]) -> list[Cells]:
    """Draw the rows of one servant of corps A; the deliberate cells come last."""
    category, level = plan["category"], plan["level"]
    transitional = category == "transitional"
    shared = {
        "servant": code,
        "category": category,
        "appointed_on": f"{draw.whole(2019, 2024)}-{draw.whole(1, 12):02}-{draw.whole(1, 28):02}",
        "worked_days": str(draw.whole(112, 130) if transitional else draw.whole(205, 228)),
        "period_start": "2025-01-01",
        "period_end": "2025-07-31" if transitional else "2025-12-31",
    }
    shared |= {name: cell for name, cell in plan.items() if name in CORPS_A}
    rows, taken = [], set[str]()
    for number, kind in enumerate(KINDS[category], 1):
        drawn = draw_kpi(draw, level, kind)
        title = draw_titles(draw, titles, kind, drawn["direction"], taken)
        if transitional:  # point 44: marks alone, annexes 4 and 5 are not for them
            drawn = {"mark": trim(digits(draw.near(level // 2, 4, 0, 50), 1))}
        row = {**shared, "kpi": str(number), "kind": kind, **drawn, "title": title}
        row |= plan.get("kpi", {}).get(str(number), {})
        times = 1 + (str(number) in plan.get("twice", ())) - (str(number) in plan.get("without", ()))
        rows += [row] * times
    return rows


def draw_quarter(draw: Draw, level: int) -> Cells:
    """Draw the marks and days of one quarter of a servant of corps B."""
    marks = {f"p{n}": trim(digits(draw.near(level // 2, 4, 0, 50), 1)) for n in range(1, 5)}
    return {"worked_days": str(draw.whole(44, 58)), **marks, "p5": "5", "sanction": "none"}


def draw_sheets(draw: Draw) -> Iterator[tuple[str, list[list[str]]]]:
    """Draw the rows of corps B, each with its quarter; the deliberate cells come last."""
    raw = read("corps_b_2025.toml")
    for unit in raw["units"]:
        for code, servant in unit["servants"].items():
            day = f"{draw.whole(2018, 2024)}-{draw.whole(1, 12):02}-{draw.whole(1, 28):02}"
            known = {"servant": code, "appointed_on": day, "evaluator": unit["evaluator"]}
            known |= {"agency": unit["agency"], **raw["posts"][servant["post"]]}
            own = {name: cell for name, cell in servant.items() if name in CORPS_B}
            for quarter in servant.get("quarters", unit["quarters"]):
                drawn = {**known, **draw_quarter(draw, servant["level"]), "quarter": quarter, **own}
                cases = raw["cases"].get(code, {}).get(quarter, {})
                rows = cases if isinstance(cases, list) else [cases]
                yield quarter, [write_row({**drawn, **case}) for case in rows]


def write_row(cells: Cells) -> list[str]:
    """Return the cells of a row of corps B in their order: torn in two at a comma, or one short."""
    row: list[str] = []
    for name in CORPS_B:
        torn = cells.get("torn") == name
        row += cells.get(name, "").split(",") if torn else [cells.get(name, "")]
    return row[:-1] if "short" in cells else row


def trim(written: str) -> str:
    """Return a decimal without the zeros at its end."""
    return written.rstrip("0").rstrip(".") if "." in written else written


def write_table(header: list[str], rows: list[list[str]]) -> bytes:
    """Return a table as the bytes of a CSV file."""
    table = io.StringIO(newline="")
    csv.writer(table, lineterminator="\n").writerows([header, *rows])
    return table.getvalue().encode()


def write_servants(folder: Path) -> None:
    """Write both tables and the notice that goes wherever the tables go."""
    draw, corps_a = Draw(SEED), read("corps_a_2025.toml")
    servants = corps_a["servants"]
    kpis = [
        row for code, plan in servants.items() for row in draw_servant(draw, code, plan, corps_a["titles"])
    ]
    # Each quarter is written below the one before it, as such a table grows.
    sheets = sorted(draw_sheets(draw), key=lambda pair: max(pair[0], "2025Q3"))
    units, known = read("corps_b_2025.toml")["units"], read("agencies_2023.toml")
    agencies = dict.fromkeys(group["agency"] for group in (*servants.values(), *units))
    notice = NOTICE.format(
        seed=SEED,
        corps_a=len(servants),
        corps_b=sum(len(unit["servants"]) for unit in units),
        count=len(agencies),
        agencies="\n".join(f"- `{code}`: {known[code]['name']}" for code in agencies),
        servants="\n".join(f"- `{code}`: {plan['name']}" for code, plan in servants.items()),
    )
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "corps_a.csv": write_table(CORPS_A, [[row.get(name, "") for name in CORPS_A] for row in kpis]),
        "corps_b.csv": write_table(CORPS_B, [row for _, rows in sheets for row in rows]),
        "SYNTHETIC.md": notice.encode(),
    }
    for name, data in tables.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the synthetic servants of 2025.")
    parser.add_argument(
        "--out", type=Path, default=HERE / "servants_2025", metavar="FOLDER", help="where to write them"
    )
    write_servants(parser.parse_args().out)
