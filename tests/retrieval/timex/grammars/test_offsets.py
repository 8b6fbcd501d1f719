"""Dates that are counted: ago, later, before."""

from __future__ import annotations

from datetime import date

import pytest

from tests.retrieval.timex.dated_texts import JANUARY, MAY, dates_in


@pytest.mark.parametrize(
    ("text", "published", "words", "value"),
    [
        ("two days before the vote", JANUARY, "two days", "P2D"),
        ("Two weeks from Monday he will leave.", MAY, "Two weeks from Monday", "2021-05-24"),
    ],
)
def test_offsets_have_a_value(text: str, published: date, words: str, value: str | None) -> None:
    assert (words, value) in dates_in(text, published)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He came three weeks ago.", "three weeks ago", "2021-W50"),
        ("He came a decade ago.", "a decade ago", "2012"),
        ("He came years ago.", "years ago", "PAST_REF"),
        ("He left two days before Christmas.", "two days before Christmas", "2021-12-23"),
        ("It broke two hours later.", "two hours later", None),
    ],
)
def test_counted_from_the_article_or_a_named_day(text: str, words: str, value: str | None) -> None:
    assert (words, value) in dates_in(text, JANUARY)


def test_a_length_before_what_is_no_date_stays_a_length() -> None:
    assert dates_in("two days before the vote", JANUARY) == [("two days", "P2D")]
