"""Bare numbers that are years, and those that count."""

from __future__ import annotations

import re

import pytest

from retrieval.timex.grammars.years import is_year
from retrieval.timex.vocabulary import plain_text


def reads_as_year(text: str) -> bool:
    found = re.search(r"\d{3,4}", text)
    assert found is not None
    return is_year(plain_text(text), found.start(), found.end())


@pytest.mark.parametrize(
    "text",
    [
        "in 2021",
        "since 1066",
        "The 1991 agreement",
        "WWDC 2005",
        "the 2008 elections",
        "(1945)",
        "By 1200, all was over",
        "2021 was a good year",
        "in 1999 sales rose",
        "the 1648 treaty",
        "founded in 911, it",
        "around 2020, not before",
    ],
)
def test_years(text: str) -> None:
    assert reads_as_year(text)


@pytest.mark.parametrize(
    "text",
    [
        "1500 people",
        "the 2000 workers",
        "about 1800 houses",
        "2010 employees",
        "some 1400 prisoners",
        "Flight 1907",
        "more than 1950",
        "of 1200 men",
        "in 911 calls",
        "1600 km away",
        "up to 2020 visitors",
    ],
)
def test_numbers(text: str) -> None:
    assert not reads_as_year(text)
