"""Dates as they are shown: calendar dates, next to the words of the source where they were worked out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.dates import calendar_words, day_in_words, shown_date
from retrieval.models import Mention, MentionKind, Span


def mention(value: str | None, how: str | None = None, kind: MentionKind = MentionKind.DATE) -> Mention:
    return Mention(span=Span(start=0, end=1), kind=kind, value=value, how=how)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2021-05-04", "4 May 2021"),
        ("2021-W18", "the week of 3 May 2021"),
        ("2021-05", "May 2021"),
        ("2021", "2021"),
        ("XXXX-05-04", None),
        ("PAST_REF", None),
        ("2021-Q2", None),
        ("", None),
    ],
)
def test_values_in_words(value: str, words: str | None) -> None:
    assert calendar_words(value) == words


@settings(deadline=None)
@given(st.dates())
def test_every_day_has_words(day: date) -> None:
    assert calendar_words(day.isoformat()) == day_in_words(day)
    assert day_in_words(day).split()[0] == str(day.day)


@pytest.mark.parametrize(
    ("found", "words", "shown"),
    [
        (mention("2021-05-04"), "4 May 2021", ("4 May 2021", None)),
        (
            mention("2021-05-04", "counted from 2 May"),
            "Two days later",
            ("4 May 2021", "“Two days later”, counted from 2 May"),
        ),
        (mention("FUTURE_REF", "what is to come"), "soon", ("soon", None)),
        (mention(None), "one day", ("one day", None)),
        (mention("2021-05-04T06:12", "of that day", MentionKind.TIME), "6:12 a.m.", ("6:12 a.m.", None)),
    ],
)
def test_a_date_and_how_it_came_about(found: Mention, words: str, shown: tuple[str, str | None]) -> None:
    assert shown_date(found, words) == shown
