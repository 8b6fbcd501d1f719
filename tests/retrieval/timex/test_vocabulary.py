"""The words of dates and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.timex.vocabulary import duration_value, month_of, ordinal_of, plain_text, quantity_of, unit_of


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("two", "2"),
        ("twenty-five", "25"),
        ("a hundred", "100"),
        ("two hundred and fifty", "250"),
        ("three thousand", "3000"),
        ("a dozen", "12"),
        ("two dozen", "24"),
        ("half a dozen", "6"),
        ("1,000", "1000"),
        ("2.5", "2.5"),
        ("a", "1"),
        ("a couple of", "2"),
        ("several", "X"),
        ("a few", "X"),
    ],
)
def test_counts(words: str, count: str) -> None:
    assert quantity_of(words) == count


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [
        ("2", "week", "P2W"),
        ("3", "hour", "PT3H"),
        ("1", "decade", "P10Y"),
        ("1.5", "century", "P150Y"),
        ("X", "year", "PXY"),
    ],
)
def test_durations(count: str, unit: str, value: str) -> None:
    assert duration_value(count, unit) == value


def test_names() -> None:
    assert (month_of("sept."), month_of("may"), unit_of("centuries"), unit_of("days")) == (9, 5, "century", "day")
    assert (ordinal_of("20th"), ordinal_of("twenty-first")) == (20, 21)


@given(st.text())
def test_plain_text_is_as_long_as_the_text(text: str) -> None:
    assert len(plain_text(text)) == len(text)


def test_plain_text_has_plain_signs() -> None:
    assert plain_text("“It’s İ”\u00a01939–45 ١٩٩٠") == '"it\'s İ" 1939-45 1990'
