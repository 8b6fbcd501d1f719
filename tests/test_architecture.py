"""The architecture: contracts, each shown to fail when broken; folders, names, tests that mirror modules."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.package_rules import (
    PACKAGES,
    full_folders,
    has_behaviour,
    repeated_class_names,
    stray_tests,
    untested_modules,
)
from tests.package_rules import broken as broken_rules
from tests.paths import ROOT

LONGEST = 400
"""Lines that a file may have before it has to be split."""


def modules() -> list[str]:
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    names = (".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files)
    return sorted(name.removesuffix(".__init__") for name in names if not name.endswith("__main__"))


def python(code: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "300"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def copied_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages that may be broken."""
    folder = tmp_path_factory.mktemp("packages")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_import_contracts_hold(copied_packages: Path) -> None:
    result = lint(copied_packages)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("retrieval/search/searcher.py", "import bot.settings", "retrieval does not import the bot"),
        ("retrieval/storage/store.py", "import telegram", "retrieval does not import the bot"),
        ("bot/settings.py", "import bot.cli.main", "layers of bot"),
        ("bot/answering/reader/amounts.py", "import bot.answering.response.text", "layers of bot.answering"),
        ("bot/chat/persistence/votes.py", "import bot.chat.views.i18n", "layers of bot.chat"),
        ("retrieval/text/tokens.py", "import retrieval.storage.store", "layers of retrieval"),
        (
            "retrieval/timex/values.py",
            "import retrieval.timex.finder",
            "no import cycle inside a package",
        ),
        (
            "bot/answering/response/composer.py",
            "import retrieval.search.searcher",
            "answering imports records and text functions",
        ),
        (
            "bot/answering/question/parser.py",
            "from datetime import date\nimport sqlite3",
            "answering imports records and text functions",
        ),
        ("bot/extractive_reader/windows.py", "import bot.extractive_reader.model", "layers of bot.extractive_reader"),
        ("bot/extractive_reader/model.py", "import bot.answering.models", "the extractive reader imports records"),
        ("bot/cli/main.py", "import bot.extractive_reader", "only the composition root chooses an extractive reader"),
        ("bot/extractive_reader/model.py", "import onnxruntime", "one importer: onnxruntime"),
        ("retrieval/models.py", "import retrieval.text.tokens", "records and errors import nothing of this project"),
        ("retrieval/ingest.py", "import spacy", "one importer: spaCy and the gazetteer"),
        ("retrieval/search/searcher.py", "import numpy", "few importers: numpy and rank_bm25"),
        ("retrieval/search/searcher.py", "import rapidfuzz", "one importer: rapidfuzz"),
        ("bot/cli/main.py", "import sqlite3", "few importers: SQLite"),
        ("bot/terminal/session.py", "import telegram", "few importers: python-telegram-bot"),
        ("bot/chat/incoming/routing.py", "import telegram", "few importers: python-telegram-bot"),
        ("bot/chat/views/pages.py", "import telegram", "few importers: python-telegram-bot"),
        ("retrieval/documents/passages.py", "import anyascii", "one importer: anyascii and snowballstemmer"),
        ("retrieval/ingest.py", "import trafilatura", "one importer: trafilatura"),
        ("bot/bootstrap.py", "import pydantic_settings", "one importer: pydantic_settings"),
        ("bot/cli/question_files.py", "import tqdm", "one importer: tqdm"),
        (
            "bot/chat/transport/sender.py",
            "import aiohttp",
            "few importers: aiohttp, by the HTTP client and the HTTP server",
        ),
        ("bot/chat/operations/health.py", "import prometheus_client", "one importer: prometheus_client"),
        ("bot/cli/output.py", "import jinja2", "few importers: jinja2 and markupsafe"),
    ],
)
def test_a_broken_contract_is_found(copied_packages: Path, file: str, line: str, contract: str) -> None:
    path = copied_packages / file
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        result = lint(copied_packages)
    finally:
        path.write_text(before, encoding="utf-8")
    assert result.returncode != 0
    assert any(text.startswith(contract) and "BROKEN" in text for text in result.stdout.splitlines()), result.stdout


def test_every_contract_has_a_case_that_breaks_it() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (marks,) = test_a_broken_contract_is_found.pytestmark  # type: ignore[attr-defined]
    tried = {contract for _, _, contract in marks.args[1]}
    assert {contract["name"] for contract in contracts if not any(name in contract["name"] for name in tried)} == set()


