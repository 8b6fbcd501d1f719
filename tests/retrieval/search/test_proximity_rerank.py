"""Closeness: pairs of the query's words that stand together, and words met in the form asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.search.proximity_rerank import FORM_WEIGHT, PAIR_WEIGHT, REACH, RerankTerms, proximity_bonus
from retrieval.text.tokens import fold, stem, tokenize

IDF = {"ferri": 2.0, "sink": 1.0, "norway": 3.0}


def sought(words: str) -> RerankTerms:
    terms = tuple(stem(fold(word)) for word in words.split())
    forms = frozenset(zip(terms, map(fold, words.split()), strict=True))
    return RerankTerms(terms=terms, forms=forms, idf={term: IDF[term] for term in terms})


@pytest.mark.parametrize(
    ("query", "text", "pairs", "forms"),
    [
        pytest.param("ferries sank", "The ferry did sink.", 1.0, 0.0, id="together, in other forms"),
        pytest.param("ferry sank", "The ferry sank.", 1.0, 2.0 + 1.0, id="together, as asked"),
        pytest.param("ferry sank", "They sank a ferry.", 0.0, 3.0, id="in the other order"),
        pytest.param("ferry sank", "The ferry of the old king sank.", 0.0, 3.0, id="too far apart"),
        pytest.param("ferry sank Norway", "The ferry sank off Norway.", 1.0 + 1.0, 6.0, id="two pairs"),
        pytest.param("ferry sank", "A ferry. Many sank.", 1.0, 3.0, id="across a full stop"),
        pytest.param("ferry ferry", "A ferry.", 0.0, 2.0, id="a word is no pair with itself"),
        pytest.param("ferry", "A dog barked.", 0.0, 0.0, id="nothing met"),
        pytest.param("", "The ferry sank.", 0.0, 0.0, id="nothing asked"),
    ],
)
def test_the_proximity_bonus(query: str, text: str, pairs: float, forms: float) -> None:
    assert proximity_bonus(sought(query), [tokenize(text)]) == pytest.approx(PAIR_WEIGHT * pairs + FORM_WEIGHT * forms)


def test_the_reach_is_counted_in_tokens() -> None:
    gap = " old" * (REACH - 1)
    assert proximity_bonus(sought("ferries sinking"), [tokenize(f"ferry{gap} sank")]) == pytest.approx(PAIR_WEIGHT)
    assert proximity_bonus(sought("ferries sinking"), [tokenize(f"ferry{gap} old sank")]) == 0.0


def test_sentences_are_read_as_one_run_of_words() -> None:
    parted = proximity_bonus(sought("ferries sinking"), [tokenize("A ferry"), tokenize("sank")])
    assert parted == proximity_bonus(sought("ferries sinking"), [tokenize("A ferry sank")]) > 0


WORDS = st.lists(st.sampled_from(["ferry", "sank", "Norway", "dog", "ferries"]), max_size=12)
ASKED = st.lists(st.sampled_from(["ferry", "sank", "Norway", "ferries"]), max_size=6)


@settings(deadline=None)
@given(asked=ASKED, said=WORDS, more=WORDS)
def test_the_bonus_is_bounded_and_more_text_never_lowers_it(
    asked: Sequence[str], said: Sequence[str], more: Sequence[str]
) -> None:
    wanted = sought(" ".join(asked))
    here = proximity_bonus(wanted, [tokenize(" ".join(said))])
    most = PAIR_WEIGHT * sum(IDF[term] for term in wanted.terms) + FORM_WEIGHT * sum(
        IDF[term] for term, _ in wanted.forms
    )
    assert 0.0 <= here <= most + 1e-9
    assert proximity_bonus(wanted, [tokenize(" ".join([*said, *more]))]) >= here
