"""Rules that the packages keep, as functions from a folder to what breaks them; the tests expect nothing back."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

PACKAGES = ("bot", "retrieval")
MIRRORED = ("answering", "chat", "cli", "evaluation", "extractive_reader", "retrieval", "terminal")
"""The folders under tests/ in which every test file belongs to a module."""
PACKAGE_TESTS = "test_packages.py"
"""The tests of what packages export: they belong to `__init__` files."""
MOST_MODULES = 12
"""Modules in one folder, `__init__` not counted: more than a dozen names are no longer seen at a glance."""


def modules(root: Path) -> list[Path]:
    """Every module of the packages, relative to the root, `__init__` left out."""
    files = (file for package in PACKAGES for file in (root / package).rglob("*.py"))
    return sorted(file.relative_to(root) for file in files if file.name != "__init__.py")


def full_folders(root: Path) -> Mapping[str, int]:
    """The folders with more than MOST_MODULES modules, and how many they have."""
    counts: dict[str, int] = defaultdict(int)
    for module in modules(root):
        counts[module.parent.as_posix()] += 1
    return {folder: count for folder, count in counts.items() if count > MOST_MODULES}


def repeated_class_names(root: Path) -> Mapping[str, list[str]]:
    """The names that more than one class has, nested classes included, and the files of each."""
    places: dict[str, list[str]] = defaultdict(list)
    for module in modules(root):
        for node in ast.walk(_parsed(root / module)):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(module.as_posix())
    return {name: files for name, files in places.items() if len(files) > 1}


def untested_modules(root: Path) -> list[str]:
    """The modules that have behaviour and no test file at their place under tests/."""
    with_behaviour = (module for module in modules(root) if has_behaviour(_parsed(root / module)))
    return [module.as_posix() for module in with_behaviour if not (root / _test_of(module)).exists()]


def stray_tests(root: Path) -> list[str]:
    """The test files of the mirrored folders at whose place no module is."""
    tests = sorted(file for folder in MIRRORED for file in (root / "tests" / folder).rglob("test_*.py"))
    known = {_test_of(module) for module in modules(root)}
    strays = (file.relative_to(root) for file in tests if file.name != PACKAGE_TESTS)
    return [path.as_posix() for path in strays if path not in known]


def has_behaviour(module: ast.Module) -> bool:
    """Whether a module has a function, or a class with a method that has a body; a Protocol's methods have none."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(
        isinstance(node, functions) or (isinstance(node, ast.ClassDef) and any(map(_has_body, _methods(node))))
        for node in module.body
    )


def _methods(node: ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


def _has_body(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a method has a statement besides a docstring, `...` and `pass`."""
    return any(
        not isinstance(each, ast.Pass) and not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
        for each in method.body
    )


def _test_of(module: Path) -> Path:
    """Where the test of a module is: `bot/cli/main.py` -> `tests/cli/test_main.py`."""
    place = module.parent.parts[1:] if module.parts[0] == "bot" else module.parent.parts
    return Path("tests", *place, f"test_{module.name}")


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))
