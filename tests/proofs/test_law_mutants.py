"""A mistake in any one number, letter or operator of a law file makes a test fail."""

import multiprocessing
import os
import tomllib
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from tests.proofs.formula_mutants import spoil
from tests.proofs.judging import (
    CASE,
    GUARDS,
    SAME,
    UNCAUGHT,
    count,
    judge,
    list_checks,
    make_true,
    run_checks,
)
from tests.proofs.law_mutants import FOLDERS, Mutant, change_document, read_documents, spoil_law
from tests.proofs.places import walk

LISTED = tomllib.loads(Path(__file__).with_name("surviving_mutants.toml").read_text("utf-8"))
CHUNK = 20
KINDS = {
    *("letter", "number", "operator", "term dropped", "target", "flag", "empty", "penalty place", "switch"),
    *("default", "order", "applies", "bound", "provenance", "description", "symbol", "words", "removed"),
    "date",
}


@pytest.fixture(scope="module", params=FOLDERS)
def folder(request):
    return request.param


def test_every_folder_of_rules_is_guarded():
    assert set(FOLDERS) == set(GUARDS)


def test_a_formula_is_spoiled_in_every_place():
    spoiled = [text for _, text in spoil("k * share(a, b) if a > 1 else 0", ["k", "a", "b"])]
    assert sorted(spoiled) == sorted(
        [
            *("0 if a > 1 else k * share(a, b)", "k * share(a, b)", "0"),
            *(f"k * share(a, b) if {test} else 0" for test in ("a >= 1", "a < 1", "k > 1", "b > 1")),
            *(f"k * share(a, b) if a > {number} else 0" for number in ("1.01", "0.99", "0.5")),
            *(f"k * share(a, b) if a > 1 else {number}" for number in ("0.01", "1")),
            *(f"k {sign} share(a, b) if a > 1 else 0" for sign in "/+"),
            *("k if a > 1 else 0", "share(a, b) if a > 1 else 0"),
            *(f"{letter} * share(a, b) if a > 1 else 0" for letter in "ab"),
            *(f"k * share({pair}) if a > 1 else 0" for pair in ("b, a", "k, b", "b, b", "a, k", "a, a")),
        ]
    )


@pytest.mark.parametrize(
    ("text", "spoiled"),
    [
        ("min(a, 1)", "max(a, 1)"),
        ("max(a, 1)", "min(a, 1)"),
        ("mean(a, b)", "sum(a, b)"),
        ("mean(a, b)", "mean(a)"),
        ("a - b", "a + b"),
        ("a + b", "a - b"),
        ("a / b", "a * b"),
        ("1 if a == b else 0", "1 if a != b else 0"),
        ("1 if a >= b else 0", "1 if a > b else 0"),
        ("k * (a - b) / b", "k * (a - b) * b"),
    ],
)
def test_every_operator_and_function_has_a_wrong_neighbour(text, spoiled):
    assert spoiled in [other for _, other in spoil(text, [])]


def test_every_kind_of_mistake_is_made():
    assert {mutant.kind for folder in FOLDERS for mutant in spoil_law(read_documents(folder))} == KINDS


def test_a_mutant_is_made_beside_the_law_and_never_in_it(folder):
    documents = read_documents(folder)
    for mutant in spoil_law(documents):
        changed = change_document(documents, mutant)
        assert [file for file in documents if changed[file] is not documents[file]] == [mutant.file]
    assert documents == read_documents(folder)


@pytest.mark.parametrize(
    ("name", "file", "at", "wrong", "right"),
    [
        ("agencies_2023", "work_organisation.toml", ("training", "constants", "half", "value"), 1, 0.5),
        ("servants_2025", "corps_b.toml", ("sanction_cap", "constants", "highest", "value"), 4, 5),
        ("servants_2025", "tables.toml", ("annex_4", "rows", 1, "high"), 4.5, 4.75),
        ("servants_2025", "procedure.toml", ("eligibility", "corps_b", "months"), 2, 1),
    ],
)
def test_a_mistake_is_found_by_a_case_and_a_repeated_truth_is_no_mistake(name, file, at, wrong, right):
    mistake, truth = (Mutant("number", file, at, value, "") for value in (wrong, right))
    assert judge(name, mistake).by == CASE
    assert judge(name, truth).by == SAME


def test_every_place_beside_the_chapters_is_spoiled(folder):
    documents = read_documents(folder)
    changed = {(mutant.file, mutant.at) for mutant in spoil_law(documents) if mutant.kind != "removed"}
    for file in GUARDS[folder].beside:
        leaves = [at for at, value in walk(documents[file]) if not isinstance(value, dict | list)]
        assert [at for at in leaves if (file, at) not in changed and (file, at[:-1]) not in changed] == []


def judge_all(folder, mutants):
    # Fresh processes, since a copy of one that has threads may wait for itself for ever.
    processes = os.cpu_count() or 1
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(partial(judge, folder), mutants, chunksize=CHUNK))


@pytest.fixture(scope="module")
def verdicts(folder):
    # A test that fails anyway would prove nothing.
    assert run_checks(None, make_true(folder), list_checks(folder)).by == UNCAUGHT
    found = judge_all(folder, spoil_law(read_documents(folder)))
    return [verdict for verdict in found if verdict.by != SAME]


@pytest.mark.proof
def test_every_mistake_in_a_law_file_fails_a_test(folder, verdicts, capsys):
    with capsys.disabled():
        print(f"\n{folder}: {count(verdicts)}")
    survivors = [verdict.mutant.name for verdict in verdicts if verdict.by == UNCAUGHT]
    listed = [mutant["name"] for mutant in LISTED.get(folder, []) if "found" not in mutant]
    assert sorted(survivors) == sorted(listed)


@pytest.mark.proof
def test_every_mistake_that_changes_a_figure_is_told_by_a_figure_computed_by_hand(folder, verdicts):
    told_otherwise = [(verdict.mutant.name, verdict.by) for verdict in verdicts if verdict.needs_case]
    listed = [(mutant["name"], mutant["found"]) for mutant in LISTED.get(folder, []) if "found" in mutant]
    assert sorted(told_otherwise) == sorted(listed)


def test_every_mistake_that_no_test_finds_has_a_reason():
    assert set(LISTED) <= set(FOLDERS)
    assert all(mutant["why"] for mutants in LISTED.values() for mutant in mutants)
