"""The terms of a question with their weights in a corpus, and what may replace each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.answering.lexicon.synonyms import Phrase, lexicon
from bot.answering.models import Question
from bot.answering.reader.acronyms import is_acronym, stands_for
from bot.answering.reader.term_matching import LIKE_PREFIX, NATIONAL, QuestionTerms, Term, is_negation
from retrieval.models import Finding, MentionKind, Token, inside_any


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
        distinct=values,
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
    """The question's acronyms that no passage has but some hit writes in full, with their terms."""
    written = {question.text[token.start : token.end]: token.term for token in question.terms}
    unknown = {word: term for word, term in written.items() if is_acronym(word) and term not in held}
    return {
        word: term
        for word, term in unknown.items()
        if any(stands_for(word, hit, index) for hit in finding.hits for index in range(len(hit.tokens)))
    }


def _nations(question: Question, index: dict[str, int]) -> dict[str, frozenset[int]]:
    """The numbers of the terms that name each country of the question, by the country or by its people."""
    found: dict[str, frozenset[int]] = {}
    for mention in question.analysis.mentions:
        if mention.kind in NATIONAL and mention.value:
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
    """The lexicon's phrases that the question has, by the numbers of their terms, with what may replace each."""
    words = lexicon()
    found = words.phrases_in(tuple(term.term for term in terms))
    return tuple((frozenset(index[word] for word in phrase), words.synonyms[phrase]) for phrase in found)


def _beginning(term: str) -> str:
    """The beginning that a related word must share; empty where the term is too short or no word."""
    return term[: max(LIKE_PREFIX, len(term) - 2)] if len(term) >= LIKE_PREFIX and term.isalpha() else ""


def _synonyms(term: str) -> tuple[frozenset[str], tuple[Phrase, ...]]:
    """What may replace a term: single words, and phrases of several."""
    phrases = lexicon().synonyms.get((term,), frozenset())
    return frozenset(p[0] for p in phrases if len(p) == 1), tuple(sorted(p for p in phrases if len(p) > 1))
