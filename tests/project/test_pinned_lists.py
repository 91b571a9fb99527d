import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LISTS = ["requirements.txt", "requirements-test.txt"]
PIN = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>\S+)(?P<rest>.*)$", re.MULTILINE)


def read_pins(name):
    text = (ROOT / name).read_text("utf-8")
    return {canonicalize_name(pin["name"]): pin["version"] for pin in PIN.finditer(text)}


def find_unpinned(wanted, pins):
    """Return the requirements that no pin meets."""
    needs = [Requirement(line) for line in wanted]
    met = {str(need): pins.get(canonicalize_name(need.name), "0") in need.specifier for need in needs}
    return [need for need, is_met in met.items() if not is_met]


def test_every_dependency_is_pinned_in_the_run_list():
    assert find_unpinned(PROJECT["project"]["dependencies"], read_pins("requirements.txt")) == []


@pytest.mark.parametrize("name", LISTS)
def test_the_build_backend_is_pinned_so_that_a_build_fetches_nothing(name):
    assert find_unpinned(PROJECT["build-system"]["requires"], read_pins(name)) == []


def test_every_test_tool_is_pinned_in_the_test_list():
    tools = PROJECT["project"]["optional-dependencies"]["test"]
    assert find_unpinned(tools, read_pins("requirements-test.txt")) == []


def test_a_requirement_that_no_pin_meets_is_found():
    pins = {"old": "1.9", "good": "1.0"}
    assert find_unpinned(["absent>=1", "old>=2", "good>=1"], pins) == ["absent>=1", "old>=2"]


def test_the_test_list_holds_the_whole_run_list_in_the_same_versions():
    assert read_pins("requirements.txt").items() <= read_pins("requirements-test.txt").items()


@pytest.mark.parametrize("name", LISTS)
def test_every_requirement_carries_a_hash(name):
    blocks = re.split(r"^(?=[A-Za-z0-9])", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)
    assert [block for block in blocks if block.strip() and "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", [*LISTS, "environment.yml"])
def test_no_list_names_the_address_of_an_index(name):
    text = (ROOT / name).read_text("utf-8")
    options = r"^[\s-]*(?:-[if] |--(?:extra-)?index|--find-links|--trusted-host)"
    assert "://" not in text
    assert re.findall(options, text, re.MULTILINE) == []


def test_the_conda_environment_uses_the_pinned_list_and_the_same_python():
    lines = (ROOT / "environment.yml").read_text("utf-8").splitlines()
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert {f"- python={oldest}", "- pip", "- -r requirements.txt"} <= {line.strip() for line in lines}
