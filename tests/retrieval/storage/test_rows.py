"""Articles and passages as rows, and back."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.documents.passages import split_passages
from retrieval.models import Article, Header, Knowledge, Mention, MentionKind, Published, Span
from retrieval.storage.rows import (
    StoredPassage,
    article_from,
    article_row,
    checked,
    document_from,
    document_of,
    header_from,
    passage_row,
    stored_from,
)

ARTICLE = Article(
    id="ferry",
    text="The ferry sank. Nobody drowned.",
    title="A ferry sinks",
    published=Published(day=date(2021, 5, 6), known=Knowledge.INFERRED, how="its latest day"),
)
(BARE,) = split_passages(ARTICLE)
PASSAGE = BARE.model_copy(update={"mentions": (Mention(span=Span(start=4, end=9), kind=MentionKind.PLACE),)})
STORED = StoredPassage(7, 3, PASSAGE, Header.of(ARTICLE))


def stored_row() -> dict[str, object]:
    """The row that the store's view gives of the passage."""
    key, group, ordinal, start, stop, annotation = passage_row(STORED, 0)
    return {
        **article_row(ARTICLE, "x"), "key": key, "article": group, "ordinal": ordinal, "start": start, "stop": stop,
        "annotation": annotation, "words": PASSAGE.text,
    }  # fmt: skip


def test_an_article_comes_back_as_it_was() -> None:
    row = article_row(ARTICLE, "x")
    assert (article_from(row), header_from(row)) == (ARTICLE, Header.of(ARTICLE))
    assert (row["fingerprint"], row["dating"]) == (ARTICLE.fingerprint, "x")


def test_a_passage_comes_back_with_its_sentences_and_mentions() -> None:
    assert stored_from(stored_row()) == STORED


def test_ranking_indexes_title_and_words_also_without_decoding_mentions() -> None:
    document = document_of(STORED)
    assert (document.key, document.group) == (7, 3)
    assert {"ferri", "sink", "drown"} <= set(document.terms)
    assert document_from(stored_row()) == document


def test_the_last_article_of_an_id_counts() -> None:
    other = ARTICLE.model_copy(update={"title": "Another"})
    assert [article.title for article, _ in checked([(ARTICLE, (PASSAGE,)), (other, ())])] == ["Another"]


def test_a_passage_of_another_article_is_refused() -> None:
    with pytest.raises(ValueError, match="is not number 0 of article storm"):
        checked([(ARTICLE.model_copy(update={"id": "storm"}), (PASSAGE,))])
