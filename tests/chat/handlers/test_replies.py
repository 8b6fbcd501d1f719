"""A reply is stored for buttons and the next question, and changes with its question."""

from __future__ import annotations

from bot.chat.persistence.answers import AnswerStore
from bot.chat.persistence.conversations import Conversations
from tests.chat.handlers.scenes import ALICE, QUESTION, ask, newest, play, text
from tests.chat.wired import WiredBot
from tests.factories import SENTENCE


def test_an_answer_is_stored_with_who_asked_and_what_it_was_about(tmp_path):
    async def scene(bot: WiredBot) -> None:
        number = await ask(bot)
        shown = AnswerStore(bot.memory).shown(ALICE, number)
        assert shown is not None and shown.asker == ALICE
        answer = AnswerStore(bot.memory).find(shown.answer)
        assert answer is not None and (answer.question, answer.answered) == (QUESTION, True)
        assert Conversations(bot.memory).at(ALICE, number) is not None

    play(tmp_path, scene)


def test_a_page_of_the_bot_is_no_answer(tmp_path):
    async def scene(bot: WiredBot) -> None:
        number = await ask(bot, "/about")
        assert AnswerStore(bot.memory).shown(ALICE, number) is None
        assert Conversations(bot.memory).at(ALICE, number) is None

    play(tmp_path, scene)


def test_an_edited_question_has_its_answer_in_the_same_message(tmp_path):
    async def scene(bot: WiredBot) -> None:
        asked = bot.message("/about", ALICE)
        await bot.receive(asked)
        number = newest(bot)
        await bot.receive({"edited_message": asked["message"] | {"text": QUESTION, "edit_date": int(bot.clock())}})
        assert newest(bot) == number and SENTENCE in text(bot, number)
        assert AnswerStore(bot.memory).shown(ALICE, number) is not None

    play(tmp_path, scene)
