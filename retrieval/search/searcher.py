"""The read path: a query becomes ranked hits, with what is known of each of its terms."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from retrieval.index.ranker import Ranker, TermStatistics
from retrieval.index.spelling import Vocabulary
from retrieval.models import Finding, Hit, Query, Respelling, Scope, TermCount, Token
from retrieval.search.aggregate import AggregatedPassages, aggregate
from retrieval.search.proximity_rerank import RerankTerms, proximity_bonus
from retrieval.storage.store import Store, StoredPassage
from retrieval.text.tokens import everyday_terms, fold, tokenize

_SURE_ENOUGH = 0.7  # similarity of a respelling; two edits in eight letters are 0.75
_LONG_ENOUGH = 5  # letters; shorter words begin too many others
_ENDING = 4  # letters that an ending may add: found-ation is longer, found-ers is not
_REMEMBERED = 8192  # passages whose tokens are kept, twice what the store keeps decoded
_LOOKED_AT = 20  # passages re-ranked, twice what a question asks for

_NOWHERE = TermStatistics(passages=0, groups=0, idf=0.0)

Tokens = tuple[tuple[Token, ...], ...]
Ranking = list[tuple[int, float]]


class Searcher:
    """Finds passages in a store through a ranker. Safe to use from several threads."""

    def __init__(self, store: Store, ranker: Ranker) -> None:
        self._store = store
        self._ranker = ranker
        self._lock = threading.Lock()
        self._vocabulary: tuple[str, Vocabulary] | None = None
        self._tokens: dict[int, Tokens] = {}

    def find(self, query: Query) -> Finding:
        """The best passages for ``query``, best first, ties by passage id; nothing where no term is known."""
        terms, respelled = self._known_terms(query)
        aggregated = self._aggregated(query, terms)
        ranking = self._ranked(query, terms)[: query.limit] if aggregated is None else aggregated.ranking
        hits = self._hits(ranking)
        return Finding(
            query=query,
            total=aggregated and aggregated.total,
            names=aggregated.names if aggregated else (),
            hits=hits,
            counts=self._counts(query, terms),
            respellings=tuple(_shown(respelling, hits) for respelling in respelled),
        )

    def _aggregated(self, query: Query, terms: Sequence[str]) -> AggregatedPassages | None:
        """All there is of what the query's scope names; None for a query after what is nearest."""
        if query.scope is Scope.NEAREST:
            return None
        return aggregate(query, terms, self._allowed(query), self._store, self._ranker)

    # -------------------------------------------------- terms

    def _known_terms(self, query: Query) -> tuple[list[str], list[Respelling]]:
        """What to search for: the query's terms; for one that none holds its alternatives or a likely spelling."""
        instead = {alternative.term: alternative.instead for alternative in query.alternatives}
        held = self._ranker.statistics((*query.terms, *(other for others in instead.values() for other in others)))
        known: list[str] = []
        respelled: list[Respelling] = []
        for position, term in enumerate(query.terms):
            word = query.words[position] if query.words else term
            if term in held:
                known.append(term)
            elif found := [other for other in instead.get(term, ()) if other in held]:
                known += [other for other in found if other not in query.terms]
            elif self._may_be_misspelt_name(query, term, word) and (respelling := self._respell(term, word)):
                respelled.append(respelling)
                known.append(respelling.used_term)
            elif like := self._longer_forms(term):
                known += [other for other in like if other not in query.terms]
            elif term in instead or term in everyday_terms():
                continue
            elif respelling := self._respell(term, word):
                respelled.append(respelling)
                known.append(respelling.used_term)
        return known, respelled

    @staticmethod
    def _may_be_misspelt_name(query: Query, term: str, word: str) -> bool:
        """Whether a word may be a name: names are misspelt, where other words that are not known may be endings."""
        within = word[:1].isupper() and bool(query.words) and word != query.words[0]
        return within and term not in everyday_terms() and all(term != other.term for other in query.alternatives)

    def _longer_forms(self, term: str) -> list[str]:
        """Words of the corpus that only add an ending: founder for found. At most three, shortest first."""
        if len(term) < _LONG_ENOUGH or not term.isalpha():
            return []
        words = self._words().starting_with(term)
        return sorted((word for word in words if len(word) - len(term) <= _ENDING), key=lambda word: (len(word), word))[
            :3
        ]

    def _respell(self, term: str, word: str) -> Respelling | None:
        near = self._words().closest(term, limit=1)
        if not near or near[0].similarity < _SURE_ENOUGH:
            return None
        return Respelling(asked=word, used=near[0].term, used_term=near[0].term, similarity=near[0].similarity)

    def _words(self) -> Vocabulary:
        """The corpus's terms for finding likely spellings, read again when the corpus changed."""
        revision = self._store.revision()
        with self._lock:
            if self._vocabulary is None or self._vocabulary[0] != revision:
                self._vocabulary = (revision, Vocabulary(self._ranker.terms()))
            return self._vocabulary[1]

    def _counts(self, query: Query, searched: Iterable[str]) -> tuple[TermCount, ...]:
        words = dict(zip(query.terms, query.words or query.terms, strict=True))
        asked = dict.fromkeys((*query.terms, *searched))
        held = self._ranker.statistics(asked)
        return tuple(
            TermCount(term=term, word=words.get(term, term), passages=passages, articles=articles, idf=idf)
            for term in asked
            for passages, articles, idf in (held.get(term, _NOWHERE),)
        )

    # -------------------------------------------------- ranking

    def _ranked(self, query: Query, terms: Sequence[str]) -> Ranking:
        if not terms:
            return []
        rerank = self._rerank_terms(query, terms)
        allowed = self._allowed(query)
        everywhere = self._top(rerank, max(query.limit, _LOOKED_AT), allowed)
        if query.only_outlets or not query.outlets:
            return everywhere
        return _round_robin([*self._by_outlet(query, rerank), everywhere])

    def _rerank_terms(self, query: Query, terms: Sequence[str]) -> RerankTerms:
        held = self._ranker.statistics((*terms, *query.terms))
        return RerankTerms(
            terms=tuple(terms),
            forms=frozenset(zip(query.terms, (fold(word) for word in query.words), strict=False)),
            idf=defaultdict(float, {term: known.idf for term, known in held.items()}),
        )

    def _allowed(self, query: Query) -> Collection[int] | None:
        outlets = query.outlets if query.only_outlets or query.scope is not Scope.NEAREST else ()
        if not outlets and query.published is None:
            return None
        return self._store.groups(outlets, query.published)

    def _top(self, rerank: RerankTerms, limit: int, groups: Collection[int] | None) -> Ranking:
        """The ranker's ranking, its first passages re-ranked by proximity."""
        ranking = [(scored.key, scored.score) for scored in self._ranker.top(rerank.terms, limit, groups)]
        scores = dict(ranking[:_LOOKED_AT])
        head = self._store.passages(list(scores))
        closer = [(row.key, scores[row.key] + proximity_bonus(rerank, self._tokens_of(row))) for row in head]
        return sorted(closer, key=lambda pair: (-pair[1], pair[0])) + ranking[_LOOKED_AT:]

    def _by_outlet(self, query: Query, rerank: RerankTerms) -> list[Ranking]:
        """Each named outlet's own ranking, so that one outlet's many passages do not crowd out another's."""
        rankings = (
            self._top(rerank, query.limit, self._store.groups((outlet,), query.published)) for outlet in query.outlets
        )
        return [ranking for ranking in rankings if ranking]

    # -------------------------------------------------- hits

    def _hits(self, ranking: Sequence[tuple[int, float]]) -> tuple[Hit, ...]:
        """The passages of a ranking; one that was removed since it was ranked is left out."""
        scores = dict(ranking)
        rows = self._store.passages(list(scores))
        return tuple(
            Hit(passage=row.passage, header=row.header, score=scores[row.key], rank=rank, tokens=self._tokens_of(row))
            for rank, row in enumerate(rows, start=1)
        )

    def _tokens_of(self, row: StoredPassage) -> Tokens:
        found = self._tokens.get(row.key)
        if found is None:
            if len(self._tokens) >= _REMEMBERED:
                self._tokens.clear()
            found = self._tokens[row.key] = tuple(
                tokenize(row.passage.words_of(sentence.span), sentence.span.start) for sentence in row.passage.sentences
            )
        return found


def _round_robin(rankings: Sequence[Sequence[tuple[int, float]]]) -> list[tuple[int, float]]:
    """One from each ranking in turn, each passage once."""
    merged: dict[int, float] = {}
    for place in range(max(len(ranking) for ranking in rankings)):
        for ranking in rankings:
            if place < len(ranking):
                merged.setdefault(*ranking[place])
    return list(merged.items())


def _shown(respelling: Respelling, hits: Iterable[Hit]) -> Respelling:
    """The respelling with the corpus's own written form instead of the bare term."""
    for hit in hits:
        for token in (token for sentence in hit.tokens for token in sentence):
            if token.term == respelling.used_term:
                start = hit.passage.span.start
                return respelling.model_copy(update={"used": hit.passage.text[token.start - start : token.end - start]})
    return respelling
