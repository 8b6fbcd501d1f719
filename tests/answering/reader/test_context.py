"""The answer context: whose words are asked for, where the passages know the person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.reader.context import AnswerContext


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("What did Anna Lund say about the ferry?", "The ferry is old, said Anna Lund.", "Anna Lund"),
        ("What did Lund say about the ferry?", "The ferry is old, said Anna Lund.", "Lund"),
        ("What did Sverre say about the ferry?", "The ferry Sverre hit a reef.", None),
        ("When did the ferry sink?", "The ferry sank on 4 May, said Anna Lund.", None),
    ],
)
def test_the_speaker_is_a_person_of_the_passages(
    ask: Callable[..., AnswerContext], question: str, text: str, name: str | None
) -> None:
    speaker = ask(question, text).speaker
    assert (speaker and speaker.name) == name
