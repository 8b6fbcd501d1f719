"""The dates of a text as words and values, for tests of the grammars."""

from __future__ import annotations

from datetime import date

from retrieval.timex.finder import find_dates

JANUARY = date(2022, 1, 6)
"""A Thursday."""
MAY = date(2021, 5, 6)
"""A Thursday, too."""


def dates_in(text: str, published: date | None) -> list[tuple[str, str | None]]:
    return [(mention.span.of(text), mention.value) for mention in find_dates(text, published)]
