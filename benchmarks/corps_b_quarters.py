"""What four quarters of 100,000 servants of corps B take: exactly, and in floats as a spreadsheet does.

Both read the same file and give a label to every quarter and year, in turn and each in a fresh interpreter,
so that a slow moment of the machine meets both and neither pays for the memory of the other. Their ratio is
the price of exactness; the labels that floats get wrong are what it buys.
Run: `python benchmarks/corps_b_quarters.py [--servants N] [--rounds N] [--seed N]`.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame

    from toolkit.servants.corps_b import CorpsB

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

YEAR = "2026"
QUARTERS = tuple(f"{YEAR}Q{number}" for number in range(1, 5))
HEADER = "servant,quarter,form,appointed_on,worked_days,evaluator,p1,p2,p3,p4,p5,sanction"
WORDS = ("не удовлетворительно", "удовлетворительно", "надлежащим образом", "эффективно")
PREFIX = "Выполняет функциональные обязанности "
BOUNDS = (0, 2, 3, 4, float("inf"))  # point 8
FEWEST_DAYS = 15  # point 6
CAPS = {"remark": 299, "reprimand": 299, "severe_reprimand": 299, "other": 199}  # annexes 1 and 2, row 5
# The marks of each of four quarters, and the label of every quarter and of the year: computed by hand.
KNOWN = {
    # (4.2 + 4 + 4.2 + 4.4 + 3.2) / 5 = 20 / 5 = 4, which floats take for less.
    "known-1": (("4.2", "4", "4.2", "4.4", "3.2"), WORDS[3]),
    # (4 · 2.99 + 3.03) / 5 = 2.998
    "known-2": (("2.99", "2.99", "2.99", "2.99", "3.03"), WORDS[1]),
    # (4.14 + 3.9 + 4.22 + 3.61 + 4.13) / 5 = 20 / 5
    "known-3": (("4.14", "3.9", "4.22", "3.61", "4.13"), WORDS[3]),
    # (4 · 2 + 1.99) / 5 = 1.998
    "known-4": (("2", "2", "2", "2", "1.99"), WORDS[0]),
}

Labels = dict[tuple[str, str], str]


def make_rows(servants: int, seed: int) -> Iterator[str]:
    """Yield the rows: first the known ones, then drawn ones, quarter by quarter for each servant."""
    draw = random.Random(seed)  # noqa: S311  # a benchmark is meant to be repeatable
    yield HEADER
    for servant, (known, _) in KNOWN.items():
        for quarter in QUARTERS:
            yield f"{servant},{quarter},staff,2020-02-03,55,head-0,{','.join(known)},none"
    for number in range(servants - len(KNOWN)):
        level = 24 + int(23 * draw.random() ** 0.5)  # tenths; the good are many and the bad are few
        for quarter in QUARTERS:
            marks = [min(50, level - 4 + int(draw.random() * 9)) * 10 for _ in range(4)]
            last, sanction = min(500, level * 10 + 30), "none"
            if draw.random() < 1 / 50:
                sanction = list(CAPS)[int(draw.random() * len(CAPS))]
                last = CAPS[sanction] - int(draw.random() * 50)
            days = FEWEST_DAYS - 1 if draw.random() < 1 / 100 else 40 + int(draw.random() * 22)
            written = ",".join(f"{mark / 100:.2f}" for mark in (*marks, last))
            form = "leader" if number % 10 == 0 else "staff"
            yield f"s-{number},{quarter},{form},2020-02-03,{days},head-{number // 20},{written},{sanction}"


def evaluate_exactly(file: Path) -> CorpsB:
    """Evaluate every quarter and year by the toolkit."""
    from toolkit.servants.corps_b import evaluate_corps_b
    from toolkit.servants.records import CORPS_B, read_servants

    return evaluate_corps_b(read_servants(file, CORPS_B))


def list_exact(found: CorpsB) -> Labels:
    """Return the labels of the toolkit."""
    return {(term.servant, term.period): term.decision.label.removeprefix(PREFIX) for term in found.terms}


def evaluate_in_floats(file: Path) -> tuple[DataFrame, DataFrame]:
    """Evaluate every quarter and year as a spreadsheet does: mean, mean of means, bounds of the scale."""
    import pandas

    table = pandas.read_csv(file)
    # What is not eligible has no mean, and a mean of means leaves it out.
    means = table[["p1", "p2", "p3", "p4", "p5"]].mean(axis=1).where(table["worked_days"] >= FEWEST_DAYS)
    quarters = table[["servant", "quarter"]].assign(mean=means)
    years = quarters.groupby("servant", sort=False)["mean"].mean().reset_index()
    for part in (quarters, years):
        part["label"] = pandas.cut(part["mean"], BOUNDS, right=False, labels=WORDS)
    return quarters, years


def list_floats(found: tuple[DataFrame, DataFrame]) -> Labels:
    """Return the labels of the float computation."""
    quarters, years = (part.assign(label=part["label"].astype(object).fillna("")) for part in found)
    labels = dict(
        zip(zip(quarters["servant"], quarters["quarter"], strict=True), quarters["label"], strict=True)
    )
    return labels | {
        (servant, YEAR): word for servant, word in zip(years["servant"], years["label"], strict=True)
    }


# How each way computes, how it lists its labels, and what it imports before the clock starts.
WAYS: dict[str, tuple[Callable[[Path], Any], Callable[[Any], Labels], str]] = {
    "exact": (evaluate_exactly, list_exact, "toolkit.servants.corps_b"),
    "float": (evaluate_in_floats, list_floats, "pandas"),
}


def run_alone(way: str, file: Path, out: Path) -> None:
    """Label a file in this interpreter; write the labels, print the seconds and the peak of memory."""
    compute, list_labels, package = WAYS[way]
    import_module(package)
    began = time.perf_counter()
    found = compute(file)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes, on macOS bytes
    megabytes = peak / 1024 / (1024 if sys.platform == "darwin" else 1)
    labels = list_labels(found).items()
    out.write_text("".join(f"{servant},{period},{word}\n" for (servant, period), word in labels), "utf-8")
    print(json.dumps({"seconds": seconds, "megabytes": megabytes}))


def measure(way: str, file: Path, out: Path) -> dict[str, float]:
    """Return what one way takes in a fresh interpreter."""
    command = [sys.executable, __file__, "--alone", way, str(file), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def read_labels(out: Path) -> Labels:
    """Read the labels that a fresh interpreter has written."""
    rows = (line.split(",") for line in out.read_text("utf-8").splitlines())
    return {(servant, period): word for servant, period, word in rows}


def check(labels: Labels, servants: int) -> None:
    """Refuse labels that are too few, or wrong where the answer is known."""
    wanted = {(known, period): word for known, (_, word) in KNOWN.items() for period in (*QUARTERS, YEAR)}
    wrong = {key: labels.get(key) for key, word in wanted.items() if labels.get(key) != word}
    if wrong or len(labels) != servants * (len(QUARTERS) + 1):
        raise SystemExit(f"{len(labels)} labels; wrong among the known: {wrong}")


def compare(servants: int, rounds: int, seed: int) -> None:
    """Measure both ways in turn and print what came out."""
    taken: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        file, outs = Path(folder) / "corps_b.csv", {way: Path(folder) / f"{way}.csv" for way in WAYS}
        file.write_text("\n".join(make_rows(servants, seed)) + "\n", "utf-8")
        for _ in range(rounds):
            for way in WAYS:
                taken[way].append(measure(way, file, outs[way]))
        exact, floats = (read_labels(outs[way]) for way in WAYS)
    check(exact, servants)
    if floats.keys() != exact.keys():
        raise SystemExit("the two ways label different rows")
    wrong = Counter("years" if key[1] == YEAR else "quarters" for key in exact if exact[key] != floats[key])
    for way, name in (("exact", "toolkit, exact"), ("float", "pandas, floats")):
        seconds, peak = (
            statistics.median(one[what] for one in taken[way]) for what in ("seconds", "megabytes")
        )
        print(f"{name:16} {seconds:7.2f} s   peak {peak:6.0f} MB   (median of {rounds})")
    pairs = zip(taken["exact"], taken["float"], strict=True)
    print(f"ratio            {statistics.median(e['seconds'] / f['seconds'] for e, f in pairs):7.1f}")
    print(f"labels           {len(exact):,} of {servants:,} servants; {dict(Counter(exact.values()))}")
    print(f"wrong in floats  {wrong.total():,}: {wrong['quarters']:,} quarters, {wrong['years']:,} years")


def main() -> None:
    """Read the arguments; `--alone` is how a fresh interpreter is asked for one way."""
    parser = argparse.ArgumentParser(description="Labels of corps B, exactly and in floats.")
    parser.add_argument("--servants", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--alone", nargs=3, metavar=("WAY", "FILE", "OUT"), help=argparse.SUPPRESS)
    given: Any = parser.parse_args()
    if given.alone:
        way, file, out = given.alone
        run_alone(way, Path(file), Path(out))
    else:
        compare(given.servants, given.rounds, given.seed)


if __name__ == "__main__":
    main()
