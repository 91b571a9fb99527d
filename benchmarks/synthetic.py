"""A larger campaign than there are data for: the drawn agencies again and again, with other numbers.

All of it is synthetic, and says so in its names and in a file beside it.
Run: `python benchmarks/synthetic.py FOLDER UNITS [SEED]`.
"""

from __future__ import annotations

import csv
import random
import sys
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

DRAWN = Path(__file__).resolve().parents[1] / "tests" / "samples" / "drawn_2023" / "agencies.csv"
KEPT = {"agency", "agency_name", "agency_type", "parent", "year", "workdays", "strategy_status"}
LEAST = Decimal("0.7")  # no number shrinks to less than this part of what was drawn
NOTE = "Synthetic units, made by `benchmarks/synthetic.py` to measure with: no number is of a real agency.\n"


def write_units(folder: Path, units: int, seed: int = 2023) -> list[str]:
    """Write a campaign of so many units and return their codes; a unit is the same at any size."""
    folder.mkdir(parents=True)
    (folder / "SYNTHETIC.md").write_text(NOTE, "utf-8")
    with DRAWN.open(encoding="utf-8", newline="") as file:
        drawn = [*csv.DictReader(file)]
    made = [vary(drawn[number % len(drawn)], number, seed) for number in range(units)]
    with (folder / "agencies.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, drawn[0])
        rows.writeheader()
        rows.writerows(made)
    return [row["agency"] for row in made]


def vary(row: dict[str, str], number: int, seed: int) -> dict[str, str]:
    """Return a row under another code and name, with smaller numbers.

    All counts shrink by one factor, so that a part stays no larger than its whole.
    """
    draw = random.Random(f"{seed}-{number}")  # noqa: S311 - a benchmark is meant to be repeatable
    counts = _factor(draw)
    named = {"agency": f"unit-{number:05}", "agency_name": f"{row['agency_name']}, {number}", "parent": ""}
    changed = {
        name: _shrink(text, _factor(draw) if "." in text else counts)
        for name, text in row.items()
        if text and name not in KEPT
    }
    return {**row, **changed, **named}


def _factor(draw: random.Random) -> Decimal:
    return LEAST + (1 - LEAST) * Decimal(str(draw.random()))


def _shrink(text: str, factor: Decimal) -> str:
    """Return a number made smaller and written as it was: `12`, `0.95` or `14794/12`."""
    above, slash, below = text.partition("/")
    return f"{(Decimal(above) * factor).quantize(Decimal(above), ROUND_DOWN)}{slash}{below}"


if __name__ == "__main__":
    write_units(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:]))
