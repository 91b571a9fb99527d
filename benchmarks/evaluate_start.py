"""How long `toolkit evaluate` takes above the start of its command line library, as medians of one run.

The two commands run in turn, so that a slow moment of the machine meets both.
Run: `python benchmarks/evaluate_start.py`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 15


def measure(code: str) -> float:
    """Return the seconds that a fresh interpreter needs for the code."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Print both medians, their difference and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "scores.csv")
        words = ["toolkit", "evaluate", "data_samples/2023", "--out", out]
        evaluate = f"import sys; sys.argv = {words!r}; from toolkit.cli import main; main()"
        pairs = [(measure("import typer"), measure(evaluate)) for _ in range(ROUNDS)]
    start, whole = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(whole / start for start, whole in pairs)
    print(f"import typer            {start:.3f} s")
    print(f"toolkit evaluate        {whole:.3f} s   ({ratio:.1f} times)")
    print(f"above the import        {whole - start:.3f} s   (aim: 0.4 s)")


if __name__ == "__main__":
    main()
