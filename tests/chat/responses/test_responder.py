"""What the bot says to what it heard, and what a link leads to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.commands import Action
from bot.chat.incoming.routing import Request
from bot.chat.persistence.answers import AnswerStore
from bot.chat.responses.responder import Responder
from bot.chat.types import LANGUAGES, Recipient
from bot.chat.views.deep_links import to_answer, to_passage
from retrieval.models import Span
from tests.chat.conftest import Shelved
from tests.factories import SENTENCE, make_article

QUESTION = "When did the ferry reach Dover?"
TO = Recipient(today=date(2022, 1, 7), us="lab_bot")


@pytest.fixture
def dateline():
    return Shelved([make_article()])


@pytest.fixture
def answers(memory):
    return AnswerStore(memory)


@pytest.fixture
def speaker(dateline, memory):
    return Responder(dateline, memory)


def opened(speaker: Responder, payload: str, to: Recipient = TO) -> str:
    spoken = speaker.speak(Request(action=Action.START, text=payload), to)
    return "\n\n".join(part.plain for part in spoken.parts)


def test_the_same_question_on_the_same_corpus_gives_the_same_bytes(speaker):
    heard = Request(action=Action.ANSWER, text=QUESTION)
    first, second = speaker.speak(heard, TO), speaker.speak(heard, TO)
    assert first.model_dump_json() == second.model_dump_json()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_the_very_same_answer_on_any_later_day(speaker, answers, dateline, language):
    given = speaker.speak(Request(action=Action.ANSWER, text=QUESTION), TO)
    answers.keep(given.answered)
    later = TO.model_copy(update={"today": date(2023, 5, 1), "language": language})
    again = speaker.speak(Request(action=Action.START, text=to_answer(given.answered.id).payload), later)
    assert again.answered == given.answered
    assert [part.html for part in again.parts] == [part.html for part in given.parts]
    assert dateline.asked[-1][:2] == (QUESTION, TO.today)


def test_a_link_says_so_where_the_articles_have_changed_or_the_answer_is_forgotten(speaker, answers, dateline):
    given = speaker.speak(Request(action=Action.ANSWER, text=QUESTION), TO).answered
    assert "no longer remember" in opened(speaker, to_answer(given.id).payload)
    answers.keep(given)
    dateline.articles["ferry"] = make_article(text="The ferry reached Dover on 9 May.")
    text = opened(speaker, to_answer(given.id).payload)
    assert text.startswith("The articles have changed since") and "9 May" in text


def test_a_link_opens_a_passage(speaker, dateline):
    link = to_passage("ferry", Span(start=4, end=9))
    assert SENTENCE in opened(speaker, link.payload)
    del dateline.articles["ferry"]
    assert "changed or removed" in opened(speaker, link.payload)


@pytest.mark.parametrize("payload", ["", "inline", "whatever", "a_short"])
def test_any_other_start_is_the_first_page(speaker, payload):
    assert "Just ask" in opened(speaker, payload)
