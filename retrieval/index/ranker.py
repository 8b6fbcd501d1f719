"""What every ranking engine must do, and which one a setting names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, get_args

from retrieval.errors import RetrievalError
from retrieval.index.bm25 import Bm25Ranker, Document, ScoredDocument, TermStatistics, Variant

__all__ = ["ENGINES", "Bm25Ranker", "Document", "Ranker", "ScoredDocument", "TermStatistics", "Variant", "open_ranker"]

ENGINES: tuple[str, ...] = get_args(Variant)


class Ranker(Protocol):
    """Ranks documents by their terms; may be asked from any number of threads while one changes it."""

    def __len__(self) -> int:
        """How many documents there are."""

    def add(self, documents: Iterable[Document]) -> None:
        """Take in documents; one whose key is already held takes its place."""

    def remove(self, keys: Iterable[int]) -> None:
        """Drop the documents of these keys; unknown keys are passed over."""

    def top(self, terms: Sequence[str], k: int, groups: Collection[int] | None = None) -> tuple[ScoredDocument, ...]:
        """The at most ``k`` best documents that hold a term, best first, ties by ascending key; ``groups`` leaves only
        documents of those groups in."""

    def statistics(self, terms: Iterable[str]) -> Mapping[str, TermStatistics]:
        """How often each of the terms occurs, and its inverse document frequency; without those that no document
        holds."""

    def holding(self, terms: Sequence[str]) -> Mapping[int, int]:
        """The documents that hold all the terms, each key with its group; none where no term is given."""

    def terms(self) -> Sequence[str]:
        """Every term that a document holds, once."""

    def save(self, folder: Path, revision: str) -> None:
        """Write the index into ``folder``, whole or not at all; ``revision`` names the corpus it was made from."""

    def restore(self, folder: Path, revision: str) -> None:
        """Take a saved index's documents in place of the present ones; raises IndexUnusable where it does not fit."""


def open_ranker(name: str) -> Ranker:
    """A new, empty engine by the name a setting gives it. Raises RetrievalError for a name that is not in ENGINES."""
    return Bm25Ranker(_variant(name))


def _variant(name: str) -> Variant:
    for known in get_args(Variant):
        if name == known:
            return known  # type: ignore[no-any-return]
    raise RetrievalError(f"{name!r} is no ranking engine; choose one of: {', '.join(ENGINES)}")
