"""Cue phrases: words that introduce a reason, a way, a definition, somebody's words, the future, an order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.reader.context import AnswerContext
from bot.answering.reader.cue_phrases import cue_of, future_match, opens_with_pronoun, order_match
from retrieval.text.tokens import tokenize

Ask = Callable[..., AnswerContext]


@pytest.mark.parametrize(
    ("sentence", "points_back"),
    [
        ("It sank at dawn.", True),
        ("Their ship sank.", True),
        ("“This was no accident,” she said.", True),
        ("The ferry sank.", False),
        ("Italy mourns.", False),
        ("", False),
    ],
)
def test_sentences_that_refer_back(sentence: str, points_back: bool) -> None:
    assert opens_with_pronoun(tokenize(sentence)) is points_back


@pytest.mark.parametrize(
    ("question", "clearer", "less_clear"),
    [
        ("Why did the ferry sink?", "The ferry sank because of a leak.", "The ferry sank at dawn."),
        ("Why did the ferry sink?", "The ferry sank after a collision.", "The ferry sank at dawn."),
        ("Why did the ferry sink?", "A leak caused the ferry to sink.", "The sinking ferry caused a jam."),
        ("How did they raise the ferry?", "They raised the ferry by using balloons.", "They raised the ferry."),
        ("What is a halyard?", "A halyard is a rope.", "The halyard broke."),
        ("Who is Anna Lund?", "Foreign Minister Anna Lund came.", "Anna Lund came."),
        ("What did Anna Lund say?", "“Nobody drowned,” said Anna Lund.", "Anna Lund left."),
        ("What did Anna Lund say?", "“Nobody drowned,” said Anna Lund.", "Anna Lund said that nobody drowned."),
        ("What did the mayors discuss?", "The mayors discussed their harbours.", "The mayors met in a harbour."),
    ],
)
def test_the_clearer_announcement(ask: Ask, question: str, clearer: str, less_clear: str) -> None:
    values = []
    for sentence in (clearer, less_clear):
        context = ask(question, sentence)
        values.append(cue_of(context.question, context.finding.hits[0], 0))
    assert 1.0 >= values[0] > values[1] >= 0.0


@pytest.mark.parametrize("question", ["When did the ferry sink?", "What did the ferry hit?", "Did the ferry sink?"])
def test_other_kinds_have_no_cue_words(ask: Ask, question: str) -> None:
    context = ask(question, "The ferry sank because it hit a reef, said the captain.")
    assert cue_of(context.question, context.finding.hits[0], 0) == 0.0


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("When will the ferry sail?", "The ferry will sail on Sunday.", 1.0),
        ("When will the ferry sail?", "The ferry is expected to sail on Sunday.", 1.0),
        ("When will the ferry sail?", "The ferry sailed on Sunday.", 0.0),
        ("When did the ferry sail?", "The ferry will sail on Sunday.", 0.0),
    ],
)
def test_a_question_about_the_future_matches_the_future(ask: Ask, question: str, sentence: str, value: float) -> None:
    context = ask(question, sentence)
    assert future_match(context.question, context.finding.hits[0], 0) == value


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("Who left before the ferry sank?", "Earlier, the cook left the ferry.", 1.0),
        ("Who left before the ferry sank?", "The cook left the ferry.", 0.0),
        ("Where did the ferry first land?", "The ferry originally landed in Kiel.", 1.0),
        ("Where did the ferry land?", "The ferry originally landed in Kiel.", 0.0),
    ],
)
def test_words_of_order_match_similar_ones(ask: Ask, question: str, sentence: str, value: float) -> None:
    context = ask(question, sentence)
    assert order_match(context.question, context.finding.hits[0], 0) == value
