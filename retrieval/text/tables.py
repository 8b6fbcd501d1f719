"""The small word tables that come with this package: lines of words, ``#`` starts a remark."""

from __future__ import annotations

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
def words(name: str) -> frozenset[str]:
    """All words of the table ``name``."""
    return frozenset(word for row in rows(name) for word in row)


def _lines(name: str) -> list[str]:
    text = resources.files("retrieval.text").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
