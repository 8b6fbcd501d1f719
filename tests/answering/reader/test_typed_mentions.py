"""Typed mentions: which names, dates and numbers of a sentence could be what a question asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.reader.context import AnswerContext
from bot.answering.reader.typed_mentions import TypedMention, typed_mentions

Ask = Callable[..., AnswerContext]


def found(ask: Ask, question: str, sentence: str) -> dict[str, TypedMention]:
    """The typed mentions of the only sentence, by their words."""
    context = ask(question, sentence)
    (hit,) = context.finding.hits
    typed = typed_mentions(context.question, context.terms, hit, 0)
    return {hit.passage.words_of(one.mention.span): one for one in typed}


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("When did the ferry sink?", "The ferry sank in Norway on 4 May.", {"4 May"}),
        ("Where did the ferry sink?", "The ferry sank in Norway on 4 May.", {"Norway"}),
        ("Who raised the ferry?", "Captain Nils Dahl raised the ferry in Norway.", {"Nils Dahl"}),
        ("How many passengers were on the ferry?", "The ferry carried 40 passengers.", {"40"}),
        ("How much did the ferry cost?", "The ferry cost 2 million euros.", {"2 million euros"}),
        ("How long did the ferry burn?", "The ferry burned for three days.", {"three days"}),
        ("What share of the ferry burned?", "Some 40 percent of the ferry burned.", {"40 percent"}),
        ("How old is the captain of the ferry?", "The captain of the ferry is 51 years old.", {"51 years old"}),
        ("How old is the captain of the ferry?", "The captain of the ferry has 51 medals.", set()),
        ("How old is the captain of the ferry?", "The captain of the ferry, aged 51, slept.", {"51"}),
        pytest.param("How old is Nils Dahl?", "Captain Nils Dahl, 51, steered the ferry.", {"51"}),
        pytest.param("How old is the captain of the ferry?", "The captain steered the ferry at 40 knots.", set()),
        ("What did the ferry hit?", "The ferry hit Norway on 4 May.", set()),
    ],
)
def test_mentions_of_the_wanted_kind(ask: Ask, question: str, sentence: str, words: set[str]) -> None:
    assert set(found(ask, question, sentence)) == words


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("Who did Nils Dahl call?", "Nils Dahl called Anna Lund.", {"Anna Lund"}),
        ("Who did Dahl call?", "Nils Dahl called Anna Lund.", {"Anna Lund"}),
        ("Which country borders Norway?", "Norway borders Sweden.", {"Sweden"}),
        ("Where did Norway and the US meet?", "Norway and the United States met in Geneva.", {"Geneva"}),
        ("When did it happen after 4 May?", "It happened on 4 May and again on 9 June.", {"9 June"}),
    ],
)
def test_what_the_question_names_itself_is_no_answer(ask: Ask, question: str, sentence: str, words: set[str]) -> None:
    assert set(found(ask, question, sentence)) == words


@pytest.mark.parametrize(
    ("question", "sentence", "better", "worse"),
    [
        ("Which country did the ferry reach?", "The ferry sailed from Oslo in Norway.", "Norway", "Oslo"),
        ("Which city did the ferry leave?", "The ferry sailed from Oslo in Norway.", "Oslo", "Norway"),
        ("How many passengers drowned?", "In 12 hours 40 passengers drowned.", "40", "12"),
        pytest.param("How many people drowned?", "In 12 hours 3 children drowned.", "3", "12"),
        ("When did the ferry sink?", "The ferry sank on 4 May and now rests.", "4 May", "now"),
    ],
)
def test_the_better_fit(ask: Ask, question: str, sentence: str, better: str, worse: str) -> None:
    typed = found(ask, question, sentence)
    assert typed[better].fit == 1.0
    assert worse not in typed or typed[worse].fit < 0.6
