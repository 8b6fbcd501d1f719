"""Records in the import format: what is written is read again as it was."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from retrieval.documents.import_format import article_of, fields_of
from retrieval.models import Article, Knowledge, Published


@given(
    st.builds(
        Article,
        id=st.just("report"),
        text=st.just("The ferry sank."),
        title=st.none() | st.just("A ferry sinks"),
        outlet=st.none() | st.just("Coastal Herald"),
        published=st.none() | st.just(Published(day=date(2021, 5, 6), how="given with the article")),
        url=st.none() | st.just("https://example.org/ferry"),
        author=st.none() | st.just("Anna Lund"),
        language=st.none() | st.just("en"),
    )
)
def test_an_article_written_and_read_is_the_same(article: Article) -> None:
    assert article_of(fields_of(article), name="other", place="articles.jsonl:1") == article


def test_an_inferred_day_is_not_written() -> None:
    published = Published(day=date(2021, 5, 6), known=Knowledge.INFERRED)
    assert "published" not in fields_of(Article(id="report", text="The ferry sank.", published=published))
