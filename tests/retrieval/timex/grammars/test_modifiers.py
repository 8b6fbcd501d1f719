"""Words that modify a date, and those that name none."""

from __future__ import annotations

from datetime import date

import pytest

from tests.retrieval.timex.dated_texts import JANUARY, MAY, dates_in


@pytest.mark.parametrize(
    ("text", "published", "words", "value"),
    [
        ("The early 90s were quiet.", JANUARY, "early 90s", "199"),
        ("It began in late 2007.", JANUARY, "late 2007", "2007"),
        ("It began in the early 20th century.", JANUARY, "early 20th century", "19"),
        ("It is over now.", JANUARY, "now", "PRESENT_REF"),
        ("It has recently begun.", JANUARY, "recently", "PAST_REF"),
        ("It ends in the near future.", JANUARY, "the near future", "FUTURE_REF"),
        ("Wool fell by a tenth to end the day at 41 crowns.", MAY, "the day", "2021-05-06"),
        ("Wool started the day higher.", MAY, "the day", "2021-05-06"),
        ("Later in the day after the vote they left.", MAY, "Later in the day", "2021-05-06"),
        ("For the time being he stays.", MAY, "the time being", "PRESENT_REF"),
        ("Growth in the near term looks good.", MAY, "the near term", "FUTURE_REF"),
    ],
)
def test_modifiers_have_a_value(text: str, published: date, words: str, value: str | None) -> None:
    assert (words, value) in dates_in(text, published)


@pytest.mark.parametrize(
    "text",
    ["Long-term care is dear, and the long-term view is dark.", "The day is long.", "He came as soon as he could."],
)
def test_words_that_modify_no_date_are_none(text: str) -> None:
    assert [value for _, value in dates_in(text, JANUARY) if value] == []
