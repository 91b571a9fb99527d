import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
CHECK = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_each_floor_stands_only_on_the_floors_below_it():
    line = [sys.executable, "-c", CHECK, "--no-logo", "--no-cache"]
    outcome = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_every_room_of_the_package_stands_on_a_floor():
    floors = next(contract["layers"] for contract in CONTRACTS if contract["id"] == "floors")
    listed = set(re.findall(r"toolkit\.(\w+)", " ".join(floors)))
    code = {path.relative_to(ROOT / "toolkit").parts[0] for path in (ROOT / "toolkit").rglob("*.py")}
    assert {name.removesuffix(".py") for name in code} - {"__init__", "__main__"} == listed
