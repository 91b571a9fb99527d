"""Spoils a formula in one place at a time: a name, a number, an operator, a function, a term or a branch."""

import ast
from fractions import Fraction

OPERATORS = {ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div, ast.Add], ast.Div: [ast.Mult]}
COMPARISONS = {
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt, ast.LtE],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt, ast.GtE],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
}
FUNCTIONS = {"min": "max", "max": "min", "mean": "sum", "sum": "mean"}
A_LITTLE = Fraction(1, 100)


def vary(number):
    """Return what a number may be mistyped as: a little more or less, half of it, one instead of nothing."""
    return [number + A_LITTLE, number - A_LITTLE, number / 2] if number else [A_LITTLE, Fraction(1)]


def spoil(text, names, vary=vary):
    """Yield each kind of mistake with the text of the formula that has it.

    `names` may stand in the formula; each is tried in the place of every other.
    """
    tree = ast.parse(f"({text}\n)", mode="eval").body
    for node in operands(tree):
        for kind, other in mistake(node, names, vary):
            yield kind, ast.unparse(swap(tree, node, other))


def operands(node):
    """Yield every node that stands for a number or a condition, but not the names of functions."""
    yield node
    parts = node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    for part in parts:
        if isinstance(part, ast.expr):
            yield from operands(part)


def swap(tree, old, new):
    """Return a copy of a tree with one node of it put in the place of another."""
    if tree is old:
        return new
    if isinstance(tree, list):
        return [swap(item, old, new) for item in tree]
    if not isinstance(tree, ast.AST):
        return tree
    return type(tree)(**{name: swap(value, old, new) for name, value in ast.iter_fields(tree)})


def mistake(node, names, vary):
    match node:
        case ast.Name(own):
            yield from (("letter", ast.Name(name)) for name in names if name != own)
        case ast.Constant(number):
            yield from (("number", write_number(other)) for other in vary(Fraction(str(number))))
        case ast.BinOp(left, sign, right):
            yield from (("operator", ast.BinOp(left, other(), right)) for other in OPERATORS[type(sign)])
            yield from (("term dropped", part) for part in (left, right))
        case ast.Compare(left, [sign], right):
            yield from (
                ("operator", ast.Compare(left, [other()], right)) for other in COMPARISONS[type(sign)]
            )
        case ast.IfExp(condition, then, otherwise):
            yield "operator", ast.IfExp(condition, otherwise, then)
            yield from (("term dropped", part) for part in (then, otherwise))
        case ast.Call(ast.Name(function), arguments):
            yield from mistake_call(function, arguments)


def mistake_call(function, arguments):
    if function == "share":
        yield "operator", ast.Call(ast.Name(function), arguments[::-1], [])
        return
    yield "operator", ast.Call(ast.Name(FUNCTIONS[function]), arguments, [])
    for at in range(len(arguments)):
        kept = arguments[:at] + arguments[at + 1 :]
        if kept:
            yield "term dropped", ast.Call(ast.Name(function), kept, [])


def write_number(number):
    return ast.Constant(int(number) if number.denominator == 1 else float(number))
