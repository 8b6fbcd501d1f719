"""Every reply is true: whatever is asked, it quotes what its articles say at these places, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.models import Answer, Citation, Reply, StatementKind
from bot.answering.response.text import to_html, to_plain
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Article, TextPart
from tests.answering.articles import CHESS, FIRE, MOURNING
from tests.answering.workbench import System
from tests.tglab.formatting import parse_html

QUESTIONS = [
    "When did the fire break out?",
    "When did the flames reach the library?",
    "Where was the chess marathon held?",
    "Who won the chess marathon?",
    "Who is Vesna Horvat?",
    "Who is the foreign minister of Slovenia?",
    "Who is the foreign minister of Poland?",
    "How old is Zofia Wrona?",
    "How many people were injured?",
    "How much will rebuilding the museum cost?",
    "Why was the marathon postponed?",
    "Which countries took part?",
    "What happened on May 3?",
    "What did Wrona say?",
    "Which outlets reported the fire in the museum?",
    "According to the Morning Tribune, what will be rebuilt?",
    "According to Reuters, what burned?",
    "Did the fire injure anybody?",
    "How many articles mention Split?",
    "What is the latest news?",
    "Compare the Coastal Herald and the Morning Tribune on the fire",
    "Tell me everything",
    "What happened in May?",
    "What is planned?",
    "What happened last week?",
    "List all people",
    "Which countries are mentioned?",
    "What do the Coastal Herald and Reuters say about the fire?",
    "musuem fier",
    "Hello",
    # the words of a headline, a subhead, a dateline
    "Fire destroys maritime museum in Split",
    "Losers complain",
    "Minister promises rebuilding money",
    "GENEVA, May 7 Evening Star",
]
ARTICLES: dict[str, Article] = {article.id: article for article in (FIRE, MOURNING, CHESS)}


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    made = System(tmp_path_factory.mktemp("system"), EntityRecogniser(), tuple(ARTICLES.values()))
    yield made
    made.store.close()


def citations(reply: Reply) -> tuple[Citation, ...]:
    return reply.citations if isinstance(reply, Answer) else reply.nearest


def holds(system: System, question: str, *, always: bool = False) -> None:
    """What must be true of the reply to any question."""
    reply = system.ask(question, always=always).reply
    assert reply == system.ask(question, always=always).reply
    assert to_plain(reply).strip()
    for block in to_html(reply):
        parse_html(block)
    for citation in citations(reply):
        assert ARTICLES[citation.article_id].text[citation.span.start : citation.span.end] == citation.quote
        spans = [s.span for s in citation.passage.sentences if s.part is not TextPart.BODY]
        assert not any(span.start < citation.span.end and citation.span.start < span.end for span in spans)
    if isinstance(reply, Answer):
        for statement in reply.statements:
            cited = [reply.citation(number) for number in statement.numbers]
            sources = [
                words for each in cited for words in (each.quote, each.header.outlet or "", f"“{each.header.title}”")
            ]
            ours = statement.kind in {StatementKind.HEADING, StatementKind.REMARK}
            assert ours or statement.note is not None or any(statement.text in words for words in sources)
            assert statement.kind is not StatementKind.QUOTE or statement.text == cited[0].quote


@pytest.mark.parametrize("always", [False, True])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_reply_is_true_to_its_articles(system: System, question: str, always: bool) -> None:
    holds(system, question, always=always)


WORDS = st.sampled_from(
    "When Who What Which How many long old why where did is the fire museum Split library flames Zofia Wrona Horvat "
    "Lisbon marathon May 3 6 2021 Thursday according to Coastal Herald Reuters not cities countries say founded cost "
    "<b> & ? , '".split()
)


@settings(deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=9).map(" ".join), st.text(max_size=60)))
def test_no_question_brings_it_down(system: System, question: str) -> None:
    holds(system, question)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=9).map(" ".join))
def test_nor_does_any_when_it_must_answer(system: System, question: str) -> None:
    holds(system, question, always=True)
