"""Speaking: whose words are asked for, and which sentences give them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.models import Reason, StatementKind
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.speakers import gives_words_of, known_speaker
from tests.answering.workbench import Desk, told

Ask = Callable[..., AnswerContext]


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Anna Lund say about the ferry?", "Anna Lund"),
        ("What did Lund say?", "Lund"),
        ("What else did Lund say?", "Lund"),
        ("What did Norway say about the ferry?", None),
        ("What did the minister say about Lund?", None),
        ("What did the ferry hit?", None),
    ],
)
def test_whose_words_are_asked_for(case: Ask, question: str, speaker: str | None) -> None:
    put = case(question, "The ferry hit a reef off Norway, said Anna Lund, a minister.")
    found = known_speaker(put.question, put.finding)
    assert (found and found.name) == speaker


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("Anna Lund said that the ferry was old.", True),
        ("“The ferry was old,” said Anna Lund.", True),
        ("Anna Lund saw the ferry. “It was old,” she said.", True),
        ("Anna Lund saw the ferry. She called it an old ship and said it leaked.", True),
        ("Anna Lund saw the ferry sink.", False),
        ("Anna Lund saw the ferry. “It was old,” said Olav Berg.", False),
        ("The ferry was old, police said. Anna Lund drowned.", False),
    ],
)
def test_a_sentence_gives_words_of_its_speaker_alone(case: Ask, text: str, gives: bool) -> None:
    put = case("What did Anna Lund say about the ferry?", text)
    speaker = known_speaker(put.question, put.finding)
    assert speaker is not None
    hit = put.finding.hits[0]
    assert any(gives_words_of(speaker, hit, index) for index in range(len(hit.tokens))) is gives


@pytest.fixture(scope="module")
def port(new_desk: Callable[..., Desk]) -> Desk:
    return new_desk(
        told("“The ferry was rotten,” said Olav Berg. Kari Dahl said the ferry had been checked in the port of Oslo."),
        told("Anna Lund, the captain of the ferry, was rescued. The ferry had left the port of Oslo.", "two"),
    )


def test_the_speaker_is_named_with_a_quotation(port: Desk) -> None:
    reply = port.answer("What did Olav Berg say about the ferry?")
    assert reply.short is not None
    assert (reply.short.text, reply.short.note) == ("“The ferry was rotten,”", "in the words of Olav Berg")


def test_nobody_elses_words_stand_beside(port: Desk) -> None:
    reply = port.answer("What did Kari Dahl say about the ferry?")
    quotes = [each.text for each in reply.statements if each.kind is StatementKind.QUOTE]
    assert quotes == ["Kari Dahl said the ferry had been checked in the port of Oslo."]


def test_without_words_of_theirs_that_is_said(port: Desk) -> None:
    reply = port.silence("What did Anna Lund say about the ferry?")
    assert reply.reason is Reason.NO_WORDS
    assert "occurs in 1 article, no sentence on this gives their words" in port.said(
        "What did Anna Lund say about the ferry?"
    )
