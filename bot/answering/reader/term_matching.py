"""Term overlap: which terms of a question a sentence has exactly, and which by a synonym or a related form."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from bot.answering.lexicon.synonyms import Phrase
from bot.answering.models import Evidence
from bot.answering.reader.acronyms import stands_for
from retrieval.models import Hit, MentionKind, TextPart, Token
from retrieval.text.tokens import tokenize

_CACHED = 2048
"""How many sentences' words are cached, some 4 KB each: about 8 MB."""


@dataclass(frozen=True, slots=True)
class Words:
    """What tokens have, whatever is asked: terms, content terms, how these begin, and whether there is a negation."""

    terms: frozenset[str]
    present: frozenset[str]
    starts: frozenset[str]
    negated: bool

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> Words:
        present = frozenset([token.term for token in tokens if token.content])
        return cls(
            terms=frozenset([token.term for token in tokens]),
            present=present,
            starts=frozenset([term[:LIKE_PREFIX] for term in present]),
            negated=any(is_negation(token) for token in tokens),
        )


_known_words: dict[int, tuple[tuple[Token, ...], Words]] = {}
"""Cached words by the identity of the tokens, which are kept so that no other tokens get the same identity."""


def words_of(tokens: tuple[Token, ...]) -> Words:
    """The words of a sentence's tokens, cached, as passages are read again with every question."""
    known = _known_words.get(id(tokens))
    if known is None:
        if len(_known_words) >= _CACHED:
            _known_words.clear()
        known = _known_words[id(tokens)] = tokens, Words.of(tokens)
    return known[1]


@dataclass(frozen=True, slots=True)
class TermOverlap:
    """Which terms of a question some tokens have: exactly (``exact``), by other words (``fuzzy``), and where."""

    exact: frozenset[int] = frozenset()
    fuzzy: frozenset[int] = frozenset()
    opposed: bool = False
    negated: bool = False
    places: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, terms: QuestionTerms, tokens: Sequence[Token], words: Words | None = None) -> TermOverlap:
        """The overlap of tokens; ``words`` are those of the tokens, where they are known already."""
        index = terms.index
        words = Words.of(tokens) if words is None else words
        places: tuple[tuple[int, int], ...] = ()
        if not words.terms.isdisjoint(index):
            places = tuple([(at, index[token.term]) for at, token in enumerate(tokens) if token.term in index])
        exact = frozenset([number for _, number in places])
        missing = terms.all - exact
        return cls(
            exact=exact,
            fuzzy=_fuzzy_matches(terms, missing, words),
            opposed=any(not terms.antonyms[number].isdisjoint(words.present) for number in missing),
            negated=words.negated,
            places=places,
        )

    def with_loose(self, more: frozenset[int]) -> TermOverlap:
        """This overlap with more fuzzy terms, as far as they are not matched already."""
        return self if more <= self.matched else replace(self, fuzzy=self.fuzzy | (more - self.exact))

    @property
    def matched(self) -> frozenset[int]:
        """The terms that are matched, exactly or not."""
        return self.exact | self.fuzzy

    def pairs(self, reach: int, terms: QuestionTerms) -> float:
        """The share of neighbouring pairs of the question's terms that are within ``reach`` tokens here, in order."""
        if len(self.places) < 2:
            return 0.0
        where: dict[int, list[int]] = {}
        for at, number in self.places:
            where.setdefault(number, []).append(at)
        order = terms.order
        hits = 0
        for first, second in pairwise(order):
            if (lefts := where.get(first)) and (rights := where.get(second)):
                hits += any(0 < right - left <= reach for left in lefts for right in rights)
        return hits / (len(order) - 1) if len(order) > 1 else 0.0

    def proximity(self) -> float:
        """The number of exact terms over the length of the shortest run of tokens with them all; 0 for a single one."""
        if len(self.exact) < 2:
            return 0.0
        last: dict[int, int] = {}
        shortest = math.inf
        for at, number in self.places:
            last[number] = at
            if len(last) == len(self.exact):
                shortest = min(shortest, at - min(last.values()) + 1)
        return len(self.exact) / shortest


def _fuzzy_matches(terms: QuestionTerms, missing: frozenset[int], words: Words) -> frozenset[int]:
    present = words.present
    fuzzy = {number for number in missing & terms.varied if _has_synonym(terms.synonyms[number], present)}
    like = [n for n in missing if terms.beginnings[n][:LIKE_PREFIX] in words.starts and n not in fuzzy]
    fuzzy |= {n for n in like if _alike(terms.distinct[n].term, terms.beginnings[n], words)}
    for members, others in terms.phrases:
        if any(all(word in present for word in phrase) for phrase in others):
            fuzzy |= members.intersection(missing)
    return frozenset(fuzzy)


def _has_synonym(synonyms: tuple[frozenset[str], tuple[Phrase, ...]], present: frozenset[str]) -> bool:
    words, phrases = synonyms
    return not words.isdisjoint(present) or any(all(word in present for word in phrase) for phrase in phrases)


