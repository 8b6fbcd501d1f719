"""A message continues the conversation before it: by reply, by quoted line, or as the next question."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Message

from bot.answering.dialogue.state import DialogueState
from bot.chat.incoming.adapters import place, replied_message
from bot.chat.incoming.context import MOST_POINTED_AT, context_of
from bot.chat.persistence.answers import AnswerStore, ShownAnswer
from bot.chat.persistence.conversations import NOTHING_BEFORE, ConversationContext, Conversations

US = {"id": 700000001, "is_bot": True, "first_name": "Lab bot"}
BOB = {"id": 1002, "is_bot": False, "first_name": "Bob"}
DM, GROUP = {"id": 1001, "type": "private"}, {"id": -100, "type": "supergroup", "title": "Readers"}
FERRY, STORM = DialogueState(question="ferry"), DialogueState(question="storm")


def message(chat: dict[str, Any], number: int = 90, **more: Any) -> Message:
    found = Message.de_json({"message_id": number, "date": 0, "chat": chat, "from": BOB, "text": "Why?", **more}, None)
    assert found is not None
    return found


def reply_to(sender: dict[str, Any], number: int, chat: dict[str, Any], text: str | None = "words") -> dict[str, Any]:
    body = {"message_id": number, "date": 0, "chat": chat, "from": sender}
    return {"reply_to_message": body | ({"text": text} if text else {})}


def context(message: Message, conversations: Conversations, bot: Any) -> ConversationContext:
    private = message.chat.type == "private"
    return context_of(place(message), replied_message(message, bot), conversations, private=private)


@pytest.fixture
def conversations(memory):
    conversations = Conversations(memory)
    conversations.note(1001, (50, 51), FERRY)
    conversations.note(1001, (60,), STORM)
    conversations.note(-100, (50,), FERRY)
    return conversations


def test_in_a_direct_chat_the_next_question_continues_the_last_answer(conversations, telegram):
    assert context(message(DM), conversations, telegram) == ConversationContext(previous=STORM)
    assert context(message(DM, 60), conversations, telegram) == ConversationContext(
        previous=FERRY
    )  # an edit of what was asked before
    assert context(message(DM, 5), conversations, telegram) == NOTHING_BEFORE
    assert context(message(GROUP), conversations, telegram) == NOTHING_BEFORE


def test_a_reply_continues_what_it_replies_to(conversations, telegram, memory):
    for chat in (DM, GROUP):
        assert context(message(chat, **reply_to(US, 50, chat)), conversations, telegram) == ConversationContext(
            previous=FERRY
        )
    AnswerStore(memory).show(1001, [55], ShownAnswer(answer="x", below_id=51))
    assert context(message(DM, **reply_to(US, 55, DM)), conversations, telegram) == ConversationContext(
        previous=FERRY, answer="x"
    )
    assert context(message(DM, **reply_to(US, 7, DM)), conversations, telegram) == NOTHING_BEFORE


def test_words_that_are_quoted_or_that_somebody_else_wrote_are_pointed_at(conversations, telegram):
    quoting = reply_to(US, 50, GROUP) | {"quote": {"text": "the storm", "position": 3}}
    assert context(message(GROUP, **quoting), conversations, telegram) == ConversationContext(
        previous=FERRY, pointed_at="the storm"
    )
    post = context(message(GROUP, **reply_to(BOB, 40, GROUP, "long " * 1000)), conversations, telegram)
    assert post.previous is None and post.pointed_at is not None and len(post.pointed_at) == MOST_POINTED_AT
    assert context(message(GROUP, **reply_to(BOB, 40, GROUP, None)), conversations, telegram) == NOTHING_BEFORE


def test_the_start_of_a_topic_is_nothing_to_continue(conversations, telegram):
    start = reply_to(US, 50, GROUP, None)
    start["reply_to_message"]["forum_topic_created"] = {"name": "x", "icon_color": 1}
    assert context(message(GROUP, **start), conversations, telegram) == NOTHING_BEFORE
