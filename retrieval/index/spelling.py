"""The words of the corpus that are spelt almost like a given one. The only importer of rapidfuzz.

Candidates are picked by signatures: 64 bits that say which letters occur in a word, and which occur twice or more. One
edit moves at most two letters in or out, so it flips at most two bits: words whose signatures differ in more than twice
the allowed number of edits need no closer look, and none within reach is missed, wherever the typing error is.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

LETTERS = 32  # classes of letters; the 26 of the alphabet fall into 26 different ones
BATCH = 65_536  # terms signed at once; bounds the memory of their counts

Signatures = npt.NDArray[np.uint64]


class SimilarTerm(NamedTuple):
    """A term of the corpus and its likeness to the asked one: 1 less the edits per letter of the longer of the two."""

    term: str
    similarity: float


class Vocabulary:
    """Terms that can be asked for by a misspelling; asking is safe from several threads, extending from one."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        self._sorted: tuple[str, ...] | None = None
        self._words: tuple[str, ...] = ()
        self._signatures = _signatures(())
        self.extend(terms)

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, term: object) -> bool:
        return term in self._known

    def extend(self, terms: Iterable[str]) -> None:
        """Take in terms; those already known are passed over."""
        fresh = [term for term in dict.fromkeys(terms) if term not in self._known]
        words = tuple(filter(_is_spelt, fresh))
        signatures = [_signatures(words[start : start + BATCH]) for start in range(0, len(words), BATCH)]
        # signatures last: a reader between the steps then sees fewer signatures than words, never more
        self._words += words
        self._signatures = np.concatenate((self._signatures, *signatures))
        self._known.update(fresh)
        self._sorted = None

    def starting_with(self, beginning: str) -> tuple[str, ...]:
        """The terms that begin so, in alphabetical order."""
        if self._sorted is None:
            self._sorted = tuple(sorted(self._words))
        first = bisect_left(self._sorted, beginning)
        last = bisect_left(self._sorted, beginning + chr(sys.maxunicode))
        return self._sorted[first:last]

    def closest(self, term: str, limit: int = 5) -> tuple[SimilarTerm, ...]:
        """The at most ``limit`` terms within the edits (insert, delete, replace, swap neighbours) that a word of this
        length allows, most similar first, then in alphabetical order; a known term is its own only answer."""
        if term in self._known:
            return (SimilarTerm(term, 1.0),)[:limit]
        edits = allowed_edits(term)
        if not edits:
            return ()
        near = (_near(term, self._words[place], edits) for place in self._candidates(term, edits))
        found = sorted(filter(None, near), key=lambda word: (-word.similarity, word.term))
        return tuple(found[: max(0, limit)])

    def _candidates(self, term: str, edits: int) -> list[int]:
        differing = np.bitwise_count(self._signatures ^ _signatures((term,)))
        places: list[int] = np.flatnonzero(differing <= 2 * edits).tolist()
        return places


def allowed_edits(term: str) -> int:
    """How many edits may lie between a word and its respelling: none under 4 letters, 1 up to 7, 2 from 8; none where
    there are digits, because another number is another fact."""
    if not _is_spelt(term) or len(term) < 4:
        return 0
    return 1 if len(term) < 8 else 2


def _is_spelt(term: str) -> bool:
    return bool(term) and not any(letter.isdigit() for letter in term)


def _near(term: str, word: str, edits: int) -> SimilarTerm | None:
    if abs(len(term) - len(word)) > edits:
        return None
    distance = OSA.distance(term, word, score_cutoff=edits)
    return SimilarTerm(word, 1 - distance / max(len(term), len(word))) if distance <= edits else None


def _signatures(words: tuple[str, ...]) -> Signatures:
    """One row of bits per word, from its letters' code points modulo LETTERS."""
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype="<u4") % LETTERS
    owners = np.repeat(np.arange(len(words)), [len(word) for word in words])
    counts = np.bincount(owners * LETTERS + letters, minlength=len(words) * LETTERS).reshape(-1, LETTERS)
    bits = np.left_shift(np.uint64(1), np.arange(2 * LETTERS, dtype=np.uint64))
    present = np.where(counts > 0, bits[:LETTERS], np.uint64(0)) | np.where(counts > 1, bits[LETTERS:], np.uint64(0))
    return np.asarray(np.bitwise_or.reduce(present, axis=1), dtype=np.uint64)
