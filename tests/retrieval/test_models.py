"""What cannot be made: spans, passages, hits and queries that are not true to their texts."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from retrieval.models import (
    Article,
    DateRange,
    Header,
    Hit,
    Knowledge,
    Mention,
    MentionKind,
    Passage,
    Published,
    Query,
    Sentence,
    Span,
    inside_any,
)

TEXT = "The ferry sank. Nobody drowned."
FIRST, SECOND = Span(start=0, end=15), Span(start=16, end=31)
WHOLE = Span(start=0, end=31)
FERRY = Mention(span=Span(start=4, end=9), kind=MentionKind.PLACE)
PASSAGE = Passage(
    id="a#0", article_id="a", span=WHOLE, text=TEXT, sentences=(Sentence(span=FIRST), Sentence(span=SECOND)),
    mentions=(FERRY,),
)  # fmt: skip


def test_spans_compare_and_join() -> None:
    assert (FIRST.of(TEXT), SECOND.of(TEXT)) == ("The ferry sank.", "Nobody drowned.")
    assert WHOLE.contains(FIRST)
    assert not FIRST.contains(WHOLE)
    assert not FIRST.overlaps(SECOND)
    assert FIRST.overlaps(Span(start=14, end=20))
    assert FIRST.union(SECOND) == WHOLE
    assert inside_any(FERRY.span, [SECOND, FIRST])
    assert not inside_any(FERRY.span, [SECOND])


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_an_empty_span_cannot_be_made(start: int, end: int) -> None:
    with pytest.raises(ValidationError):
        Span(start=start, end=end)


def test_a_passage_knows_the_mentions_of_each_sentence() -> None:
    assert PASSAGE.mentions_by_sentence == ((FERRY,), ())
    assert PASSAGE.words_of(FERRY.span) == "ferry"
    with pytest.raises(ValueError, match="lies outside"):
        PASSAGE.words_of(Span(start=30, end=40))


@pytest.mark.parametrize(
    "wrong", [{"text": "The ferry"}, {"mentions": (Mention(span=Span(start=30, end=33), kind=MentionKind.PLACE),)}]
)
def test_a_passage_that_is_not_its_articles_cannot_be_made(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Passage.model_validate({**PASSAGE.model_dump(), **wrong})


def test_a_hit_has_tokens_for_each_sentence() -> None:
    with pytest.raises(ValidationError, match="one tuple each"):
        Hit(passage=PASSAGE, header=Header(id="a"), score=1.0, rank=1, tokens=((),))
    hit = Hit(passage=PASSAGE, header=Header(id="a"), score=1.0, rank=1, tokens=((), ()))
    assert hit.mentions_in(0) == (FERRY,)


def test_a_query_pairs_terms_with_words() -> None:
    with pytest.raises(ValidationError, match="one each"):
        Query(terms=("ferri", "sink"), words=("ferries",))


def test_an_open_side_of_a_range_has_no_end() -> None:
    since = DateRange(first=date(2021, 5, 6))
    assert since.contains(date(2030, 1, 1))
    assert not since.contains(date(2021, 5, 5))
    assert DateRange().contains(date.min)


def test_a_header_is_the_article_without_its_text() -> None:
    article = Article(id="a", text=TEXT, outlet="Herald")
    assert Header.of(article) == Header(id="a", outlet="Herald")


def test_the_fingerprint_passes_over_an_inferred_day_alone() -> None:
    article = Article(id="a", text=TEXT)
    day = date(2021, 5, 6)
    inferred = article.model_copy(update={"published": Published(day=day, known=Knowledge.INFERRED)})
    stated = article.model_copy(update={"published": Published(day=day)})
    assert Article(**inferred.model_dump()).fingerprint == article.fingerprint
    assert Article(**stated.model_dump()).fingerprint != article.fingerprint


def test_the_fingerprint_is_the_one_that_older_stores_hold() -> None:
    assert Article(id="a", text=TEXT, outlet="Herald").fingerprint == (
        "11691a98fd68f2255632aa6fd1c30d6683474ef4183a729b10e290df69072df5"
    )
