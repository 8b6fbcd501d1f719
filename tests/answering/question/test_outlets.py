"""Outlets: which of the corpus's a question names, which it names in vain."""

from __future__ import annotations

import pytest

from bot.answering.question.outlets import named_outlets

OUTLETS = ("The Age", "The New York Times", "FOX News - Health", "FOX News - Travel", "Wired", "Morning Post")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("According to The Age, who won?", ("The Age",)),
        ("What is the age of the captain?", ()),
        ("Does 'The New York Times' article say so?", ("The New York Times",)),
        ("What did the New York Times report?", ("The New York Times",)),
        ("What did Fox News say?", ("FOX News - Health", "FOX News - Travel")),
        ("Was the house wired for sound?", ()),
        ("What did Wired and the Morning Post report?", ("Wired", "Morning Post")),
    ],
)
def test_outlets_of_the_corpus(text: str, known: tuple[str, ...]) -> None:
    assert named_outlets(text, OUTLETS).known == known


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("According to Reuters, who won?", ("Reuters",)),
        ("What did the 'Daily Telegraph' article claim?", ("Daily Telegraph",)),
        ("According to Wired, who won?", ()),
        ("According to Maria Lopez, who won?", ()),
        ("Who visited the article writer?", ()),
    ],
)
def test_outlets_that_the_corpus_lacks(text: str, unknown: tuple[str, ...]) -> None:
    assert named_outlets(text, OUTLETS).unknown == unknown


def test_according_to_narrows_and_a_mere_name_does_not() -> None:
    assert named_outlets("According to Wired, who won?", OUTLETS).narrowing
    assert not named_outlets("Who told Wired about the sale?", OUTLETS).narrowing
