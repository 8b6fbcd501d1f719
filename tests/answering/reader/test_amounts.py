"""Amounts: whose age a number is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.reader.context import AnswerContext
from bot.answering.reader.typed_mentions import typed_mentions

Ask = Callable[..., AnswerContext]


def ages(context: AnswerContext) -> set[str]:
    """The ages of the passage's sentences that answer the question."""
    (hit,) = context.finding.hits
    found = (
        (typed.mention.span, typed.fit)
        for index in range(len(hit.passage.sentences))
        for typed in typed_mentions(context.question, context.terms, hit, index)
    )
    return {hit.passage.words_of(span) for span, fit in found if fit}


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("How old is Nils Dahl?", "Captain Nils Dahl sailed. The 23-year-old was seen in Oslo.", {"23-year-old"}),
        ("How old is Nils Dahl?", "Nils Dahl met Anna Lund. The 23-year-old was seen in Oslo.", set()),
        ("How old is Nils Dahl?", "Nils Dahl, a 51-year-old captain, met Anna Lund.", {"51-year-old"}),
        ("How old is Anna Lund?", "Nils Dahl, a 51-year-old captain, met Anna Lund.", set()),
        ("How old is Anna Lund?", "Anna Lund turned 40 on Monday.", {"40"}),
        ("How old is Anna Lund?", "Anna Lund has 40 medals.", set()),
        ("How old is Anna Lund?", "Anna Lund died at the age of 40.", {"40"}),
        (
            "How old was Nils Dahl when he left?",
            "Nils Dahl, born in a village 60 km from Oslo, left that quiet place, as "
            "the parish books tell us, when he was seven months old.",
            {"seven months old"},
        ),
        ("At what age must sailors of Nordline retire?", "Nordline makes its sailors retire at age 60.", {"60"}),
        ("How old is the bridge?", "The 200-year-old bridge fell on Monday.", {"200-year-old"}),
    ],
)
def test_an_age_answers_for_its_owner_alone(ask: Ask, question: str, text: str, found: set[str]) -> None:
    assert ages(ask(question, text)) == found
