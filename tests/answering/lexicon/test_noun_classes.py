"""Classes of nouns: found by any form of the noun, and about no article."""

from __future__ import annotations

import pytest

from bot.answering.lexicon.noun_classes import classes_by_stem, classes_of
from retrieval.text.tokens import stem

COMMON_NOUNS = {"sultan", "states", "turkey", "united"}
"""Words of names that are common nouns too; ``united`` has the stem of ``unit``."""


@pytest.mark.parametrize(
    ("word", "classes"),
    [
        ("mayor", ("person",)),
        ("mayors", ("person",)),
        ("harbour", ("water", "place")),
        ("percentage", ("percent", "number")),
        ("walked", ()),
        ("qwertz", ()),
    ],
)
def test_a_noun_has_its_classes_in_singular_and_plural(word: str, classes: tuple[str, ...]) -> None:
    assert classes_of(word) == classes


def test_no_noun_is_twice_in_one_class_and_each_is_found_by_its_stem() -> None:
    for noun, classes in classes_by_stem().items():
        assert len(set(classes)) == len(classes) > 0, noun
    assert classes_by_stem()[stem("harbours")] == classes_of("harbour")


def test_no_noun_names_anything_of_the_seed_articles(seed_names: frozenset[str]) -> None:
    assert {name for name in seed_names if classes_of(name)} - COMMON_NOUNS == set()
