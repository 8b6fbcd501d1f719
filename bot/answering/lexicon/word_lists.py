"""The English word lists of ``en/``: one list a file, words and lines that begin with ``#`` for what the list is."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from retrieval.text.tokens import index_terms


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list as they are written, in lower case. Raises FileNotFoundError for an unknown name."""
    text = files("bot.answering.lexicon").joinpath("en", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def terms(name: str) -> frozenset[str]:
    """The index terms of a list's words: folded and stemmed, as tokens carry them."""
    return frozenset(index_terms(" ".join(sorted(words(name)))))
