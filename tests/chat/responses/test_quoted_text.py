"""A line that is quoted back is found in its article with what it names, and its source is shown where asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot import bootstrap
from bot.bootstrap import Dateline
from bot.chat.commands import Action
from bot.chat.incoming.routing import Request
from bot.chat.persistence.answers import AnswerStore, StoredAnswer
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.conversations import ConversationContext
from bot.chat.responses.quoted_text import asks_for_source, find_quoted_line, mentions_in
from bot.chat.responses.responder import Responder
from bot.chat.types import Recipient
from bot.settings import Settings
from retrieval.models import MentionKind

TO = Recipient(today=date(2021, 5, 7))
STORY = (
    "DOVER, May 6, 2021. The mayor of Dover, Jane Miller, said that the ferry Pelican was saved by two tugs on May 4."
)
LINE = "the  ferry Pelican was saved"


@pytest.fixture(scope="module")
def dateline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dateline]:
    folder = tmp_path_factory.mktemp("ferry")
    (folder / "ferry.txt").write_text(STORY, encoding="utf-8")
    opened = bootstrap.build(Settings(data_dir=folder / "data"), empty=True)
    opened.add([folder / "ferry.txt"])
    yield opened
    opened.close()


@pytest.fixture
def responder(dateline: Dateline, memory: ChatDatabase) -> Responder:
    return Responder(dateline, memory)


@pytest.fixture
def answered(responder: Responder, memory: ChatDatabase) -> StoredAnswer:
    response = responder.answer("What saved the ferry Pelican?", TO)
    assert response.answer is not None and response.answer.answered
    AnswerStore(memory).keep(response.answer)
    return response.answer


def test_a_line_is_found_at_its_place_with_what_its_passage_knows(dateline: Dateline, answered: StoredAnswer) -> None:
    line = find_quoted_line(dateline, answered, LINE)
    assert line is not None and line.span.of(STORY) == "the ferry Pelican was saved"
    assert (
        find_quoted_line(dateline, answered, "the ferry sank") is None
        and find_quoted_line(dateline, answered, "  ") is None
    )
    words = "The mayor of Dover, Jane Miller, said"
    speaking = find_quoted_line(dateline, answered, words)
    assert speaking is not None
    (person,) = [each.span.of(words) for each in mentions_in(dateline, speaking) if each.kind is MentionKind.PERSON]
    assert person.endswith("Jane Miller")


def test_who_asks_for_the_source_of_a_line_is_shown_it(responder: Responder, answered: StoredAnswer) -> None:
    for context in (ConversationContext(answer=answered.id, pointed_at=LINE), ConversationContext(answer=answered.id)):
        response = responder.respond(Request(action=Action.ANSWER, text="Who says so?"), TO, context)
        assert "the stored article contains the quote in bold word for word" in response.parts[0].html
        assert "Jane Miller" in response.parts[0].html
    elsewhere = ConversationContext(answer=answered.id, pointed_at="words of nobody")
    assert (
        "stored article"
        not in responder.respond(Request(action=Action.ANSWER, text="source?"), TO, elsewhere).parts[0].html
    )


def test_a_line_without_a_name_is_what_is_asked_about(responder: Responder, answered: StoredAnswer) -> None:
    response = responder.respond(
        Request(action=Action.ANSWER, text="when?"), TO, ConversationContext(answer=answered.id, pointed_at="was saved")
    )
    assert response.answer is not None and "saved" in " ".join(response.answer.carried)


@pytest.mark.parametrize(
    ("question", "does"),
    [
        ("source?", True),
        ("What is the source?", True),
        ("Says who?", True),
        ("Who said that?", True),
        ("Is this true?", True),
        ("What is the source of the fire?", False),
        ("Who said that the ferry sank?", False),
        ("", False),
    ],
)
def test_asking_for_nothing_but_the_source(question: str, does: bool) -> None:
    assert asks_for_source(question) is does
