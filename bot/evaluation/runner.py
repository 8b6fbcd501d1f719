"""Asks the bot a gold question and records its prediction: reply, checked quotes, search hits, time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.answering.models import Answer, Citation, Reply, Trace
from bot.answering.response.text import to_plain
from bot.evaluation.models import CheckedQuote, EvaluationQuestion, EvaluationResult, Prediction
from retrieval.errors import UnknownArticle
from retrieval.models import Article, Hit, Span

RECALL_DEPTH = 10
"""Hits in which supporting sentences are looked for: recall at 10."""


class EvaluatedService(Protocol):
    """What is evaluated: answers, search hits and articles."""

    def answer(self, text: str, today: date | None = None, *, always: bool = False) -> Trace: ...

    def hits(self, text: str, limit: int, today: date | None = None) -> tuple[Hit, ...]: ...

    def article(self, article_id: str) -> Article: ...


def evaluate_question(
    service: EvaluatedService, gold: EvaluationQuestion, today: date | None = None, *, always: bool = False
) -> EvaluationResult:
    """The result of one question; only ``service.answer`` is timed."""
    wall, cpu = time.perf_counter(), time.process_time()
    trace = service.answer(gold.question, today, always=always)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    measured = {"wall_ms": wall * 1000, "cpu_ms": cpu * 1000, **_retrieval_scores(service, gold, today)}
    return EvaluationResult(gold=gold, prediction=_prediction(service, trace.reply).model_copy(update=measured))


def _prediction(service: EvaluatedService, reply: Reply) -> Prediction:
    text = to_plain(reply)
    quotes = tuple(_checked_quote(service, citation) for citation in reply.citations)
    if not isinstance(reply, Answer):
        return Prediction(
            answered=False,
            closest=bool(quotes),
            kind=reply.kind,
            text=text,
            confidence=reply.confidence,
            quotes=quotes,
        )
    return Prediction(
        answered=True,
        kind=reply.question.kind,
        short=reply.short_text,
        text=text,
        confidence=reply.confidence,
        quotes=quotes,
    )


def _checked_quote(service: EvaluatedService, citation: Citation) -> CheckedQuote:
    text = _text(service, citation.article_id)
    true = text is not None and citation.span.of(text) == citation.quote
    return CheckedQuote(article_id=citation.article_id, text=citation.quote, true=true)


def _retrieval_scores(service: EvaluatedService, gold: EvaluationQuestion, today: date | None) -> dict[str, object]:
    if gold.passage is None and not gold.facts:
        return {}
    hits = service.hits(gold.question, RECALL_DEPTH, today)
    return {
        "first_hit_is_right": None if gold.passage is None else _covers(service, hits[:1], gold),
        "facts_found": tuple(_contains(fact, hits) for fact in gold.facts),
    }


def _covers(service: EvaluatedService, hits: Sequence[Hit], gold: EvaluationQuestion) -> bool:
    """Whether one of the hits covers at least half of the paragraph that contains the answer."""
    spans = (_paragraph_span(service, hit.header.id, gold.passage or "") for hit in hits)
    return any(
        span and _overlap(span, hit.passage.span) * 2 >= span.end - span.start
        for span, hit in zip(spans, hits, strict=True)
    )


def _paragraph_span(service: EvaluatedService, article_id: str, paragraph: str) -> Span | None:
    start = (_text(service, article_id) or "").find(paragraph)
    return None if start < 0 else Span(start=start, end=start + len(paragraph))


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _contains(fact: str, hits: Sequence[Hit]) -> bool:
    """Whether one of the hits contains a sentence; white space does not matter."""
    sentence = " ".join(fact.split())
    return any(sentence in " ".join(hit.passage.text.split()) for hit in hits)


def _text(service: EvaluatedService, article_id: str) -> str | None:
    try:
        return service.article(article_id).text
    except UnknownArticle:
        return None
