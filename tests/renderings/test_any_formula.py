"""Formulas that no law file has yet: random trees, and each printer's small print, in all engines."""

import math
import random
from fractions import Fraction

import numpy as np
import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from tests.office import recalculate
from tests.renderings.engines import CALCULATE
from toolkit.formula import array, exact, excel, vega
from toolkit.formula.parse import parse
from toolkit.formula.tree import Call, Choice, Comparison, Name, Negation, Number, Operation, names, nodes
from toolkit.publish.vega import vega_bundle

LETTERS = ("a", "b", "c", "d")
TWELFTHS = tuple(Fraction(number, 12) for number in range(-24, 61))
# What a printer may get wrong: brackets, the guard of an edge, a divisor of zero, a missing number.
WRITTEN = (
    *("a - (b - c)", "a - (b + c)", "a * (b + c)", "(a + b) * c", "-(a + b)", "a - -b", "-a * b", "-(-a)"),
    *("a / (b * c)", "a / (b + c)", "(a + b) / (c - d)", "a / b / c", "a / (b / c)", "a * (b / c)"),
    *("share(a, b * c)", "share(a + b, c - d)", "d - share(a, b)", "d * share(a + c, b)"),
    *("share(a, share(b, c))", "-a - b * -c", "a - (b - c) - d", "(a - b) * (c - d)"),
    *("1 if a > b else 0", "1 if a >= b else 0", "1 if a < b else 0", "1 if a <= b else 0"),
    *("1 if a == b else 0", "1 if a != b else 0", "1 if a - b > c - d else 0", "1 if a == b - c else 0"),
    *(
        "a if share(a, b) > 1 else c",
        "a if a / b >= 1 else c",
        "c if a > b else d",
        "a if b > c else d / (a - b)",
    ),
    *("min(a, b, c)", "max(a, -b)", "sum(a, b, c) - mean(a, b)", "max(min(a, b), share(c, d))"),
    # 0.1 * 3 is more than 0.3 in binary floats, so every comparison meets an edge from either side.
    *(f"1 if a * 0.3 {sign} a * 0.1 * 3 else 0" for sign in ("<", "<=", ">", ">=", "==", "!=")),
    *(f"1 if a * 0.1 * 3 {sign} a * 0.3 else 0" for sign in ("<", "<=", ">", ">=", "==", "!=")),
)


def draw_tree(chance, depth):
    if depth == 0 or chance.random() < 0.15:
        return Name(chance.choice(LETTERS)) if chance.random() < 0.75 else Number(chance.choice(TWELFTHS))
    left, right = draw_tree(chance, depth - 1), draw_tree(chance, depth - 1)
    kind = chance.randrange(8)
    if kind < 3:
        return Operation(chance.choice("+-*/"), left, right)
    if kind == 3:
        return Negation(left)
    if kind == 4:
        meaning = (Number(chance.choice(TWELFTHS)),) if chance.random() < 0.5 else ()
        return Call("share", (left, right, *meaning))
    if kind == 5:
        sign = chance.choice(("<", "<=", ">", ">=", "==", "!="))
        return Choice(
            left, Comparison(sign, draw_tree(chance, depth - 1), right), draw_tree(chance, depth - 1)
        )
    return Call(chance.choice(("min", "max", "sum", "mean")), (left, right, draw_tree(chance, depth - 1)))


def draw_row(chance):
    """Draw numbers that often are zero or equal, where a rule turns; now and then one is missing."""
    few = [chance.choice(TWELFTHS) for _ in range(2)] + [Fraction(0)]
    row = {letter: chance.choice(few) for letter in LETTERS}
    if chance.random() < 0.2:
        row[chance.choice(LETTERS)] = None
    return row


def expected(tree, row):
    """Return the exact value, None where it is missing."""
    if any(row[name] is None for name in names(tree)):
        return None
    try:
        return exact.evaluate(tree, row).number
    except exact.UndefinedError:
        return None


def near(tree, row):
    """Say whether floats cannot decide the formula: two sides differ by less than they can tell."""
    gaps = []
    for node in nodes(tree):
        if isinstance(node, Comparison):
            gaps.append(expected(Operation("-", node.left, node.right), row))
        if isinstance(node, Operation) and node.sign == "/":
            gaps.append(expected(node.right, row))
        if isinstance(node, Call) and node.function == "share":
            gaps.append(expected(node.arguments[1], row))
    return any(gap is not None and 0 < abs(gap) < Fraction(1, 1000) for gap in gaps)


