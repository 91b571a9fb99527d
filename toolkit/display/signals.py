"""A program as Vega signals, one for each line: the page recalculates with no kernel and no network."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from toolkit.formula.tree import Tree
from toolkit.formula.vega import NOT_A_NUMBER, expression
from toolkit.program.program import Program


def signals(program: Program, values: Mapping[str, Fraction]) -> list[dict[str, Any]]:
    """Return the signals of a methodology for one agency.

    Parameters:
        program: the methodology of the agency's type, made by `compile_program`.
        values: the agency's inputs by name; an input that is not there is NaN.

    Returns:
        Vega signal definitions: inputs, parameters and readings, then one for each line, penalty and result.

    Raises:
        Nothing.

    Source:
        The lines of the order, one by one.

    Example:
        >>> from toolkit import load_methodology
        >>> from toolkit.program.compiler import compile_program
        >>> signals(compile_program(load_methodology(), "central"), {})[0]
        {'name': 'net_turnover_points', 'init': '(0/0)'}
    """
    given: list[dict[str, Any]] = [_input(name, values.get(name)) for name in program.inputs]
    given += [{"name": spelled(name), "value": float(value)} for name, value in program.parameters.items()]
    given += [{"name": key, "value": option} for key, option in program.choice.items()]
    printed = ((spelled(it.name), it.printed(show, _choose)) for it in program.statements)
    return given + [{"name": name, "update": text} for name, text in printed]


def spelled(name: str) -> str:
    """Return a name of a program as the name of a signal, which has no dots.

    Example:
        >>> spelled("working_time.N1")
        'working_time__N1'
    """
    return name.replace(".", "__")


def _input(name: str, value: Fraction | None) -> dict[str, Any]:
    # JSON has no NaN, and null would act as 0.
    return {"name": name, "init": NOT_A_NUMBER} if value is None else {"name": name, "value": float(value)}


def show(tree: Tree) -> str:
    """Return a formula of a program as a Vega expression over its signals."""
    return expression(tree, spelled)


def _choose(key: str, options: dict[str, str]) -> str:
    cases = (f"{key} === '{option}' ? ({text})" for option, text in options.items())
    return f"{' : '.join(cases)} : {NOT_A_NUMBER}"
