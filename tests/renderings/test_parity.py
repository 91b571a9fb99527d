"""Every rule and both totals: exact = array = Vega = spreadsheet, on edges, beside them, incomplete."""

import math

import pytest

from tests.renderings import engines
from tests.renderings.rows import DEFAULT, METHODOLOGY, PROGRAMS, TYPES, options_in_turn, unreached
from toolkit import Agency, evaluate

PRECISION = 1e-9


def differences(kind, rows, exact_values, found):
    """Return where a rendering disagrees with the exact value, or with its being missing."""
    return [
        (statement.name, row.why, row.choice, exact[statement.name], found[statement.name][place])
        for statement in PROGRAMS[kind].statements
        for place, (row, exact) in enumerate(zip(rows[kind], exact_values[kind], strict=True))
        if not agree(exact[statement.name], found[statement.name][place])
    ]


def agree(exact, shown):
    if not isinstance(shown, int | float) or isinstance(shown, bool):
        return False
    return math.isnan(shown) if exact is None else abs(float(exact) - shown) <= PRECISION


@pytest.mark.parametrize("kind", TYPES)
def test_every_band_limit_and_divisor_is_met_exactly_by_some_row(kind, rows):
    default = [row for row in rows[kind] if row.choice == DEFAULT]
    assert unreached(kind, DEFAULT, default) == set()
    for choice in options_in_turn():
        switched = {key for key in choice if choice[key] != DEFAULT[key]}
        touched = {item.name for item in PROGRAMS[kind].statements if switched & set(item.keys)}
        missed = unreached(kind, choice, [row for row in rows[kind] if row.choice == choice])
        assert {label for label in missed if label.split(":")[0] in touched} == set()


@pytest.mark.parametrize("kind", TYPES)
def test_every_input_is_missing_in_some_row_and_every_option_is_chosen(kind, rows):
    assert {f"without {name}" for name in PROGRAMS[kind].inputs} <= {row.why for row in rows[kind]}
    chosen = {item for row in rows[kind] for item in row.choice.items()}
    assert chosen == {(key, option) for key, item in METHODOLOGY.readings.items() for option in item.options}


@pytest.mark.parametrize("kind", TYPES)
def test_the_program_has_the_points_of_every_score_and_the_value_of_every_line(kind, rows, exact_values):
    groups = {}
    for place, row in enumerate(rows[kind]):
        groups.setdefault((*row.choice.items(), *row.parameters.items()), []).append(place)
    for choice, places in groups.items():
        first = rows[kind][places[0]]
        agencies = [Agency(str(place), "A", kind, rows[kind][place].values) for place in places]
        for score in evaluate(agencies, readings=first.choice, parameters=first.parameters):
            found, why = exact_values[kind][int(score.agency.code)], (score.code, choice)
            if score.status == "not_applicable":
                assert score.code not in found
                continue
            assert found[score.code] == score.points, why
            for traced in score.trace.lines:
                assert found[f"{score.code}.{traced.line.letter}"] == traced.value, why
            for taken in score.trace.penalties:
                assert found[f"{taken.penalty.owner}.{taken.penalty.code}"] == taken.points, why


@pytest.mark.parametrize("kind", TYPES)
def test_arrays_agree_with_the_exact_value(kind, rows, exact_values):
    found = engines.run_arrays(PROGRAMS[kind], rows[kind])
    assert differences(kind, rows, exact_values, found) == []


@pytest.mark.browser
@pytest.mark.parametrize("kind", TYPES)
def test_vega_agrees_with_the_exact_value(kind, rows, exact_values, page):
    found = engines.run_vega(page, PROGRAMS[kind], rows[kind])
    assert differences(kind, rows, exact_values, found) == []


@pytest.mark.parametrize("kind", TYPES)
def test_a_spreadsheet_agrees_with_the_exact_value(kind, rows, exact_values, spreadsheet):
    assert differences(kind, rows, exact_values, spreadsheet[kind]) == []