def _alike(term: str, beginning: str, words: Words) -> bool:
    """Whether there is a word with the same long beginning: resign and resignation, mediate and mediation."""
    return any(other.startswith(beginning) and len(other) - len(term) <= 4 for other in words.present)


def overlaps_in(terms: QuestionTerms, hit: Hit) -> tuple[TermOverlap, ...]:
    """The overlap of each sentence of a hit, computed once for each question."""
    if hit.passage.id not in terms.overlaps:
        terms.overlaps[hit.passage.id] = tuple(
            TermOverlap.of(terms, tokens, words_of(tokens)).with_loose(
                _nations_in(terms, hit, index) | _spelt_out_in(terms, hit, index)
            )
            for index, tokens in enumerate(hit.tokens)
        )
    return terms.overlaps[hit.passage.id]


def _nations_in(terms: QuestionTerms, hit: Hit, index: int) -> frozenset[int]:
    """Terms of the question's countries and nationalities that a sentence names in the other form: Turkey, Turkish."""
    if not terms.nations:
        return frozenset()
    values = {mention.value for mention in hit.mentions_in(index) if mention.kind in NATIONAL}
    return frozenset[int]().union(*(numbers for nation, numbers in terms.nations.items() if nation in values))


def _spelt_out_in(terms: QuestionTerms, hit: Hit, index: int) -> frozenset[int]:
    """Terms of the question's acronyms whose names a sentence writes in full."""
    return frozenset(number for acronym, number in terms.acronyms.items() if stands_for(acronym, hit, index))


def overlap_of(terms: QuestionTerms, evidence: Evidence) -> TermOverlap:
    """The overlap of the sentence that the evidence is."""
    return overlaps_in(terms, evidence.hit)[evidence.index]


@lru_cache(maxsize=4096)
def tokens_of_title(title: str) -> tuple[Token, ...]:
    return tokenize(title)


@lru_cache(maxsize=4096)
def tokens_above(title: str, heading: str) -> tuple[Token, ...]:
    return (*tokens_of_title(title), *tokens_of_title(heading))


def title_overlap(terms: QuestionTerms, hit: Hit) -> TermOverlap:
    """The overlap of what is above a passage's sentences: the title, the heading, subheads and datelines."""
    above = tokens_above(hit.header.title or "", hit.passage.heading or "")
    heads = [
        t
        for s, tokens in zip(hit.passage.sentences, hit.tokens, strict=True)
        if s.part is not TextPart.BODY
        for t in tokens
    ]
    return TermOverlap.of(terms, (*above, *heads)) if heads else TermOverlap.of(terms, above, words_of(above))


def overlap_values(
    terms: QuestionTerms, overlaps: Sequence[TermOverlap], index: int, title: TermOverlap, whole: frozenset[int]
) -> dict[str, float]:
    """The features of a sentence from term overlap: its own, with the title, with its neighbours, and word order.

    The divisors 10, 4 and the like bring values to about 0 to 1; the weights are fitted to them (weights.toml).
    """
    this = overlaps[index]
    have, here = this.exact | title.exact, terms.share(this.exact)
    before = overlaps[index - 1].exact if index else frozenset[int]()
    after = overlaps[index + 1].exact if index + 1 < len(overlaps) else frozenset[int]()
    return {
        "idf_cov": here,
        "idf_abs": terms.total * here / 10,
        "cnt_cov": len(this.exact) / max(1, len(terms.distinct)),
        "loose_cov": terms.share(this.fuzzy),
        "st_cov": terms.share(have),
        "title_cov": terms.share(title.exact),
        "pcov": terms.share(whole),
        "max_hit": terms.heaviest(this.exact),
        "cap_cov": terms.share_of(this.exact, terms.names),
        "num_hit": terms.share_of(this.exact, terms.numbers),
        "opposed": float(this.opposed),
        "negation": float(this.negated != terms.negated),
        "prev_new": terms.share(before - have),
        "next_new": terms.share(after - have),
        "skip": this.pairs(4, terms),
        "prox": this.proximity(),
    }


def coverage_values(terms: QuestionTerms, hits: Sequence[Hit], best: Evidence, unit: float) -> dict[str, float]:
    """How much of the question its best sentence, that sentence's passage and all passages have.

    Masses are sums of idf in units of the corpus's greatest idf, ``unit``, so that they mean the same in small and
    large corpora. The weights are fitted to the values as they are scaled here (weights.toml).
    """
    overlap, title = overlap_of(terms, best), title_overlap(terms, best.hit)
    around = _matched_in(terms, best.hit) | title.matched
    anywhere = frozenset[int]().union(*(_matched_in(terms, hit) for hit in hits))
    unknown = frozenset(number for number, term in enumerate(terms.distinct) if not term.known)
    mass, here, near = terms.total / unit, terms.share(overlap.matched), terms.share(around)
    return {
        "reached": here,
        "met": terms.share(overlap.exact),
        "titled": terms.share(overlap.matched | title.matched),
        "around": near,
        "anywhere": terms.share(anywhere),
        "unknown": terms.share(unknown - overlap.matched),
        "rarest_gap": terms.heaviest(terms.all - around),
        "names_gap": terms.gap(terms.names, around),
        "names_gap_anywhere": terms.gap(terms.names, anywhere),
        "numbers_gap": terms.gap(terms.numbers, around),
        "terms": min(len(terms.distinct), 20) / 20,
        "reached_mass": math.log1p(mass * here),
        "around_mass": math.log1p(mass * near),
        "missing_mass": math.log1p(mass * (1.0 - near)),
        "gap_mass": math.log1p(mass * (1.0 - here)),
        "top_share": hits[0].score / (4.0 * terms.total) if terms.total else 0.0,
        "pairs_passage": max(_pairs_together(terms, hit) for hit in hits[:3]),
    }


