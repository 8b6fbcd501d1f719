"""Where the operator names the chats that may be served, no other one is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.chat.conftest import Shelved
from tests.chat.handlers.test_privacy import membership
from tests.chat.wired import Body, WiredBot, chat
from tests.factories import SENTENCE, make_article

FRIEND, BOSS, STRANGER = 1001, 1002, 2002
OURS, THEIRS = -1001000000001, -1001000000002
QUESTION = "When did the ferry reach Dover?"


def live(folder: Path, story: Callable[[WiredBot], Awaitable[None]], **settings: Any) -> None:
    async def run() -> None:
        async with WiredBot(folder, Shelved([make_article()]), **settings) as bot:
            await story(bot)

    asyncio.run(run())


def closed(folder: Path, story: Callable[[WiredBot], Awaitable[None]]) -> None:
    live(folder, story, allowed_chats=frozenset({FRIEND, OURS, -77}), admins=frozenset({BOSS}))


def test_allowed_chats_and_administrators_are_answered(tmp_path):
    async def story(bot: WiredBot) -> None:
        for user, where in ((FRIEND, None), (BOSS, None), (STRANGER, OURS)):
            await bot.receive(bot.message(f"/ask {QUESTION}", user, where))
            assert SENTENCE in bot.telegram.texts(where or user)[-1]
        assert bot.telegram.sent("leaveChat") == []

    closed(tmp_path, story)


def test_a_person_who_is_not_allowed_is_refused_and_learns_nothing(tmp_path):
    async def story(bot: WiredBot) -> None:
        for text in (QUESTION, "/sources", "/start", "/status"):
            await bot.receive(bot.message(text, STRANGER))
        told = bot.telegram.texts(STRANGER)
        assert len(told) == 4 and all("my operator chose" in text for text in told)

    closed(tmp_path, story)


@pytest.mark.parametrize("typed", [QUESTION, ""])
def test_an_inline_query_of_a_stranger_finds_nothing(tmp_path, typed):
    async def story(bot: WiredBot) -> None:
        for user in (STRANGER, FRIEND):
            sender = {"id": user, "is_bot": False, "first_name": "x"}
            await bot.receive({"inline_query": {"id": str(user), "from": sender, "query": typed, "offset": ""}})
        strange, known = bot.telegram.sent("answerInlineQuery")
        assert strange["results"] == [] and strange["is_personal"]
        assert known["results"] != []

    closed(tmp_path, story)


def guest(user: int) -> Body:
    body = {"message_id": 1, "date": 1, "chat": chat(THEIRS), "guest_query_id": "1", "text": f"/ask@lab_bot {QUESTION}"}
    return {"guest_message": body | {"from": {"id": user, "is_bot": False, "first_name": "x"}}}


def test_a_group_that_is_not_allowed_is_left_when_it_adds_the_bot_and_when_it_writes(tmp_path):
    async def story(bot: WiredBot) -> None:
        await bot.receive(membership(THEIRS, "member"))
        await bot.receive(bot.message(f"/ask {QUESTION}", FRIEND, THEIRS))
        await bot.receive({"channel_post": bot.message("news", FRIEND, THEIRS - 1)["message"]})
        assert [call["chat_id"] for call in bot.telegram.sent("leaveChat")] == [THEIRS, THEIRS, THEIRS - 1]
        await bot.receive(membership(THEIRS, "left"))
        await bot.receive(guest(FRIEND))
        assert len(bot.telegram.sent("leaveChat")) == 3
        assert bot.telegram.sent() == [] and bot.telegram.sent("answerGuestQuery") == []

    closed(tmp_path, story)


def test_a_press_in_a_chat_that_is_no_longer_allowed_is_answered(tmp_path):
    async def ask(bot: WiredBot) -> None:
        await bot.receive(bot.message(QUESTION, STRANGER))

    async def press(bot: WiredBot) -> None:
        above = {"message_id": 2, "date": 1, "chat": chat(STRANGER), "text": "x"}
        sender = {"id": STRANGER, "is_bot": False, "first_name": "x"}
        data = {"id": "1", "from": sender, "chat_instance": "1", "message": above, "data": "w.x.0"}
        await bot.receive({"callback_query": data})
        (told,) = bot.telegram.sent("answerCallbackQuery")
        assert "operator" in told["text"]

    live(tmp_path, ask)
    closed(tmp_path, press)


def test_an_allowed_group_that_becomes_a_supergroup_stays_allowed_after_a_restart_too(tmp_path, caplog):
    after = -1001000000077

    async def move(bot: WiredBot) -> None:
        await bot.receive(bot.message("", FRIEND, after, migrate_from_chat_id=-77))
        await bot.receive(bot.message("", FRIEND, -77, migrate_to_chat_id=after))
        assert bot.telegram.sent("leaveChat") == []

    async def ask(bot: WiredBot) -> None:
        await bot.receive(bot.message(f"/ask {QUESTION}", FRIEND, after))
        assert SENTENCE in bot.telegram.texts(after)[-1]

    closed(tmp_path, move)
    assert f"name {after} in DATELINE_ALLOWED_CHATS" in caplog.text
    closed(tmp_path, ask)


def test_a_strange_group_cannot_move_itself_in(tmp_path):
    async def story(bot: WiredBot) -> None:
        await bot.receive(bot.message("", STRANGER, THEIRS, migrate_from_chat_id=-78))
        await bot.receive(bot.message(f"/ask {QUESTION}", STRANGER, THEIRS))
        assert bot.telegram.sent() == []

    closed(tmp_path, story)


def test_without_a_list_everybody_is_answered(tmp_path):
    async def story(bot: WiredBot) -> None:
        await bot.receive(bot.message(QUESTION, STRANGER))
        assert SENTENCE in bot.telegram.texts(STRANGER)[-1]

    live(tmp_path, story)
