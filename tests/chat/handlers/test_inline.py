"""What is typed behind the bot's name is answered while it is typed."""

from __future__ import annotations

import json
from typing import Any

from telegram.error import BadRequest

from tests.chat.handlers.scenes import ALICE, QUESTION, play
from tests.chat.wired import Body, WiredBot
from tests.factories import SENTENCE


def typed(query: str, offset: str = "", language: str = "en") -> Body:
    sender = {"id": ALICE, "is_bot": False, "first_name": "Alice", "language_code": language}
    return {"inline_query": {"id": "1", "from": sender, "query": query, "offset": offset}}


def answers(bot: WiredBot) -> list[Body]:
    return [{key: _read(value) for key, value in given.items()} for given in bot.telegram.sent("answerInlineQuery")]


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in "[{" and value else value


def test_a_question_is_answered_with_its_answer_first(tmp_path):
    async def scene(bot: WiredBot) -> None:
        await bot.receive(typed(QUESTION))
        (given,) = answers(bot)
        assert SENTENCE in given["results"][0]["input_message_content"]["message_text"]
        assert given["is_personal"] and "button" not in given

    play(tmp_path, scene)


def test_nothing_typed_or_found_leads_to_the_chat_with_the_bot(tmp_path):
    async def scene(bot: WiredBot) -> None:
        await bot.receive(typed(" "), typed("moon cheese"), typed("moon cheese", language="ru"), typed("moon", "5"))
        buttons = [given.get("button", {}).get("text") for given in answers(bot)]
        assert buttons == ["How to ask", "Nothing found: ask me directly", "Ничего нет: спросите меня напрямую", None]

    play(tmp_path, scene)


def test_a_query_that_became_too_old_is_dropped(tmp_path, caplog):
    async def scene(bot: WiredBot) -> None:
        bot.telegram.failures[0] = BadRequest("Query is too old")
        caplog.set_level("INFO")
        await bot.receive(typed(QUESTION))
        assert "An inline query could not be answered: Query is too old" in caplog.text
        assert bot.telegram.sent() == []

    play(tmp_path, scene)
