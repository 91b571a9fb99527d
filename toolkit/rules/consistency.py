"""Checks that the parts of a rule agree: names are declared once, caps are made of constants."""

from collections.abc import Collection, Iterator

from toolkit.errors import nearest
from toolkit.formula.exact import UndefinedError
from toolkit.formula.tree import Call, Choice, Name, Operation, divisors, names, nodes
from toolkit.rules.apply import most
from toolkit.rules.fields import Fields
from toolkit.rules.rule import Line, Rule, used_names
from toolkit.rules.what_if import WHAT_IF


def refuse_inconsistent(rule: Rule, codes: Collection[str], fields: Fields) -> None:
    """Raise for the first thing in a rule that does not agree with the rest of it.

    Parameters:
        rule: the rule as built.
        codes: codes of all rules.
        fields: its table, which names the place of a mistake.

    Returns:
        Nothing.

    Raises:
        ToolkitError: a name is not declared, stands for two things or has no use, a cap uses an input, or a
            total has an operation that gives no exact interval.

    Source:
        The grammar is ours; a lawyer who mistypes a letter must be told at once.

    Example:
        >>> from toolkit import load_methodology
        >>> len(load_methodology().resolve("central"))
        33
    """
    _refuse_children(rule, codes, fields)
    for name, known in _used(rule, codes):
        if name not in known:
            raise fields.mistake(f"имя «{name}» не объявлено{nearest(name, known)}")
    _refuse_shared_names(rule, fields)
    _refuse_maximum(rule, fields)
    if rule.total:
        _refuse_no_interval(rule, fields)
    lines = [*rule.lines, *(line for penalty in rule.penalties for line in penalty.lines)]
    empty = {name for line in lines for name in divisors(line.tree)}
    for name in rule.scope.empty:
        # What the order says of a divisor may be idle under a formula of the user's own.
        if name not in empty and rule.provenance != WHAT_IF:
            raise fields.mistake(f"пустой делитель «{name}» не стоит ни в одном share{nearest(name, empty)}")


def _refuse_shared_names(rule: Rule, fields: Fields) -> None:
    """Refuse a name that stands for two things; case does not tell the cells of a workbook apart."""
    given = [*rule.scope.inputs, *rule.scope.children, *rule.scope.words]
    own = [*rule.scope.constants, *(line.letter for line in rule.lines)]
    own += [penalty.code for penalty in rule.penalties]
    inner = [line.letter for penalty in rule.penalties for line in penalty.lines[:-1]]
    for name in own + inner:
        if name in given or [other.casefold() for other in own + inner].count(name.casefold()) > 1:
            raise fields.mistake(f"буква «{name}» объявлена дважды")


def _refuse_maximum(rule: Rule, fields: Fields) -> None:
    """Refuse a cap that is no number from 0 up; the cap of a result is known before any data."""
    for line in rule.lines if rule.total else rule.lines[-1:]:
        for name in names(line.maximum) if line.maximum is not None else ():
            if name not in rule.scope.constants:
                raise fields.mistake(f"максимум зависит от «{name}», а не только от постоянных")
        try:
            cap = most(line.maximum, rule.scope)
        except UndefinedError as error:
            raise fields.mistake(f"максимум не вычисляется: {error}") from None
        if cap is not None and cap < 0:
            raise fields.mistake(f"максимум меньше нуля: {cap}", "число ≥ 0")


def _used(rule: Rule, codes: Collection[str]) -> Iterator[tuple[str, set[str]]]:
    """Yield every name that stands in a formula, with the names that may stand there."""
    scope = rule.scope
    declared = {*scope.inputs, *scope.children, *scope.constants, *scope.words}
    yield from _in_lines(rule.lines, declared)
    letters = [line.letter for line in rule.lines]
    own = declared.union(letters)
    yield from ((name, own) for flag in rule.flags for name in names(flag.condition))
    for penalty in rule.penalties:
        seen = own
        if penalty.target in letters:
            seen = declared.union(letters[: letters.index(penalty.target) + 1])
        elif penalty.target in codes:
            # A penalty sent to another rule is worked out there, where the lines of this one are not known.
            seen = declared
        yield from _in_lines(penalty.lines, seen)


def _in_lines(lines: tuple[Line, ...], known: set[str]) -> Iterator[tuple[str, set[str]]]:
    """Yield the names of lines that are worked out one after another: none knows itself or a later one."""
    for place, line in enumerate(lines):
        seen = known.union(earlier.letter for earlier in lines[:place])
        yield from ((name, seen) for name in used_names((line,)))


def _refuse_children(rule: Rule, codes: Collection[str], fields: Fields) -> None:
    """Refuse a rule that puts together what is scored after it; an indicator puts nothing together."""
    order = list(codes)
    for name, code in rule.scope.children.items():
        if not rule.total:
            allowed = "входные данные; показатели складывает итог"
            raise fields.mistake(f"«{name}» — показатель {code}", allowed)
        if order.index(code) >= order.index(rule.code):
            raise fields.mistake(f"«{name}» — показатель {code}, который вычисляется не раньше этого правила")


def _refuse_no_interval(rule: Rule, fields: Fields) -> None:
    """Refuse a total whose interval would not be exact: it adds, subtracts and scales each child once."""
    met: list[str] = []
    for line in rule.lines:
        for node in nodes(line.tree):
            if isinstance(node, Choice | Call) and (isinstance(node, Choice) or node.function == "share"):
                raise fields.mistake("в итоге нет условий и share", "+ - * min max sum mean")
            if isinstance(node, Operation) and node.sign == "/":
                raise fields.mistake("в итоге нет деления", "+ - * min max sum mean")
            if isinstance(node, Name) and node.name in rule.scope.inputs:
                raise fields.mistake(f"«{node.name}» — входные данные", "итог складывает показатели")
            if isinstance(node, Name) and node.name in rule.scope.children:
                if node.name in met:
                    what = f"«{node.name}» стоит в итоге дважды"
                    raise fields.mistake(what, "каждая составная часть один раз")
                met.append(node.name)
