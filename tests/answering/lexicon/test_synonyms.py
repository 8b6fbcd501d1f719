"""The lexicon: general English of news, about no article."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from bot.answering.lexicon.synonyms import lexicon
from retrieval.text.tokens import index_terms

TABLE = tomllib.loads(files("bot.answering.lexicon").joinpath("lexicon.toml").read_text(encoding="utf-8"))
ALLOWED_NAMES = {"united", "states", "america", "american", "britain", "british", "washington"}
"""Names of great powers and their short forms, which every newspaper uses for one another."""


def present(text: str) -> frozenset[str]:
    return frozenset(index_terms(text))


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("begin", "Crowds took to the streets at dawn"),
        ("fm", "the foreign minister of Peru"),
        ("quit", "He announced his resignation"),
        ("unrest", "Protests went on"),
    ],
)
def test_synonyms_meet(word: str, sentence: str) -> None:
    assert lexicon().met_by(index_terms(word)[0], present(sentence))


def test_other_words_do_not_meet() -> None:
    assert not lexicon().met_by(index_terms("quit")[0], present("He opened a bakery"))


def test_antonyms_oppose() -> None:
    assert lexicon().opposed_by(index_terms("rise")[0], present("Prices fell"))
    assert not lexicon().opposed_by(index_terms("rise")[0], present("Prices soared"))


def test_no_entry_names_anything_of_the_seed_articles(seed_names: frozenset[str]) -> None:
    words = {word for group in (*TABLE["groups"], *TABLE["antonyms"]) for phrase in group for word in phrase.split()}
    assert {word for word in words if word in seed_names} - ALLOWED_NAMES == set()


def test_every_group_holds_at_least_two_phrases() -> None:
    assert [group for group in TABLE["groups"] if len({index_terms(phrase) for phrase in group} - {()}) < 2] == []
