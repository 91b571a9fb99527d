"""Judges a spoiled law by the very test functions that guard the true one."""

import importlib
import inspect
import tempfile
from collections import Counter
from dataclasses import dataclass, fields
from functools import cache, cached_property, partial
from itertools import product
from pathlib import Path
from unittest import mock

import pytest

from tests.proofs.law_mutants import INPUTS, Mutant, change_document, read_documents
from tests.rules.law import Law
from tests.servants_law.law import ServantsLaw
from toolkit import ToolkitError
from toolkit.rules import loader
from toolkit.rules.methodology import Methodology


@dataclass(frozen=True)
class Guard:
    """What guards a law folder.

    `modules` hold its tests: those that ask for `law`. `make` makes that fixture of the methodology and of
    the parsed files `beside` the chapters, in this order.
    """

    modules: tuple
    make: type
    beside: tuple = ()


# A new folder of rules needs its own line here.
GUARDS = {
    "agencies_2023": Guard(
        make=Law,
        modules=(
            "tests.rules.test_inputs",
            "tests.rules.test_structure",
            "tests.rules.test_names",
            "tests.rules.test_readings",
            "tests.rules.test_bounds",
            "tests.intake.test_gallery",
            "tests.evaluate.test_readings",
            "tests.cases.test_cases",
        ),
    ),
    "servants_2025": Guard(
        make=ServantsLaw,
        beside=("tables.toml", "procedure.toml"),
        modules=(
            "tests.servants_law.test_inputs",
            "tests.servants_law.test_structure",
            "tests.servants_law.test_names",
            "tests.servants_law.test_readings",
            "tests.servants_law.test_tables",
            "tests.servants_law.test_procedure",
            "tests.servants_law.test_cases",
        ),
    ),
}
CASE = "test_the_program_finds_what_was_computed_by_hand"
# Both run many cases twice, so they come when nothing else has found the mistake.
LAST = ("test_every_number_of_the_law", "test_every_option_of_a_reading_changes_the_outcome")
# Mistakes that change figures are looked for in the cases first, the others in what is said of the rules.
FIGURES = {
    *("letter", "number", "operator", "term dropped", "target", "switch", "flag", "empty", "penalty place"),
    *("applies", "default", "date"),
}
UNCAUGHT, REFUSED, SAME = "uncaught", "the law is refused", "the same law"
FAILURES = Counter()


