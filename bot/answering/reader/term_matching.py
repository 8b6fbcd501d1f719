"""How far a sentence meets the words of a question: exactly, by a synonym, or by a like form."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from bot.answering.lexicon.synonyms import Phrase, lexicon
from bot.answering.models import Evidence, Question
from bot.answering.reader.acronyms import is_acronym, stands_for
from retrieval.models import Finding, Hit, MentionKind, TextPart, Token, inside_any
from retrieval.text.tokens import tokenize

_NEGATIONS = frozenset({"not", "no", "never", "neither", "nor", "without", "none", "nobody", "nothing", "cannot"})
_LIKE_PREFIX = 5
_REMEMBERED = 2048
"""Sentences whose words are remembered; some 4 KB each."""
_NATIONAL = frozenset({MentionKind.NATIONALITY, MentionKind.PLACE})


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
    """What a question needs to be met, weighted by the corpus; built once for all its candidate sentences."""

    terms: tuple[Term, ...]
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
    seen: dict[str, tuple[TermOverlap, ...]] = field(default_factory=dict)
    weights: dict[frozenset[int], float] = field(default_factory=dict)

    def share(self, numbers: frozenset[int]) -> float:
        """The idf-weighted share of the question's terms, 0 to 1."""
        return self._weight(numbers) / self.total if self.total else 0.0

    def heaviest(self, numbers: Collection[int]) -> float:
        """The weight of the rarest of these terms, as a share of that of the rarest of all, 0 to 1."""
        return max([self.terms[number].weight for number in numbers]) / self.top if numbers and self.top else 0.0

    def share_of(self, numbers: Collection[int], among: frozenset[int]) -> float:
        """The idf-weighted share of some of the question's terms, 0 where it has none of them."""
        whole = self._weight(among)
        return self._weight(among.intersection(numbers)) / whole if whole else 0.0

    def _weight(self, numbers: frozenset[int]) -> float:
        """The weight of these terms together; asked for the same ones by sentence after sentence."""
        weight = self.weights.get(numbers)
        if weight is None:
            weight = self.weights[numbers] = sum([self.terms[number].weight for number in sorted(numbers)])
        return weight


def question_terms(question: Question, finding: Finding) -> QuestionTerms:
    """The question's distinct terms with their weights; a word that was respelled counts as the corpus's own."""
    counts = {count.term: count for count in finding.counts}
    used = {respelling.asked: respelling.used_term for respelling in finding.respellings}
    instead = {alternative.term: alternative.instead for alternative in question.alternatives}
    acronyms = _spelt_out(question, finding, {term for term, count in counts.items() if count.passages})
    unknown = max((count.idf for count in finding.counts), default=1.0)
    terms: dict[str, Term] = {}
    order: list[int] = []
    for token in question.terms:
        surface = question.text[token.start : token.end]
        term = used.get(surface, token.term)
        count = counts.get(term)
        held = count is not None and count.passages > 0
        known = (
            held
            or surface in acronyms
            or any(other in counts and counts[other].passages for other in instead.get(term, ()))
        )
        terms.setdefault(
            term,
            Term(
                term=term,
                word=token.word,
                weight=count.idf if count is not None and held else unknown,
                name=inside_any(token, question.names),
                number=term[:1].isdigit(),
                dated=_dated(token, question),
                known=known,
            ),
        )
        order.append(list(terms).index(term))
    values = tuple(terms.values())
    synonyms = tuple(_synonyms(term.term) for term in values)
    index = {term.term: number for number, term in enumerate(values)}
    return QuestionTerms(
        terms=values,
        index=index,
        order=tuple(order),
        total=sum(term.weight for term in values),
        top=max((term.weight for term in values), default=0.0),
        names=frozenset(number for number, term in enumerate(values) if term.name),
        numbers=frozenset(number for number, term in enumerate(values) if term.number),
        negated=any(is_negation(token) for token in question.analysis.tokens),
        days=frozenset(day.isoformat() for day in question.days),
        phrases=_phrases(values, index),
        synonyms=synonyms,
        all=frozenset(range(len(values))),
        varied=frozenset(number for number, (words, phrases) in enumerate(synonyms) if words or phrases),
        nations=_nations(question, index),
        acronyms={acronym: index[term] for acronym, term in acronyms.items() if term in index},
        beginnings=tuple(_beginning(term.term) for term in values),
        antonyms=tuple(lexicon().antonyms.get(term.term, frozenset()) for term in values),
    )


