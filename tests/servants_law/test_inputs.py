"""The declared inputs and columns of servants: units, points, titles, and what may stand in a cell."""

from fractions import Fraction

import pytest

from tests.servants_law.specification import INPUTS
from toolkit.intake.numbers import CellError
from toolkit.intake.table import Cell
from toolkit.intake.values import read_value

WORDS = [name for name, row in INPUTS.items() if "options" in row]
NUMBERS = [name for name in INPUTS if name not in WORDS]
MARKS = [name for name in NUMBERS if INPUTS[name]["domain"] == "число от 0 до 5"]
WHOLE = [name for name in NUMBERS if INPUTS[name]["domain"].startswith("целое")]


def test_the_inputs_are_those_of_the_specification(law):
    assert list(law.methodology.inputs) == list(INPUTS)
    assert law.methodology.checks == ()


@pytest.mark.parametrize("name", INPUTS)
def test_an_input_has_its_letter_point_unit_and_title(name, law):
    declared, row = law.methodology.inputs[name], INPUTS[name]
    assert (declared.letter, declared.source) == (row.get("letter", ""), "")
    assert (declared.point, declared.unit, declared.title) == (row["point"], row["unit"], row["title"])


@pytest.mark.parametrize("name", WORDS)
def test_a_column_of_words_knows_its_words_in_their_order(name, law):
    declared = law.methodology.inputs[name]
    assert list(declared.options.items()) == list(INPUTS[name]["options"].items())
    for place, word in enumerate(INPUTS[name]["options"]):
        assert read_value(Cell(word), declared) == place


@pytest.mark.parametrize("name", NUMBERS)
def test_a_column_of_numbers_says_its_bounds(name, law):
    declared = law.methodology.inputs[name]
    assert declared.domain == INPUTS[name]["domain"]
    assert (declared.limit, declared.empty_cell, declared.forbidden_with) == (None, None, None)
    assert read_value(Cell("0"), declared) == 0


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_of_five_is_taken_and_a_hundredth_more_refused(name, law):
    declared = law.methodology.inputs[name]
    assert read_value(Cell("5"), declared) == 5
    assert read_value(Cell("4,99"), declared) == Fraction("4.99")
    with pytest.raises(CellError):
        read_value(Cell("5,01"), declared)


@pytest.mark.parametrize("name", WHOLE)
def test_a_count_is_whole(name, law):
    declared = law.methodology.inputs[name]
    assert read_value(Cell("3"), declared) == 3
    with pytest.raises(CellError):
        read_value(Cell("2,5"), declared)
