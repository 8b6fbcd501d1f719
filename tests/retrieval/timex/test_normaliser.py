"""Readings in the order of the text become values: counted from dates before them, dated by tense."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.models import MentionKind
from retrieval.timex.expressions import DateReading, Numeric, Weekday
from retrieval.timex.grammar import SourceText
from retrieval.timex.normaliser import DateNormaliser
from tests.retrieval.timex.dated_texts import JANUARY, MAY, dates_in


def normalised(meaning: Numeric | Weekday, published: date | None, text: str = "on that") -> str | None:
    reading = DateReading(3, 7, MentionKind.DATE, meaning)
    return DateNormaliser(SourceText(text, text), published, [reading]).mention(reading).value


@pytest.mark.parametrize(
    ("numeric", "published", "value"),
    [
        (Numeric(13, 1, 2022), None, "2022-01-13"),
        (Numeric(6, 6, 2020), None, "2020-06-06"),
        (Numeric(3, 4, 2019), None, None),
        (Numeric(3, 4, 2019, dotted=True), None, "2019-04-03"),
        (Numeric(1, 6, 2022), JANUARY, "2022-01-06"),
    ],
)
def test_figures_are_read_where_only_one_order_is_likely(
    numeric: Numeric, published: date | None, value: str | None
) -> None:
    assert normalised(numeric, published) == value


def test_a_weekday_without_an_article_is_open() -> None:
    assert normalised(Weekday(5), None) == "XXXX-WXX-5"
    assert normalised(Weekday(5), JANUARY) == "2021-12-31"
    assert normalised(Weekday(5, usual=1), JANUARY) == "2022-01-07"


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
def test_dates_named_after_others(text: str, expected: list[tuple[str, str]]) -> None:
    assert dates_in(text, MAY) == expected


def test_following_is_after_and_not_the_next() -> None:
    assert dates_in("Following Saturday's vote they left.", MAY) == [("Saturday", "2021-05-01")]


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
    assert dates_in(text, MAY) == [("Friday", value)]


def test_a_headline_without_tense_follows_the_body() -> None:
    text = "Ministers on Friday\n\nThe ministers will meet on Friday."
    assert [value for _, value in dates_in(text, JANUARY)] == ["2022-01-07", "2022-01-07"]


def test_a_later_day_is_not_counted_from_a_day_of_the_article_itself() -> None:
    assert ("Four years later", None) in dates_in(
        "He spoke today. Four years later, the crowd had remembered it.", JANUARY
    )
