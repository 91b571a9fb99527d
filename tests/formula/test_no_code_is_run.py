import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for room in ("formula", "rules") for path in sorted((ROOT / "toolkit" / room).rglob("*.py"))]
FORBIDDEN = {
    *("eval", "exec", "compile", "__import__", "import_module", "globals", "locals", "vars", "breakpoint"),
    *("__builtins__", "builtins", "CodeType", "FunctionType", "run_path", "run_module", "system", "popen"),
}
FORBIDDEN_MODULES = {
    "builtins",
    "code",
    "codeop",
    "ctypes",
    "imp",
    "marshal",
    "os",
    "pickle",
    "runpy",
    "subprocess",
}
AST_FUNCTIONS = {
    "parse",
    "get_source_segment",
}  # reading only; everything else of `ast` must be a kind of node


def words(tree):
    """Yield every name and attribute of a source, except `re.compile`, which compiles no code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute) and ast.unparse(node) != "re.compile":
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("__"):
            yield node.value


def modules(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (name.name for name in node.names)


def find(source):
    tree = ast.parse(source)
    imported = {part for module in modules(tree) for part in module.split(".")}
    return sorted((FORBIDDEN & set(words(tree))) | ((FORBIDDEN_MODULES | FORBIDDEN) & imported))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_source_can_run_code(path):
    assert find(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_python_syntax_is_only_read(path):
    tree = ast.parse(path.read_text("utf-8"))
    used = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ast"
    ]
    kinds = {name for name in used if isinstance(getattr(ast, name), type)}
    assert set(used) - kinds <= AST_FUNCTIONS
    if path.name != "parse.py":
        assert "ast" not in set(modules(tree))


def test_all_sources_are_looked_at():
    assert {"parse.py", "exact.py", "builder.py", "loader.py"} <= {path.name for path in SOURCES}


@pytest.mark.parametrize(
    "source",
    [
        "eval('1')",
        "exec('1')",
        "f = eval",
        "compile('1', '', 'eval')",
        "__import__('os')",
        "import importlib\nimportlib.import_module('os')",
        "from importlib import import_module",
        "getattr(x, '__import__')",
        "import os",
        "from builtins import eval as f",
    ],
)
def test_what_could_run_code_is_found(source):
    assert find(source) != []
