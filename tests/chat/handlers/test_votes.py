"""Votes by button and reaction are stored, and confirmed to the voter alone."""

from __future__ import annotations

from typing import Any

import pytest

from bot.chat.persistence.answers import AnswerStore
from bot.chat.persistence.votes import Verdict, Vote, VoteReason, VoteStore
from tests.chat.handlers.scenes import ALICE, BOB, GROUP, QUESTION, UNANSWERED, ask, labels, notices, play
from tests.chat.wired import Body, WiredBot, chat

GOOD, BAD = Vote(verdict=Verdict.GOOD), Vote(verdict=Verdict.BAD)


def vote(bot: WiredBot, number: int, user: int, chat_id: int = ALICE) -> Vote | None:
    shown = AnswerStore(bot.memory).shown(chat_id, number)
    assert shown is not None
    return VoteStore(bot.memory).of(shown.answer, user)


def test_in_a_direct_chat_the_buttons_show_the_vote(tmp_path):
    async def scene(bot: WiredBot) -> None:
        answer = await ask(bot)
        await bot.receive(bot.press(answer, "bad.", ALICE))
        assert "wrong source" in labels(bot, answer)
        await bot.receive(bot.press(answer, "reason.", ALICE))
        assert vote(bot, answer, ALICE) == Vote(verdict=Verdict.BAD, reason=VoteReason.WRONG)
        assert "Noted: wrong. Take back" in labels(bot, answer)
        await bot.receive(bot.press(answer, "take_back.", ALICE))
        assert vote(bot, answer, ALICE) is None
        assert notices(bot) == ["What is wrong with it?", "Noted: wrong. Only you see this.", "Taken back."]

    play(tmp_path, scene)


def test_in_a_group_the_reason_is_asked_for_in_the_chat_with_the_bot(tmp_path):
    async def scene(bot: WiredBot) -> None:
        answer = await ask(bot, f"/ask {QUESTION}", ALICE, GROUP)
        before = labels(bot, answer)
        await bot.receive(bot.press(answer, "bad.", BOB), bot.press(answer, "good.", ALICE))
        assert vote(bot, answer, BOB, GROUP) == BAD
        assert vote(bot, answer, ALICE, GROUP) == GOOD
        opened = [given["url"] for given in bot.telegram.sent("answerCallbackQuery") if "url" in given]
        assert len(opened) == 1 and opened[0].startswith("https://t.me/lab_bot?start=f_")
        assert labels(bot, answer) == before

    play(tmp_path, scene)


def test_a_missing_answer_has_one_reason_to_be_bad(tmp_path):
    async def scene(bot: WiredBot) -> None:
        answer = await ask(bot, UNANSWERED)
        await bot.receive(bot.press(answer, "bad.", ALICE))
        assert vote(bot, answer, ALICE) == Vote(verdict=Verdict.BAD, reason=VoteReason.SHOULD_ANSWER)

    play(tmp_path, scene)


def reaction(number: int, *emoji: str, by: dict[str, Any] | None = None) -> Body:
    user = by or {"user": {"id": BOB, "is_bot": False, "first_name": "Bob"}}
    changed = [{"type": "emoji", "emoji": each} for each in emoji]
    body = {"chat": chat(GROUP), "message_id": number, "date": 1, "old_reaction": [], "new_reaction": changed}
    return {"message_reaction": body | user}


@pytest.mark.parametrize(("emoji", "expected"), [("👍", GOOD), ("👎", BAD), ("🤔", None)])
def test_a_reaction_is_a_vote_until_it_is_taken_back(tmp_path, emoji, expected):
    async def scene(bot: WiredBot) -> None:
        answer = await ask(bot, f"/ask {QUESTION}", ALICE, GROUP)
        await bot.receive(reaction(answer, emoji))
        assert vote(bot, answer, BOB, GROUP) == expected
        await bot.receive(reaction(answer))
        assert vote(bot, answer, BOB, GROUP) is None

    play(tmp_path, scene)


def test_a_reaction_of_a_chat_or_to_another_message_is_no_vote(tmp_path):
    async def scene(bot: WiredBot) -> None:
        answer = await ask(bot, f"/ask {QUESTION}", ALICE, GROUP)
        await bot.receive(reaction(answer, "👍", by={"actor_chat": chat(GROUP)}), reaction(answer + 1000, "👍"))
        assert list(VoteStore(bot.memory).judged()) == []

    play(tmp_path, scene)