def _spelt_out(question: Question, finding: Finding, held: Collection[str]) -> dict[str, str]:
    """The question's acronyms that no passage writes but some hit spells out, with their terms."""
    written = {question.text[token.start : token.end]: token.term for token in question.terms}
    unknown = {word: term for word, term in written.items() if is_acronym(word) and term not in held}
    return {
        word: term
        for word, term in unknown.items()
        if any(stands_for(word, hit, index) for hit in finding.hits for index in range(len(hit.tokens)))
    }


def is_negation(token: Token) -> bool:
    return token.word in _NEGATIONS or token.word.endswith("n't")


def _nations(question: Question, index: dict[str, int]) -> dict[str, frozenset[int]]:
    """The numbers of the terms that name each country of the question, by the country or by its people."""
    found: dict[str, frozenset[int]] = {}
    for mention in question.analysis.mentions:
        if mention.kind in _NATIONAL and mention.value:
            terms = [token.term for token in question.terms if inside_any(token, (mention.span,))]
            found[mention.value] = found.get(mention.value, frozenset()) | {
                index[term] for term in terms if term in index
            }
    return found


def _dated(token: Token, question: Question) -> bool:
    return inside_any(
        token, (mention.span for mention in question.analysis.mentions if mention.kind is MentionKind.DATE)
    )


def _phrases(terms: Sequence[Term], index: dict[str, int]) -> tuple[tuple[frozenset[int], frozenset[Phrase]], ...]:
    """The lexicon's phrases that the question holds, by the numbers of their terms, with what may stand for each."""
    words = lexicon()
    found = words.phrases_in(tuple(term.term for term in terms))
    return tuple((frozenset(index[word] for word in phrase), words.synonyms[phrase]) for phrase in found)


@dataclass(frozen=True, slots=True)
class Words:
    """What tokens hold, whatever is asked: terms, those that carry content, how these begin, and whether it denies."""

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
            starts=frozenset([term[:_LIKE_PREFIX] for term in present]),
            negated=any(is_negation(token) for token in tokens),
        )


_known_words: dict[int, tuple[tuple[Token, ...], Words]] = {}
"""What was worked out lately, by the identity of the tokens, which are held so that none takes over another's."""


def words_of(tokens: tuple[Token, ...]) -> Words:
    """What the tokens of a sentence hold; a passage's are looked at with every question, so it is remembered."""
    known = _known_words.get(id(tokens))
    if known is None:
        if len(_known_words) >= _REMEMBERED:
            _known_words.clear()
        known = _known_words[id(tokens)] = tokens, Words.of(tokens)
    return known[1]


@dataclass(frozen=True, slots=True)
class TermOverlap:
    """Which terms of a question some tokens meet: exactly (``exact``), loosely (``fuzzy``), and where."""

    exact: frozenset[int] = frozenset()
    fuzzy: frozenset[int] = frozenset()
    opposed: bool = False
    negated: bool = False
    places: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, needs: QuestionTerms, tokens: Sequence[Token], words: Words | None = None) -> TermOverlap:
        """What tokens meet; ``words`` are those of the tokens, where they are known already."""
        index = needs.index
        words = Words.of(tokens) if words is None else words
        places: tuple[tuple[int, int], ...] = ()
        if not words.terms.isdisjoint(index):
            places = tuple([(at, index[token.term]) for at, token in enumerate(tokens) if token.term in index])
        met = frozenset([number for _, number in places])
        missing = needs.all - met
        return cls(
            exact=met,
            fuzzy=_loosely(needs, missing, words),
            opposed=any(not needs.antonyms[number].isdisjoint(words.present) for number in missing),
            negated=words.negated,
            places=places,
        )

    def with_loose(self, more: frozenset[int]) -> TermOverlap:
        """This overlap with more terms met loosely, where they are not met already."""
        return self if more <= self.matched else replace(self, fuzzy=self.fuzzy | (more - self.exact))

    @property
    def matched(self) -> frozenset[int]:
        """Terms met exactly or loosely."""
        return self.exact | self.fuzzy

    def pairs(self, reach: int, needs: QuestionTerms) -> float:
        """Share of the question's neighbouring pairs of terms that stand within ``reach`` tokens here, in order."""
        if len(self.places) < 2:
            return 0.0
        where: dict[int, list[int]] = {}
        for at, number in self.places:
            where.setdefault(number, []).append(at)
        order = needs.order
        hits = 0
        for first, second in pairwise(order):
            if (lefts := where.get(first)) and (rights := where.get(second)):
                hits += any(0 < right - left <= reach for left in lefts for right in rights)
        return hits / (len(order) - 1) if len(order) > 1 else 0.0

    def proximity(self) -> float:
        """How dense the met terms stand: their number over the length of the shortest run that holds them all."""
        if len(self.exact) < 2:
            return 0.0
        last: dict[int, int] = {}
        shortest = math.inf
        for at, number in self.places:
            last[number] = at
            if len(last) == len(self.exact):
                shortest = min(shortest, at - min(last.values()) + 1)
        return len(self.exact) / shortest

    def in_order(self) -> int:
        """How many met terms stand in the question's order: the longest rising run."""
        tails: list[int] = []
        for _, number in self.places:
            at = bisect_left(tails, number)
            tails[at : at + 1] = [number]
        return len(tails)


