"""The English word lists of ``en/words.toml``, each read once; another language would be another folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from retrieval.text.tokens import index_terms


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list, in lower case; none for a name that has no list."""
    return frozenset(_lists().get(name, "").split())


@cache
def term_list(name: str) -> frozenset[str]:
    """The index terms of a list's words: folded and stemmed, as tokens carry them."""
    return frozenset(index_terms(_lists().get(name, "")))


def alternatives(name: str) -> str:
    """A list as the alternatives of a regular expression: ``city|country|town``."""
    return "|".join(_lists()[name].split())


@cache
def _lists() -> Mapping[str, str]:
    return tomllib.loads(files("bot.answering.lexicon").joinpath("en", "words.toml").read_text(encoding="utf-8"))
