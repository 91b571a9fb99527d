"""The steps of a calculation: numbers put in, then one reduction after another, down to the result."""

from collections.abc import Mapping
from fractions import Fraction

from toolkit.formula.exact import apply, compare, evaluate
from toolkit.formula.tree import Choice, Comparison, Number, Operation, Tree, parts, rebuild, substitute

_ALIKE = {"+": "+-", "-": "+-", "*": "*"}


def steps(
    tree: Tree, values: Mapping[str, Fraction], empty: Mapping[str, Fraction] | None = None
) -> tuple[Tree, ...]:
    r"""Return the formula with its numbers put in and every reduction after it.

    Parameters:
        tree: the formula.
        values: number of each of its names.
        empty: what `share` gives when its divisor is zero, by a name that stands in the divisor.

    Returns:
        The formulas from the first with numbers to the last, which is a number.

    Raises:
        KeyError: a name has no value.
        UndefinedError: a divisor is zero and `empty` is silent about it.

    Source:
        The arithmetic is that of `exact`, one operation at a time.

    Example:
        >>> from toolkit.formula.parse import parse
        >>> from toolkit.formula.notation import LaTeX
        >>> done = steps(parse("k * share(a, b)"), {"k": Fraction(5), "a": Fraction(30), "b": Fraction(40)})
        >>> [LaTeX().show(step) for step in done]
        ['5 \\cdot \\frac{30}{40}', '5 \\cdot 0{,}75', '3{,}75']
    """
    shown, named = [substitute(tree, values)], tree
    while not isinstance(shown[-1], Number):
        named, reduced = _reduce(named, shown[-1], empty or {})
        shown.append(reduced)
    return tuple(shown)


def _reduce(named: Tree, tree: Tree, empty: Mapping[str, Fraction]) -> tuple[Tree, Tree]:
    """Do every operation whose operands are numbers; `named` still knows the letters of a divisor."""
    if isinstance(tree, Number):
        return named, tree
    if isinstance(tree, Choice) and isinstance(named, Choice) and _numbers(tree.condition):
        return _chosen(named, tree)
    pairs = list(zip(parts(named), parts(tree), strict=True))
    if isinstance(tree, Operation) and _flat(tree, _ALIKE.get(tree.sign, "")):
        return named, Number(evaluate(tree, {}).number)
    if not isinstance(tree, Comparison | Choice) and _numbers(tree):
        operands = [part.value for part in parts(tree) if isinstance(part, Number)]
        return named, Number(apply(named, operands, empty, []))
    reduced = [_reduce(name, part, empty) for name, part in pairs]
    names, shown = zip(*reduced, strict=True)
    return rebuild(named, names), rebuild(tree, shown)


def _chosen(named: Choice, tree: Choice) -> tuple[Tree, Tree]:
    left, right = parts(tree.condition)
    if not (isinstance(left, Number) and isinstance(right, Number)):
        raise TypeError("a condition is decided on numbers")
    name, branch = named.otherwise, tree.otherwise
    if compare(tree.condition.sign, left.value, right.value):
        name, branch = named.then, tree.then
    if isinstance(branch, Choice) and isinstance(name, Choice) and _numbers(branch.condition):
        return _chosen(name, branch)
    return name, branch


def _flat(tree: Tree, signs: str) -> bool:
    """Say whether the node is a run of numbers joined by these signs; a person adds it up in one step."""
    if isinstance(tree, Operation):
        return tree.sign in signs and all(_flat(part, signs) for part in parts(tree))
    return isinstance(tree, Number)


def _numbers(tree: Tree) -> bool:
    return all(isinstance(part, Number) for part in parts(tree))
