"""The value of a formula over arrays of floats, agencies × scenarios at once; NaN is what is missing."""

from collections.abc import Callable, Mapping
from functools import reduce

import numpy as np
import numpy.typing as npt

from toolkit.formula.tree import Call, Choice, Name, Negation, Number, Operation, Tree, names, nodes, parts

Array = npt.NDArray[np.float64]

# Binary floats put some numbers that lie exactly on an edge beside it; no data are as fine as this.
TOLERANCE = 1e-9

_HOLDS: dict[str, Callable[[Array], npt.NDArray[np.bool_]]] = {
    "<": lambda gap: gap < -TOLERANCE,
    "<=": lambda gap: gap <= TOLERANCE,
    ">": lambda gap: gap > TOLERANCE,
    ">=": lambda gap: gap >= -TOLERANCE,
    "==": lambda gap: np.abs(gap) <= TOLERANCE,
    "!=": lambda gap: np.abs(gap) > TOLERANCE,
}
_JOINED = {"+": np.add, "-": np.subtract, "*": np.multiply, "sum": np.add}
_JOINED |= {"min": np.minimum, "max": np.maximum}


def evaluate(tree: Tree, values: Mapping[str, npt.ArrayLike]) -> Array:
    """Compute a formula for many agencies or scenarios at once.

    Parameters:
        tree: the formula.
        values: numbers of each name, NaN where missing; the arrays must broadcast together, for example
            `(agencies, 1)` for inputs and `(1, scenarios)` for parameters.

    Returns:
        The array of values; NaN where a name of the formula is missing or a divisor has no meaning.

    Raises:
        KeyError: a name has no values.
        ValueError: the shapes do not broadcast.

    Source:
        Convention G1: simulation agrees with the exact value to 1e-9, and at every threshold.

    Example:
        >>> from toolkit.formula.parse import parse
        >>> evaluate(parse("5 * share(a, b)"), {"a": [30, 1], "b": [40, 0]})
        array([3.75,  nan])
    """
    known = {name: np.asarray(values[name], dtype=np.float64) for name in names(tree)}
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = _value(tree, known)
        if any(isinstance(node, Choice) for node in nodes(tree)):
            # A missing number in the branch that is not taken makes the line missing too, as everywhere.
            for array in known.values():
                found = np.where(np.isnan(array), np.nan, found)
    return np.asarray(found, dtype=np.float64)


def _value(tree: Tree, known: Mapping[str, Array]) -> Array:
    match tree:
        case Number(value):
            return np.asarray(float(value))
        case Name(name):
            return known[name]
        case Choice(then, condition, otherwise):
            gap = _value(condition.left, known) - _value(condition.right, known)
            chosen = np.where(_HOLDS[condition.sign](gap), _value(then, known), _value(otherwise, known))
            return np.where(np.isnan(gap), np.nan, chosen)
        case _:
            return _operation(tree, [_value(part, known) for part in parts(tree)])


def _operation(tree: Tree, operands: list[Array]) -> Array:
    match tree:
        case Negation():
            return -operands[0]
        case Operation("/"):
            return np.where(np.abs(operands[1]) > TOLERANCE, operands[0] / operands[1], np.nan)
        case Call("share"):
            return _share(*operands)
        case Call("mean"):
            return reduce(np.add, operands) / len(operands)
        case Operation(name) | Call(name):
            return reduce(_JOINED[name], operands)
        case _:
            raise TypeError(f"{type(tree).__name__} is not an operation")


def _share(counted: Array, whole: Array, meaning: Array | float = np.nan) -> Array:
    empty = np.where(np.abs(whole) <= TOLERANCE, meaning, np.nan)
    # A missing dividend stays missing beside an empty divisor.
    return np.where(whole > TOLERANCE, counted / whole, empty + 0 * counted)
