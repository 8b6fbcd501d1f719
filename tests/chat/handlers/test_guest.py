"""As a guest the bot says one thing, whatever it is told, and nothing outside of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.chat.conftest import Shelved
from tests.chat.wired import Body, WiredBot, chat
from tests.factories import SENTENCE, make_article

THEIRS = -1001000000003


def called(folder: Path, text: str) -> list[tuple[str, Body]]:
    """What the bot does when it is called by these words."""

    async def run() -> list[tuple[str, Body]]:
        async with WiredBot(folder, Shelved([make_article()])) as bot:
            body = {"message_id": 1, "date": 1, "chat": chat(THEIRS), "guest_query_id": "7", "text": text}
            sender = {"id": 5, "is_bot": False, "first_name": "x"}
            await bot.receive({"guest_message": body | {"from": sender}})
            return [call for call in bot.telegram.calls if call[0] != "getMe"]

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/ask@lab_bot When did the ferry reach Dover?", SENTENCE),
        ("/help@lab_bot", "Questions I understand"),
        *((f"/{command}@lab_bot", "Questions I understand") for command in ("settings", "privacy", "forget")),
        ("/new@lab_bot", "I do not know /new"),
        ("/status@lab_bot", "I do not know /status"),
    ],
)
def test_a_call_is_answered_once_and_only_as_a_guest(tmp_path, text, words):
    ((name, given),) = called(tmp_path, text)
    assert name == "answerGuestQuery"
    assert words in given["result"]["input_message_content"]["message_text"].replace("\N{WORD JOINER}", "")
