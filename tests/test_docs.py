"""Docs that lie fail the build: commands parse, settings exist, links lead somewhere, and the transcripts are real."""

from __future__ import annotations

import re
import shlex
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import bootstrap
from bot.bootstrap import Dateline
from bot.cli.main import parser
from bot.extractive_reader.optional import WEIGHTS
from bot.settings import Settings, variable
from bot.terminal.session import reply
from tests.paths import ROOT

PROSE = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
TRANSCRIPT = re.compile(r"^> ([^\n]+)\n\n(.*)", re.DOTALL)


def code(text: str) -> Iterator[str]:
    """Each line of the blocks of code, and what stands between single back-ticks."""
    for block in BLOCK.findall(text):
        yield from block.splitlines()
    yield from INLINE.findall(BLOCK.sub("", text))


def commands(program: str) -> list[tuple[str, str]]:
    """Every use of a program in the docs: where, and the words after it."""
    found = re.compile(rf"(?:^|\| |\$ |&& ){re.escape(program)} ([^|&>#]+)")
    return [
        (file.name, match[1].strip())
        for file in PROSE
        for line in code(file.read_text(encoding="utf-8"))
        if (match := found.search(line))
    ]


def named_commands() -> dict[str, ArgumentParser]:
    (action,) = (each for each in parser()._actions if isinstance(each, _SubParsersAction))
    return dict(action.choices)


@pytest.mark.parametrize(("file", "typed"), [*commands("dateline"), *commands("python -m bot")])
def test_a_command_in_the_docs_can_be_typed(file: str, typed: str) -> None:
    words = shlex.split(re.sub(r"\[[^]]*\]|\.\.\.|…", "", typed))
    known = named_commands()
    if [word for word in words if word in known] == words[:1] and len(words) == 1:
        return  # the command by its name
    parser().parse_args(words)


@pytest.mark.parametrize(("file", "typed"), commands("make"))
def test_a_make_target_in_the_docs_exists(file: str, typed: str) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {word for word in typed.split() if word.isalpha()} <= set(targets)


def test_every_setting_in_the_docs_exists() -> None:
    known = {variable(field) for field in Settings.model_fields}
    for file in PROSE:
        assert set(re.findall(r"\b(?:DATELINE|TELEGRAM)_[A-Z_]+\b", file.read_text(encoding="utf-8"))) <= known, file


def test_the_readme_names_every_command_and_setting() -> None:
    for command in named_commands():
        assert f"dateline {command}" in README
    for field in Settings.model_fields:
        assert variable(field) in README


@pytest.mark.parametrize("file", PROSE, ids=lambda file: file.name)
def test_a_link_inside_the_project_leads_somewhere(file: Path) -> None:
    for target in LINK.findall(file.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (file.parent / target).exists(), target


def test_the_drawn_packages_are_the_packages() -> None:
    drawn = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"(?<![\w/])([a-z_]+(?:\.py|/))(?!\w)", drawn)):
        assert any(list(ROOT.glob(f"{place}{name}")) for place in ("", "bot/**/", "retrieval/**/", "tests/**/")), name


@pytest.fixture(scope="module")
def dateline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dateline]:
    opened = bootstrap.build(Settings(data_dir=tmp_path_factory.mktemp("data"), reader=WEIGHTS))
    yield opened
    opened.close()


def transcripts() -> list[tuple[str, str]]:
    found = (TRANSCRIPT.match(block) for block in BLOCK.findall(README))
    return [(match[1], match[2].strip()) for match in found if match]


@pytest.mark.parametrize(("question", "told"), transcripts())
def test_a_transcript_is_what_the_bot_says_now(dateline: Dateline, question: str, told: str) -> None:
    assert reply(dateline, question, date(2022, 1, 7)).text.strip() == told


def test_there_is_a_transcript_of_an_answer_and_of_silence() -> None:
    assert len(transcripts()) >= 2


ROW = re.compile(r"^\| (\d+) \| .+ \| [MSB] \| (yes|partly|no) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FEATURES = ROW.findall((ROOT / "docs" / "features.md").read_text(encoding="utf-8"))


def test_every_feature_has_its_row() -> None:
    assert [int(number) for number, _, _ in FEATURES] == list(range(1, 71))


@pytest.mark.parametrize(("number", "there", "proof"), FEATURES)
def test_a_feature_names_its_tests_or_why_it_is_not_there(number: str, there: str, proof: str) -> None:
    tests = TEST.findall(proof)
    assert proof.count("::") == len(tests)
    assert bool(tests) == (there != "no")
    if there != "yes":
        assert re.search(r"\w+ \w+ \w+.*\.$", TEST.sub("", proof)), "it does not say what is missing"
    for file, name in tests:
        assert re.search(rf"^\s*(async )?def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), name


CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"^\| (an? .+?) \| (.+) \|$", CONTRIBUTING.partition("## To add")[2], re.MULTILINE)
"""The rows of the table "to add ... touch ..."."""
NAMED_IN = re.compile(r"`([\w./-]+)`(?: \(((?:`\w+`(?:, )?)+))?")
"""A file or folder of a row, and the names that the row says are in it."""


def wrong_in(recipe: str, root: Path) -> list[str]:
    """The files, and the names in them, that a row of the table has and the repository does not."""
    named = [(path, re.findall(r"\w+", names)) for path, names in NAMED_IN.findall(recipe) if re.search(r"[./]", path)]
    gone = [path for path, _ in named if not (root / path).exists()]
    files = [(path, names) for path, names in named if (root / path).is_file()]
    text = {path: (root / path).read_text(encoding="utf-8") for path, _ in files}
    return [*gone, *(f"{path}: {name}" for path, names in files for name in names if name not in text[path])]


@pytest.mark.parametrize(("change", "recipe"), RECIPES)
def test_a_recipe_names_files_and_names_that_exist(change: str, recipe: str) -> None:
    assert wrong_in(recipe, ROOT) == []


def test_there_is_a_recipe_for_each_usual_change() -> None:
    wanted = "question kind, command, button, setting, file format, article column, date rule, language, ranking engine"
    changes = " ".join(change for change, _ in RECIPES)
    assert [word for word in (*wanted.split(", "), "metric", "reply form") if word not in changes] == []


def test_a_file_or_name_that_is_gone_is_found(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "buttons.py").write_text("class ButtonAction: ...", encoding="utf-8")
    assert wrong_in("`bot/buttons.py` (`ButtonAction`), a module in `bot/`", tmp_path) == []
    assert wrong_in("`bot/buttons.py` (`Verb`), `bot/presses.py`", tmp_path) == [
        "bot/presses.py",
        "bot/buttons.py: Verb",
    ]
