"""The noun that a question asks for, found without knowing what it means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.question.head_noun import head_of
from retrieval.text.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Which ferry sank?", "ferry"),
        ("What is the name of the ship?", "ship"),
        ("What is the name of her profession?", "profession"),
        ("What kind of ferry is it?", "ferry"),
        ("Which jazz singer left?", "singer"),
        ("Which film shows a harbour?", "film"),
        ("Which artist painted it?", "artist"),
        ("Which city's mayor resigned?", "city"),
        ("Which of the ferries sank?", "ferries"),
        ("What's Norway's capital?", "capital"),
        ("In what year did it sink?", "year"),
        ("How many crates were lost?", "crates"),
        ("According to the report, which pier was used?", "pier"),
    ],
)
def test_the_noun_that_is_asked_for(text: str, noun: str) -> None:
    assert head_of(text) == noun


@pytest.mark.parametrize("text", ["Who came?", "When did it sink?", "What did they find?", "which", "How?", ""])
def test_no_noun_is_asked_for(text: str) -> None:
    assert head_of(text) is None


@settings(deadline=None)
@given(st.text(max_size=60))
def test_the_noun_is_a_word_of_the_question(text: str) -> None:
    head = head_of(text)
    assert head is None or head in {token.word for token in tokenize(text)}
