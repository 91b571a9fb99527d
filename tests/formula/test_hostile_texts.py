import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.formula.parse import FormulaError, parse, parse_condition

CORPUS = tomllib.loads(Path(__file__).with_name("hostile.toml").read_text("utf-8"))["texts"]
WORDS = (
    "a b min max sum share mean if else not and or is in lambda for ( ) , + - * / < > = ! . _ 0 1 12 0.5 1e5"
)
TOKENS = WORDS.split()


def write(entry):
    repeated = entry.get("piece", "") * entry.get("times", 0)
    return entry.get("before", "") + entry.get("text", repeated) + entry.get("after", "")


def refuse(read, text):
    with pytest.raises(FormulaError) as caught:
        read(text)
    return caught.value


def label(entry):
    return ascii(write(entry))[:40]


def test_the_corpus_is_large_and_every_text_has_a_place_or_a_reason():
    assert len({write(entry) for entry in CORPUS}) == len(CORPUS) >= 60
    assert all(("at" in entry) != ("somewhere" in entry) for entry in CORPUS)


@pytest.mark.parametrize("entry", CORPUS, ids=label)
def test_a_hostile_text_is_refused_and_the_message_points_at_the_place(entry):
    text = write(entry)
    error = refuse(parse, text)
    if "at" in entry:
        assert entry["at"] <= error.position <= entry["at"] + entry.get("slack", 0), str(error)
    else:
        assert 0 <= error.position <= len(text)


@pytest.mark.parametrize("entry", CORPUS, ids=label)
def test_the_caret_stands_under_the_refused_character(entry):
    text = write(entry)
    error = refuse(parse, text)
    *_, shown, caret = str(error).split("\n")
    column = caret.index("^")
    assert f"знак {error.position + 1}" in caret
    refused = text[error.position : error.position + 1]
    if refused.isprintable() and refused.strip():
        assert shown[column] == refused


@pytest.mark.parametrize("entry", CORPUS, ids=label)
def test_the_message_has_no_character_that_could_steer_a_terminal(entry):
    message = str(refuse(parse, write(entry)))
    assert all(character.isprintable() or character == "\n" for character in message), ascii(message)


@pytest.mark.parametrize("entry", [entry for entry in CORPUS if write(entry) != "a < b"], ids=label)
def test_no_hostile_text_is_a_condition(entry):
    refuse(parse_condition, write(entry))


def test_a_lone_surrogate_is_refused_with_a_message_that_can_be_written():
    str(refuse(parse, "a + \ud800")).encode("utf-8")


def try_out(read, text):
    """Return what the reader makes of a text: a tree, or the refusal; anything else raised is a failure."""
    try:
        return read(text)
    except FormulaError as error:
        return error


@given(st.text(max_size=300))
def test_any_text_is_a_formula_or_is_refused_at_a_place_inside_it(text):
    outcome = try_out(parse, text)
    assert 0 <= getattr(outcome, "position", 0) <= len(text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*TOKENS, "\n"]), max_size=60), st.sampled_from(["", " "]))
def test_any_run_of_known_words_is_a_formula_or_is_refused_at_a_place_inside_it(words, between):
    text = between.join(words)
    for outcome in (try_out(parse, text), try_out(parse_condition, text)):
        assert 0 <= getattr(outcome, "position", 0) <= len(text)


@settings(max_examples=50)
@given(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=3), st.integers(200, 700))
def test_a_word_repeated_many_times_is_read_or_refused(words, times):
    text = " ".join(words * times)
    assert 0 <= getattr(try_out(parse, text), "position", 0) <= len(text)
