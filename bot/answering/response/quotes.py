"""Quotes: the sentence that proves an answer, with a neighbour where it is not complete without it."""

from __future__ import annotations

from bot.answering.models import Citation, Evidence
from bot.answering.reader.cue_phrases import opens_with_pronoun
from bot.answering.reader.term_matching import QuestionTerms, overlap_of, overlaps_in
from retrieval.models import Span, TextPart

MOST_WORDS = 60
"""A quote of more words is not extended by a neighbour; chosen by hand."""
_WORTH_ADDING = 0.15
"""A neighbour that has this share of the question beyond the sentence is quoted with it; chosen by hand."""


def quote_span(terms: QuestionTerms, evidence: Evidence) -> Span:
    """The sentence; with the one before where it refers back or lacks words, and the one after where it lacks words."""
    first = last = evidence.index
    own = overlap_of(terms, evidence).matched
    if _joins(evidence, first - 1) and (opens_with_pronoun(evidence.tokens) or _adds(terms, evidence, first - 1, own)):
        first = _within(evidence, first - 1, last, first)
    if _joins(evidence, last + 1) and _adds(terms, evidence, last + 1, own):
        last = last + 1 if _words(evidence, first, last + 1) <= MOST_WORDS else last
    return _span(evidence, first, last)


def _within(evidence: Evidence, first: int, last: int, otherwise: int) -> int:
    return first if _words(evidence, first, last) <= MOST_WORDS else otherwise


def _joins(evidence: Evidence, index: int) -> bool:
    """Whether a neighbour is a body sentence of the same paragraph."""
    sentences = evidence.hit.passage.sentences
    if not 0 <= index < len(sentences):
        return False
    neighbour, own = sentences[index], sentences[evidence.index]
    return neighbour.part is TextPart.BODY and neighbour.paragraph == own.paragraph


def _adds(terms: QuestionTerms, evidence: Evidence, index: int, own: frozenset[int]) -> bool:
    return terms.share(overlaps_in(terms, evidence.hit)[index].exact - own) >= _WORTH_ADDING


def _words(evidence: Evidence, first: int, last: int) -> int:
    return len(evidence.hit.passage.words_of(_span(evidence, first, last)).split())


def _span(evidence: Evidence, first: int, last: int) -> Span:
    sentences = evidence.hit.passage.sentences
    return Span(start=sentences[first].span.start, end=sentences[last].span.end)


def cite(number: int, evidence: Evidence, span: Span) -> Citation:
    """A numbered citation of ``span``, which is in the evidence's passage."""
    passage = evidence.hit.passage
    return Citation(
        number=number,
        header=evidence.hit.header,
        quote=passage.words_of(span),
        span=span,
        passage=passage,
    )
