"""Speakers: whose words a question asks for, by the question alone."""

from __future__ import annotations

import pytest

from retrieval.entities.recogniser import EntityRecogniser
from tests.answering.workbench import question_of


@pytest.mark.parametrize(
    ("text", "name", "term"),
    [
        ("What did Anna Lund say about the ferry?", "Anna Lund", "lund"),
        ("What did Lund say?", "Lund", "lund"),
        ("What else has Anna Lund said?", "Anna Lund", "lund"),
        ("What does Olav Berg think of the ferry?", "Olav Berg", "berg"),
    ],
)
def test_the_person_whose_words_are_asked_for(language: EntityRecogniser, text: str, name: str, term: str) -> None:
    speaker = question_of(language, text).speaker
    assert speaker is not None
    assert (speaker.name, speaker.term) == (name, term)


@pytest.mark.parametrize(
    "text",
    [
        "What did Norway say about the ferry?",
        "What did the minister say about Lund?",
        "What did Anna Lund steer?",
        "When did Anna Lund say so?",
        "What was said about Anna Lund?",
    ],
)
def test_a_question_that_asks_for_nobodys_words(language: EntityRecogniser, text: str) -> None:
    assert question_of(language, text).speaker is None
