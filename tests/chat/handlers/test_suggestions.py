"""Suggested questions are offered below an answer and asked by a button."""

from __future__ import annotations

from bot.chat.persistence.answers import AnswerStore
from tests.chat.handlers.scenes import ALICE, BOB, GROUP, QUESTION, ask, newest, notices, play, text
from tests.chat.wired import WiredBot


def test_without_another_question_that_is_said(tmp_path):
    async def scene(bot: WiredBot) -> None:
        answer = await ask(bot)
        await bot.receive(bot.press(answer, "suggest.", ALICE))
        assert text(bot).startswith("I found no other question")

    play(tmp_path, scene)


def test_a_question_to_begin_with_is_asked_by_its_button(tmp_path):
    async def scene(bot: WiredBot) -> None:
        page = await ask(bot, "/start")
        await bot.receive(bot.press(page, "ask.", ALICE))
        assert text(bot).startswith("<i>What happened on 6 May 2021?</i>")
        shown = AnswerStore(bot.memory).shown(ALICE, newest(bot))
        assert shown is not None and AnswerStore(bot.memory).find(shown.answer) is not None

    play(tmp_path, scene)


def test_only_who_asked_may_see_suggestions(tmp_path):
    async def scene(bot: WiredBot) -> None:
        answer = await ask(bot, f"/ask {QUESTION}", ALICE, GROUP)
        await bot.receive(bot.press(answer, "suggest.", BOB))
        assert newest(bot) == answer and "Only the person who asked" in notices(bot)[-1]

    play(tmp_path, scene)
