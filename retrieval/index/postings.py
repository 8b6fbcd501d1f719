"""The inverted index itself: which document holds which term how often. Immutable arrays; a change makes a new value.

A document has a slot, its row in every per-document array; a term has a number. A removed document keeps its slot,
marked dead, until enough of them are dead to be worth closing the gaps. Added documents form a segment of their own;
segments are joined so that each is at least twice as large as the next, which leaves a logarithmic number of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

type_of_slots = np.int32
Slots = npt.NDArray[np.int32]
Wide = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

DEAD_SHARE = 4  # gaps are closed once more than one slot in so many is dead


class Document(NamedTuple):
    """What is ranked: a key (a passage's row), the group it belongs to (its article's row), and its index terms."""

    key: int
    group: int
    terms: tuple[str, ...]


class Numbering(dict[str, int]):
    """Terms to numbers from 0, in order of first sight; looking up a new term with [] numbers it, ``get`` does not."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


@dataclass(frozen=True, eq=False)
class PostingsSegment:
    """Postings sorted by term, then slot: those of term t lie at ``starts[t]:starts[t + 1]`` of the other two."""

    starts: Wide
    slots: Slots
    counts: Slots

    @classmethod
    def of(cls, numbers: Slots, lengths: Wide, first_slot: int, terms: int) -> Self:
        """Count the term numbers of consecutive documents, the first of which has ``first_slot``."""
        documents = max(1, lengths.size)
        owners = np.repeat(np.arange(lengths.size, dtype=np.int64), lengths)
        pairs, counts = np.unique(numbers * np.int64(documents) + owners, return_counts=True)
        held, local = np.divmod(pairs, documents)
        starts = np.concatenate(([0], np.cumsum(np.bincount(held, minlength=terms))))
        return cls(starts, (local + first_slot).astype(type_of_slots), counts.astype(type_of_slots))

    def __len__(self) -> int:
        return self.slots.size

    @property
    def terms(self) -> int:
        """How many term numbers this segment knows; later ones are not in it."""
        return self.starts.size - 1

    def postings(self, number: int) -> slice:
        """Where the postings of a term lie; an empty slice for a term numbered after this segment was made."""
        if number >= self.terms:
            return slice(0, 0)
        return slice(int(self.starts[number]), int(self.starts[number + 1]))

    def widened(self, terms: int) -> Self:
        """The same segment, knowing ``terms`` term numbers."""
        if terms == self.terms:
            return self
        tail = np.full(terms - self.terms, self.starts[-1])
        return replace(self, starts=np.concatenate((self.starts, tail)))

    def joined(self, later: Self) -> Self:
        """Both segments in one; every slot of ``later`` comes after all of this one's, so no sorting is needed."""
        terms = max(self.terms, later.terms)
        ours, theirs = self.widened(terms).starts, later.widened(terms).starts
        our_places = np.arange(len(self)) + np.repeat(theirs[:-1], np.diff(ours))
        their_places = np.arange(len(later)) + np.repeat(ours[1:], np.diff(theirs))
        slots = np.empty(len(self) + len(later), dtype=type_of_slots)
        counts = np.empty_like(slots)
        slots[our_places], slots[their_places] = self.slots, later.slots
        counts[our_places], counts[their_places] = self.counts, later.counts
        return replace(self, starts=ours + theirs, slots=slots, counts=counts)

    def frequencies(self, chosen: Mask) -> Wide:
        """For each term, how many of the chosen slots hold it."""
        places = np.flatnonzero(chosen[self.slots])
        numbers = np.searchsorted(self.starts, places, side="right") - 1
        return np.bincount(numbers, minlength=self.terms)

    def kept(self, alive: Mask) -> Self:
        """Only the postings of living slots, which are numbered anew without gaps."""
        keep = alive[self.slots]
        before = np.concatenate(([0], np.cumsum(keep)))
        renumbered = (np.cumsum(alive) - 1).astype(type_of_slots)
        return replace(self, starts=before[self.starts], slots=renumbered[self.slots[keep]], counts=self.counts[keep])

    def without_terms(self, unused: Mask) -> Self:
        """The same postings, when terms that have none lose their numbers."""
        return replace(self, starts=np.concatenate((self.starts[:-1][~unused], self.starts[-1:])))


