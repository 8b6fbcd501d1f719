"""Filters typed into a question choose the articles and leave the question."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.question.filters import apply_filters
from retrieval.models import DateRange, Finding, Query

OUTLETS = ("TASS", "The New York Times", "New York Post")
Q = "When did it begin?"
YEAR = DateRange(first=date(2022, 1, 1), last=date(2022, 12, 31))


@pytest.mark.parametrize(
    ("text", "outlets", "published"),
    [
        (f"source:tass {Q}", ("TASS",), None),
        (f"{Q} SOURCE:TASS", ("TASS",), None),
        (f'{Q} outlet:"new york times"', ("The New York Times",), None),
        (f"{Q} source:new", ("The New York Times", "New York Post"), None),
        (f"{Q} source:tass source:new", OUTLETS, None),
        (f"{Q} after:2022-01-05", (), DateRange(first=date(2022, 1, 5))),
        (f"{Q} since:2022-01", (), DateRange(first=date(2022, 1, 1))),
        (f"{Q} before:2022", (), DateRange(last=date(2021, 12, 31))),
        (f"{Q} until:2022-02", (), DateRange(last=date(2022, 2, 28))),
        (f"{Q} on:2022", (), YEAR),
        (f"after:2022 {Q} before:2023", (), YEAR),
        (f"{Q} after:2023 before:2022", (), DateRange(first=date.max, last=date.max)),
        (f"source:TASS {Q} after:2022 ", ("TASS",), DateRange(first=date(2022, 1, 1))),
    ],
)
def test_a_filter_chooses_articles_and_leaves_the_question(text, outlets, published):
    found = apply_filters(text, OUTLETS)
    assert (found.text, found.outlets, found.published) == (Q, outlets, published)


@pytest.mark.parametrize(
    "text",
    [Q, "The score was 3:4 after: all", "after:noon?", "on:2022-13-01", "resource:tass", "What does before:x say"],
)
def test_what_is_no_filter_stays(text):
    assert apply_filters(text, OUTLETS).text == text
    assert apply_filters(text, OUTLETS).published is None


def test_an_outlet_that_is_not_there_is_asked_for_in_words():
    assert apply_filters(f"{Q} source:reuters", OUTLETS).text == f"{Q} according to “Reuters”"


def test_nothing_but_the_chosen_articles_is_searched():
    asked: list[Query] = []

    def find(query: Query) -> Finding:
        asked.append(query)
        return Finding(query=query)

    apply_filters(f"{Q} source:tass after:2022", OUTLETS).finder(find)(Query(terms=("begin",), outlets=("Other",)))
    (query,) = asked
    assert (query.outlets, query.only_outlets, query.published) == (("TASS",), True, DateRange(first=date(2022, 1, 1)))
    assert apply_filters(Q, OUTLETS).finder(find) is find


@given(st.text())
def test_any_text_can_be_read(text):
    assert apply_filters(f"{text} source:tass after:2022", OUTLETS).outlets in {("TASS",), ()}
    apply_filters(text, OUTLETS)
