"""The table of an article's facts: each is read, stored, shown and written the same way round."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.documents.article_fields import (
    ARTICLE_FIELDS,
    checked_text,
    columns_of,
    day_of,
    facts_in,
    json_of,
    kind_of,
)
from retrieval.errors import SourceError
from retrieval.models import Article, Header, Knowledge, Published

PUBLISHED = Published(day=date(2021, 5, 6), known=Knowledge.INFERRED, how="its latest day")
ARTICLE = Article(id="ferry", text="The ferry sank.", title="A ferry sinks", outlet="Herald", published=PUBLISHED)


def test_the_table_names_every_fact_of_a_header_once() -> None:
    assert [field.name for field in ARTICLE_FIELDS] == list(Header.model_fields)


@given(st.none() | st.builds(Published, day=st.dates(), known=st.sampled_from(Knowledge), how=st.text(max_size=5)))
def test_what_is_stored_is_what_comes_back(published: Published | None) -> None:
    article = ARTICLE.model_copy(update={"published": published})
    assert Header(**facts_in(columns_of(article))) == Header.of(article)


def test_json_says_whether_a_day_was_inferred() -> None:
    shown = json_of(ARTICLE)
    assert (shown["id"], shown["source"], shown["url"]) == ("ferry", "Herald", None)
    assert (shown["published"], shown["date_inferred"]) == ("2021-05-06", True)
    undated = json_of(Header(id="a"))
    assert (undated["published"], undated["date_inferred"]) == (None, False)


def test_the_outlet_is_named_source_where_people_write_it() -> None:
    assert {field.name: field.json_name for field in ARTICLE_FIELDS if field.name != field.json_name} == {
        "outlet": "source"
    }


def test_a_line_is_read_as_one_line() -> None:
    title = next(field for field in ARTICLE_FIELDS if field.name == "title")
    assert title.read(" A ferry\n  sinks ", "a.txt:1") == "A ferry sinks"


@pytest.mark.parametrize("words", [" ferry", "fer\try"])
def test_an_id_that_nobody_can_type_is_refused(words: str) -> None:
    with pytest.raises(SourceError, match="white space or holds a control character"):
        ARTICLE_FIELDS[0].read(words, "a.txt:1")


@pytest.mark.parametrize("value", ["2022-01-06", "2022-01-06T23:59:00+05:00", date(2022, 1, 6), datetime(2022, 1, 6)])
def test_a_day_is_read_as_its_writers_calendar_had_it(value: object) -> None:
    assert day_of(value, "a.txt:1") == date(2022, 1, 6)


@pytest.mark.parametrize(
    ("value", "problem"), [("Thursday", "not 'Thursday'"), (7, "not a number"), ("1066-10-14", "1600")]
)
def test_what_is_no_day_of_a_newspaper_is_refused(value: object, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        day_of(value, "a.txt:1")


@pytest.mark.parametrize("words", ["a\x00b", "a\ud800"])
def test_text_that_cannot_be_sent_is_refused(words: str) -> None:
    with pytest.raises(SourceError, match='"title" holds'):
        checked_text(words, "title", "a.txt:1")


@pytest.mark.parametrize(
    ("value", "words"),
    [(True, "true or false"), (1.5, "a number"), ([], "a list"), ({}, "an object"), (None, "nothing")],
)
def test_a_kind_of_value_is_named_for_a_person(value: object, words: str) -> None:
    assert kind_of(value) == words
