import copy
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from toolkit import Agency, ToolkitError, evaluate, load_methodology
from toolkit.rules import loader
from toolkit.rules.agency import AGENCY_TYPES

MISTAKES = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text("utf-8"))["mistakes"]
METHODOLOGY = load_methodology()
ROOT = Path(__file__).resolve().parents[2]


def spoil(mistake):
    rules = copy.deepcopy(dict(METHODOLOGY.rules))
    *way, last = mistake["at"]
    place = rules[mistake["rule"]]
    for step in way:
        place = place[step]
    if "to" in mistake:
        place[last] = mistake["to"]
    else:
        del place[last]
    return replace(METHODOLOGY, rules=rules)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["name"])
def test_a_mistake_of_a_law_file_ends_in_a_sentence_that_names_the_rule(mistake):
    agencies = [Agency(kind, "A", kind, {}) for kind in AGENCY_TYPES]
    with pytest.raises(ToolkitError) as caught:
        evaluate(agencies, spoil(mistake))
    for word in mistake["words"]:
        assert word in str(caught.value)


def test_the_mistakes_start_from_a_law_without_mistakes():
    for kind in AGENCY_TYPES:
        METHODOLOGY.resolve(kind)


def test_a_repeated_key_of_a_law_file_names_the_file_and_the_place(tmp_path):
    path = tmp_path / "chapter.toml"
    path.write_text("[training]\nletter = 'U'\nletter = 'V'\n", "utf-8")
    with pytest.raises(ToolkitError, match=r"chapter\.toml.*line 3"):
        loader.read_toml(path)


def test_a_number_of_a_law_file_is_exact(tmp_path):
    path = tmp_path / "chapter.toml"
    path.write_text("a = 0.1\n", "utf-8")
    assert loader.read_toml(path)["a"] * 10 == 1


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ({"contest_formla": "product"}, ["contest_formla", "contest_formula"]),
        ({"contest_formula": "produkt"}, ["contest_formula", "produkt", "product", "capped_sum"]),
        ({"agency_type": "local"}, ["agency_type"]),
        ({"": "x"}, ["organisation_cap"]),
    ],
)
def test_an_unknown_reading_or_option_is_refused_with_what_is_allowed(readings, words):
    with pytest.raises(ToolkitError) as caught:
        evaluate([], METHODOLOGY, readings=readings)
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("parameter", "nearest"),
    [("exit_interview.kk", "exit_interview.k"), ("exit_intervew.k", "exit_interview.k"), ("k", "КОД.ИМЯ")],
)
def test_an_unknown_parameter_is_refused_with_the_nearest_name(parameter, nearest):
    with pytest.raises(ToolkitError) as caught:
        evaluate([], METHODOLOGY, parameters={parameter: 1})
    assert nearest in str(caught.value)


def test_an_unknown_direction_or_agency_type_is_refused():
    with pytest.raises(ToolkitError, match="hr, it"):
        evaluate([], METHODOLOGY, direction="hrr")
    with pytest.raises(ToolkitError, match="central, local, territorial"):
        evaluate([Agency("a", "A", "centrl", {})], METHODOLOGY)


@pytest.mark.parametrize(
    ("file", "at", "words"),
    [
        ("order.toml", ["title"], ["order.toml", "title"]),
        ("order.toml", ["edition", "ru"], ["order.toml", "ru"]),
        ("order.toml", ["chapters"], ["order.toml", "chapters"]),
        ("readings.toml", ["contest_formula", "options"], ["readings.toml", "contest_formula", "options"]),
        ("readings.toml", ["contest_formula", "title", "ru"], ["readings.toml", "contest_formula", "ru"]),
        ("inputs.toml", ["inputs", "i5", "unit"], ["inputs.toml", "i5", "unit"]),
        ("inputs.toml", ["checks", 0, "when"], ["inputs.toml", "checks", "when"]),
        ("inputs.toml", ["checks", 0, "text"], ["inputs.toml", "checks", "text"]),
    ],
)
def test_a_missing_field_of_the_other_law_files_is_named_with_its_file(monkeypatch, file, at, words):
    read = loader.read_toml

    def read_spoiled(path):
        found = read(path)
        if path.name == file:
            *way, last = at
            place = found
            for step in way:
                place = place[step]
            del place[last]
        return found

    monkeypatch.setattr(loader, "read_toml", read_spoiled)
    with pytest.raises(ToolkitError) as caught:
        load_methodology.__wrapped__()
    for word in words:
        assert word in str(caught.value)