@dataclass(frozen=True, eq=False)
class InvertedIndex:
    """All documents at one moment: per slot its key, group, length in terms and whether it lives; per term how many
    living documents hold it. ``numbers`` may already know more terms than ``frequencies``: those of a later moment."""

    numbers: Numbering
    keys: Wide
    groups: Wide
    lengths: Wide
    alive: Mask
    frequencies: Wide
    segments: tuple[PostingsSegment, ...]

    @classmethod
    def empty(cls) -> Self:
        """No documents."""
        none = np.zeros(0, dtype=np.int64)
        return cls(Numbering(), none, none, none, np.zeros(0, dtype=np.bool_), none, ())

    @classmethod
    def of(cls, terms: Sequence[str], keys: Wide, groups: Wide, lengths: Wide, segment: PostingsSegment) -> Self:
        """Living documents whose postings are one segment."""
        numbers = Numbering(zip(terms, range(len(terms)), strict=True))
        alive = np.ones(keys.size, dtype=np.bool_)
        return cls(numbers, keys, groups, lengths, alive, np.diff(segment.starts), (segment,))

    def __len__(self) -> int:
        return int(np.count_nonzero(self.alive))

    def known(self, terms: Iterable[str]) -> dict[str, int]:
        """The numbers of those of the terms that a living document holds."""
        found = ((term, self.numbers.get(term)) for term in terms)
        size, frequencies = self.frequencies.size, self.frequencies
        return {term: number for term, number in found if number is not None and number < size and frequencies[number]}

    def terms(self) -> tuple[str, ...]:
        """The terms that living documents hold, in order of their numbers."""
        # list() copies a dict of strings in one step, so a writer in another thread cannot change it halfway
        numbered = list(self.numbers)
        return tuple(numbered[number] for number in np.flatnonzero(self.frequencies).tolist())

    def postings(self, number: int) -> tuple[Slots, Slots]:
        """The slots that hold a term, ascending, and how often each; dead ones are among them."""
        places = [(segment, segment.postings(number)) for segment in self.segments]
        found = [(segment, place) for segment, place in places if place.start < place.stop]
        if len(found) == 1:
            segment, place = found[0]
            return segment.slots[place], segment.counts[place]
        return (
            np.concatenate([segment.slots[place] for segment, place in found]),
            np.concatenate([segment.counts[place] for segment, place in found]),
        )

    def plus(self, documents: Sequence[Document]) -> Self:
        """With these documents, which take the place of any held under the same keys."""
        fresh = tuple({document.key: document for document in documents}.values())
        if not fresh:
            return self
        held = self.minus([document.key for document in fresh])
        lengths = np.array([len(document.terms) for document in fresh], dtype=np.int64)
        words = chain.from_iterable(document.terms for document in fresh)
        numbers = np.fromiter(map(held.numbers.__getitem__, words), dtype=type_of_slots, count=int(lengths.sum()))
        segment = PostingsSegment.of(numbers, lengths, held.keys.size, len(held.numbers))
        frequencies = np.diff(segment.starts)
        frequencies[: held.frequencies.size] += held.frequencies
        return replace(
            held,
            keys=np.concatenate((held.keys, np.array([document.key for document in fresh], dtype=np.int64))),
            groups=np.concatenate((held.groups, np.array([document.group for document in fresh], dtype=np.int64))),
            lengths=np.concatenate((held.lengths, lengths)),
            alive=np.concatenate((held.alive, np.ones(len(fresh), dtype=np.bool_))),
            frequencies=frequencies,
            segments=_balanced((*held.segments, segment)),
        )

    def minus(self, keys: Collection[int]) -> Self:
        """Without the documents of these keys; keys that are not held are passed over."""
        removed = self.alive & np.isin(self.keys, np.fromiter(keys, dtype=np.int64, count=len(keys)))
        if not removed.any():
            return self
        frequencies = self.frequencies.copy()
        for segment in self.segments:
            frequencies[: segment.terms] -= segment.frequencies(removed)
        left = replace(self, alive=self.alive & ~removed, frequencies=frequencies)
        dead = left.keys.size - len(left)
        return left.compacted() if dead * DEAD_SHARE > left.keys.size else left

    def compacted(self) -> Self:
        """The same documents in one segment, without dead slots and unused terms."""
        unused = self.frequencies == 0
        if len(self.segments) == 1 and self.alive.all() and not unused.any():
            return self
        segment = _joined(self.segments).widened(self.frequencies.size).kept(self.alive).without_terms(unused)
        kept = self.alive
        return self.of(self.terms(), self.keys[kept], self.groups[kept], self.lengths[kept], segment)


def _balanced(segments: tuple[PostingsSegment, ...]) -> tuple[PostingsSegment, ...]:
    while len(segments) > 1 and 2 * len(segments[-1]) > len(segments[-2]):
        segments = (*segments[:-2], segments[-2].joined(segments[-1]))
    return segments


def _joined(segments: tuple[PostingsSegment, ...]) -> PostingsSegment:
    """All segments in one, the small late ones first so that no posting is moved often."""
    none = np.zeros(0, dtype=type_of_slots)
    result = PostingsSegment(np.zeros(1, dtype=np.int64), none, none)
    for segment in reversed(segments):
        result = segment.joined(result)
    return result
