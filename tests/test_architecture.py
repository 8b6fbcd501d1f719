"""The house: which way imports run, that the contracts bite, and that importing a module does nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.paths import ROOT

PACKAGES = ("bot", "retrieval")
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
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages that may be broken."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_import_contracts_hold(house: Path) -> None:
    result = lint(house)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("retrieval/search/searcher.py", "import bot.settings", "retrieval knows nothing of the bot"),
        ("retrieval/storage/store.py", "import telegram", "retrieval knows nothing of the bot"),
        ("bot/settings.py", "import bot.cli.main", "layers of bot"),
        ("bot/answering/reader/units.py", "import bot.answering.response.text", "layers of bot.answering"),
        ("bot/chat/persistence/votes.py", "import bot.chat.views.i18n", "layers of bot.chat"),
        ("retrieval/text/tokens.py", "import retrieval.storage.store", "layers of retrieval"),
        ("bot/answering/response/composer.py", "import retrieval.search.searcher", "answering knows records and words"),
        (
            "bot/answering/question/parser.py",
            "from datetime import date\nimport sqlite3",
            "answering knows records and words",
        ),
        ("retrieval/models.py", "import retrieval.text.tokens", "the records import nothing of ours"),
        ("retrieval/ingest.py", "import spacy", "one door: spaCy and the gazetteer"),
        ("retrieval/search/searcher.py", "import numpy", "one door: numpy and rank_bm25"),
        ("retrieval/search/searcher.py", "import rapidfuzz", "one door: rapidfuzz"),
        ("bot/cli/main.py", "import sqlite3", "one door: SQLite"),
        ("bot/terminal/session.py", "import telegram", "one door: Telegram"),
        ("bot/chat/incoming/routing.py", "import telegram", "one door: Telegram"),
        ("bot/chat/views/pages.py", "import telegram", "one door: Telegram"),
        ("retrieval/documents/passages.py", "import anyascii", "one door: anyascii and snowballstemmer"),
        ("retrieval/ingest.py", "import trafilatura", "one door: trafilatura"),
        ("bot/bootstrap.py", "import pydantic_settings", "one door: the environment"),
        ("bot/cli/question_files.py", "import tqdm", "one door: tqdm"),
        ("bot/chat/transport/sender.py", "import aiohttp", "HTTP is spoken by one client and one server"),
        ("bot/chat/operations/health.py", "import prometheus_client", "one door: Prometheus"),
        ("bot/cli/output.py", "import jinja2", "one door: wording"),
    ],
)
def test_a_broken_contract_is_found(house: Path, file: str, line: str, contract: str) -> None:
    broken = house / file
    sound = broken.read_text(encoding="utf-8")
    broken.write_text(f"{sound}\n{line}\n", encoding="utf-8")
    try:
        result = lint(house)
    finally:
        broken.write_text(sound, encoding="utf-8")
    assert result.returncode != 0
    assert any(told.startswith(contract) and "BROKEN" in told for told in result.stdout.splitlines()), result.stdout


def test_every_contract_is_shown_to_bite() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (marks,) = test_a_broken_contract_is_found.pytestmark  # type: ignore[attr-defined]
    shown = {contract for _, _, contract in marks.args[1]}
    assert {contract["name"] for contract in contracts if not any(name in contract["name"] for name in shown)} == set()


def test_the_answerer_loads_neither_spacy_nor_telegram_nor_sqlite3(tmp_path: Path) -> None:
    code = "import sys, bot.answering.pipeline; print(*{'spacy', 'telegram', 'sqlite3'} & set(sys.modules))"
    result = python(code, tmp_path)
    assert result.stderr == ""
    assert result.stdout.strip() == ""


WATCH = """
import sys, importlib
PACKAGES = {packages!r}
def watch(event, arguments):
    if event == "open" and arguments[1] and set(arguments[1]) & set("wa+x"):
        print("wrote", arguments[0])
    elif event == "open" and str(arguments[0]).startswith(PACKAGES) and not str(arguments[0]).endswith((".py", ".pyc")):
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
    result = python(WATCH.format(packages=packages, modules=modules()), tmp_path)
    assert result.stderr == ""
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_file_is_too_long(package: str) -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in (ROOT / package).rglob("*.py")}
    assert {file: length for file, length in lengths.items() if length > LONGEST} == {}


def test_no_room_is_called_after_nothing() -> None:
    assert {"utils", "common", "core", "helpers", "misc"} & {name.rpartition(".")[2] for name in modules()} == set()
