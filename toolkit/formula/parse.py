"""Read a formula text into a tree; whatever is outside the grammar is refused and pointed at."""

import ast
import re
from fractions import Fraction
from keyword import iskeyword

from toolkit.formula.tree import Call, Choice, Comparison, Name, Negation, Number, Operation, Tree

LONGEST_TEXT = 2_000
DEEPEST_NESTING = 40
MOST_DIGITS = 15
MOST_DECIMALS = 12
FUNCTIONS = {"min": (1, 99), "max": (1, 99), "sum": (1, 99), "mean": (1, 99), "share": (2, 2)}

_SIGNS: dict[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS: dict[type, str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_WORDS: dict[type, str] = {
    ast.Attribute: "обращения через точку",
    ast.BoolOp: "связок and и or",
    ast.Compare: "сравнения вне условия",
    ast.GeneratorExp: "перебора for",
    ast.Lambda: "безымянных функций lambda",
    ast.Tuple: "перечня через запятую вне функции",
    ast.UnaryOp: "такого знака перед числом",
}
_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
_NEIGHBOURS = re.compile(r"(?<![\w.])([\w.]+|\))\s+(?=([\w.]+))")
_PUNCTUATION = frozenset(" \n\t_.,()+-*/<>=!")
_ALLOWED = "числа, имена, + - * /, сравнения, «x if c else y», min max sum mean share"


class FormulaError(ValueError):
    """A formula text that the grammar refuses.

    Attributes:
        text: the formula as typed.
        position: index of the refused character, from 0.
        what: what is wrong there, one sentence.
        allowed: what may stand there.
    """

    def __init__(self, text: str, position: int, what: str, allowed: str = _ALLOWED) -> None:
        """Keep the parts and compose a message with a caret under the place."""
        self.text, self.position, self.what, self.allowed = text, position, what, allowed
        super().__init__(f"{what}; допускается: {allowed}\n{_pointer(text, position)}")


def _pointer(text: str, position: int) -> str:
    start = max(0, position - 60)
    # Marks that steer a terminal or turn the direction of writing are shown as a place holder of their width.
    shown = "".join(
        " " if mark in "\n\t" else mark if mark.isprintable() else "·" for mark in text[start : position + 40]
    )
    return f"  {shown}\n  {' ' * (position - start)}^ знак {position + 1}"


def parse(text: str) -> Tree:
    """Read a formula that gives a number.

    Parameters:
        text: at most 2,000 characters, for example ``"k * share(a, b)"``.

    Returns:
        The immutable tree of the formula.

    Raises:
        FormulaError: the text has something outside the grammar; the message points at it.

    Source:
        The grammar is ours; the letters are those of the order.

    Example:
        >>> parse("2 + 3")
        Operation(sign='+', left=Number(value=Fraction(2, 1)), right=Number(value=Fraction(3, 1)))
    """
    return _Reader(text).expression(_syntax(text).body, 0)


def parse_condition(text: str) -> Comparison:
    """Read a comparison such as ``"a > b"``, used by flags and checks of inputs.

    Parameters:
        text: at most 2,000 characters with exactly one comparison at its top.

    Returns:
        The comparison.

    Raises:
        FormulaError: the text is not a comparison or has something outside the grammar.

    Source:
        The grammar is ours.

    Example:
        >>> parse_condition("a > 2").sign
        '>'
    """
    return _Reader(text).condition(_syntax(text).body, 0)


def _syntax(text: str) -> ast.Expression:
    if len(text) > LONGEST_TEXT:
        raise FormulaError(text, LONGEST_TEXT, f"формула длиннее {LONGEST_TEXT} знаков")
    if not text.strip():
        raise FormulaError(text, 0, "формула пуста")
    for position, character in enumerate(text):
        if character.isalpha() and not character.isascii():
            what = f"буква «{character}» не латинская"
            raise FormulaError(text, position, what, "латинские буквы a-z и A-Z")
        if not (character.isascii() and (character.isalnum() or character in _PUNCTUATION)):
            raise FormulaError(text, position, f"недопустимый знак {character!a}")
    _refuse_depth(text)
    _refuse_neighbours(text)
    # Brackets let a long formula of a law file break its lines as the order does.
    try:
        return ast.parse(f"({text}\n)", mode="eval")
    except SyntaxError as error:
        # The bracket put before the text moves every place of its first line by one.
        before = sum(len(line) + 1 for line in f"({text}".split("\n")[: (error.lineno or 1) - 1])
        position = min(max(before + (error.offset or 1) - 2, 0), len(text))
        raise FormulaError(text, position, "это не формула") from None
    except (RecursionError, MemoryError, ValueError):
        raise FormulaError(text, 0, "формула вложена слишком глубоко") from None


def _refuse_depth(text: str) -> None:
    depth = 0
    for position, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if depth > DEEPEST_NESTING:
            raise FormulaError(text, position, f"больше {DEEPEST_NESTING} вложенных скобок")
        if depth < 0:
            raise FormulaError(text, position, "лишняя закрывающая скобка")
    run = re.search(r"(?:[-+~]\s*){20}", text)
    if run:
        raise FormulaError(text, run.start(), "слишком много знаков подряд")


def _refuse_neighbours(text: str) -> None:
    """Refuse two operands with no sign between them; Python's own message points elsewhere."""
    for pair in _NEIGHBOURS.finditer(text):
        if not any(iskeyword(word) for word in pair.groups()):
            raise FormulaError(text, pair.start(2), f"перед «{pair[2][:40]}» нет знака действия")


class _Reader:
    """Turns Python's syntax tree of one text into ours, node by node."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = f"({text}\n)".split("\n")

    def refuse(self, node: ast.AST, what: str, allowed: str = _ALLOWED) -> FormulaError:
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 1)
        position = sum(len(earlier) + 1 for earlier in self.lines[: line - 1]) + column - 1
        return FormulaError(self.text, max(0, min(position, len(self.text))), what, allowed)

    def expression(self, node: ast.expr, depth: int) -> Tree:
        if depth > DEEPEST_NESTING:
            raise self.refuse(node, f"формула вложена глубже {DEEPEST_NESTING} уровней")
        match node:
            case ast.Constant():
                return self.number(node)
            case ast.Name(id=name):
                return self.name(node, name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negation(self.expression(operand, depth + 1))
            case ast.BinOp(left=left, op=sign, right=right):
                if type(sign) not in _SIGNS:
                    raise self.refuse(node, "такого действия в формулах нет", "+ - * /")
                sides = self.expression(left, depth + 1), self.expression(right, depth + 1)
                return Operation(_SIGNS[type(sign)], *sides)
            case ast.IfExp(test=test, body=then, orelse=otherwise):
                return Choice(
                    self.expression(then, depth + 1),
                    self.condition(test, depth + 1),
                    self.expression(otherwise, depth + 1),
                )
            case ast.Call():
                return self.call(node, depth)
            case ast.Compare():
                raise self.refuse(node, "сравнение стоит не в условии", "сравнение после if")
            case _:
                raise self.refuse(node, f"{_WORDS.get(type(node), 'такой записи')} в языке формул нет")

    def condition(self, node: ast.expr, depth: int) -> Comparison:
        if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in _COMPARISONS:
            raise self.refuse(node, "здесь нужно одно сравнение", "< <= > >= == !=")
        left, right = (self.expression(side, depth + 1) for side in (node.left, *node.comparators))
        return Comparison(_COMPARISONS[type(node.ops[0])], left, right)

    def number(self, node: ast.Constant) -> Number:
        written = ast.get_source_segment("\n".join(self.lines), node) or ""
        match = _NUMBER.fullmatch(written)
        if match is None:
            raise self.refuse(node, "это не число обычной записи", "число вида 12 или 0.5")
        if len(match[1] + (match[2] or "")) > MOST_DIGITS or len(match[2] or "") > MOST_DECIMALS:
            allowed = f"до {MOST_DIGITS} цифр, из них до {MOST_DECIMALS} после точки"
            raise self.refuse(node, "число слишком длинное", allowed)
        return Number(Fraction(written))

    def name(self, node: ast.Name, name: str) -> Name:
        if not _NAME.fullmatch(name) or name in FUNCTIONS:
            raise self.refuse(node, f"«{name[:40]}» не может быть именем", "буквы a-z, цифры, подчёркивание")
        return Name(name)

    def call(self, node: ast.Call, depth: int) -> Call:
        function = node.func
        if not isinstance(function, ast.Name) or function.id not in FUNCTIONS:
            raise self.refuse(node, "такой функции в языке формул нет", "min max sum mean share")
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            raise self.refuse(node, "аргументы пишутся через запятую, без имён и звёздочек")
        fewest, most = FUNCTIONS[function.id]
        if not fewest <= len(node.args) <= most:
            what = f"у {function.id} {len(node.args)} аргументов"
            raise self.refuse(node, what, f"от {fewest} до {most} аргументов")
        return Call(function.id, tuple(self.expression(argument, depth + 1) for argument in node.args))
