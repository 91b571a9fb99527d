"""What the reports of a campaign take, in four parts, each measured in one run in which the ways take turns.

against N: N reports by `toolkit report` and by the command lines of papermill and nbconvert.
growth SIZE…: seconds, bytes and memory of the reports of some units in synthetic campaigns of these sizes.
floor: the cells and the page alone, in one warm process, beside what a report of a batch takes.
where: the functions in which a warm report spends its time.
Run: `python benchmarks/reports.py against 40`, `growth 40 400 2000`, `floor`, `where`; see `--help`.
Seconds of processors stand beside seconds of the clock: on a busy machine only they can be compared.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

from processes import adopt_orphans, spent
from synthetic import write_units

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
NOTEBOOK = ROOT / "notebooks" / "agency_report.ipynb"
SAMPLE = ROOT / "data_samples" / "2023"
CHART = 'class="spec"'  # every chart of a page has one such element
TOOLS = Path(sys.executable).parent

Figures = Mapping[str, float]


def read_codes(campaign: Path) -> list[str]:
    """Return the codes of the agencies of a campaign."""
    with (campaign / "agencies.csv").open(encoding="utf-8", newline="") as file:
        return [row["agency"] for row in csv.DictReader(file)]


def spread(codes: list[str], count: int) -> list[str]:
    """Return so many of the codes, evenly from all of them."""
    return [codes[at * len(codes) // count] for at in range(min(count, len(codes)))]


def measure(work: Callable[[], Any]) -> dict[str, float]:
    """Return the seconds of the clock and of processors that some work takes in other processes."""
    used, began = spent(), time.perf_counter()
    work()
    return {"wall": time.perf_counter() - began, "cpu": spent() - used}


def run(*command: str | Path) -> str:
    """Run a command and return what it prints."""
    done = subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout


def median(rows: Iterable[Figures], name: str) -> float:
    """Return the median of one figure."""
    return statistics.median(row[name] for row in rows)


def tell(name: str, rows: list[dict[str, float]]) -> None:
    """Print the medians of what one way takes for a report."""
    print(f"{name:<44}{median(rows, 'wall'):8.3f} s{median(rows, 'cpu'):8.3f} s of processors")


def tell_ratios(name: str, above: list[dict[str, float]], below: list[dict[str, float]]) -> None:
    """Print the medians of how many times one way takes what the other does, round by round."""
    pairs = [*zip(above, below, strict=True)]
    wall, cpu = (statistics.median(a[it] / b[it] for a, b in pairs) for it in ("wall", "cpu"))
    print(f"{name:<44}{wall:8.1f} times{cpu:6.1f} times")


def report_by_tools(folder: Path, code: str) -> None:
    """Make one report by the command lines of papermill and nbconvert."""
    out = folder / f"{code}.ipynb"
    given = ("-p", "campaign", SAMPLE, "-p", "agency", code, "--no-progress-bar")
    run(TOOLS / "papermill", NOTEBOOK, out, *given)
    run(TOOLS / "jupyter", "nbconvert", "--to", "toolkit", out)


def report_all_by_tools(folder: Path, codes: list[str], at_once: int) -> dict[str, float]:
    """Return what a report takes by the command lines, so many at once."""

    def work() -> None:
        with ThreadPoolExecutor(at_once) as pool:
            [*pool.map(lambda code: report_by_tools(folder, code), codes)]

    return {name: seconds / len(codes) for name, seconds in measure(work).items()}


def report_by_toolkit(folder: Path, codes: list[str], jobs: int) -> dict[str, float]:
    """Return what a report takes by `toolkit report`, with its start and without."""
    wanted = [word for code in codes for word in ("--agency", code)]
    given = ("--out", folder, "--force", "--jobs", str(jobs), *wanted)
    # It ends with another status than 0, for the sample has mistakes on purpose.
    command = [*map(str, (sys.executable, "-m", "toolkit", "report", SAMPLE, *given))]
    taken = measure(lambda: subprocess.run(command, cwd=ROOT, capture_output=True, check=False))
    pages = json.loads((folder / "2023" / "timings.json").read_text("utf-8"))["agencies"]
    if pages.keys() != set(codes):
        raise SystemExit(f"{len(pages)} pages of {len(codes)}")
    steady = statistics.mean(page["seconds"] for page in pages.values()) / jobs
    return {name: seconds / len(codes) for name, seconds in taken.items()} | {"steady": steady}


def compare_pages(tools: Path, batch: Path, codes: list[str]) -> None:
    """Refuse pages that differ in their charts; say how many there are and how many pages are the same."""
    pairs = [[(folder / f"{code}.html").read_text("utf-8") for folder in (tools, batch)] for code in codes]
    if uneven := [code for code, pair in zip(codes, pairs, strict=True) if len({*map(count, pair)}) > 1]:
        raise SystemExit(f"unequal charts: {uneven}")
    charts, same = sorted({count(pair[0]) for pair in pairs}), sum(pair[0] == pair[1] for pair in pairs)
    print(
        f"charts of a page, equal on both sides: {charts}; same to the letter: {same} of {len(pairs)} pages"
    )


def count(page: str) -> int:
    """Return the number of charts of a page."""
    return page.count(CHART)


def against(given: argparse.Namespace) -> None:
    """Measure the reports of the sample by the toolkit and by the command lines, taking turns."""
    codes = read_codes(SAMPLE)[: given.reports]
    chosen = spread(codes, given.sample or len(codes))
    one, two, batch = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        tools, ours = Path(folder) / "tools", Path(folder) / "toolkit"
        tools.mkdir()
        for _ in range(given.rounds):
            one.append(report_all_by_tools(tools, chosen, 1))
            batch.append(report_by_toolkit(ours, codes, 2))
            two.append(report_all_by_tools(tools, chosen, 2))
        compare_pages(tools, ours / "2023", chosen)
    # Only the clock knows a steady state; processors are charged for the start as well.
    steady = [{**row, "wall": row["steady"]} for row in batch]
    part = f"extrapolated from {len(chosen)} to {len(codes)}" if len(chosen) < len(codes) else "all measured"
    print(f"{len(codes)} reports, medians of {given.rounds} rounds, for one report; command lines: {part}")
    tell("command lines, one after another", one)
    tell("command lines, two at a time", two)
    tell("toolkit report --jobs 2, with its start", batch)
    tell("toolkit report --jobs 2, steady state", steady)
    tell_ratios("one after another : with its start", one, batch)
    tell_ratios("two at a time : with its start", two, batch)
    print(f"{'two at a time : steady state':<44}{median(two, 'wall') / median(steady, 'wall'):8.1f} times")


def run_alone(part: str, campaign: Path, out: Path, codes: list[str], jobs: int = 1) -> dict[str, float]:
    """Return what a fresh process says of a batch or of the floor."""
    said: dict[str, float] = json.loads(
        run(sys.executable, HERE / "warm.py", part, campaign, out, str(jobs), *codes)
    )
    return said


def growth(given: argparse.Namespace) -> None:
    """Measure the reports of the same units in campaigns of several sizes, taking turns."""
    rows: dict[int, list[dict[str, float]]] = {size: [] for size in given.sizes}
    with tempfile.TemporaryDirectory() as folder:
        codes = {size: write_units(Path(folder) / str(size), size) for size in given.sizes}
        for at in range(given.rounds):
            for size in given.sizes:
                # The first units are the same ones at every size.
                wanted, out = codes[size][: given.reports], Path(folder) / f"out-{size}-{at}"
                rows[size].append(run_alone("batch", Path(folder) / str(size), out, wanted, 2))
    print(f"{given.reports} reports, 2 processes, medians of {given.rounds} rounds; seconds, memory in MB")
    names = "wall", "cpu", "bytes", "start", "first", "parent", "grown", "worker", "renderer", "largest"
    print("  units   a report  processors   page bytes", *(f"{name:>8}" for name in names[3:]))
    for size, found in rows.items():
        wall, cpu, size_of_page, *others = (median(found, name) for name in names)
        rest = " ".join(f"{figure:8.1f}" for figure in others)
        print(f"{size:7,}{wall:11.3f}{cpu:12.3f}{size_of_page:13,.0f} {rest}")
    for (size, found), (next_size, then) in pairwise(rows.items()):
        changes = (f"{name} {median(then, name) / median(found, name) - 1:+.1%}" for name in names[:3])
        print(f"{size:,} → {next_size:,}: {', '.join(changes)}")


def floor(given: argparse.Namespace) -> None:
    """Measure the cells and the page alone, and the same reports by a batch of one worker, taking turns."""
    codes = spread(read_codes(SAMPLE), given.reports)
    alone, batch, before = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for at in range(given.rounds):
            alone.append(run_alone("floor", SAMPLE, Path(folder) / "floor", codes))
            batch.append(run_alone("batch", SAMPLE, Path(folder) / f"batch-{at}", codes))
            if given.before:
                before.append(
                    run_alone(f"floor:{given.before.resolve()}", SAMPLE, Path(folder) / "old", codes)
                )
        compare_pages(Path(folder) / "floor", Path(folder) / "batch-0" / "2023", codes)
    print(f"{len(codes)} reports, one process, medians of {given.rounds} rounds, for one report")
    tell("floor: cells and page in a warm process", alone)
    tell("batch of one worker, after its first page", batch)
    tell_ratios("batch : floor", batch, alone)
    if before:
        tell(f"floor of {given.before.name}", before)
        tell_ratios(f"{given.before.name} : floor", before, alone)


def where(given: argparse.Namespace) -> None:
    """Print the functions in which one warm report spends its own time, the largest first."""
    print(run(sys.executable, HERE / "warm.py", "where", SAMPLE, "-", "1", given.agency), end="")


def main() -> None:
    """Read the arguments and measure one part."""
    parser = argparse.ArgumentParser(description="What the reports of a campaign take.")
    parts = parser.add_subparsers(required=True)
    known: dict[Callable[[argparse.Namespace], None], argparse.ArgumentParser] = {
        part: parts.add_parser(part.__name__, help=part.__doc__) for part in (against, growth, floor, where)
    }
    for part, options in known.items():
        options.set_defaults(part=part)
        options.add_argument("--rounds", type=int, default=3)
    known[against].add_argument("reports", type=int, nargs="?", default=40)
    known[against].add_argument(
        "--sample", type=int, default=6, help="agencies that the command lines report; 0 for all"
    )
    known[growth].add_argument("sizes", type=int, nargs="*", default=[40, 400, 2000])
    known[growth].add_argument("--reports", type=int, default=12)
    known[floor].add_argument("--reports", type=int, default=12)
    known[floor].add_argument("--before", type=Path, help="an older checkout, whose floor is measured too")
    known[where].add_argument("--agency", default="tides-agency")
    given = parser.parse_args()
    adopt_orphans()
    given.part(given)


if __name__ == "__main__":
    main()
