"""A question goes on with the talk before it: by reply, by quoted line, or as the next one; until it is over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from telegram import Message

from bot.answering.dialogue.state import DialogueState
from bot.chat.incoming.context import context_of
from bot.chat.incoming.routing import Act, Request
from bot.chat.persistence.answers import AnswerStore, ShownAnswer
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.conversations import FRESH, MENTIONED, NOTHING_BEFORE, ConversationContext, Conversations
from bot.chat.responses.responder import Responder
from bot.chat.types import Recipient
from bot.chat.views.buttons import ButtonAction, CallbackData
from tests.chat.conftest import Shelved
from tests.factories import SENTENCE, make_article

US = {"id": 700000001, "is_bot": True, "first_name": "Lab bot"}
BOB = {"id": 1002, "is_bot": False, "first_name": "Bob"}
DM, GROUP = {"id": 1001, "type": "private"}, {"id": -100, "type": "supergroup", "title": "Readers"}
FERRY, STORM = DialogueState(question="ferry"), DialogueState(question="storm")
TO = Recipient(today=date(2022, 1, 7))


def said(chat: dict[str, Any], number: int = 90, **more: Any) -> Message:
    found = Message.de_json({"message_id": number, "date": 0, "chat": chat, "from": BOB, "text": "Why?", **more}, None)
    assert found is not None
    return found


def above(sender: dict[str, Any], number: int, chat: dict[str, Any], text: str | None = "words") -> dict[str, Any]:
    body = {"message_id": number, "date": 0, "chat": chat, "from": sender}
    return {"reply_to_message": body | ({"text": text} if text else {})}


@pytest.fixture
def talks(memory):
    talks = Conversations(memory)
    talks.note(1001, (50, 51), FERRY)
    talks.note(1001, (60,), STORM)
    talks.note(-100, (50,), FERRY)
    return talks


def test_in_a_direct_chat_the_next_question_goes_on_with_the_last_answer(talks, telegram):
    assert context_of(said(DM), talks, telegram) == ConversationContext(previous=STORM)
    assert context_of(said(DM, 60), talks, telegram) == ConversationContext(
        previous=FERRY
    )  # an edit of what was asked before
    assert context_of(said(DM, 5), talks, telegram) == NOTHING_BEFORE
    assert context_of(said(GROUP), talks, telegram) == NOTHING_BEFORE


def test_a_reply_goes_on_with_what_it_replies_to(talks, telegram, memory):
    for chat in (DM, GROUP):
        assert context_of(said(chat, **above(US, 50, chat)), talks, telegram) == ConversationContext(previous=FERRY)
    AnswerStore(memory).show(1001, [55], ShownAnswer(answer="x", below_id=51))
    assert context_of(said(DM, **above(US, 55, DM)), talks, telegram) == ConversationContext(previous=FERRY, answer="x")
    assert context_of(said(DM, **above(US, 7, DM)), talks, telegram) == NOTHING_BEFORE


def test_words_that_are_quoted_or_that_somebody_else_wrote_are_pointed_at(talks, telegram):
    quoting = above(US, 50, GROUP) | {"quote": {"text": "the storm", "position": 3}}
    assert context_of(said(GROUP, **quoting), talks, telegram) == ConversationContext(
        previous=FERRY, pointed_at="the storm"
    )
    post = context_of(said(GROUP, **above(BOB, 40, GROUP, "long " * 1000)), talks, telegram)
    assert post.previous is None and post.pointed_at is not None and len(post.pointed_at) == 2000
    assert context_of(said(GROUP, **above(BOB, 40, GROUP, None)), talks, telegram) == NOTHING_BEFORE


def test_the_start_of_a_topic_is_nothing_to_go_on_with(talks, telegram):
    start = above(US, 50, GROUP, None)
    start["reply_to_message"]["forum_topic_created"] = {"name": "x", "icon_color": 1}
    assert context_of(said(GROUP, **start), talks, telegram) == NOTHING_BEFORE


def test_a_talk_survives_a_restart_and_is_over_after_half_an_hour(tmp_path):
    now = [1_000_000.0]
    path = tmp_path / "memory.sqlite3"
    with ChatDatabase(path, clock=lambda: now[0]) as memory:
        Conversations(memory).note(1001, (50,), FERRY)
    with ChatDatabase(path, clock=lambda: now[0]) as memory:
        talks = Conversations(memory)
        now[0] += FRESH
        assert talks.before(1001, 90) == ConversationContext(previous=FERRY)
        now[0] += 1
        assert talks.before(1001, 90) == ConversationContext(lapsed=FERRY)
        assert talks.at(1001, 50) == FERRY  # a reply says which answer it means
        now[0] += MENTIONED
        assert talks.before(1001, 90) == NOTHING_BEFORE
        talks.drop_before(datetime.fromtimestamp(now[0], UTC))
        assert talks.at(1001, 50) is None


def test_a_talk_can_be_forgotten_and_only_the_newest_are_kept(talks, memory, monkeypatch):
    talks.forget(1001)
    assert talks.before(1001, 90) == NOTHING_BEFORE and talks.at(-100, 50) == FERRY
    monkeypatch.setattr("bot.chat.persistence.conversations.MOST_TURNS", 20)
    monkeypatch.setattr("bot.chat.persistence.bounded_database.SLACK", 5)
    for number in range(100):
        talks.note(7, (number,), FERRY)
    assert talks.at(7, 99) == FERRY and talks.at(7, 50) is None


# ---------------------------------------------------------------- what is said


@pytest.fixture
def speaker(memory):
    return Responder(Shelved([make_article()]), memory)


def ask(speaker: Responder, text: str, context: ConversationContext = NOTHING_BEFORE) -> Any:
    return speaker.speak(Request(act=Act.ANSWER, text=text), TO, context)


def test_what_is_carried_over_is_shown_with_a_button_that_drops_it(speaker):
    spoken = ask(speaker, "Why?", ConversationContext(previous=FERRY))
    text, button = spoken.parts[0].plain, spoken.parts[0].buttons[0][0]
    assert text.startswith("About: ferry") and SENTENCE in text
    assert button.text == "Not about ferry"
    assert CallbackData.read(button.data) == CallbackData(verb=ButtonAction.DROP, about=spoken.answered.id)
    assert spoken.answered.before == FERRY and spoken.answered.self_contained == "Why? ferry"
    assert not ask(speaker, "Why?").answered.answered


def test_a_long_subject_is_cut_on_its_button(speaker):
    spoken = ask(speaker, "Why?", ConversationContext(previous=DialogueState(question="ferry " * 30)))
    assert len(spoken.parts[0].buttons[0][0].text) <= len("Not about ") + 30


def test_a_link_to_an_answer_in_a_talk_opens_it_with_its_talk(speaker, memory):
    given = ask(speaker, "Why?", ConversationContext(previous=FERRY))
    AnswerStore(memory).keep(given.answered)
    again = speaker.speak(Request(act=Act.START, text=f"a_{given.answered.id}"), TO)
    assert [part.html for part in again.parts] == [part.html for part in given.parts]


def test_quoted_words_are_asked_about_before_the_talk(speaker):
    assert (
        "About: ferry" in ask(speaker, "Why?", ConversationContext(previous=STORM, pointed_at="ferry")).parts[0].plain
    )
    assert "About: storm" in ask(speaker, "Why?", ConversationContext(previous=STORM)).parts[0].plain


def test_a_talk_that_is_over_is_named_where_the_question_leans_on_it(speaker):
    spoken = ask(speaker, "Why?", ConversationContext(lapsed=FERRY))
    assert "Our talk about ferry was more than half an hour ago" in spoken.parts[-1].plain
    assert not spoken.answered.answered
    alone = ask(speaker, "When did the ferry reach Dover?", ConversationContext(lapsed=FERRY))
    assert "half an hour" not in alone.parts[-1].plain


def test_a_question_that_leans_on_a_talk_is_counted_as_it_can_be_understood(speaker, memory):
    ask(speaker, "Why?", ConversationContext(previous=STORM))
    assert [row[0] for row in memory.rows("SELECT question FROM silences")] == ["Why? storm"]
