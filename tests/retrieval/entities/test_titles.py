"""The role beside a name: where it starts, whom it is of, and whether only a person can have it."""

from __future__ import annotations

import pytest

from retrieval.entities.titles import is_human, is_plural, role_before, with_owner_behind
from retrieval.text.word_traits import TaggedWord, tag_sentence


def words_of(text: str) -> tuple[TaggedWord, ...]:
    return tag_sentence(text, 0, len(text)).words


def place_of(words: tuple[TaggedWord, ...], word: str) -> int:
    return next(place for place, each in enumerate(words) if each.text == word)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Norland's president Duarte Pimentel left.", "Norland's president"),
        ("The head of the rescue service, Duarte Pimentel, left.", "head of the rescue service"),
        ("They met Gov. Duarte Pimentel.", "Gov."),
        ("Norland's foreign minister, Dr Duarte Pimentel, left.", "Norland's foreign minister"),
        ("In the rain Duarte Pimentel left.", None),
    ],
)
def test_the_role_before_a_name(text: str, role: str | None) -> None:
    words = words_of(text)
    name = place_of(words, "Duarte")
    found = role_before(words, name, name + 2, known=())
    assert (found and text[words[found[0]].start : words[found[1] - 1].end]) == role


def test_the_owner_behind_the_name_belongs_to_the_role() -> None:
    words = words_of("President Ola Berg of Norland left.")
    assert with_owner_behind(words, (0, 1), 3, known=()) == (0, 5)
    assert with_owner_behind(words, (0, 1), 6, known=()) == (0, 1)


@pytest.mark.parametrize(
    ("text", "plural"), [("foreign ministers of Norland", True), ("foreign minister of Norland", False)]
)
def test_a_role_of_several_people(text: str, plural: bool) -> None:
    words = words_of(text)
    assert is_plural(words, (0, len(words))) is plural


@pytest.mark.parametrize(("text", "human"), [("president", True), ("leader", False), ("nurse", True)])
def test_a_firm_can_be_a_leader(text: str, human: bool) -> None:
    assert is_human(words_of(text), (0, 1)) is human
