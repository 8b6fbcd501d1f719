"""What recurs."""

from __future__ import annotations

from datetime import date

import pytest

from tests.retrieval.timex.dated_texts import JANUARY, dates_in


@pytest.mark.parametrize(
    ("text", "published", "words", "value"),
    [
        ("It meets every Monday.", JANUARY, "every Monday", "XXXX-WXX-1"),
        ("a daily walk", JANUARY, "daily", "P1D"),
        ("every two years", JANUARY, "every two years", "P2Y"),
        ("closed on Sundays", JANUARY, "Sundays", "XXXX-WXX-7"),
    ],
)
def test_recurrences_have_a_value(text: str, published: date, words: str, value: str | None) -> None:
    assert (words, value) in dates_in(text, published)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It meets every other week.", "every other week", "P2W"),
        ("It is sung on Sunday mornings.", "Sunday mornings", "XXXX-WXX-7TMO"),
        ("It is paid fortnightly.", "fortnightly", "P2W"),
        ("It is open on weekends.", "weekends", "XXXX-WXX-WE"),
        ("60 pounds per hour", "per hour", "PT1H"),
    ],
)
def test_rhythms(text: str, words: str, value: str) -> None:
    assert (words, value) in dates_in(text, JANUARY)


def test_a_newspaper_is_no_rhythm() -> None:
    assert dates_in("The Daily Mail has it.", JANUARY) == []
