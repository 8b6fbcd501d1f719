"""Courtesies around a question are left out, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.question.normalise import remove_courtesies

QUESTION = "When did the ferry sink?"


@pytest.mark.parametrize(
    "text",
    [
        "Hello! When did the ferry sink?",
        "Hi, When did the ferry sink?",
        "hello When did the ferry sink?",
        "Good morning. When did the ferry sink?",
        "Dear bot, one more question: When did the ferry sink?",
        "Please tell me: When did the ferry sink?",
        "I wonder: When did the ferry sink?",
        "When did the ferry sink? Thanks.",
        "When did the ferry sink? Thank you very much!",
        "When did the ferry sink? please",
        "When did the ferry sink, please?",
        "Hey there! Quick question: When did the ferry sink? Thanks in advance!",
        "Здравствуйте! When did the ferry sink? Спасибо",
        "Merhaba, When did the ferry sink? Teşekkürler.",
    ],
)
def test_courtesies_are_left_out(text: str) -> None:
    assert remove_courtesies(text) == QUESTION


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        "Hello!",
        "thanks",
        "Thank you very much!",
        "please",
        "Who said hello to the crew?",
        "Was the rescue possible thanks to the divers?",
        "Who is Hi Lo?",
        "Hello Kitty sales in Norway",
        "So many ferries sank: why?",
        "",
    ],
)
def test_what_is_asked_stays(text: str) -> None:
    assert remove_courtesies(text) == text


@settings(deadline=None)
@given(st.text(max_size=60))
def test_something_always_stays_and_nothing_is_added_but_a_question_mark(text: str) -> None:
    bare = remove_courtesies(text)
    assert bool(bare) == bool(text)
    assert bare.removesuffix("?") in text
