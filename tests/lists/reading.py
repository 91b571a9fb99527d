"""Campaign folders of lists written for a test, and what is said of them."""

import tomllib
from pathlib import Path

from toolkit.intake.lists import read_lists

CASES = Path(__file__).parent / "cases"
AGENCIES = {"mf": "central", "me": "central", "astana": "local"}


def load_cases(name):
    return tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["cases"]


def read_title(case):
    return case["title"]


def read(folder, files, law):
    for name, text in files.items():
        (folder / name).write_text(text.lstrip("\n"), "utf-8")
    return read_lists(folder, AGENCIES, law.methodology)


def name_offers(lists):
    """Return the offers by `agency.input`; a list says one thing of an input."""
    named = {f"{offer.agency}.{offer.name}": offer for offer in lists.findings.offers}
    assert len(named) == len(lists.findings.offers)
    return named


def assert_told(problems, expected):
    """Every problem is expected, stands where it is expected, and has the words."""
    shown = [str(problem) for problem in problems]
    assert len(shown) == len(expected), shown
    for problem, line, words in zip(problems, shown, expected, strict=True):
        assert "\n" not in line
        assert [word for word in words if word not in line] == [], line
        assert problem.warning == ("предупреждение" in words), line
