"""The days a question asks about: which, and counted from what."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.question.time_window import asked_days, reference_day, upcoming_days, window_in_words
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import CorpusProfile, DateRange
from retrieval.timex.finder import find_dates

PROFILE = CorpusProfile(articles=3, first=date(2021, 5, 3), last=date(2021, 5, 6))
THURSDAY = date(2021, 5, 6)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("What happened on 4 May 2020?", date(2020, 5, 4), date(2020, 5, 4)),
        ("What happened on 4 May?", date(2021, 5, 4), date(2021, 5, 4)),
        ("What happened on December 30?", date(2020, 12, 30), date(2020, 12, 30)),
        ("What happened in May 2021?", date(2021, 5, 1), date(2021, 5, 31)),
        ("What happened between 2 and 4 May?", date(2021, 5, 2), date(2021, 5, 4)),
        ("What happened from May 2 to May 4?", date(2021, 5, 2), date(2021, 5, 4)),
        ("What happened after 4 May?", date(2021, 5, 5), None),
        ("What happened since 4 May?", date(2021, 5, 4), None),
        ("What happened before 4 May?", None, date(2021, 5, 3)),
        ("What happened until 4 May?", None, date(2021, 5, 4)),
        ("What happened yesterday?", date(2021, 5, 5), date(2021, 5, 5)),
        ("What happened last week?", date(2021, 4, 26), date(2021, 5, 2)),
        ("What is planned for next week?", date(2021, 5, 10), date(2021, 5, 16)),
        ("What happened in the last three days?", date(2021, 5, 3), date(2021, 5, 6)),
    ],
)
def test_the_days_meant(language: EntityRecogniser, text: str, first: date | None, last: date | None) -> None:
    found = asked_days(language.analyse(text), PROFILE, THURSDAY, find_dates)
    assert found is not None
    assert found.window == DateRange(first=first, last=last)


@pytest.mark.parametrize("text", ["What happened in Split?", "What happened in the past?", "Who came?"])
def test_no_days_are_meant(language: EntityRecogniser, text: str) -> None:
    assert asked_days(language.analyse(text), PROFILE, THURSDAY, find_dates) is None


def test_it_is_said_from_what_days_were_counted(language: EntityRecogniser) -> None:
    counted = asked_days(language.analyse("What happened yesterday?"), PROFILE, THURSDAY, find_dates)
    assert counted is not None
    assert (counted.words, counted.how) == ("yesterday", "counted from today")
    long_after = asked_days(language.analyse("What happened yesterday?"), PROFILE, date(2024, 1, 1), find_dates)
    assert long_after is not None
    assert long_after.window.first == date(2021, 5, 5)
    assert long_after.how == "counted from 6 May 2021, the newest article's day"


def test_a_day_given_in_full_needs_no_explanation(language: EntityRecogniser) -> None:
    given = asked_days(language.analyse("What happened on 4 May 2021?"), PROFILE, THURSDAY, find_dates)
    assert given is not None
    assert (given.words, given.how) == (None, None)


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2021, 5, 20), date(2021, 5, 20)), (date(2024, 1, 1), THURSDAY), (None, THURSDAY)],
)
def test_days_are_counted_from_today_unless_the_articles_ended_long_ago(today: date | None, expected: date) -> None:
    assert reference_day(PROFILE, today) == expected


def test_without_articles_or_clock_nothing_is_to_come() -> None:
    assert upcoming_days(CorpusProfile(), None) is None


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (DateRange(first=date(2021, 5, 4), last=date(2021, 5, 4)), "4 May 2021"),
        (DateRange(first=date(2021, 5, 4), last=date(2021, 6, 1)), "4 May 2021 to 1 June 2021"),
        (DateRange(first=date(2021, 5, 4)), "from 4 May 2021 on"),
        (DateRange(last=date(2021, 5, 4)), "until 4 May 2021"),
        (DateRange(), "any day"),
    ],
)
def test_days_in_words(window: DateRange, words: str) -> None:
    assert window_in_words(window) == words
