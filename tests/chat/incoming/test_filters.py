"""A message's request, also where it only points to what somebody else wrote."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Message

from bot.chat.commands import Action
from bot.chat.incoming.filters import MOST_ASKED, ActionFilter, replied_question, request_of
from bot.chat.incoming.routing import IGNORED, Request
from tests.chat.conftest import FakeBot

US = {"id": FakeBot.id, "is_bot": True, "first_name": "Lab bot"}
BOB = {"id": 1002, "is_bot": False, "first_name": "Bob"}
GROUP = {"id": -100, "type": "supergroup", "title": "Readers"}
QUESTION = "When did it happen?"


def message(text: str, bot: Any, **more: Any) -> Message:
    found = Message.de_json({"message_id": 9, "date": 0, "chat": GROUP, "from": BOB, "text": text, **more}, bot)
    assert found is not None
    return found


def reply_to(text: str | None, sender: dict[str, Any] | None = BOB, **more: Any) -> dict[str, Any]:
    body = {"message_id": 5, "date": 0, "chat": GROUP, "text": text, "from": sender, **more}
    return {"reply_to_message": {key: value for key, value in body.items() if value is not None}}


def test_ask_alone_asks_what_somebody_else_wrote(telegram):
    asked = message("/ask", telegram, **reply_to(f"{QUESTION}\n  Really? "))
    assert request_of(asked, telegram) == Request(action=Action.ANSWER, text=f"{QUESTION} Really?")
    own_words = message(f"/ask {QUESTION}", telegram, **reply_to("something else"))
    assert request_of(own_words, telegram) == Request(action=Action.ANSWER, text=QUESTION)


@pytest.mark.parametrize(
    "replied",
    [
        {},
        reply_to("our answer", US),
        reply_to(None),
        reply_to("  "),
        reply_to("topic", forum_topic_created={"name": "x", "icon_color": 1}),
    ],
)
def test_ask_alone_without_somebodys_words_shows_how_to_ask(telegram, replied):
    assert request_of(message("/ask", telegram, **replied), telegram) == Request(action=Action.USAGE)


def test_a_long_message_is_asked_by_its_beginning(telegram):
    question = replied_question(message("/ask", telegram, **reply_to("long " * 1000)), telegram)
    assert question is not None and len(question) == MOST_ASKED


def test_a_chat_may_want_commands_only(telegram):
    mention = message(f"@lab_bot {QUESTION}", telegram)
    assert request_of(mention, telegram).action is Action.ANSWER
    assert request_of(mention, telegram, commands_only=True) == IGNORED


def test_a_filter_accepts_its_actions_where_the_bot_is_a_member(telegram):
    accepts = ActionFilter(Action.HELP, Action.ABOUT).filter
    assert accepts(message("/help", telegram)) and accepts(message("/about@lab_bot", telegram))
    assert not accepts(message("/sources", telegram)) and not accepts(message("hello", telegram))
    assert not accepts(message("/help", telegram, guest_query_id="7"))
