"""Write the pinned lists from `pyproject.toml`: `python scripts/lock.py [--upgrade]`; needs `uv`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# One version of a package for every Python and system, and no address of any index.
OPTIONS = [
    "--quiet",
    "--universal",
    "--python-version",
    "3.11",
    "--fork-strategy",
    "fewest",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
]
LISTS = {
    "requirements.txt": [],
    "requirements-test.txt": ["--extra", "test", "--constraint", "requirements.txt"],
}


def build_requirements() -> str:
    """Return what building the project needs, one requirement a line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return "\n".join(project["build-system"]["requires"])


def lock(uv: str, name: str, options: list[str]) -> None:
    """Write one pinned list, the build backend included, so that a build fetches nothing."""
    line = [uv, "pip", "compile", "pyproject.toml", "-", *OPTIONS, *options, "--output-file", name]
    subprocess.run(line, cwd=ROOT, input=build_requirements(), text=True, check=True)


def main(extra: list[str]) -> int:
    """Write both lists and return the exit status."""
    uv = shutil.which("uv")
    if uv is None:
        print("The command uv is needed: pip install uv", file=sys.stderr)
        return 2
    for name, options in LISTS.items():
        lock(uv, name, [*options, *extra])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
