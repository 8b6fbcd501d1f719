"""Quotes: the sentence, and its neighbour where it is not complete without it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.models import Evidence
from bot.answering.reader.context import AnswerContext
from bot.answering.response.quotes import MOST_WORDS, cite, quote_span

Ask = Callable[..., AnswerContext]
LONG = "and the wind turned " * (MOST_WORDS // 4)


def quoted(context: AnswerContext, sentence: str) -> str:
    evidence = piece_of(context, sentence)
    return evidence.hit.passage.words_of(quote_span(context.terms, evidence))


def piece_of(context: AnswerContext, sentence: str) -> Evidence:
    return next(evidence for evidence in context.evidence if evidence.text.startswith(sentence))


@pytest.mark.parametrize(
    ("question", "text", "sentence", "quote"),
    [
        pytest.param(
            "When did the ferry sink?",
            "A dog barked. The ferry sank at dawn. A cat slept.",
            "The ferry",
            "The ferry sank at dawn.",
            id="alone where it is complete",
        ),
        pytest.param(
            "When did it sink?",
            "The ferry left Oslo. It sank at dawn.",
            "It sank",
            "The ferry left Oslo. It sank at dawn.",
            id="with the one before where it points back",
        ),
        pytest.param(
            "When did the Sverre sink?",
            "The Sverre was old. Near Oslo the ship sank.",
            "Near Oslo",
            "The Sverre was old. Near Oslo the ship sank.",
            id="with the one before where that names what is asked about",
        ),
        pytest.param(
            "When did the Sverre sink?",
            "Near Oslo a ship sank. The Sverre was old.",
            "Near Oslo",
            "Near Oslo a ship sank. The Sverre was old.",
            id="with the one behind where that meets more",
        ),
        pytest.param(
            "When did it sink?",
            f"The ferry left Oslo {LONG}. It sank at dawn.",
            "It sank",
            "It sank at dawn.",
            id="alone where the two are too long",
        ),
        pytest.param(
            "When did it sink?",
            "The ferry left Oslo.\n\nIt sank at dawn.",
            "It sank",
            "It sank at dawn.",
            id="never across paragraphs",
        ),
        pytest.param(
            "When did the Sverre sink?",
            "Its name was known to all of the coast, people there said.\n\nSverre remembered\n\nIt sank at dawn.",
            "It sank",
            "It sank at dawn.",
            id="never with a subhead",
        ),
    ],
)
def test_what_is_quoted(ask: Ask, question: str, text: str, sentence: str, quote: str) -> None:
    assert quoted(ask(question, text), sentence) == quote


def test_a_citation_quotes_its_article(ask: Ask) -> None:
    context = ask("When did the ferry sink?", "A dog barked. The ferry sank at dawn.")
    evidence = piece_of(context, "The ferry")
    citation = cite(3, evidence, evidence.span)
    assert (citation.number, citation.article_id, citation.header.outlet) == (3, "report", "Coastal Herald")
    assert citation.quote == "The ferry sank at dawn."
    assert citation.passage.text[citation.span.start : citation.span.end] == citation.quote
