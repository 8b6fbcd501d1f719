"""Proximity: how close the question's words are to a span."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.reader.context import AnswerContext
from bot.answering.reader.proximity import closeness
from retrieval.models import Span

Ask = Callable[..., AnswerContext]


def close(context: AnswerContext, words: str) -> float:
    evidence = context.evidence[0]
    start = evidence.span.start + evidence.text.index(words)
    return closeness(context.terms, evidence, Span(start=start, end=start + len(words)))


@pytest.mark.parametrize(
    ("sentence", "closer", "farther"),
    [
        ("The ferry sank on 4 May before a film of 9 June.", "4 May", "9 June"),
        ("On 4 May a dog barked, and on 9 June the ferry sank.", "9 June", "4 May"),
        ("The ferry (built in 1962) sank in 1998.", "1998", "1962"),
    ],
)
def test_breaks_and_words_part_a_span_from_the_words_asked(ask: Ask, sentence: str, closer: str, farther: str) -> None:
    context = ask("When did the ferry sink?", sentence)
    assert close(context, closer) > close(context, farther)


def test_it_is_1_beside_the_only_word_and_0_where_none_is_met(ask: Ask) -> None:
    context = ask("What about the ferry?", "The ferry sank off Norway.")
    assert close(context, "sank") == pytest.approx(1 / 1.25)
    assert close(context, "ferry") == 0.0
