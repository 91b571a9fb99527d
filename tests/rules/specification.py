"""What the specification and the order say of the rules, read by hand and kept as data beside this file."""

import csv
import tomllib
from pathlib import Path

HERE = Path(__file__).parent


def read_table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_data(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


INDICATORS = {row["code"]: row for row in read_table(HERE / "expected_indicators.csv")}
TOTALS = read_data("expected_totals")
CRITERIA = {code: row for code, row in TOTALS.items() if row["level"] == "criterion"}
CODES = (*INDICATORS, *TOTALS)
READINGS = read_data("readings")
NUMBERS = read_data("printed_numbers")
LETTERS = read_data("printed_letters")
LINES = read_data("printed_lines")
