"""Times of day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.retrieval.timex.dated_texts import JANUARY, dates_in


@pytest.mark.parametrize(
    ("text", "published", "words", "value"),
    [
        ("It was at 10:30 a.m. EST.", JANUARY, "10:30 a.m. EST", "2022-01-06T10:30"),
        ("It was at 18:00 UTC.", JANUARY, "18:00 UTC", "2022-01-06T18:00Z"),
        ("It ended at noon.", JANUARY, "noon", "2022-01-06T12:00"),
        ("It is at 5 p.m. on Friday, January 7.", JANUARY, "5 p.m. on Friday, January 7", "2022-01-07T17:00"),
        ("On January 5 it began at 7pm.", JANUARY, "7pm", "2022-01-05T19:00"),
    ],
)
def test_times_have_a_value(text: str, published: date, words: str, value: str | None) -> None:
    assert (words, value) in dates_in(text, published)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It began at five o'clock in the evening.", "five o'clock in the evening", "2022-01-06T17:00"),
        ("It ended at midnight.", "midnight", "2022-01-06T24:00"),
        ("It was at 1430 GMT.", "1430 GMT", "2022-01-06T14:30Z"),
    ],
)
def test_clocks(text: str, words: str, value: str) -> None:
    assert (words, value) in dates_in(text, JANUARY)


@pytest.mark.parametrize("text", ["The score was 3:15.", "It was at 25:00 UTC."])
def test_scores_and_hours_that_no_day_has_are_no_times(text: str) -> None:
    assert dates_in(text, JANUARY) == []
