"""Documents scored as rank_bm25 scores them, through an inverted index. The only importer of rank_bm25.

Statistics (idf, k1, b, delta, epsilon) are rank_bm25's own. A term's weights are worked out when a query first asks for
it and kept until the documents change, so adding and removing never touch the weights of the whole index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, reduce
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Literal, NamedTuple, Self

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi, BM25Plus

from retrieval.index.files import IndexRecipe, read_index, write_index
from retrieval.index.postings import Document, InvertedIndex, Mask, Slots, Wide

__all__ = ["Bm25Ranker", "Document", "ScoredDocument", "TermStatistics", "Variant"]

Variant = Literal["plus", "okapi"]
Weights = npt.NDArray[np.float64]

BLOCK = 128  # as many slots whose best score bounds all of them while the top is searched
BATCH = 50_000  # documents counted at once; bounds the memory that adding needs
FREQUENT = 4  # a term in more than one document of so many keeps a weight for every slot, which adds up faster
NO_MATTER = [["-"]]  # a model cannot be made without documents; these are never asked for
ROUNDING = 1e-15  # relative; more than one rounding of a float64 sum can move a score


class ScoredDocument(NamedTuple):
    """A document that was found and its BM25 score."""

    key: int
    score: float


class _Formula:
    """One of rank_bm25's models: its parameters as the library sets them, and its idf."""

    def __init__(self, variant: Variant) -> None:
        self._model = BM25Okapi if variant == "okapi" else BM25Plus
        model = self._model(NO_MATTER)
        self.k1, self.b = float(model.k1), float(model.b)
        self.delta = float(getattr(model, "delta", 0))
        self.epsilon = float(getattr(model, "epsilon", 0))

    def idf(self, documents: int, frequencies: Wide) -> Weights:
        """The idf of each term from the number of documents that hold it, by rank_bm25; 0 for a term in none."""
        if self._model is BM25Okapi:
            return self._idf_of_terms(documents, frequencies)
        by_frequency = np.zeros(int(frequencies.max(initial=0)) + 1)
        distinct = np.flatnonzero(np.bincount(frequencies))
        distinct = distinct[distinct > 0]
        by_frequency[distinct] = self._calculated(documents, distinct, distinct)
        return by_frequency[frequencies]

    def _idf_of_terms(self, documents: int, frequencies: Wide) -> Weights:
        """Okapi's floor is a share of the average over all terms, so each term has to be counted."""
        idf = np.zeros(frequencies.size)
        used = np.flatnonzero(frequencies)
        if used.size:
            idf[used] = self._calculated(documents, used, frequencies[used])
        return idf

    def _calculated(self, documents: int, words: Wide, frequencies: Wide) -> list[float]:
        model = self._model(NO_MATTER)
        model.corpus_size, model.idf = documents, {}
        model._calc_idf(dict(zip(words.tolist(), frequencies.tolist(), strict=True)))
        return list(model.idf.values())


class TermStatistics(NamedTuple):
    """How many documents hold a term, how many groups these belong to, and its inverse document frequency."""

    passages: int
    groups: int
    idf: float


class _Contribution(NamedTuple):
    """What one term adds to the scores: one number per slot that holds it, or, ``everywhere``, one for every slot."""

    slots: Slots
    scores: Weights
    idf: float
    everywhere: bool


