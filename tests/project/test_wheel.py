import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def list_shipped():
    """Return the files under toolkit/ that an installed copy must have too."""
    paths = [path for path in (ROOT / "toolkit").rglob("*") if path.is_file()]
    return {path.relative_to(ROOT).as_posix() for path in paths if path.suffix not in {".pyc", ".md"}}


def copy_project(folder):
    """Copy what a build reads, because a build leaves files beside what it reads."""
    shutil.copytree(ROOT / "toolkit", folder / "toolkit", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)


@pytest.fixture
def wheel(tmp_path):
    copy_project(tmp_path)
    options = ["--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    command = [sys.executable, "-m", "build", *options, str(tmp_path)]
    subprocess.run(command, capture_output=True, check=True)
    return next(tmp_path.glob("*.whl"))


@pytest.mark.proof
def test_the_wheel_carries_every_file_of_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert carried == list_shipped()


def test_the_command_is_registered():
    found = entry_points(group="console_scripts", name="toolkit")
    assert [command.value for command in found] == ["toolkit.cli:main"]


def test_the_exporter_of_pages_is_registered():
    found = entry_points(group="nbconvert.exporters", name="toolkit")
    assert [exporter.value for exporter in found] == ["toolkit.publish.page:PageExporter"]
