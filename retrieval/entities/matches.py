"""What the recognisers hand on: a stretch of a line's words, what it is, and the words of its role."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from retrieval.entities.gazetteer import GazetteerEntry
from retrieval.models import Mention, MentionKind, Span
from retrieval.text.word_traits import TaggedSentence, TaggedWord

Match = tuple[int, GazetteerEntry]
"""Where a name of the gazetteer ends among a line's words, and what it means."""
Entries = Mapping[int, Match]
"""The gazetteer's names in a line, by the word they start at."""


class ArticleLines(NamedTuple):
    """An article's lines with what is known before its people are looked for.

    ``taken`` are the words of organisations and longer places in each line, ``common`` the words that the article has
    in lower case, ``bodies`` those that start an organisation's name: alone they mean it, not for somebody.
    """

    lines: Sequence[TaggedSentence]
    entries: Sequence[Entries]
    taken: Sequence[Collection[int]]
    common: Collection[str]
    bodies: Collection[str]


class EntityMatch(NamedTuple):
    """Words ``start`` to ``end`` (excluded) of a line; ``role`` likewise."""

    start: int
    end: int
    kind: MentionKind
    value: str | None = None
    detail: str | None = None
    role: tuple[int, int] | None = None

    def mention(self, words: tuple[TaggedWord, ...]) -> Mention:
        """The same with offsets into the text."""
        role = None if self.role is None else span_of(words, *self.role)
        return Mention(
            span=span_of(words, self.start, self.end), kind=self.kind, value=self.value, detail=self.detail, role=role
        )


def span_of(words: tuple[TaggedWord, ...], start: int, end: int) -> Span:
    """The text from word ``start`` to word ``end``, excluded."""
    return Span(start=words[start].start, end=words[end - 1].end)
