"""/delete takes an answer out of the chat, for who asked and for administrators."""

from __future__ import annotations

import pytest

from tests.chat.handlers.scenes import ALICE, BOB, GROUP, ask, play, text
from tests.chat.wired import WiredBot


def deleted(bot: WiredBot) -> list[int]:
    return [int(given["message_id"]) for given in bot.telegram.sent("deleteMessage")]


@pytest.mark.parametrize(("user", "admins"), [(ALICE, set()), (BOB, {BOB})])
def test_who_asked_and_an_administrator_may_delete(tmp_path, user, admins):
    async def scene(bot: WiredBot) -> None:
        bot.telegram.chat_admins = admins
        answer = await ask(bot, "/ask When did the ferry reach Dover?", ALICE, GROUP)
        await bot.receive(bot.message("/delete", user, GROUP, **bot.replied(answer)))
        assert deleted(bot) == [answer]
        assert len(bot.telegram.sent()) == 1

    play(tmp_path, scene)


def test_others_are_refused(tmp_path):
    async def scene(bot: WiredBot) -> None:
        answer = await ask(bot, "/ask When did the ferry reach Dover?", ALICE, GROUP)
        await bot.receive(bot.message("/delete", BOB, GROUP, **bot.replied(answer)))
        assert "Only the person who asked" in text(bot)
        assert deleted(bot) == []

    play(tmp_path, scene)


def test_without_an_answer_it_is_explained(tmp_path):
    async def scene(bot: WiredBot) -> None:
        await ask(bot, "/delete")
        assert text(bot).startswith("To delete one of my answers")

    play(tmp_path, scene)
