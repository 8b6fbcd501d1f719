"""Dates as news of markets, courts and parliaments speaks of them: streaks, sittings, prospects, short years."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.timex.finder import find_dates

PUBLISHED = date(2021, 5, 6)
"""A Thursday."""


def found(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(mention.span.of(text), mention.value) for mention in find_dates(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Wool fell by a tenth to end the day at 41 crowns.", "the day", "2021-05-06"),
        ("Wool started the day higher.", "the day", "2021-05-06"),
        ("The port was shut for a second consecutive day.", "a second consecutive day", "2021-05-06"),
        ("Wool rose for the fourth week in a row.", "the fourth week in a row", "2021-W18"),
        ("Wool rises for fifth day running.", "fifth day running", "2021-05-06"),
        ("Sales fell for a third straight month.", "a third straight month", "2021-05"),
        ("They lost money over the entire year.", "the entire year", "2021"),
        ("Later in the day after the vote they left.", "Later in the day", "2021-05-06"),
        ("The week before last he was ill.", "The week before last", "2021-W16"),
        ("Two weeks from Monday he will leave.", "Two weeks from Monday", "2021-05-24"),
        ("They sang it in '82.", "'82", "1982"),
        ("They sang it in the summer of '82.", "the summer of '82", "1982-SU"),
        ("The class of ’09 met again.", "’09", "2009"),
        ("In FY21 the mill lost money.", "FY21", "FY2021"),
        ("Profit fell in the fiscal second quarter.", "the fiscal second quarter", "2021-Q2"),
        ("It was on 6.5.2021.", "6.5.2021", "2021-05-06"),
        ("It was on 5.6.2019.", "5.6.2019", "2019-06-05"),
        ("It was on 4.30.2021.", "4.30.2021", "2021-04-30"),
        ("It was on 5/6/21.", "5/6/21", "2021-05-06"),
        ("For the time being he stays.", "the time being", "PRESENT_REF"),
        ("Growth in the near term looks good.", "the near term", "FUTURE_REF"),
    ],
)
def test_news_talk(text: str, words: str, value: str) -> None:
    assert found(text) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They sang in the 70s and 80s.", [("the 70s", "197"), ("80s", "198")]),
        ("In June and July it was hot.", [("June", "2021-06"), ("July", "2021-07")]),
        ("In November and January they met.", [("November", "2020-11"), ("January", "2021-01")]),
        (
            "She came on May 4 and left the following Monday.",
            [("May 4", "2021-05-04"), ("the following Monday", "2021-05-10")],
        ),
        (
            "He spoke on April 28. The previous Friday he was ill.",
            [("April 28", "2021-04-28"), ("The previous Friday", "2021-04-23")],
        ),
    ],
)
def test_dates_told_after_others(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_following_is_after_and_not_the_next() -> None:
    assert found("Following Saturday's vote they left.") == [("Saturday", "2021-05-01")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mills have been shut until Friday.", "2021-05-07"),
        ("The strike lasted until Friday.", "2021-04-30"),
        ("He said that money would come when the mills opened on Friday.", "2021-05-07"),
        ("By Friday he had left.", "2021-04-30"),
        ("By Friday the board must answer.", "2021-05-07"),
    ],
)
def test_friday_by_what_the_sentence_says_of_it(text: str, value: str) -> None:
    assert found(text) == [("Friday", value)]


@pytest.mark.parametrize(
    "text",
    [
        "She scored in the fourth quarter of the game, her ninth touchdown.",
        "Long-term care is dear, and the long-term view is dark.",
        "The second day was dull.",
        "It cost 80s money.",
        "He weighs '82 or so.",
        "The day is long.",
        "It began the day that they came.",
        "The H1 chip of the company is on the market.",
    ],
)
def test_what_is_none(text: str) -> None:
    assert [value for _, value in found(text) if value] == []
