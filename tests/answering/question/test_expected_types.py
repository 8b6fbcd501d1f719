"""Expected answer types: which kinds of mention can be what a noun asks for."""

from __future__ import annotations

import pytest

from bot.answering.question.expected_types import asked_noun, counted_noun, singular, types_of_noun
from retrieval.models import MentionKind


@pytest.mark.parametrize(
    ("noun", "kinds"),
    [
        ("city", (MentionKind.PLACE,)),
        ("mayor", (MentionKind.PERSON,)),
        ("company", (MentionKind.ORGANISATION,)),
        ("percentage", (MentionKind.PERCENT, MentionKind.NUMBER)),
        ("wage", (MentionKind.MONEY, MentionKind.NUMBER)),
        ("year", (MentionKind.DATE, MentionKind.TIME)),
        ("time", (MentionKind.TIME, MentionKind.DATE)),
        ("language", (MentionKind.NATIONALITY,)),
        ("goalkeeper", (MentionKind.PERSON,)),
        ("river", (MentionKind.PLACE,)),
    ],
)
def test_what_can_be_the_thing_that_a_noun_asks_for(noun: str, kinds: tuple[MentionKind, ...]) -> None:
    assert types_of_noun(noun) == kinds


@pytest.mark.parametrize("noun", ["ferry", "harbour", "zeppelin", "qwertz"])
def test_a_noun_for_which_any_words_may_be_the_answer(noun: str) -> None:
    assert types_of_noun(noun) == ()


@pytest.mark.parametrize(
    ("text", "noun"),
    [("Which ferries sank?", "ferry"), ("What is the name of the ship?", "ship"), ("Who came?", None)],
)
def test_the_noun_asked_for_in_the_singular(text: str, noun: str | None) -> None:
    assert asked_noun(text) == noun


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("how many paid holiday days do sailors get", "days"),
        ("how many of the crates were lost", "crates"),
        ("how many different ferries sank", "ferries"),
        ("the number of the old ferries in", "ferries"),
        ("how many people", "people"),
        ("how many", None),
        ("how old is the ferry", None),
    ],
)
def test_the_noun_that_is_counted(text: str, noun: str | None) -> None:
    assert counted_noun(text) == noun


@pytest.mark.parametrize(
    ("noun", "one"),
    [
        ("ferries", "ferry"),
        ("crates", "crate"),
        ("men", "man"),
        ("people", "person"),
        ("ferry", None),
        ("glass", None),
        ("news", None),
        ("series", None),
    ],
)
def test_the_singular_of_a_plural(noun: str, one: str | None) -> None:
    assert singular(noun) == one
