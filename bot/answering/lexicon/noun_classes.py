"""Classes of nouns: which word of a question asks for a person, a place, an organisation or a count."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from retrieval.text.tokens import stem


def classes_of(word: str) -> tuple[str, ...]:
    """The classes of ``noun_classes.toml`` that a noun is in; none for an unknown noun."""
    return classes_by_stem().get(stem(word), ())


@cache
def classes_by_stem() -> Mapping[str, tuple[str, ...]]:
    """The classes of each noun, by stem."""
    table = tomllib.loads(files("bot.answering.lexicon").joinpath("noun_classes.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for name, words in table.items():
        for word in words.split():
            found[stem(word)] = tuple(dict.fromkeys((*found.get(stem(word), ()), name)))
    return found
