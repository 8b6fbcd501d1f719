"""Word lists: words as they are written, as index terms, and as a regular expression."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from bot.answering.lexicon.word_lists import alternatives, term_list, word_list
from retrieval.text.tokens import index_terms

LISTS = tomllib.loads(files("bot.answering.lexicon").joinpath("en", "words.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "word", "held"),
    [
        ("person_nouns", "minister", True),
        ("person_nouns", "ministers", False),
        ("person_nouns", "city", False),
        ("no such list", "minister", False),
    ],
)
def test_a_list_has_words_as_they_are_written(name: str, word: str, held: bool) -> None:
    assert (word in word_list(name)) is held


@pytest.mark.parametrize("words", ["minister", "Ministers"])
def test_a_list_of_terms_has_every_form_of_its_words(words: str) -> None:
    assert term_list("offices").issuperset(index_terms(words))


def test_a_name_that_has_no_list_has_no_terms_either() -> None:
    assert term_list("no such list") == frozenset()


def test_alternatives_match_the_words_of_the_list_and_no_others() -> None:
    pattern = re.compile(alternatives("place_nouns"))
    assert all(pattern.fullmatch(word) for word in word_list("place_nouns"))
    assert pattern.fullmatch("minister") is None
    with pytest.raises(KeyError):
        alternatives("no such list")


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_distinct_words_in_lower_case(name: str) -> None:
    words = LISTS[name].split()
    assert words
    assert [word for word in words if word != word.lower()] == []
    assert len(words) == len(set(words))
