"""Comparison: what each outlet that a question names says, or each article where it names none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.answering.models import Evidence, Question, QuestionKind
from bot.answering.question.outlets import NamedOutlets, brand_of, named_outlets
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.term_matching import QuestionTerms, overlap_of
from bot.answering.response.aggregation import about_the_question, best_of_each_article, name_of
from retrieval.models import Record

_OWN_CLAUSE = 2.0
"""What is added to a sentence's score, in log odds, if it has all that the question says of its outlet.

With it the reply has the right answer for 0.375 of MultiHop-RAG, with one article's quotes for 0.307 (docs/quality.md).
"""
_CLAUSE = 3
"""With fewer terms after it, an outlet's part of the question is before it: "..., as reported by Reuters"."""
_LEAST = 0.2
"""The share of the question that the best sentence of an outlet must have to be shown; chosen by hand."""


class OutletQuote(Record):
    """An outlet and its best sentence; None where it has none about the question."""

    name: str
    evidence: Evidence | None = None


def is_comparison(question: Question) -> bool:
    """Whether a question compares several outlets or articles."""
    return question.kind is QuestionKind.COMPARE or len({brand_of(outlet) for outlet in question.outlets}) > 1


def outlet_quotes(context: AnswerContext) -> list[OutletQuote]:
    """The sentence of each named outlet, in the question's order; of each article where no outlet is named."""
    if not context.question.outlets:
        sentences = best_of_each_article(about_the_question(context, context.evidence))
        return [OutletQuote(name=name_of(evidence.hit.header), evidence=evidence) for evidence in sentences]
    named = named_outlets(context.question.text, context.question.outlets)
    brands = dict.fromkeys(brand_of(outlet) for outlet in context.question.outlets)
    return [
        OutletQuote(name=brand, evidence=_best_of(context, brand, _clause_of(context, named, brand)))
        for brand in brands
    ]


def _best_of(context: AnswerContext, brand: str, clause: frozenset[int]) -> Evidence | None:
    """The best sentence of an outlet: by its score and by how much it has of what the question says of that outlet."""
    own = [evidence for evidence in context.evidence if brand_of(evidence.hit.header.outlet or "") == brand]
    worth = {
        id(evidence): evidence.score + _OWN_CLAUSE * _matched_share(context.terms, evidence, clause) for evidence in own
    }
    best = max(own, key=lambda evidence: worth[id(evidence)], default=None)
    return best if best is not None and context.terms.share(overlap_of(context.terms, best).matched) >= _LEAST else None


def _matched_share(terms: QuestionTerms, evidence: Evidence, clause: frozenset[int]) -> float:
    return terms.share_of(overlap_of(terms, evidence).matched, clause)


def _clause_of(context: AnswerContext, named: NamedOutlets, brand: str) -> frozenset[int]:
    """The terms of the question's part about an outlet: those after its name up to the next, else those before it."""
    bounds = [0, *sorted({span.start for span in named.spans}), len(context.question.text)]
    parts = [_terms_between(context, first, last) for first, last in pairwise(bounds)]
    own: frozenset[int] = frozenset()
    for place, start in enumerate(bounds[1:-1], start=1):
        if _brand_at(context.question.text, start, named) == brand:
            own |= parts[place] if len(parts[place]) >= _CLAUSE else parts[place - 1]
    return own


def _brand_at(text: str, start: int, named: NamedOutlets) -> str:
    span = next(span for span in named.spans if span.start == start)
    words = span.of(text).casefold()
    brands: Sequence[str] = [brand_of(outlet) for outlet in named.known]
    return next((brand for brand in brands if words in brand.casefold() or brand.casefold() in words), "")


def _terms_between(context: AnswerContext, first: int, last: int) -> frozenset[int]:
    index = context.terms.index
    inside = (token.term for token in context.question.terms if first <= token.start < last)
    return frozenset(index[term] for term in inside if term in index)
