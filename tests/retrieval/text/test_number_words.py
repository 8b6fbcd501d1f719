"""What number words are worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.number_words import amount_of


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("4.4 million", "4400000"),
        ("two hundred and fifty", "250"),
        ("twenty-five thousand", "25000"),
        ("1,000,000.50", "1000000.5"),
        ("26.3bn", "26300000000"),
        ("half a million", "500000"),
        ("a dozen", "12"),
        ("some", None),
    ],
)
def test_amounts_are_digits(words: str, amount: str | None) -> None:
    assert amount_of(words) == amount


@given(st.integers(min_value=0, max_value=10**400))
def test_no_figure_is_too_long(number: int) -> None:
    assert amount_of(str(number)) == str(number)
    assert amount_of(f"{number} trillion") is not None
