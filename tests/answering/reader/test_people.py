"""People: who holds an office, what a person is, and whose words a sentence gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.models import Reason, StatementKind
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.people import known_speaker, office_holders, quotes_or_reports, stated_roles
from tests.answering.workbench import System, report

Ask = Callable[..., AnswerContext]


HOLDERS = [
    ("Who is the foreign minister of Norway?", "Norway's Foreign Minister Anna Lund spoke.", ["Anna Lund"]),
    ("Who is the foreign minister of Norway?", "The Norwegian foreign minister, Anna Lund, spoke.", ["Anna Lund"]),
    ("Who is Norway's top diplomat?", "Norway's Foreign Minister Anna Lund spoke.", ["Anna Lund"]),
    ("Who is the foreign minister of Sweden?", "Norway's Foreign Minister Anna Lund visited Sweden.", []),
    ("Who is the prime minister of Norway?", "Norway's Foreign Minister Anna Lund spoke.", []),
    ("Who is the foreign minister of Norway?", "Norway's foreign minister met the actor Anna Lund.", []),
]


@pytest.mark.parametrize(("question", "sentence", "names"), HOLDERS)
def test_who_holds_the_office(ask: Ask, question: str, sentence: str, names: list[str]) -> None:
    context = ask(question, sentence)
    role, (hit,) = context.question.office, context.finding.hits
    assert role is not None
    assert [hit.passage.words_of(mention.span) for mention in office_holders(role, hit, 0)] == names


@pytest.mark.parametrize(
    ("question", "sentence", "roles"),
    [
        ("Who is Anna Lund?", "Norway's Foreign Minister Anna Lund spoke.", ["Norway's Foreign Minister"]),
        ("Who is Lund?", "Norway's Foreign Minister Anna Lund spoke.", ["Norway's Foreign Minister"]),
        ("Who is Anna Lund?", "Norway's Foreign Minister Maria Holm met Anna Lund.", []),
        ("Who is Anna Holm?", "Norway's Foreign Minister Anna Lund spoke.", []),
        pytest.param(
            "Who is Anna Lund?",
            "Nobody drowned, said Anna Lund, the harbour's director.",
            ["the harbour's director"],
            marks=pytest.mark.xfail(strict=True, reason="a description behind the name is not read as a role"),
        ),
    ],
)
def test_what_a_person_is(ask: Ask, question: str, sentence: str, roles: list[str]) -> None:
    context = ask(question, sentence)
    (evidence,) = context.evidence
    assert [evidence.hit.passage.words_of(span) for span in stated_roles(context.question, evidence)] == roles


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
def test_whose_words_are_asked_for(ask: Ask, question: str, speaker: str | None) -> None:
    context = ask(question, "The ferry hit a reef off Norway, said Anna Lund, a minister.")
    found = known_speaker(context.question, context.finding)
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
def test_a_sentence_quotes_or_reports_its_speaker_alone(ask: Ask, text: str, gives: bool) -> None:
    context = ask("What did Anna Lund say about the ferry?", text)
    speaker = known_speaker(context.question, context.finding)
    assert speaker is not None
    hit = context.finding.hits[0]
    assert any(quotes_or_reports(speaker, hit, index) for index in range(len(hit.tokens))) is gives


@pytest.fixture(scope="module")
def port(new_system: Callable[..., System]) -> System:
    return new_system(
        report(
            "“The ferry was rotten,” said Olav Berg. Kari Dahl said the ferry had been checked in the port of Oslo."
        ),
        report("Anna Lund, the captain of the ferry, was rescued. The ferry had left the port of Oslo.", "two"),
    )


def test_the_speaker_is_named_with_a_quotation(port: System) -> None:
    reply = port.answer("What did Olav Berg say about the ferry?")
    assert reply.short is not None
    assert (reply.short.text, reply.short.note) == ("“The ferry was rotten,”", "in the words of Olav Berg")


def test_no_other_persons_words_are_quoted(port: System) -> None:
    reply = port.answer("What did Kari Dahl say about the ferry?")
    quotes = [each.text for each in reply.statements if each.kind is StatementKind.QUOTE]
    assert quotes == ["Kari Dahl said the ferry had been checked in the port of Oslo."]


def test_where_nobody_quotes_the_person_the_reply_says_so(port: System) -> None:
    reply = port.silence("What did Anna Lund say about the ferry?")
    assert reply.reason is Reason.NO_WORDS
    assert "No article quotes “Anna Lund” on this." in port.said("What did Anna Lund say about the ferry?")