def best_share(terms: QuestionTerms, evidence: Sequence[Evidence]) -> float:
    """The share of the question that these sentences have together."""
    return terms.share(frozenset[int]().union(*(overlap_of(terms, sentence).matched for sentence in evidence)))


def _matched_in(terms: QuestionTerms, hit: Hit) -> frozenset[int]:
    return frozenset[int]().union(*(overlap.matched for overlap in overlaps_in(terms, hit)))


def _pairs_together(terms: QuestionTerms, hit: Hit) -> float:
    """The share of the question's neighbouring terms that are close in a passage, across its sentences."""
    begins = accumulate((len(tokens) for tokens in hit.tokens), initial=0)
    places = [
        (begin + at, n) for begin, seen in zip(begins, overlaps_in(terms, hit), strict=False) for at, n in seen.places
    ]
    return TermOverlap(places=tuple(places)).pairs(3, terms)


_NEGATIONS = frozenset({"not", "no", "never", "neither", "nor", "without", "none", "nobody", "nothing", "cannot"})


LIKE_PREFIX = 5
"""In letters: words that share a shorter beginning are mostly unrelated; chosen by hand."""


NATIONAL = frozenset({MentionKind.NATIONALITY, MentionKind.PLACE})


@dataclass(frozen=True, slots=True)
class Term:
    """A distinct term of a question, its weight (idf) and whether it is part of a name, a number or a date."""

    term: str
    word: str
    weight: float
    name: bool
    number: bool
    dated: bool
    known: bool


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The distinct terms of a question with their weights in the corpus, and what else matches them.

    Terms are referred to by their numbers in ``distinct``; ``order`` are the numbers in question order.
    ``overlaps`` and ``weights`` are caches.
    """

    distinct: tuple[Term, ...]
    index: dict[str, int]
    order: tuple[int, ...]
    total: float
    top: float
    names: frozenset[int]
    numbers: frozenset[int]
    negated: bool
    days: frozenset[str]
    phrases: tuple[tuple[frozenset[int], frozenset[Phrase]], ...]
    synonyms: tuple[tuple[frozenset[str], tuple[Phrase, ...]], ...]
    beginnings: tuple[str, ...]
    antonyms: tuple[frozenset[str], ...]
    nations: dict[str, frozenset[int]]
    acronyms: dict[str, int]
    all: frozenset[int]
    varied: frozenset[int]
    overlaps: dict[str, tuple[TermOverlap, ...]] = field(default_factory=dict)
    weights: dict[frozenset[int], float] = field(default_factory=dict)

    def share(self, numbers: frozenset[int]) -> float:
        """The idf-weighted share of the question's terms, 0 to 1."""
        return self._weight(numbers) / self.total if self.total else 0.0

    def heaviest(self, numbers: Collection[int]) -> float:
        """The weight of the rarest of these terms, as a share of that of the rarest of all, 0 to 1."""
        return max([self.distinct[number].weight for number in numbers]) / self.top if numbers and self.top else 0.0

    def share_of(self, numbers: Collection[int], among: frozenset[int]) -> float:
        """The idf-weighted share of some of the question's terms, 0 where it has none of them."""
        whole = self._weight(among)
        return self._weight(among.intersection(numbers)) / whole if whole else 0.0

    def gap(self, among: frozenset[int], matched: frozenset[int]) -> float:
        """The idf-weighted share of some of the question's terms that is not matched; 0 where it has none of them."""
        return 1.0 - self.share_of(matched, among) if among else 0.0

    def novelty(self, tokens: Sequence[Token]) -> float:
        """The share of a sentence's content words that the question does not have: where an answer could be."""
        content = [token.term for token in tokens if token.content]
        return sum([term not in self.index for term in content]) / max(1, len(content))

    def _weight(self, numbers: frozenset[int]) -> float:
        """The weight of these terms together, cached, as many sentences match the same ones."""
        weight = self.weights.get(numbers)
        if weight is None:
            weight = self.weights[numbers] = sum([self.distinct[number].weight for number in sorted(numbers)])
        return weight


def is_negation(token: Token) -> bool:
    """Whether a word negates: not, never, without, didn't."""
    return token.word in _NEGATIONS or token.word.endswith("n't")
