"""What the order and the specification say of servants, read by hand and kept as data beside this file."""

import re
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# The order and the specification lie beside the repository where it is made, and not where it is used.
SOURCES = HERE.parents[1].parent / "shared"
SUBJECTS = ("category_1", "category_2", "transitional", "leader", "staff")


def read_data(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


RULES = read_data("rules")
INPUTS = read_data("inputs")
READINGS = read_data("readings")
PRINTED = read_data("printed")


def read_source(*path):
    """Return a source of the expectations on one line: as it is, and with words parted by lines whole."""
    file = SOURCES.joinpath(*path)
    if not file.is_file():
        pytest.skip("the order and the specification do not lie beside the repository")
    text = file.read_text("utf-8")
    return {" ".join(text.split()), " ".join(re.sub(r"-\s*\n\s*", "", text).split())}
