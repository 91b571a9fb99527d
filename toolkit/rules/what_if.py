"""A formula of one's own in place of the order's: new raw data of a rule, marked as a what-if."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

WHAT_IF = "what_if"
_REASONING = "Собственная формула вместо формулы приказа: это расчёт «что если», а не официальный результат."
_TITLE = "своя постоянная"


def rewrite(
    raw: Mapping[str, Any],
    formula: str,
    maximum: str | None,
    where: Mapping[str, str],
    constants: Mapping[str, Fraction],
) -> dict[str, Any]:
    """Return raw data of a rule with another last line; its other lines, penalties and flags stay.

    Parameters:
        raw: the rule as its law file has it.
        formula: the new formula in the letters of the rule.
        maximum: the new cap, or None to keep the rule's own.
        where: letters to add, each with the input or rule it stands for.
        constants: named numbers to add.

    Returns:
        The new raw data, checked only when it is built.

    Raises:
        Nothing.

    Source:
        A what-if of the user, marked as such wherever the rule is shown.

    Example:
        >>> rewrite({"formula": "k * a", "provenance": "text"}, "k * b", None, {}, {})["provenance"]
        'what_if'
    """
    own = raw.get("provenance", "")
    new = dict(raw) | {"formula": formula, "provenance": WHAT_IF, "formula_provenance": WHAT_IF}
    new["reasoning"] = {"ru": _REASONING}
    new["where"] = dict(raw.get("where", {})) | dict(where)
    added = {name: {"value": value, "title": {"ru": _TITLE}} for name, value in constants.items()}
    new["constants"] = dict(raw.get("constants", {})) | added
    if maximum is not None:
        new["maximum"] = maximum
    for part in ("lines", "penalties"):
        # What was not replaced keeps the provenance it had.
        new[part] = [{"provenance": own, **item} for item in raw.get(part, [])]
    return new
