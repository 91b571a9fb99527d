import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ["benchmarks", "data_samples", "docs", "notebooks", "scripts", "tests", "toolkit"]
FILE_LIMIT = 300
FUNCTION_LIMIT = 40
CORE_LIMIT = 2_000
PACKAGE_LIMIT = 10_000
ENGINE_LIMIT = 500  # it runs any notebook and knows nothing of the orders
EXCUSE = "# long:"


def list_sources():
    paths = [*ROOT.glob("*.py"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
    return {str(path.relative_to(ROOT)): path for path in paths}


def count_lines(paths):
    return sum(len(path.read_text("utf-8").splitlines()) for path in paths)


def count_code(paths):
    """Count lines of code: no blank ones, nor the docstrings and reasons that the style demands."""
    return sum(len(find_code(path.read_text("utf-8"))) for path in paths)


def find_code(source):
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, documented)]
    texts = [node.body[0] for node in nodes if ast.get_docstring(node) is not None]
    described = {line for text in texts for line in range(text.lineno, text.end_lineno + 1)}
    return [
        line
        for number, line in enumerate(source.splitlines(), start=1)
        if line.strip() and not line.strip().startswith("#") and number not in described
    ]


def is_excused(lines, first):
    """Tell whether the line of a `def`, counted from one, or the line above it gives a reason."""
    reasons = [line.partition(EXCUSE)[2].strip() for line in lines[max(first - 2, 0) : first]]
    return any(reasons)


def measure_function(node):
    """Return the lines of a function without its docstring, which may be as long as it needs."""
    text = node.body[0] if ast.get_docstring(node) is not None else None
    described = text.end_lineno - text.lineno + 1 if text else 0
    return node.end_lineno - node.lineno + 1 - described


def find_long_functions(source):
    lines = source.splitlines()
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    long = [node for node in functions if measure_function(node) > FUNCTION_LIMIT]
    return [node.name for node in long if not is_excused(lines, node.lineno)]


def write_function(head, length):
    return "\n".join([head, *["    pass"] * (length - 1)])


def test_no_file_is_longer_than_its_limit():
    assert {name for name, path in list_sources().items() if count_lines([path]) > FILE_LIMIT} == set()


def test_no_function_is_longer_than_its_limit():
    long = {name: find_long_functions(path.read_text("utf-8")) for name, path in list_sources().items()}
    assert {name: functions for name, functions in long.items() if functions} == {}


def test_a_function_one_line_over_the_limit_is_found():
    assert find_long_functions(write_function("def fits():", FUNCTION_LIMIT)) == []
    assert find_long_functions(write_function("def grows():", FUNCTION_LIMIT + 1)) == ["grows"]


def test_a_docstring_does_not_make_a_function_long():
    described = 'def fits():\n    """Say.\n\n    More.\n    """'
    assert find_long_functions(write_function(described, FUNCTION_LIMIT)) == []
    assert find_long_functions(write_function(described, FUNCTION_LIMIT + 1)) == ["fits"]


def test_a_long_function_needs_a_reason_beside_its_name():
    above = write_function("# long: one table\ndef table():", FUNCTION_LIMIT + 1)
    beside = write_function("def table():  # long: one table", FUNCTION_LIMIT + 1)
    bare = write_function("def table():  # long:", FUNCTION_LIMIT + 1)
    assert [find_long_functions(source) for source in (above, beside, bare)] == [[], [], ["table"]]


def test_the_core_stays_small():
    package = ROOT / "toolkit"
    core = [*(package / "formula").rglob("*.py"), *(package / "rules").rglob("*.py"), package / "evaluate.py"]
    assert count_code(core) <= CORE_LIMIT


def test_the_whole_package_stays_small():
    engine = {*(ROOT / "toolkit" / "engine").rglob("*.py")}
    assert count_code({*(ROOT / "toolkit").rglob("*.py")} - engine) <= PACKAGE_LIMIT
    assert count_code(engine) <= ENGINE_LIMIT


def test_docstrings_comments_and_blank_lines_are_no_code():
    assert find_code('"""Say."""\n\nx = 1  # why\n# why not\n') == ["x = 1  # why"]
