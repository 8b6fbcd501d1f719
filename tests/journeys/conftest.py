"""A real Dateline process that talks to a Bot API server on loopback."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.settings import variable
from tests.paths import ROOT
from tests.tglab import BotProcess, TelegramLab

HERE = {"PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1", "DATELINE_LOG_LEVEL": "debug"}

Start = Callable[..., BotProcess]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the seed articles, to be copied."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    command = [sys.executable, "-m", "bot", "--data", str(folder), "list"]
    subprocess.run(command, cwd=folder.parent, env=os.environ | HERE, check=True, capture_output=True)
    return folder


def bot(lab: TelegramLab, folder: Path, data: Path, token: str | None = None, **settings: object) -> BotProcess:
    """``dateline run`` for a lab with further settings, over a copy of the data; its log is ``folder/bot.log``."""
    if not (folder / "data").exists():
        shutil.copytree(data, folder / "data")
    env = HERE | {"TELEGRAM_BOT_TOKEN": token or lab.token, "DATELINE_TELEGRAM_API": lab.url}
    env |= {variable(name): str(value) for name, value in settings.items()}
    command = [sys.executable, "-m", "bot", "--data", str(folder / "data"), "run"]
    return BotProcess(command, lab, env, folder / "bot.log", cwd=folder)


def ended_well(process: BotProcess) -> None:
    """Stop the bot as a service manager does: it ends with 0 and no token is in any file it wrote."""
    status = process.stop()
    told = process.log.read_text(errors="replace")
    assert status == 0, told
    for file in filter(Path.is_file, process.log.parent.rglob("*")):
        assert process.lab.token.encode() not in file.read_bytes(), f"the token is in {file}"


@pytest.fixture(scope="session")
def running(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelegramLab]:
    """The Bot API server of a bot that serves all tests and hears everything that is said in its groups."""
    with TelegramLab(privacy=False) as lab:
        process = bot(lab, tmp_path_factory.mktemp("bot"), filled)
        process.start()
        yield lab
        ended_well(process)


@pytest.fixture
def lab(running: TelegramLab) -> Iterator[TelegramLab]:
    """The running bot's server; afterwards nothing was sent that Telegram would have refused."""
    yield running
    running.clear_faults()
    assert running.refused() == []
    assert running.server.unimplemented == set()


@pytest.fixture
def start(filled: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts a bot of the test's own for a lab, again over the same data when called again."""
    started: list[BotProcess] = []

    def begin(lab: TelegramLab, **settings: object) -> BotProcess:
        process = bot(lab, tmp_path, filled, **settings)
        started.append(process)
        process.start()
        return process

    yield begin
    for process in started:
        process.kill()


def say(lab: TelegramLab, chat: int, content: dict[str, Any], sender: dict[str, Any] | None) -> dict[str, Any]:
    """A message as somebody writes it, handed to the bot whoever wrote it."""

    def add() -> dict[str, Any]:
        room = lab.world.chats[chat]
        message = lab.world.add_message(room, content, sender)
        if sender is not None:
            message["from"] = sender
        lab.world.push("channel_post" if room.type == "channel" else "message", dict(message))
        return dict(message)

    return dict(lab._do(add))


_users = itertools.count(2001)
_groups = itertools.count(-1001000100000, -1)


@pytest.fixture
def person(lab: TelegramLab) -> int:
    """A user whom no other test knows."""
    number = next(_users)
    lab.user(number, f"Person {number}")
    return number


@pytest.fixture
def group(lab: TelegramLab, person: int) -> int:
    """A group with the bot that no other test uses."""
    return lab.group(next(_groups), "Readers", members=(person,))


@pytest.fixture
def forum(lab: TelegramLab, person: int) -> int:
    """A group with topics."""
    return lab.group(next(_groups), "Forum", forum=True, members=(person,))


@pytest.fixture
def channel(lab: TelegramLab) -> int:
    """A channel of which the bot is an administrator."""
    return lab.channel(next(_groups), "News", username=None)