def _loosely(needs: QuestionTerms, missing: frozenset[int], words: Words) -> frozenset[int]:
    present = words.present
    fuzzy = {number for number in missing & needs.varied if _met_by_synonym(needs.synonyms[number], present)}
    like = [n for n in missing if needs.beginnings[n][:_LIKE_PREFIX] in words.starts and n not in fuzzy]
    fuzzy |= {n for n in like if _alike(needs.terms[n].term, needs.beginnings[n], words)}
    for members, others in needs.phrases:
        if any(all(word in present for word in phrase) for phrase in others):
            fuzzy |= members.intersection(missing)
    return frozenset(fuzzy)


def _met_by_synonym(synonyms: tuple[frozenset[str], tuple[Phrase, ...]], present: frozenset[str]) -> bool:
    words, phrases = synonyms
    return not words.isdisjoint(present) or any(all(word in present for word in phrase) for phrase in phrases)


def _alike(term: str, beginning: str, words: Words) -> bool:
    """Whether a word of the same long beginning is there: resign and resignation, mediate and mediation."""
    return any(other.startswith(beginning) and len(other) - len(term) <= 4 for other in words.present)


def _beginning(term: str) -> str:
    """The beginning that a like word must share; empty where the term is too short or no word."""
    return term[: max(_LIKE_PREFIX, len(term) - 2)] if len(term) >= _LIKE_PREFIX and term.isalpha() else ""


def _synonyms(term: str) -> tuple[frozenset[str], tuple[Phrase, ...]]:
    """What may stand for a term: single words, and phrases of several."""
    phrases = lexicon().synonyms.get((term,), frozenset())
    return frozenset(p[0] for p in phrases if len(p) == 1), tuple(sorted(p for p in phrases if len(p) > 1))


def overlaps_in(needs: QuestionTerms, hit: Hit) -> tuple[TermOverlap, ...]:
    """What each sentence of a hit meets; worked out once a question."""
    if hit.passage.id not in needs.seen:
        needs.seen[hit.passage.id] = tuple(
            TermOverlap.of(needs, tokens, words_of(tokens)).with_loose(
                _nations_in(needs, hit, index) | _spelt_out_in(needs, hit, index)
            )
            for index, tokens in enumerate(hit.tokens)
        )
    return needs.seen[hit.passage.id]


def _nations_in(needs: QuestionTerms, hit: Hit, index: int) -> frozenset[int]:
    """Terms of the question's countries and nationalities that a sentence names in the other form: Turkey, Turkish."""
    if not needs.nations:
        return frozenset()
    values = {mention.value for mention in hit.mentions_in(index) if mention.kind in _NATIONAL}
    return frozenset[int]().union(*(terms for nation, terms in needs.nations.items() if nation in values))


def _spelt_out_in(needs: QuestionTerms, hit: Hit, index: int) -> frozenset[int]:
    """Terms of the question's acronyms whose names a sentence writes in full."""
    return frozenset(number for acronym, number in needs.acronyms.items() if stands_for(acronym, hit, index))


def overlap_of(needs: QuestionTerms, evidence: Evidence) -> TermOverlap:
    return overlaps_in(needs, evidence.hit)[evidence.index]


@lru_cache(maxsize=4096)
def tokens_of_title(title: str) -> tuple[Token, ...]:
    return tokenize(title)


@lru_cache(maxsize=4096)
def tokens_above(title: str, heading: str) -> tuple[Token, ...]:
    return (*tokens_of_title(title), *tokens_of_title(heading))


def title_overlap(needs: QuestionTerms, hit: Hit) -> TermOverlap:
    """What of the question stands over a passage's sentences: in the title, the heading, subheads and datelines."""
    above = tokens_above(hit.header.title or "", hit.passage.heading or "")
    heads = [
        t
        for s, tokens in zip(hit.passage.sentences, hit.tokens, strict=True)
        if s.part is not TextPart.BODY
        for t in tokens
    ]
    return TermOverlap.of(needs, (*above, *heads)) if heads else TermOverlap.of(needs, above, words_of(above))
