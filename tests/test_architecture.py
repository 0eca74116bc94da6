"""The house rules that a machine can hold: sizes, cycles, annotations."""

from __future__ import annotations

import ast
from pathlib import Path

import grimp
import pytest

SOURCE = Path(__file__).parent.parent / "src" / "crmdesk"
FILES = sorted(SOURCE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_CLASS = 250


def definitions(kinds: tuple[type[ast.AST], ...]) -> list[tuple[str, int]]:
    """Name with place, and length in lines, of every definition of these kinds."""
    return [
        (f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    ]


@pytest.fixture(scope="module")
def import_graph():
    return grimp.build_graph("crmdesk", cache_dir=None)


def test_no_file_is_longer_than_400_lines():
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_longer_than_60_lines():
    functions = definitions((ast.FunctionDef, ast.AsyncFunctionDef))
    assert [f for f in functions if f[1] > LONGEST_FUNCTION] == []


def test_no_class_is_longer_than_250_lines():
    assert [c for c in definitions((ast.ClassDef,)) if c[1] > LONGEST_CLASS] == []


def test_no_two_modules_import_each_other(import_graph):
    """Imports inside functions count too: they are what a reader must hold in the head."""
    cyclic = [
        (module, imported)
        for module in import_graph.modules
        for imported in import_graph.find_modules_directly_imported_by(module)
        if module != imported and import_graph.chain_exists(imported, module)
    ]
    assert cyclic == []


def test_every_module_says_what_it_is_for():
    assert [path.name for path, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_public_definitions_have_docstrings():
    kinds = (ast.FunctionDef, ast.ClassDef)
    public = [
        (node, f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}")
        for path, tree in TREES.items()
        for holder in ast.walk(tree)
        if isinstance(holder, (ast.Module, ast.ClassDef))
        for node in holder.body
        if isinstance(node, kinds) and not node.name.startswith("_")
    ]
    bare = [place for node, place in public if not ast.get_docstring(node)]
    assert len(bare) <= len(public) * 0.1, bare
