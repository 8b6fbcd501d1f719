"""What the bot says to what it request, and what a link leads to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.answering.dialogue.state import DialogueState
from bot.chat.commands import Action
from bot.chat.incoming.routing import Request
from bot.chat.persistence.answers import AnswerStore
from bot.chat.persistence.conversations import NOTHING_BEFORE, ConversationContext
from bot.chat.responses.responder import Responder
from bot.chat.types import LANGUAGES, Recipient
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.deep_links import answer_link, passage_link
from retrieval.models import Span
from tests.chat.conftest import Shelved, Unsure
from tests.factories import SENTENCE, make_article

QUESTION = "When did the ferry reach Dover?"
TO = Recipient(today=date(2022, 1, 7), us="lab_bot")
FERRY, STORM = DialogueState(question="ferry"), DialogueState(question="storm")


@pytest.fixture
def dateline():
    return Shelved([make_article()])


@pytest.fixture
def answers(memory):
    return AnswerStore(memory)


@pytest.fixture
def responder(dateline, memory):
    return Responder(dateline, memory)


def opened(responder: Responder, payload: str, to: Recipient = TO) -> str:
    response = responder.respond(Request(action=Action.START, text=payload), to)
    return "\n\n".join(part.plain for part in response.parts)


def test_the_same_question_on_the_same_corpus_gives_the_same_bytes(responder):
    request = Request(action=Action.ANSWER, text=QUESTION)
    first, second = responder.respond(request, TO), responder.respond(request, TO)
    assert first.model_dump_json() == second.model_dump_json()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_the_very_same_answer_on_any_later_day(responder, answers, dateline, language):
    given = responder.respond(Request(action=Action.ANSWER, text=QUESTION), TO)
    answers.keep(given.answer)
    later = TO.model_copy(update={"today": date(2023, 5, 1), "language": language})
    again = responder.respond(Request(action=Action.START, text=answer_link(given.answer.id).payload), later)
    assert again.answer == given.answer
    assert [part.html for part in again.parts] == [part.html for part in given.parts]
    assert dateline.asked[-1][:2] == (QUESTION, TO.today)


def test_a_link_says_so_where_the_articles_have_changed_or_the_answer_is_forgotten(responder, answers, dateline):
    given = responder.respond(Request(action=Action.ANSWER, text=QUESTION), TO).answer
    assert "no longer remember" in opened(responder, answer_link(given.id).payload)
    answers.keep(given)
    dateline.articles["ferry"] = make_article(text="The ferry reached Dover on 9 May.")
    text = opened(responder, answer_link(given.id).payload)
    assert text.startswith("The articles have changed since") and "9 May" in text


def test_a_link_opens_a_passage(responder, dateline):
    link = passage_link("ferry", Span(start=4, end=9))
    assert SENTENCE in opened(responder, link.payload)
    del dateline.articles["ferry"]
    assert "changed or removed" in opened(responder, link.payload)


@pytest.mark.parametrize("payload", ["", "inline", "whatever", "a_short"])
def test_any_other_start_is_the_first_page(responder, payload):
    assert "Just ask" in opened(responder, payload)


def test_a_brief_reply_has_its_first_quote_only(memory):
    articles = [make_article(), make_article("other", text="Nobody was hurt.", outlet="Evening Star")]
    brief = TO.model_copy(update={"brief": True})
    for dateline, begins in ((Shelved(articles), "4 May"), (Unsure(articles), "Not sure. Closest:")):
        response = Responder(dateline, memory).respond(Request(action=Action.ANSWER, text=QUESTION), brief)
        text = response.parts[0].plain
        assert text.startswith(begins)
        assert SENTENCE in text and "Nobody was hurt." not in text


def test_the_closest_quotes_are_shown_and_counted_as_no_answer(memory):
    response = ask(Responder(Unsure([make_article()]), memory), QUESTION)
    assert response.parts[0].plain.startswith(f"Not sure. Closest:\n{SENTENCE} [1]")
    assert "<b>" not in response.parts[0].html
    assert response.answer is not None and response.answer.is_abstention
    assert memory.rows("SELECT question, reason FROM silences") == [(QUESTION, "closest")]


# ---------------------------------------------------------------- in a conversation


def ask(responder: Responder, text: str, context: ConversationContext = NOTHING_BEFORE) -> Any:
    return responder.respond(Request(action=Action.ANSWER, text=text), TO, context)


def test_what_is_carried_over_is_shown_with_a_button_that_drops_it(responder):
    response = ask(responder, "Why?", ConversationContext(previous=FERRY))
    text, button = response.parts[0].plain, response.parts[0].buttons[0][0]
    assert text.startswith("About: ferry") and SENTENCE in text
    assert button.text == "Not about ferry"
    assert CallbackData.read(button.data) == CallbackData(action=ButtonAction.DROP_CONTEXT, about=response.answer.id)
    assert response.answer.before == FERRY and response.answer.self_contained == "Why? ferry"
    assert not ask(responder, "Why?").answer.answered


def test_a_long_subject_is_cut_on_its_button(responder):
    response = ask(responder, "Why?", ConversationContext(previous=DialogueState(question="ferry " * 30)))
    assert len(response.parts[0].buttons[0][0].text) <= len("Not about ") + 30


def test_a_link_to_an_answer_in_a_conversation_opens_it_with_its_conversation(responder, memory):
    given = ask(responder, "Why?", ConversationContext(previous=FERRY))
    AnswerStore(memory).keep(given.answer)
    again = responder.respond(Request(action=Action.START, text=f"a_{given.answer.id}"), TO)
    assert [part.html for part in again.parts] == [part.html for part in given.parts]


def test_quoted_words_are_asked_about_before_the_conversation(responder):
    assert (
        "About: ferry" in ask(responder, "Why?", ConversationContext(previous=STORM, pointed_at="ferry")).parts[0].plain
    )
    assert "About: storm" in ask(responder, "Why?", ConversationContext(previous=STORM)).parts[0].plain


def test_an_expired_conversation_is_named_where_the_question_depends_on_it(responder):
    response = ask(responder, "Why?", ConversationContext(lapsed=FERRY))
    assert "Our conversation about ferry ended more than half an hour ago" in response.parts[-1].plain
    assert not response.answer.answered
    alone = ask(responder, "When did the ferry reach Dover?", ConversationContext(lapsed=FERRY))
    assert "half an hour" not in alone.parts[-1].plain


def test_a_question_that_depends_on_a_conversation_is_counted_in_its_self_contained_form(responder, memory):
    ask(responder, "Why?", ConversationContext(previous=STORM))
    assert [row[0] for row in memory.rows("SELECT question FROM silences")] == ["Why? storm"]
