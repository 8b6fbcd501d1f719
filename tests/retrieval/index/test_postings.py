"""The inverted index: documents go in and out, and postings stay true to what is held."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index.postings import Document, InvertedIndex, Numbering

FERRY, STORM = Document(1, 10, ("ferri", "sink", "ferri")), Document(2, 20, ("storm", "sink"))


def counts(index: InvertedIndex, term: str) -> dict[int, int]:
    """How often each living document, by its key, holds a term."""
    number = index.known([term]).get(term)
    if number is None:
        return {}
    slots, times = index.postings(number)
    return {
        int(index.keys[slot]): int(count) for slot, count in zip(slots, times, strict=True) if index.alive[int(slot)]
    }


def test_a_term_is_numbered_when_it_is_first_met() -> None:
    numbers = Numbering()
    assert [numbers["ferri"], numbers["sink"], numbers["ferri"]] == [0, 1, 0]


def test_documents_that_hold_a_term_are_found_with_their_counts() -> None:
    index = InvertedIndex.empty().plus([FERRY, STORM])
    assert (len(index), counts(index, "ferri"), counts(index, "sink")) == (2, {1: 2}, {1: 1, 2: 1})
    assert index.known(["zeppelin"]).get("zeppelin") is None
    assert set(index.terms()) == {"ferri", "sink", "storm"}


def test_a_document_of_a_held_key_takes_its_place() -> None:
    index = InvertedIndex.empty().plus([FERRY]).plus([Document(1, 10, ("storm",))])
    assert (len(index), counts(index, "ferri"), counts(index, "storm")) == (1, {}, {1: 1})


def test_what_is_removed_is_found_no_more_and_unknown_keys_do_nothing() -> None:
    index = InvertedIndex.empty().plus([FERRY, STORM])
    assert index.minus([99]) is index
    left = index.minus([1])
    assert (len(left), counts(left, "sink"), left.known(["ferri"]).get("ferri")) == (1, {2: 1}, None)


def test_compacting_drops_dead_slots_and_unused_terms() -> None:
    index = InvertedIndex.empty().plus([FERRY]).plus([STORM]).minus([1]).compacted()
    assert (len(index.segments), index.keys.tolist(), index.terms()) == (1, [2], ("sink", "storm"))
    assert bool(np.all(index.alive))


DOCUMENTS = st.builds(
    Document,
    st.integers(1, 6),
    st.integers(1, 3),
    st.lists(st.sampled_from(["ferri", "storm", "sink", "bell"]), max_size=5).map(tuple),
)


@settings(deadline=None)
@given(st.lists(st.one_of(DOCUMENTS, st.integers(1, 6)), max_size=25))
def test_whatever_goes_in_and_out_the_counts_are_those_of_what_is_held(steps: list[Document | int]) -> None:
    index, held = InvertedIndex.empty(), dict[int, Document]()
    for step in steps:
        if isinstance(step, Document):
            index = index.plus([step])
            held[step.key] = step
        else:
            index = index.minus([step])
            held.pop(step, None)
    for index_now in (index, index.compacted()):
        for term in ("ferri", "storm", "sink", "bell"):
            expected = {key: n for key, document in held.items() if (n := Counter(document.terms)[term])}
            assert counts(index_now, term) == expected
