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


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("begin", "took to the streets"),
        ("fm", "foreign minister"),
        ("quit", "resignation"),
        ("unrest", "protests"),
    ],
)
def test_synonyms_are_found_by_phrase(word: str, other: str) -> None:
    assert index_terms(other) in lexicon().synonyms[index_terms(word)]


def test_antonyms_are_found_by_term() -> None:
    (rise,), (fall,), (soar,) = index_terms("rise"), index_terms("fell"), index_terms("soared")
    assert fall in lexicon().antonyms[rise]
    assert soar not in lexicon().antonyms[rise]


def test_no_entry_names_anything_of_the_seed_articles(seed_names: frozenset[str]) -> None:
    words = {word for group in (*TABLE["groups"], *TABLE["antonyms"]) for phrase in group for word in phrase.split()}
    assert {word for word in words if word in seed_names} - ALLOWED_NAMES == set()


def test_every_group_has_at_least_two_phrases() -> None:
    assert [group for group in TABLE["groups"] if len({index_terms(phrase) for phrase in group} - {()}) < 2] == []
