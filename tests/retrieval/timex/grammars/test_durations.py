"""How long something lasts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.retrieval.timex.dated_texts import JANUARY, dates_in


@pytest.mark.parametrize(
    ("text", "published", "words", "value"),
    [
        ("a two-week state of emergency", JANUARY, "two-week", "P2W"),
        ("It lasted for three hours.", JANUARY, "three hours", "PT3H"),
        ("It took a decade.", JANUARY, "a decade", "P10Y"),
        ("about twenty-five years of war", JANUARY, "about twenty-five years", "P25Y"),
        ("for several years now", JANUARY, "several years", "PXY"),
        ("two and a half years on", JANUARY, "two and a half years", "P2.5Y"),
        ("It took half an hour.", JANUARY, "half an hour", "PT30M"),
        ("one year and three months", JANUARY, "one year and three months", "P1Y3M"),
        ("It takes between 60 and 90 days.", JANUARY, "60", "P60D"),
        ("over the next four years", JANUARY, "the next four years", "P4Y"),
        ("in the past decade", JANUARY, "the past decade", "P10Y"),
        ("a year-long ban", JANUARY, "year-long", "P1Y"),
        ("twice a week", JANUARY, "a week", "P1W"),
        ("$25 million a year", JANUARY, "a year", "P1Y"),
    ],
)
def test_durations_have_a_value(text: str, published: date, words: str, value: str | None) -> None:
    assert (words, value) in dates_in(text, published)


@pytest.mark.parametrize(
    "text", ["How many days does it take?", "The Seven Years' War.", "Three quarters of the town is flooded."]
)
def test_questions_wars_and_shares_are_no_durations(text: str) -> None:
    assert dates_in(text, JANUARY) == []
