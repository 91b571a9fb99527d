"""Parameters of a notebook: a misspelt one is an error, not a run with the defaults."""

import ast
from collections.abc import Iterable, Mapping

from toolkit.errors import ToolkitError, nearest


def check_parameters(known: Iterable[str]) -> None:
    """Refuse parameters that the notebook does not have.

    Papermill runs a notebook to success whatever parameters it is given, so the notebook looks at the cell
    that papermill put in.

    Parameters:
        known: names of the notebook's parameters.

    Returns:
        Nothing.

    Raises:
        ToolkitError: a parameter is unknown; the nearest name is given.

    Source:
        Papermill marks its cell with the comment `# Parameters`.

    Example:
        >>> check_parameters(["agency"])
    """
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    run = shell.user_ns.get("In", []) if shell else []
    cells, allowed = [ast.parse(source) for source in run if source.startswith("# Parameters")], list(known)
    for node in (node for cell in cells for node in ast.walk(cell)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id not in allowed:
            raise ToolkitError(f"нет параметра «{node.id}»{nearest(node.id, allowed)}", ", ".join(allowed))


def parse_readings(readings: str | Mapping[str, str]) -> dict[str, str]:
    """Read the readings of a notebook: a mapping, or text such as `"key=option, key=option"`.

    Parameters:
        readings: chosen options; empty for the defaults.

    Returns:
        Options by key.

    Raises:
        ToolkitError: a part has no equals sign.

    Source:
        Section "Readings" of the methodology.

    Example:
        >>> parse_readings("contest_formula=product")
        {'contest_formula': 'product'}
    """
    if isinstance(readings, Mapping):
        return {str(key): str(option) for key, option in readings.items()}
    chosen: dict[str, str] = {}
    for part in filter(None, (item.strip() for item in readings.split(","))):
        key, equals, option = (word.strip() for word in part.partition("="))
        if not equals:
            raise ToolkitError(f"прочтение «{part}» без знака равенства", "ключ=вариант через запятую")
        chosen[key] = option
    return chosen
