"""Articles and passages as the rows of the store, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from retrieval.documents.article_fields import columns_of, facts_in
from retrieval.documents.passages import index_text
from retrieval.index.postings import Document
from retrieval.models import Article, Header, Mention, Passage, Record, Sentence, Span
from retrieval.text.tokens import index_terms

Entry = tuple[Article, tuple[Passage, ...]]


class StoredPassage(NamedTuple):
    """A passage as it is kept: its row id (never given out twice), its article's row id, and the article's header."""

    key: int
    group: int
    passage: Passage
    header: Header


class WriteResult(NamedTuple):
    """What one transaction changed: new passages, row ids of those that are gone, and the revisions around it."""

    added: tuple[StoredPassage, ...]
    removed: tuple[int, ...]
    before: str
    after: str


class Annotation(Record):
    """What is kept of a passage beside its span; its words are the article's."""

    heading: str | None = None
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()


def article_row(article: Article, dating: str) -> dict[str, str | None]:
    """An article's columns by their names; ``dating`` names what its date, if inferred, rests on."""
    return {**columns_of(article), "fingerprint": article.fingerprint, "dating": dating, "text": article.text}


def passage_row(stored: StoredPassage, ordinal: int) -> tuple[int | str, ...]:
    """A passage's columns in the order of its table."""
    passage = stored.passage
    annotation = Annotation(heading=passage.heading, sentences=passage.sentences, mentions=passage.mentions)
    words = annotation.model_dump_json(exclude_defaults=True)
    return (stored.key, stored.group, ordinal, passage.span.start, passage.span.end, words)


def header_from(row: Mapping[str, Any]) -> Header:
    return Header(**facts_in(row))


def article_from(row: Mapping[str, Any]) -> Article:
    return Article(**facts_in(row), text=row["text"])


def stored_from(row: Mapping[str, Any]) -> StoredPassage:
    passage = _passage(row, Annotation.model_validate_json(row["annotation"]))
    return StoredPassage(row["key"], row["article"], passage, header_from(row))


def document_of(stored: StoredPassage) -> Document:
    """What ranking indexes of a stored passage."""
    return Document(stored.key, stored.group, index_terms(index_text(stored.passage, stored.header)))


def document_from(row: Mapping[str, Any]) -> Document:
    """The same from its row; sentences and mentions, which ranking has no use for, are not decoded."""
    heading = json.loads(row["annotation"]).get("heading")
    passage = _passage(row, Annotation(heading=heading))
    return document_of(StoredPassage(row["key"], row["article"], passage, header_from(row)))


def checked(entries: Iterable[Entry]) -> Sequence[Entry]:
    """The entries by article id, the last of each; raises ValueError for a passage that is not of its article."""
    latest = {article.id: (article, passages) for article, passages in entries}
    for article, passages in latest.values():
        for ordinal, passage in enumerate(passages):
            if passage.id != f"{article.id}#{ordinal}" or passage.span.of(article.text) != passage.text:
                raise ValueError(f"passage {passage.id} is not number {ordinal} of article {article.id}")
    return tuple(latest.values())


def _passage(row: Mapping[str, Any], annotation: Annotation) -> Passage:
    return Passage(
        id=f"{row['id']}#{row['ordinal']}",
        article_id=row["id"],
        span=Span(start=row["start"], end=row["stop"]),
        text=row["words"],
        heading=annotation.heading,
        sentences=annotation.sentences,
        mentions=annotation.mentions,
    )
