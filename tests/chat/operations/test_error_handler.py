"""Administrators are alerted that something failed and where to look, not what was asked."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from telegram.error import Forbidden

from tests.chat.conftest import Shelved
from tests.chat.wired import WiredBot
from tests.factories import make_article

BOSS, OTHER_BOSS, READER = 1001, 1002, 2002
SECRET_WORD = "zanzibar"


class Broken(Shelved):
    """Fails at every question."""

    def answer(self, text: str, *more: Any, **others: Any) -> Any:
        raise RuntimeError(f"cannot answer {text}")


def failed(folder: Path, times: int = 1, **failures: Exception) -> WiredBot:
    """A bot after it has failed at questions; what is sent to a chat in ``failures`` fails, too."""

    async def run() -> WiredBot:
        async with WiredBot(folder, Broken([make_article()]), admins=frozenset({BOSS, OTHER_BOSS})) as bot:
            bot.telegram.failures = {int(chat.removeprefix("to_")): error for chat, error in failures.items()}
            for _ in range(times):
                await bot.receive(bot.message(f"Who is {SECRET_WORD}?", READER))
            return bot

    return asyncio.run(run())


def test_administrators_are_alerted_with_the_update_and_the_kind_of_error_once_a_minute(tmp_path):
    telegram = failed(tmp_path, times=3).telegram
    for boss in (BOSS, OTHER_BOSS):
        (alert,) = telegram.texts(boss)
        assert "could not be answered (RuntimeError)" in alert and SECRET_WORD not in alert
    (apology,) = telegram.texts(READER)
    assert "went wrong" in apology and "RuntimeError" not in apology


def test_an_administrator_who_cannot_be_reached_keeps_nobody_from_it(tmp_path):
    bot = failed(tmp_path, to_1001=Forbidden("bot was blocked by the user"))
    assert bot.telegram.texts(BOSS) == [] and len(bot.telegram.texts(OTHER_BOSS)) == 1
