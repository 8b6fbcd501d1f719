"""The state of a conversation after each answer, until the conversation is over."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.answering.dialogue.state import DialogueState
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.conversations import FRESH, MENTIONED, NOTHING_BEFORE, ConversationContext, Conversations

FERRY, STORM = DialogueState(question="ferry"), DialogueState(question="storm")


@pytest.fixture
def conversations(memory):
    conversations = Conversations(memory)
    conversations.note(1001, (50, 51), FERRY)
    conversations.note(1001, (60,), STORM)
    conversations.note(-100, (50,), FERRY)
    return conversations


def test_a_conversation_survives_a_restart_and_ends_after_half_an_hour(tmp_path):
    now = [1_000_000.0]
    path = tmp_path / "memory.sqlite3"
    with ChatDatabase(path, clock=lambda: now[0]) as memory:
        Conversations(memory).note(1001, (50,), FERRY)
    with ChatDatabase(path, clock=lambda: now[0]) as memory:
        conversations = Conversations(memory)
        now[0] += FRESH
        assert conversations.before(1001, 90) == ConversationContext(previous=FERRY)
        now[0] += 1
        assert conversations.before(1001, 90) == ConversationContext(lapsed=FERRY)
        assert conversations.at(1001, 50) == FERRY  # a reply says which answer it means
        now[0] += MENTIONED
        assert conversations.before(1001, 90) == NOTHING_BEFORE
        conversations.drop_before(datetime.fromtimestamp(now[0], UTC))
        assert conversations.at(1001, 50) is None


def test_a_conversation_can_be_forgotten_and_only_the_newest_are_kept(conversations, memory, monkeypatch):
    conversations.forget(1001)
    assert conversations.before(1001, 90) == NOTHING_BEFORE and conversations.at(-100, 50) == FERRY
    monkeypatch.setattr("bot.chat.persistence.conversations.MOST_TURNS", 20)
    monkeypatch.setattr("bot.chat.persistence.bounded_database.SLACK", 5)
    for number in range(100):
        conversations.note(7, (number,), FERRY)
    assert conversations.at(7, 99) == FERRY and conversations.at(7, 50) is None
