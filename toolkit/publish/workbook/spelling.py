"""How a program is written in a workbook: defined names, formulas, checks of what is typed into a cell."""

import re
from fractions import Fraction
from functools import partial

from toolkit.formula.excel import ENGLISH, Dialect, formula
from toolkit.program.program import Program, Statement
from toolkit.rules.agency import Input

_LIKE_AN_ADDRESS = re.compile(r"[A-Za-z]{1,3}[0-9]+|[RrCc]")


def cell_name(name: str) -> str:
    """Return the defined name of a value; one that reads like a cell's address gets an underscore.

    Example:
        >>> cell_name("training.k"), cell_name("i1")
        ('training.k', '_i1')
    """
    return f"_{name}" if _LIKE_AN_ADDRESS.fullmatch(name) else name


def counted_name(name: str) -> str:
    """Return the name of the cell that holds an input as it is counted: checked, `#N/A` where missing."""
    return f"{cell_name(name)}.counted"


def statement_formula(statement: Statement, program: Program, dialect: Dialect = ENGLISH) -> str:
    """Print an assignment of a program as one formula that follows the cells of the readings.

    Parameters:
        statement: the assignment.
        program: the program it belongs to.
        dialect: `ENGLISH` for the file, `RUSSIAN` to be read.

    Returns:
        The formula with its equals sign.

    Raises:
        Nothing.

    Source:
        The lines of the order, one by one.

    Example:
        >>> from toolkit import load_methodology
        >>> from toolkit.program.compiler import compile_program
        >>> program = compile_program(load_methodology(), "central")
        >>> statement_formula(program.statements[1], program)
        '=IF(COUNT(net_turnover.net_turnover)<1,NA(),MAX(net_turnover.net_turnover,0))'
    """
    given = {*program.inputs, *program.parameters}

    def spelled(name: str) -> str:
        return counted_name(name) if name in given else cell_name(name)

    return "=" + statement.printed(lambda tree: formula(tree, spelled, dialect), partial(_choose, dialect))


def counted_formula(declared: Input) -> str:
    """Print the check of an input cell: its number where it is inside the domain, else `#N/A`.

    Parameters:
        declared: the declared input.

    Returns:
        The formula with its equals sign; it refuses what reading a campaign refuses.

    Raises:
        Nothing.

    Source:
        Conventions G6 and G7.

    Example:
        >>> from toolkit import load_methodology
        >>> counted_formula(load_methodology().inputs["i5"])
        '=IF(ISNUMBER(_i5),IF(AND(_i5>=0,_i5<=1),_i5,NA()),NA())'
    """
    cell = cell_name(declared.name)
    if declared.options:
        numbers = {option: str(number) for number, option in enumerate(declared.options)}
        return "=" + _choose(ENGLISH, f"TRIM({cell})", numbers)
    checked = f"IF(ISNUMBER({cell}),IF(AND({','.join(_conditions(declared, cell))}),{cell},NA()),NA())"
    if declared.empty_cell is not None:
        checked = f'IF(TRIM({cell})="",{_plain(declared.empty_cell)},{checked})'
    return f"={checked}"


def counted_parameter(name: str) -> str:
    """Print the check of a parameter's cell: its number from 0 up, else `#N/A`."""
    return f"=IF(ISNUMBER({name}),IF({name}>=0,{name},NA()),NA())"


def _choose(dialect: Dialect, tested: str, options: dict[str, str]) -> str:
    """Print the choice between texts by the word in a cell, `NA()` for any other word."""
    text = dialect.call("NA")
    for option, form in reversed(options.items()):
        text = dialect.call("IF", f'{tested}="{option}"', form, text)
    return text


def _conditions(declared: Input, cell: str) -> list[str]:
    found = [f"{cell}=INT({cell})"] if declared.whole else []
    found.append(f"{cell}{'>' if declared.above else '>='}{_plain(declared.low)}")
    if declared.high is not None:
        found.append(f"{cell}<={_plain(declared.high)}")
    if declared.limit is not None:
        # A limit that is itself missing limits nothing.
        bound = formula(declared.limit[1], counted_name)
        found.append(f"IF(ISNUMBER({bound}),{cell}<={bound},TRUE)")
    if declared.forbidden_with is not None:
        other, option = declared.forbidden_with
        found.append(f'TRIM({cell_name(other)})<>"{option}"')
    return found


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else repr(float(value))
