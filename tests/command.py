"""The command line as a user runs it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The sample campaign as one table, read in a moment; what reads forms and lists asks for `data_samples/2023`.
SAMPLE = ROOT / "tests" / "samples" / "drawn_2023"
# What makes a command slow to start; only those that need it may load it.
HEAVY = ("numpy", "pandas", "altair", "IPython", "openpyxl", "papermill", "nbconvert", "jinja2")


def run_toolkit(*words, folder=ROOT, columns=80, timeout=60):
    """Run `toolkit` with these words in a terminal of this width and return what it said."""
    code = "from toolkit.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=folder,
        env={**os.environ, "COLUMNS": str(columns)},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def heavy_loaded(*words):
    """Return the heavy packages that a command has loaded by the time it is done."""
    code = (
        f"import sys\nsys.argv = ['toolkit', *{list(map(str, words))!r}]\n"
        "from toolkit.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print(*sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return done.stderr.splitlines()[-1].split()
