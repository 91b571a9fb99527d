"""The immutable tree of a formula: numbers, names and the few operations the orders use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Number:
    """A number, exact."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Name:
    """A letter of the order or a named constant."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation:
    """The opposite number."""

    operand: Tree


@dataclass(frozen=True, slots=True)
class Operation:
    """One of `+ - * /` between two operands."""

    sign: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Comparison:
    """One of `< <= > >= == !=` between two operands; stands only in a condition."""

    sign: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Choice:
    """`then if condition else otherwise`: how the grammar writes a band."""

    then: Tree
    condition: Comparison
    otherwise: Tree


@dataclass(frozen=True, slots=True)
class Call:
    """One of the functions `min max sum mean share`; `share` may carry its value for an empty divisor."""

    function: str
    arguments: tuple[Tree, ...]


Tree = Number | Name | Negation | Operation | Comparison | Choice | Call


def parts(tree: Tree) -> tuple[Tree, ...]:
    """Return the direct parts of a node, in the order they are written."""
    match tree:
        case Negation(operand):
            return (operand,)
        case Operation(_, left, right) | Comparison(_, left, right):
            return (left, right)
        case Choice(then, condition, otherwise):
            return (then, condition, otherwise)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def rebuild(tree: Tree, new: tuple[Tree, ...]) -> Tree:
    """Return the same node with its direct parts replaced by `new`, in the same order."""
    match tree:
        case Negation():
            return Negation(new[0])
        case Operation() | Comparison():
            return replace(tree, left=new[0], right=new[1])
        case Choice():
            condition = new[1]
            if not isinstance(condition, Comparison):
                raise TypeError("the condition of a choice stays a comparison")
            return Choice(new[0], condition, new[2])
        case Call(function):
            return Call(function, new)
        case _:
            return tree


def nodes(tree: Tree) -> Iterator[Tree]:
    """Yield the node itself and everything below it, left to right."""
    yield tree
    for part in parts(tree):
        yield from nodes(part)


def names(tree: Tree) -> tuple[str, ...]:
    """Return every name of the formula once, in the order of first use."""
    return tuple(dict.fromkeys(node.name for node in nodes(tree) if isinstance(node, Name)))


def divisors(tree: Tree) -> tuple[str, ...]:
    """Return every name that stands in the divisor of a `share`."""
    shares = (node for node in nodes(tree) if isinstance(node, Call) and node.function == "share")
    return tuple(dict.fromkeys(name for share in shares for name in names(share.arguments[1])))


def divides(tree: Tree) -> bool:
    """Say whether something is divided anywhere in the formula, so that it may have no value."""
    return any(
        (isinstance(node, Call) and node.function == "share")
        or (isinstance(node, Operation) and node.sign == "/")
        for node in nodes(tree)
    )


def substitute(tree: Tree, values: Mapping[str, Fraction]) -> Tree:
    """Return the formula with numbers put in for the names that `values` holds."""
    return put(tree, {name: Number(value) for name, value in values.items()})


def put(tree: Tree, trees: Mapping[str, Tree]) -> Tree:
    """Return the formula with a formula put in for each name that `trees` holds."""
    if isinstance(tree, Name):
        return trees.get(tree.name, tree)
    return rebuild(tree, tuple(put(part, trees) for part in parts(tree)))