class _Snapshot:
    """The documents at one moment with what has been worked out about them; readers keep the one they started with."""

    def __init__(self, held: InvertedIndex, formula: _Formula) -> None:
        self.held = held
        self.documents = len(held)
        self.slots = -(-held.keys.size // BLOCK) * BLOCK
        self._formula = formula
        self._contributions: dict[int, _Contribution] = {}
        self._groups_with: dict[int, int] = {}

    @cached_property
    def idf(self) -> Weights:
        return self._formula.idf(self.documents, self.held.frequencies)

    @cached_property
    def _norms(self) -> Weights:
        """The part of BM25's denominator that depends on a document's length; infinite, so that all weights are 0, for
        a dead one."""
        alive, lengths, formula = self.held.alive, self.held.lengths, self._formula
        average = int(lengths[alive].sum()) / max(1, self.documents) or 1.0
        norms = np.asarray(formula.k1 * (1 - formula.b + formula.b * lengths / average), dtype=np.float64)
        norms[~alive] = np.inf
        return norms

    @cached_property
    def _group_numbers(self) -> Wide:
        numbers: Wide = np.unique(self.held.groups, return_inverse=True)[1]
        return numbers

    def contribution(self, number: int) -> _Contribution:
        """What a term adds to the scores, kept once worked out; two threads may do so at once and get the same."""
        if number not in self._contributions:
            self._contributions[number] = self._weighed(number)
        return self._contributions[number]

    def _weighed(self, number: int) -> _Contribution:
        slots, counts = self.held.postings(number)
        times, idf = counts.astype(np.float64), float(self.idf[number])
        scores = idf * (times * (self._formula.k1 + 1) / (times + self._norms[slots]))
        if slots.size * FREQUENT <= self.held.keys.size:
            return _Contribution(slots, scores, idf, everywhere=False)
        spread = np.zeros(self.slots)
        spread[slots] = scores
        return _Contribution(slots, spread, idf, everywhere=True)

    def statistics(self, terms: Iterable[str]) -> dict[str, TermStatistics]:
        return {
            term: TermStatistics(int(self.held.frequencies[number]), self._groups(number), float(self.idf[number]))
            for term, number in self.held.known(terms).items()
        }

    def _groups(self, number: int) -> int:
        """The number of distinct groups of the living documents that hold a term."""
        if number not in self._groups_with:
            slots, _ = self.held.postings(number)
            seen = np.zeros(self.held.groups.size, dtype=np.bool_)
            seen[self._group_numbers[slots[self.held.alive[slots]]]] = True
            self._groups_with[number] = int(np.count_nonzero(seen))
        return self._groups_with[number]

    def holding(self, terms: Sequence[str]) -> Mapping[int, int]:
        asked = frozenset(terms)
        known = self.held.known(asked).values()
        if not asked or len(known) < len(asked):
            return {}
        slots = reduce(np.intersect1d, [self.held.postings(number)[0] for number in known])
        slots = slots[self.held.alive[slots]]
        return dict(zip(self.held.keys[slots].tolist(), self.held.groups[slots].tolist(), strict=True))

    def top(self, terms: Sequence[str], k: int, groups: Collection[int] | None) -> tuple[ScoredDocument, ...]:
        known = self.held.known(terms)
        if not known or k < 1:
            return ()
        parts = [self.contribution(known[term]) for term in terms if term in known]
        scores, unmatched = self._matched(parts, groups)
        constant = self._formula.delta * sum(part.idf for part in parts)
        return self._best(scores, unmatched, constant, k)

    def _matched(self, parts: Sequence[_Contribution], groups: Collection[int] | None) -> tuple[Weights, float]:
        """The score of every slot, and the value that marks those which are no hit."""
        scores = self._summed(parts)
        allowed = None if groups is None else self._of_groups(groups)
        if all(part.idf > 0 for part in parts):
            if allowed is not None:
                scores[~allowed] = 0
            return scores, 0.0
        # where an idf is zero or negative, as Okapi has it, a sum of 0 does not distinguish a match from none
        matched = self._holding(parts) if allowed is None else self._holding(parts) & allowed
        scores[~matched] = -np.inf
        return scores, -np.inf

    def _summed(self, parts: Sequence[_Contribution]) -> Weights:
        rare = [part for part in parts if not part.everywhere]
        scores = _scattered(rare, self.slots) if rare else np.zeros(self.slots)
        for part in parts:
            if part.everywhere:
                scores += part.scores
        return scores

    def _holding(self, parts: Sequence[_Contribution]) -> Mask:
        matched = np.zeros(self.slots, dtype=np.bool_)
        for part in parts:
            matched[part.slots] = True
        matched[: self.held.alive.size] &= self.held.alive
        return matched

    def _of_groups(self, groups: Collection[int]) -> Mask:
        allowed = np.zeros(self.slots, dtype=np.bool_)
        wanted = np.fromiter(groups, dtype=np.int64, count=len(groups))
        allowed[: self.held.groups.size] = np.isin(self.held.groups, wanted)
        return allowed

    def _best(self, scores: Weights, unmatched: float, constant: float, k: int) -> tuple[ScoredDocument, ...]:
        least = _least(scores, k) - ROUNDING * constant
        found = np.flatnonzero(scores >= least if least > unmatched else scores > unmatched)
        final, keys = scores[found] + constant, self.held.keys[found]
        order = np.lexsort((keys, -final))[:k]
        return tuple(map(ScoredDocument, keys[order].tolist(), final[order].tolist()))


def _scattered(parts: Sequence[_Contribution], slots: int) -> Weights:
    places = np.concatenate([part.slots for part in parts], dtype=np.intp)
    scores = np.concatenate([part.scores for part in parts])
    return np.asarray(np.bincount(places, scores, slots), dtype=np.float64)


def _least(scores: Weights, k: int) -> float:
    """A score that at least k slots reach: the k-th best of the blocks' maxima; -inf where there are fewer blocks."""
    blocks = scores.size // BLOCK
    if blocks < k:
        return -np.inf
    maxima = scores.reshape(BLOCK, blocks).max(axis=0)  # down the columns, which is faster than along the rows
    return float(np.partition(maxima, blocks - k)[blocks - k])


class Bm25Ranker:
    """BM25 over documents that come and go, with the scores rank_bm25 0.2.2 would give the living ones.

    Any number of threads may ask while one adds or removes: a change is built aside under a lock and put in place in
    one step, so that each question sees the documents either before or after it.
    """

    def __init__(self, variant: Variant = "plus") -> None:
        self.variant = variant
        self._formula = _Formula(variant)
        self._changing = Lock()
        self._now = _Snapshot(InvertedIndex.empty(), self._formula)

    def __len__(self) -> int:
        return self._now.documents

    def add(self, documents: Iterable[Document]) -> None:
        """Take in documents; one whose key is already held takes its place. Nothing changes if ``documents`` raises."""
        with self._changing:
            held, rest = self._now.held, iter(documents)
            while batch := tuple(islice(rest, BATCH)):
                held = held.plus(batch)
            self._now = _Snapshot(held, self._formula)

    def remove(self, keys: Iterable[int]) -> None:
        """Drop the documents of these keys; unknown keys are passed over."""
        with self._changing:
            self._now = _Snapshot(self._now.held.minus(frozenset(keys)), self._formula)

    def top(self, terms: Sequence[str], k: int, groups: Collection[int] | None = None) -> tuple[ScoredDocument, ...]:
        """The at most ``k`` best documents that hold a term of the query, best first, ties by ascending key.

        A repeated term counts as often as it is there; ``groups`` leaves only documents of those groups in, with
        scores unchanged. Plus's constant for terms a document lacks is part of its score, as in rank_bm25."""
        return self._now.top(terms, k, groups)

    def statistics(self, terms: Iterable[str]) -> dict[str, TermStatistics]:
        """How often each of the terms occurs and its inverse document frequency by rank_bm25; without those that no
        document holds."""
        return self._now.statistics(terms)

    def holding(self, terms: Sequence[str]) -> Mapping[int, int]:
        """The documents that hold all the terms, each key with its group; none where no term is given."""
        return self._now.holding(terms)

    def terms(self) -> Sequence[str]:
        """Every term that a document holds, once."""
        return self._now.held.terms()

    def save(self, folder: Path, revision: str, analyser: str | None = None) -> None:
        """Write the index into ``folder``, whole or not at all; ``revision`` names the corpus it was made from."""
        write_index(folder, self._now.held.compacted(), self._recipe(revision, analyser))

    @classmethod
    def load(cls, folder: Path, revision: str, variant: Variant = "plus", analyser: str | None = None) -> Self:
        """A saved index, its arrays mapped from disk.

        Raises IndexUnusable where it is missing, damaged, or made of another corpus or by another recipe."""
        ranker = cls(variant)
        ranker.restore(folder, revision, analyser)
        return ranker

    def restore(self, folder: Path, revision: str, analyser: str | None = None) -> None:
        """Take a saved index's documents, mapped from disk, in place of the present ones.

        Raises IndexUnusable, and changes nothing, where it is missing, damaged, or made of another corpus or by
        another recipe."""
        with self._changing:
            held = read_index(folder, self._recipe(revision, analyser))
            self._now = _Snapshot(held, self._formula)

    def _recipe(self, revision: str, analyser: str | None) -> IndexRecipe:
        formula = self._formula
        return IndexRecipe(
            analyser=_analyser_version() if analyser is None else analyser,
            variant=self.variant,
            k1=formula.k1,
            b=formula.b,
            delta=formula.delta,
            epsilon=formula.epsilon,
            revision=revision,
        )


def _analyser_version() -> str:
    from retrieval.text.tokens import ANALYSER_VERSION  # noqa: PLC0415  ranking itself needs no stemmer

    return ANALYSER_VERSION
