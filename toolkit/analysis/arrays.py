"""Runs a program over arrays: all agencies and any number of scenarios in one pass, in floats."""

from collections.abc import Iterable, Mapping
from functools import reduce

import numpy as np
import numpy.typing as npt

from toolkit.formula.array import Array, evaluate
from toolkit.program.program import Program, Statement
from toolkit.rules.agency import Agency

Choice = Mapping[str, "str | npt.NDArray[np.str_]"]


def run(
    program: Program, values: Mapping[str, npt.ArrayLike], choice: Choice | None = None
) -> dict[str, Array]:
    """Compute every line, penalty and result of a methodology over arrays.

    Parameters:
        program: the methodology of one agency type, made by `compile_program`.
        values: numbers of each input and of any parameter `CODE.NAME` to change; NaN where missing. The
            arrays must broadcast together, for example inputs `(agencies, 1)`, parameters `(1, scenarios)`.
        choice: an option for any reading, or an array of options that broadcasts with the rest; the program's
            own options stand for the others.

    Returns:
        An array for each name of the program; NaN where the exact score is missing or partial.

    Raises:
        KeyError: an input has no values.
        ValueError: the shapes do not broadcast.

    Source:
        Convention G1.

    Example:
        >>> from toolkit import load_methodology
        >>> from toolkit.program.compiler import compile_program
        >>> program = compile_program(load_methodology(), "central")
        >>> missing = dict.fromkeys(program.inputs, np.nan)
        >>> run(program, missing | {"promoted_from_within": [4, 3], "promoted_total": 5})["career_growth"]
        array([10.,  6.])
    """
    given = {**{name: float(value) for name, value in program.parameters.items()}, **values}
    used = (*program.parameters, *program.inputs)
    known: dict[str, Array] = {name: np.asarray(given[name], dtype=np.float64) for name in used}
    options: Choice = dict(program.choice) | dict(choice or {})
    for statement in program.statements:
        known[statement.name] = _assign(statement, known, options)
    return known


def table(program: Program, agencies: Iterable[Agency]) -> dict[str, Array]:
    """Return the inputs of a program as arrays, one number for each agency, NaN where it has none.

    Example:
        >>> from toolkit import load_methodology
        >>> from toolkit.program.compiler import compile_program
        >>> table(compile_program(load_methodology(), "central"), [Agency("a", "A", "central", {})])["i1"]
        array([nan])
    """
    known = [agency.values for agency in agencies]
    return {name: np.array([float(its.get(name, np.nan)) for its in known]) for name in program.inputs}


def sweep(program: Program, agency: Agency, moved: Mapping[str, Array]) -> dict[str, Array]:
    """Compute everything for one agency while inputs or parameters go along a track and the rest stays.

    Parameters:
        program: the methodology of the agency's type.
        agency: the agency.
        moved: the numbers that each moved name has along the track, in arrays of one length.

    Returns:
        An array along the track for each name of the program; NaN where the exact score is missing.

    Raises:
        ValueError: the arrays differ in length.

    Source:
        Convention G1.

    Example:
        >>> from toolkit import load_methodology
        >>> from toolkit.program.compiler import compile_program
        >>> agency = Agency("a", "A", "central", {"promoted_total": 5})
        >>> track = {"promoted_from_within": np.array([3, 4])}
        >>> sweep(compile_program(load_methodology(), "central"), agency, track)["career_growth"]
        array([ 6., 10.])
    """
    values = {name: numbers[0] for name, numbers in table(program, [agency]).items()}
    along = np.broadcast_shapes(*(track.shape for track in moved.values()))
    return {name: np.broadcast_to(it, along) for name, it in run(program, {**values, **moved}).items()}


def _assign(statement: Statement, known: Mapping[str, Array], options: Choice) -> Array:
    if not statement.keys:
        return evaluate(statement.trees[()], known)
    found: Array = np.asarray(np.nan)
    for wanted, tree in statement.trees.items():
        met = (np.asarray(options[key]) == option for key, option in zip(statement.keys, wanted, strict=True))
        chosen = reduce(np.logical_and, met, np.True_)
        if chosen.any():
            value = evaluate(tree, known)
            found = value if chosen.all() else np.where(chosen, value, found)
    return found