def test_the_answerer_loads_neither_spacy_nor_telegram_nor_sqlite3(tmp_path: Path) -> None:
    code = "import sys, bot.answering.pipeline; print(*{'spacy', 'telegram', 'sqlite3'} & set(sys.modules))"
    result = python(code, tmp_path)
    assert result.stderr == ""
    assert result.stdout.strip() == ""


WATCH = """
import sys, importlib
PACKAGES = {packages!r}
READ = (".py", ".pyc", *{words!r})  # the word lists are the code of the modules that read them
def watch(event, arguments):
    if event == "open" and arguments[1] and set(arguments[1]) & set("wa+x"):
        print("wrote", arguments[0])
    elif event == "open" and str(arguments[0]).startswith(PACKAGES) and not str(arguments[0]).endswith(READ):
        print("read", arguments[0])
    elif event in ("sqlite3.connect", "socket.connect", "subprocess.Popen", "os.mkdir"):
        print(event, arguments)
sys.dont_write_bytecode = True
sys.addaudithook(watch)
for module in {modules!r}:
    importlib.import_module(module)
"""


def test_importing_any_module_does_nothing(tmp_path: Path) -> None:
    packages = tuple(str(ROOT / package) + os.sep for package in PACKAGES)
    words = tuple(str(file) for file in (ROOT / "retrieval" / "text" / "data").iterdir())
    result = python(WATCH.format(packages=packages, modules=modules(), words=words), tmp_path)
    assert result.stderr == ""
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_file_is_too_long(package: str) -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in (ROOT / package).rglob("*.py")}
    assert {file: length for file, length in lengths.items() if length > LONGEST} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert {"utils", "common", "core", "helpers", "misc"} & {name.rpartition(".")[2] for name in modules()} == set()


NOT_YET = [line for line in (ROOT / "tests" / "not_yet.txt").read_text(encoding="utf-8").splitlines() if line]
"""What broke a rule before there was the rule; the list only becomes shorter."""


def test_what_breaks_a_rule_is_listed_and_nothing_else_is() -> None:
    """Where this fails for a line that is fixed, delete the line from tests/not_yet.txt."""
    assert broken_rules(ROOT) == NOT_YET


def test_no_two_classes_share_a_name() -> None:
    assert repeated_class_names(ROOT) == {}


def made(root: Path, *files: str, text: str = "def run(): return 1\n") -> Path:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    return root


def test_a_folder_of_thirteen_modules_is_found(tmp_path: Path) -> None:
    made(tmp_path, "bot/full/__init__.py", *(f"bot/full/m{number}.py" for number in range(12)))
    assert full_folders(tmp_path) == {}
    made(tmp_path, "bot/full/m12.py")
    assert full_folders(tmp_path) == {"bot/full": 13}


def test_a_class_name_that_is_used_twice_is_found(tmp_path: Path) -> None:
    made(tmp_path, "bot/one.py", text="class Rule: ...\n")
    assert repeated_class_names(tmp_path) == {}
    made(tmp_path, "retrieval/deep/two.py", text="class Other:\n    class Rule: ...\n")
    assert repeated_class_names(tmp_path) == {"Rule": ["bot/one.py", "retrieval/deep/two.py"]}


def test_a_module_without_its_test_is_found(tmp_path: Path) -> None:
    made(tmp_path, "bot/cli/main.py", "bot/cli/__init__.py", "retrieval/text/words.py")
    made(tmp_path, "tests/cli/test_main.py")
    assert untested_modules(tmp_path) == ["retrieval/text/words.py"]
    made(tmp_path, "tests/retrieval/text/test_words.py")
    assert untested_modules(tmp_path) == []


def test_a_test_without_its_module_is_found(tmp_path: Path) -> None:
    made(tmp_path, "bot/cli/main.py", "tests/cli/test_main.py", "tests/cli/test_gone.py", "tests/journeys/test_day.py")
    assert stray_tests(tmp_path) == ["tests/cli/test_gone.py"]


@pytest.mark.parametrize(
    ("source", "has"),
    [
        ("LIMIT = 3", False),
        ("class Point(Record):\n    x: int", False),
        ('class Finder(Protocol):\n    def find(self) -> int:\n        """What."""\n        ...', False),
        ("class Point(Record):\n    def far(self) -> bool:\n        return True", True),
        ("async def run() -> None: ...", True),
    ],
)
def test_behaviour_is_a_function_or_a_method_with_a_body(source: str, has: bool) -> None:
    assert has_behaviour(ast.parse(source)) is has
