"""A line of an answer that somebody quotes: where it is in its article, what it names, and whether its source is asked
for."""

from __future__ import annotations

import re
from typing import Final

from bot.chat.persistence.answers import StoredAnswer
from bot.chat.types import Service
from retrieval.errors import UnknownArticle
from retrieval.models import Mention, Record, Span

_SOURCE: Final = re.compile(
    r"(?:(?:what(?:'s| is| are) )?(?:the |your )?sources?|proof|prove (?:it|this|that)|says who|"
    r"who (?:says|said) (?:it|so|this|that)|where (?:is|does|did) (?:it|this|that) (?:come )?from|"
    r"where (?:do|did) you (?:get|have) (?:it|this|that)(?: from)?|how do you know(?: (?:it|this|that))?|"
    r"is (?:it|this|that)(?: really)? true|really|which article(?: says (?:it|so|this|that))?)\W*",
    re.IGNORECASE,
)


class QuotedLine(Record):
    """A quoted line: the index of its quote among the answer's, its article, and its span there."""

    number: int
    article_id: str
    span: Span


def asks_for_source(question: str) -> bool:
    """Whether nothing is asked but where something comes from: ``source?``, ``who says so?``."""
    return _SOURCE.fullmatch(question.strip().replace("’", "'")) is not None


def find_quoted_line(service: Service, answer: StoredAnswer, words: str) -> QuotedLine | None:
    """The line of an answer that holds these words, or None where no quote does or its article has changed."""
    wanted = re.compile(r"\s+".join(map(re.escape, words.split())))
    for number, quote in enumerate(answer.quotes):
        try:
            text = service.article(quote.article_id).text
        except UnknownArticle:
            continue
        found = wanted.search(text, quote.span.start, quote.span.end) if words.split() else None
        if found and quote.is_in(text):
            span = Span(start=found.start(), end=found.end())
            return QuotedLine(number=number, article_id=quote.article_id, span=span)
    return None


def mentions_in(service: Service, line: QuotedLine) -> tuple[Mention, ...]:
    """What the line names, with spans counted from its start. It is looked up in the passage, which was annotated with
    more context than the line alone has."""
    return tuple(
        _moved(mention, line.span.start)
        for passage in service.passages_of(line.article_id)
        for mention in passage.mentions
        if line.span.contains(mention.span)
    )


def _moved(mention: Mention, start: int) -> Mention:
    span = Span(start=mention.span.start - start, end=mention.span.end - start)
    return Mention(span=span, kind=mention.kind, value=mention.value)
