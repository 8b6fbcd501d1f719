"""A conversation ends by command or by button."""

from __future__ import annotations

from tests.chat.handlers.scenes import ALICE, BOB, GROUP, ask, newest, notices, play, text
from tests.chat.wired import WiredBot

ABOUT = "About: When did the ferry reach Dover?"


def test_new_ends_the_conversation(tmp_path):
    async def scene(bot: WiredBot) -> None:
        await ask(bot)
        await ask(bot, "Why?")
        assert text(bot).startswith(ABOUT)
        await ask(bot, "/new")
        assert text(bot) == "Your next question starts a new conversation."
        await ask(bot, "Why?")
        assert "About" not in text(bot)

    play(tmp_path, scene)


def test_the_button_answers_again_in_the_place_of_the_answer(tmp_path):
    async def scene(bot: WiredBot) -> None:
        await ask(bot)
        answer = await ask(bot, "Why?")
        await bot.receive(bot.press(answer, "drop_context.", ALICE))
        assert newest(bot) == answer
        assert "About" not in text(bot, answer)
        assert notices(bot) == []

    play(tmp_path, scene)


def test_only_who_asked_may_press_it(tmp_path):
    async def scene(bot: WiredBot) -> None:
        first = await ask(bot, "/ask When did the ferry reach Dover?", ALICE, GROUP)
        answer = await ask(bot, "/ask Why?", ALICE, GROUP, **bot.replied(first))
        assert text(bot, answer).startswith(ABOUT)
        await bot.receive(bot.press(answer, "drop_context.", BOB))
        assert "Only the person who asked" in notices(bot)[-1]
        assert text(bot, answer).startswith(ABOUT)

    play(tmp_path, scene)


def test_an_answer_that_is_no_longer_shown_is_forgotten(tmp_path):
    async def scene(bot: WiredBot) -> None:
        await ask(bot)
        answer = await ask(bot, "Why?")
        press = bot.press(answer, "drop_context.", ALICE)
        bot.memory.run("DELETE FROM shown")
        await bot.receive(press)
        assert "no longer remember" in notices(bot)[-1]

    play(tmp_path, scene)