def make_cases():
    chance = random.Random(8)  # noqa: S311  a seeded draw, nothing secret
    trees = [parse(text) for text in WRITTEN] + [draw_tree(chance, 4) for _ in range(160)]
    rows = [draw_row(chance) for _ in range(60)]
    # 184 · 13/12 : 13/12 is more than 184 in binary floats.
    rows += [dict.fromkeys(LETTERS, Fraction(twelfths, 12)) for twelfths in (13, 16, 26, 36)]
    return trees, rows


TREES, ROWS = make_cases()


def by_formula(lines, missing):
    """Turn the lines of an engine, one for each row, into one list for each formula."""
    columns = zip(*lines, strict=True)
    return [[math.nan if value == missing else value for value in column] for column in columns]


def wrong(found):
    """Return the formulas and rows where an engine disagrees with the exact value."""
    return [
        (tree, row, found[place][number])
        for place, tree in enumerate(TREES)
        for number, row in enumerate(ROWS)
        if not near(tree, row) and not agrees(expected(tree, row), found[place][number])
    ]


def agrees(value, shown):
    if not isinstance(shown, int | float) or isinstance(shown, bool):
        return False
    if value is None:
        return math.isnan(shown)
    return math.isclose(float(value), shown, rel_tol=1e-9, abs_tol=1e-9)


def test_the_cases_are_decided_missing_and_on_an_edge_often_enough():
    values = [expected(tree, row) for tree in TREES for row in ROWS if not near(tree, row)]
    assert len(values) > 10_000
    assert values.count(None) > 2_000
    assert sum(value is not None for value in values) > 5_000


def test_arrays_agree_with_the_exact_value_of_any_formula():
    columns = {
        letter: np.array([math.nan if row[letter] is None else float(row[letter]) for row in ROWS])
        for letter in LETTERS
    }
    found = [np.broadcast_to(array.evaluate(tree, columns), len(ROWS)).tolist() for tree in TREES]
    assert wrong(found) == []


@pytest.mark.browser
def test_vega_agrees_with_the_exact_value_of_any_formula(page):
    page.goto("about:blank")
    page.add_script_tag(content=vega_bundle())
    results = [f"t{place}" for place in range(len(TREES))]
    job = {
        "signals": [{"name": letter, "value": 0} for letter in LETTERS]
        + [{"name": f"t{place}", "update": vega.expression(tree, str)} for place, tree in enumerate(TREES)],
        "wanted": results,
        "inputs": LETTERS,
        "given": [],
        "rows": [{name: float(value) for name, value in row.items() if value is not None} for row in ROWS],
    }
    lines = page.evaluate(CALCULATE, job)
    found = by_formula(lines, "NaN")
    assert wrong(found) == []


def test_a_spreadsheet_agrees_with_the_exact_value_of_any_formula(tmp_path):
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(ROWS):
            for column, letter in enumerate(LETTERS):
                if row[letter] is not None:
                    sheet.write_number(number, column, float(row[letter]))

            def address(name, number=number):
                return xl_rowcol_to_cell(number, LETTERS.index(name))

            for place, tree in enumerate(TREES):
                sheet.write_formula(number, len(LETTERS) + place, f"={excel.formula(tree, address)}")
    calculated = openpyxl.load_workbook(recalculate([path])[0], data_only=True)
    lines = list(calculated.active.iter_rows(min_col=len(LETTERS) + 1, values_only=True))
    found = by_formula(lines, "#N/A")
    assert wrong(found) == []


def test_the_edge_of_a_band_is_guarded_in_a_spreadsheet_too():
    # LibreOffice and Excel round a comparison themselves, so the guard cannot be seen in their results.
    assert excel.formula(parse("1 if a > 2 else 0"), str).endswith("IF(a>2+1E-9,1,0))")
    assert excel.formula(parse("1 if a >= 2 else 0"), str).endswith("IF(a>=2-1E-9,1,0))")
    assert excel.formula(parse("1 if a < 2 else 0"), str).endswith("IF(a<2-1E-9,1,0))")
    assert excel.formula(parse("1 if a <= 2 else 0"), str).endswith("IF(a<=2+1E-9,1,0))")


def test_a_formula_to_be_read_in_russian_has_russian_words_semicolons_and_a_decimal_comma():
    tree = parse("min(a, mean(b, 0.5)) if a > 1.5 else sum(a, b)")
    assert excel.formula(tree, str, excel.RUSSIAN) == (
        "ЕСЛИ(СЧЁТ(a;b)<2;НД();ЕСЛИ(a>1,5+1E-9;МИН(a;СРЗНАЧ(b;0,5));СУММ(a;b)))"
    )
