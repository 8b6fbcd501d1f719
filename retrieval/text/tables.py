"""The small word tables that come with this package: lines of words, ``#`` starts a remark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of the table ``name``, each split at tabs where it has any, or else at white space."""
    return tuple(tuple(line.split("\t") if "\t" in line else line.split()) for line in _lines(name))


@cache
def lines(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of the table ``name``, each split at tabs only."""
    return tuple(tuple(line.split("\t")) for line in _lines(name))


@cache
def lists(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of the table ``name``: the first word of a line names its list, several lines may add to one."""
    found: dict[str, tuple[str, ...]] = {}
    for key, *words in rows(name):
        found[key] = (*found.get(key, ()), *words)
    return found


def values(name: str, kind: str) -> dict[str, str]:
    """The words of the rows ``kind value word ...`` of the table ``name``, each with its value."""
    return {word: value for first, value, *words in rows(name) if first == kind for word in words}


@cache
def words(name: str) -> frozenset[str]:
    """All words of the table ``name``."""
    return frozenset(word for row in rows(name) for word in row)


def _lines(name: str) -> list[str]:
    text = resources.files("retrieval.text").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
