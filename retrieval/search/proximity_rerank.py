"""A second look at the best passages: words of the query that stand together, and words met in the very form asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise

from retrieval.models import Record, Token

REACH = 3
PAIR_WEIGHT = 0.5
FORM_WEIGHT = 0.5


class RerankTerms(Record):
    """What a second look looks for: the query's terms in order, the folded forms asked, and each term's idf."""

    terms: tuple[str, ...]
    forms: frozenset[tuple[str, str]]
    idf: Mapping[str, float]


def bonus(sought: RerankTerms, sentences: Iterable[Sequence[Token]]) -> float:
    """What is added to a passage's score, in units of idf.

    ``PAIR_WEIGHT`` times the smaller idf of each two neighbouring terms of the query that stand within ``REACH`` tokens
    of each other and in order, plus ``FORM_WEIGHT`` times the idf of each term met in the form asked. Both weights were
    chosen once on open data: see docs/quality.md.
    """
    places: dict[str, list[int]] = {}
    words: set[str] = set()
    idf = sought.idf
    for at, token in enumerate(chain.from_iterable(sentences)):
        if token.term in idf:
            places.setdefault(token.term, []).append(at)
            words.add(token.word)
    pairs = sum(
        min(idf[first], idf[second])
        for first, second in pairwise(sought.terms)
        if _stand_together(places.get(first, ()), places.get(second, ()))
    )
    forms = sum(idf[term] for term, word in sought.forms if word in words)
    return PAIR_WEIGHT * pairs + FORM_WEIGHT * forms


def _stand_together(first: Sequence[int], second: Sequence[int]) -> bool:
    return any(0 < right - left <= REACH for left in first for right in second)
