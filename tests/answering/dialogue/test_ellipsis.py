"""Ellipsis: a part of a question is completed by the question before it."""

from __future__ import annotations

import pytest

from bot.answering.dialogue.ellipsis import complete_question
from bot.answering.dialogue.state import (
    DialogueState,
)
from retrieval.entities.recogniser import EntityRecogniser
from tests.answering.dialogue.scenes import BOARD, CONVERSATION, ILIEV, WRONA, rewritten


@pytest.mark.parametrize(
    "question", ["Anything else?", "and what else?", "Tell me more", "more", "Is there anything more?"]
)
def test_more_is_more_of_the_same(language: EntityRecogniser, question: str) -> None:
    found = rewritten(language, question)
    assert (found.text, found.carried) == ("What did Zofia Wrona say in Geneva on May 7?", ("Zofia Wrona", "Geneva"))
    assert "more" not in rewritten(language, question, DialogueState()).carried


def test_what_is_carried_of_a_question_without_names_has_no_asking_words(language: EntityRecogniser) -> None:
    previous = DialogueState(question="When did the strike begin?")
    assert rewritten(language, "Why?", previous).carried == ("the strike begin",)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why?", "Why did Zofia Wrona say in Geneva on May 7?"),
        ("And when exactly?", "When did Zofia Wrona say in Geneva on May 7?"),
        ("Anything else?", "What did Zofia Wrona say in Geneva on May 7?"),
        ("And in Vienna?", "What did Zofia Wrona say in Vienna on May 7?"),
        ("How about Petar Iliev?", "What did Petar Iliev say in Geneva on May 7?"),
        ("But on May 9?", "What did Zofia Wrona say in Geneva on May 9?"),
    ],
)
def test_a_part_of_a_question_is_completed(language: EntityRecogniser, question: str, text: str) -> None:
    found = complete_question(language.analyse(question), CONVERSATION)
    assert found is not None
    assert found.text == text


def test_the_short_answer_replaces_who(language: EntityRecogniser) -> None:
    previous = DialogueState(question="Who chairs the Dairy Board?", asked=(BOARD,), answered=(ILIEV,))
    found = complete_question(language.analyse("Since when?"), previous)
    assert found is not None
    assert (found.text, found.carried) == (
        "Since when Petar Iliev chairs the Dairy Board?",
        ("Dairy Board", "Petar Iliev"),
    )


@pytest.mark.parametrize(
    "question",
    [
        "Why did the ferry sink?",
        "And what is the name of the man who won?",
        "And the ferry that had left the harbour of Split?",
        "Who won?",
        "",
    ],
)
def test_a_whole_question_is_no_part_of_one(language: EntityRecogniser, question: str) -> None:
    assert complete_question(language.analyse(question), CONVERSATION) is None


def test_without_a_question_before_nothing_is_completed(language: EntityRecogniser) -> None:
    assert complete_question(language.analyse("Why?"), DialogueState(topic=WRONA, asked=(WRONA,))) is None
