import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import toolkit

ROOT = Path(__file__).resolve().parents[2]
MODULES = [found.name for found in pkgutil.walk_packages(toolkit.__path__, "toolkit.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run_as_printed(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS).failed == 0


def test_the_examples_are_there_to_run():
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [
        test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples
    ]
    assert len(examples) > 30
