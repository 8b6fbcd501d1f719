"""A wired bot over one article, with an answer to a question of Alice's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tests.chat.conftest import Shelved
from tests.chat.wired import Body, WiredBot
from tests.factories import make_article

ALICE, BOB, GROUP = 1001, 1002, -1001000000077
QUESTION = "When did the ferry reach Dover?"
UNANSWERED = "Whose moon sank?"

Scene = Callable[[WiredBot], Awaitable[None]]


def play(folder: Path, scene: Scene, **settings: Any) -> WiredBot:
    """Let a bot over a folder go through a scene."""

    async def run() -> WiredBot:
        async with WiredBot(folder, Shelved([make_article()]), **settings) as bot:
            await scene(bot)
            return bot

    return asyncio.run(run())


async def ask(bot: WiredBot, text: str = QUESTION, user: int = ALICE, chat_id: int | None = None, **more: Any) -> int:
    """Ask the bot; the number of the message with its answer."""
    await bot.receive(bot.message(text, user, chat_id, **more))
    return newest(bot)


def newest(bot: WiredBot) -> int:
    """The number of the newest message of the bot."""
    return max(bot.telegram.standing)


def text(bot: WiredBot, number: int | None = None) -> str:
    """The text of a message of the bot, the newest by default, without joiners."""
    shown = str(bot.telegram.standing[number or newest(bot)]["text"])
    return shown.replace("\N{WORD JOINER}", "")


def notices(bot: WiredBot) -> list[str]:
    """What the people who pressed buttons saw in a notice."""
    return [str(given["text"]) for given in bot.telegram.sent("answerCallbackQuery") if "text" in given]


def labels(bot: WiredBot, number: int) -> list[str]:
    """The words on the buttons under a message."""
    rows: list[list[Body]] = bot.telegram.standing[number]["reply_markup"]["inline_keyboard"]
    return [str(button["text"]) for row in rows for button in row]