@dataclass(frozen=True)
class Check:
    """One call of one test function, and the rules or inputs its parameters are about."""

    name: str
    call: partial
    about: frozenset
    fixtures: frozenset

    def run(self, law, folder):
        given = {"law": law, "tmp_path": folder}
        self.call(**{name: value for name, value in given.items() if name in self.fixtures})


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: the test that fails or `uncaught`; `crash` is an error that is no sentence."""

    mutant: Mutant
    by: str
    crash: str = ""

    @property
    def needs_case(self):
        """Say whether a figure should have told the mistake, and something else did."""
        return is_figure(self.mutant) and self.by not in (CASE, REFUSED, UNCAUGHT)


class Remembering(Methodology):
    """A methodology that builds a rule once, and takes what is not spoiled from the true one."""

    @cached_property
    def resolved(self):
        return {}

    @cached_property
    def built(self):
        return {}

    @cached_property
    def unspoiled(self):
        """The codes whose rules come out as in the true law: nothing they are made of differs."""
        true = load_true(self.name)
        if describe(self) != describe(true):
            return frozenset()
        return frozenset(code for code, raw in self.rules.items() if true.rules[code] == raw)

    def build(self, code, choices, parameters):
        owner = load_true(self.name) if code in self.unspoiled else self
        own = tuple(sorted(item for item in parameters.items() if item[0].startswith(f"{code}.")))
        key = code, tuple(sorted(choices.items())), own
        if key not in owner.built:
            owner.built[key] = Methodology.build(owner, code, choices, parameters)
        return owner.built[key]

    def resolve(self, agency_type, readings=None, parameters=None):
        key = agency_type, *(tuple(sorted((chosen or {}).items())) for chosen in (readings, parameters))
        if key not in self.resolved:
            self.resolved[key] = super().resolve(agency_type, readings, parameters)
        return self.resolved[key]


def describe(methodology):
    """Return what every rule is built with, whatever stands in it."""
    levels = {code: raw.get("level") for code, raw in methodology.rules.items()}
    return methodology.subjects, methodology.directions, methodology.inputs, levels


def load(folder, documents):
    """Let the loader itself make a methodology of parsed files, none of which is on the disk."""

    def read(path):
        return dict(documents[Path(str(path)).name])

    with mock.patch.object(loader, "read_toml", read):
        made = loader.load_methodology.__wrapped__(folder)
    return Remembering(**{field.name: getattr(made, field.name) for field in fields(Methodology)})


def make_law(folder, methodology, documents):
    """Return what the tests of a folder ask for, made of its methodology and what lies beside it."""
    guard = GUARDS[folder]
    return guard.make(methodology, *(documents[file] for file in guard.beside))


@cache
def list_checks(folder):
    modules = [importlib.import_module(name) for name in GUARDS[folder].modules]
    tests = [test for module in modules for name, test in vars(module).items() if name.startswith("test_")]
    return tuple(check for test in tests if "law" in list_arguments(test) for check in expand(test))


def expand(test):
    """Yield a check for every set of parameters that pytest would call a test with."""
    marks = [mark.args for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
    names = [(name,) if isinstance(name, str) else name for name, _ in marks]
    for chosen in product(*(values for _, values in marks)):
        given = {}
        for keys, value in zip(names, chosen, strict=True):
            given |= dict(zip(keys, (value,) if len(keys) == 1 else value, strict=True))
        about = frozenset(name_subjects(given.values()))
        yield Check(test.__name__, partial(test, **given), about, list_arguments(test))


def list_arguments(test):
    return frozenset(inspect.signature(test).parameters)


def name_subjects(values):
    """Yield the codes and inputs that parameters name, those of a case among them."""
    for value in values:
        if isinstance(value, dict):
            yield from (value[key] for key in ("code", "column") if key in value)
        else:
            yield value


def order_checks(mutant, folder):
    """Return the checks, the likely ones first: those about the spoiled rule, those that failed before."""
    return sorted(list_checks(folder), key=lambda check: rate(check, mutant))


def rate(check, mutant):
    other, case = check.about.isdisjoint(mutant.at), check.name == CASE
    kind = (not case, other) if is_figure(mutant) else (other, case)
    return check.name.startswith(LAST), *kind, -FAILURES[check]


def is_figure(mutant):
    """Say whether a mutant changes what is computed, and not what is said of it or what may be entered."""
    return mutant.kind in FIGURES and mutant.file != INPUTS


@cache
def load_true(folder):
    return load(folder, read_parsed(folder))


def make_true(folder):
    return make_law(folder, load_true(folder), read_parsed(folder))


def is_same(folder, methodology, documents):
    """Say whether a mistake leaves everything as it is, the files beside the chapters included."""
    true = read_parsed(folder)
    beside = all(documents[file] == true[file] for file in GUARDS[folder].beside)
    return beside and methodology == load_true(folder)


@cache
def scratch():
    """Return a folder of this process for the tests that read a campaign."""
    return tempfile.TemporaryDirectory()


def judge(folder, mutant):
    """Return the verdict over one mutant of a law folder."""
    try:
        documents = change_document(read_parsed(folder), mutant)
        methodology = load(folder, documents)
        law = make_law(folder, methodology, documents)
        # Tables are equal whatever the order of their entries, so an exchange of two is always judged.
        if is_same(folder, methodology, documents) and mutant.kind != "order":
            return Verdict(mutant, SAME)
        assert law.defaults
    except ToolkitError:
        return Verdict(mutant, REFUSED)
    except Exception as error:  # noqa: BLE001  whatever it is, every test would fail
        return Verdict(mutant, REFUSED, type(error).__name__)
    return run_checks(mutant, law, order_checks(mutant, folder))


read_parsed = cache(read_documents)


def run_checks(mutant, law, checks):
    for check in checks:
        crash = fail(check, law)
        if crash is not None:
            FAILURES[check] += 1
            return Verdict(mutant, check.name, crash)
    return Verdict(mutant, UNCAUGHT)


def fail(check, law):
    """Run a check; return None when it holds, and the name of an error that is no sentence when it fails."""
    try:
        check.run(law, Path(scratch().name))
    except (AssertionError, ToolkitError, pytest.fail.Exception):
        return ""
    except Exception as error:  # noqa: BLE001  the test fails, but in no words a person understands
        return type(error).__name__
    return None


def count(verdicts):
    """Return the table that a reader of the proof sees: how many of each kind, and what caught them."""
    kinds = Counter(verdict.mutant.kind for verdict in verdicts)
    caught = Counter(verdict.mutant.kind for verdict in verdicts if verdict.by != UNCAUGHT)
    by = Counter(verdict.by for verdict in verdicts)
    crashes = sum(bool(verdict.crash) for verdict in verdicts)
    share = f"{caught.total()} of {kinds.total()} mistakes caught: {caught.total() / kinds.total():.3%}"
    return "\n".join(
        [
            f"{share}; {crashes} of them by an error that is no sentence",
            *(f"{caught[kind]:>5} of {total:>5} {kind}" for kind, total in kinds.most_common()),
            "",
            *(f"{total:>5} {name}" for name, total in by.most_common()),
        ]
    )
