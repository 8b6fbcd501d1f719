"""Putting questions to the bot and judging what comes back: replies, quotes, passages found, time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.answering.models import Answer, Citation, Reply, Trace
from bot.answering.response.text import to_plain
from bot.evaluation.models import CheckedQuote, EvaluatedReply, EvaluationQuestion, JudgedReply
from retrieval.errors import UnknownArticle
from retrieval.models import Article, Hit, Span

LOOKED_THROUGH = 10
"""Passages in which supporting sentences are looked for: recall at 10."""


class Subject(Protocol):
    """What can be measured."""

    def answer(self, text: str, today: date | None = None, *, always: bool = False) -> Trace: ...

    def hits(self, text: str, limit: int, today: date | None = None) -> tuple[Hit, ...]: ...

    def article(self, article_id: str) -> Article: ...


def judge(
    subject: Subject, asked: EvaluationQuestion, today: date | None = None, *, always: bool = False
) -> JudgedReply:
    """Put one question and judge the reply; only the answering itself is timed."""
    wall, cpu = time.perf_counter(), time.process_time()
    trace = subject.answer(asked.question, today, always=always)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    given = _given(subject, trace.reply).model_copy(
        update={"wall_ms": wall * 1000, "cpu_ms": cpu * 1000, **_found(subject, asked, today)}
    )
    return JudgedReply(asked=asked, given=given)


def _given(subject: Subject, reply: Reply) -> EvaluatedReply:
    text = to_plain(reply)
    if not isinstance(reply, Answer):
        return EvaluatedReply(answered=False, kind=reply.kind, text=text, confidence=reply.confidence)
    return EvaluatedReply(
        answered=True,
        kind=reply.question.kind,
        short=reply.short_text,
        text=text,
        confidence=reply.confidence,
        quotes=tuple(_quote(subject, citation) for citation in reply.citations),
    )


def _quote(subject: Subject, citation: Citation) -> CheckedQuote:
    text = _text(subject, citation.article_id)
    true = text is not None and citation.span.of(text) == citation.quote
    return CheckedQuote(article_id=citation.article_id, text=citation.quote, true=true)


def _found(subject: Subject, asked: EvaluationQuestion, today: date | None) -> dict[str, object]:
    if asked.passage is None and not asked.facts:
        return {}
    hits = subject.hits(asked.question, LOOKED_THROUGH, today)
    return {
        "first_hit_is_right": None if asked.passage is None else _covers(subject, hits[:1], asked),
        "facts_found": tuple(_stands_in(fact, hits) for fact in asked.facts),
    }


def _covers(subject: Subject, hits: Sequence[Hit], asked: EvaluationQuestion) -> bool:
    """Whether a hit covers at least half of the paragraph that holds the answer."""
    places = (_place(subject, hit.header.id, asked.passage or "") for hit in hits)
    return any(
        place and _shared(place, hit.passage.span) * 2 >= place.end - place.start
        for place, hit in zip(places, hits, strict=True)
    )


def _place(subject: Subject, article_id: str, paragraph: str) -> Span | None:
    start = (_text(subject, article_id) or "").find(paragraph)
    return None if start < 0 else Span(start=start, end=start + len(paragraph))


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _stands_in(fact: str, hits: Sequence[Hit]) -> bool:
    """Whether a sentence stands inside a passage, however its white space is broken."""
    wanted = " ".join(fact.split())
    return any(wanted in " ".join(hit.passage.text.split()) for hit in hits)


def _text(subject: Subject, article_id: str) -> str | None:
    try:
        return subject.article(article_id).text
    except UnknownArticle:
        return None
