"""The printed thresholds on every pair of whole numbers up to 300, against whole numbers alone."""

from fractions import Fraction

import numpy as np
import pytest

from toolkit import load_methodology
from toolkit.analysis import arrays
from toolkit.program.compiler import compile_program
from toolkit.rules.apply import result, run

MOST = 300
METHODOLOGY = load_methodology()
PROGRAM = compile_program(METHODOLOGY, "central")
RULES = {rule.code: rule for rule in METHODOLOGY.resolve("central")}
PAIRS = [(part, whole) for whole in range(1, MOST + 1) for part in range(MOST + 1)]


def strategy(part, whole):
    # 80 per cent and more 3 points, 60-79.99 2 points, 40-59.99 1 point: part/whole >= 8/10, 6/10, 4/10.
    return next((points for points, tenths in ((3, 8), (2, 6), (1, 4)) if 10 * part >= tenths * whole), 0)


def internship(part, whole):
    # More than a tenth 2 points, from a twentieth to a tenth 1 point.
    return 2 if 10 * part > whole else 1 if 20 * part >= whole else 0


def files(part, whole):
    # Not less than 99 per cent 1.5 points.
    return Fraction(3, 2) if 100 * part >= 99 * whole else 0


def career(part, whole):
    # kr not less than 0.80 gives 10 points, otherwise 10 kr.
    return 10 if 5 * part >= 4 * whole else Fraction(10 * part, whole)


CASES = {
    "hr_strategy": (strategy, lambda part, whole: {"execution": Fraction(100 * part, whole), "status": 0}),
    "internship": (internship, lambda part, whole: {"t": part, "z": whole}),
    "eqyzmet_files": (files, lambda part, whole: {"t": part, "z": whole}),
    "career_growth": (career, lambda part, whole: {"a": part, "b": whole}),
}


@pytest.mark.parametrize("code", CASES)
def test_the_exact_score_agrees_with_multiplication_of_whole_numbers(code):
    expected, given = CASES[code]
    rule = RULES[code]
    known = {name: constant.value for name, constant in rule.scope.constants.items()} | rule.scope.words
    wrong = [
        pair
        for pair in PAIRS
        if result(rule, run(rule, known | {k: Fraction(v) for k, v in given(*pair).items()}, {}))
        != expected(*pair)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", CASES)
def test_arrays_of_floats_decide_every_threshold_the_same_way(code):
    expected, given = CASES[code]
    values = dict.fromkeys(PROGRAM.inputs, np.nan)
    for name, source in RULES[code].scope.inputs.items():
        values[source] = np.array([float(given(*pair)[name]) for pair in PAIRS])
    found = arrays.run(PROGRAM, values)[code]
    assert np.abs(found - [float(expected(*pair)) for pair in PAIRS]).max() < 1e-9
