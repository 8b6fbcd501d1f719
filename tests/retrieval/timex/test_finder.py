"""Date expressions of a text, their values and how these came about."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.models import Mention, MentionKind
from retrieval.timex.finder import find_dates
from tests.paths import SEEDS

PUBLISHED = date(2022, 1, 6)
"""A Thursday."""
ARTICLE = "the article of 6 January 2022"
NAMED_BEFORE = "the day named before it, 5 May 2020"
FROM_MARCH, YEAR_BEFORE = "counted from March 2020", "a year before March 2009"
FROM_2_JANUARY, FROM_CHRISTMAS = "counted from 2 January", "counted from 25 December 2021"
MONTH = "the article of January 2022"

DATE, TIME, DURATION, SET = MentionKind.DATE, MentionKind.TIME, MentionKind.DURATION, MentionKind.SET


def found(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(mention.span.of(text), mention.value) for mention in find_dates(text, published)]


def only(text: str, published: date | None = PUBLISHED) -> Mention:
    mentions = find_dates(text, published)
    assert len(mentions) == 1, mentions
    return mentions[0]


@pytest.mark.parametrize(
    ("text", "words", "value", "how"),
    [
        ("They held talks on Thursday.", "Thursday", "2022-01-06", "the day of the article, a Thursday"),
        ("It was signed on Friday.", "Friday", "2021-12-31", "the Friday before 6 January 2022"),
        ("It will be signed on Friday.", "Friday", "2022-01-07", "the Friday after 6 January 2022"),
        ("The council is expected to meet on Monday.", "Monday", "2022-01-10", "the Monday after 6 January 2022"),
        ("He said on Monday that it will end.", "Monday", "2022-01-03", "the Monday before 6 January 2022"),
        ("Friday's vote was close.", "Friday", "2021-12-31", "the Friday before 6 January 2022"),
        ("He left last Thursday.", "last Thursday", "2021-12-30", "the Thursday before 6 January 2022"),
        ("He leaves next Thursday.", "next Thursday", "2022-01-13", "the Thursday after 6 January 2022"),
        ("This Friday brings rain.", "This Friday", "2022-01-07", "the Friday after 6 January 2022"),
        ("He came two days ago.", "two days ago", "2022-01-04", f"2 days before {ARTICLE}"),
        ("He came yesterday.", "yesterday", "2022-01-05", f"the day before {ARTICLE}"),
        ("He came today.", "today", "2022-01-06", "the day of the article"),
        ("He comes tomorrow.", "tomorrow", "2022-01-07", f"the day after {ARTICLE}"),
        ("They meet next week.", "next week", "2022-W02", f"the week after {ARTICLE}"),
        ("They met last year.", "last year", "2021", f"the year before {ARTICLE}"),
        ("They met this month.", "this month", "2022-01", "the month of the article"),
        ("It was over five years ago.", "five years ago", "2017", f"5 years before {ARTICLE}"),
        ("On December 17 it was published.", "December 17", "2021-12-17", f"December before {MONTH}"),
        ("It was passed in November.", "November", "2021-11", f"November before {MONTH}"),
        ("On January 12 they will talk.", "January 12", "2022-01-12", "the year of the article"),
        ("It was quiet over the weekend.", "the weekend", "2021-W52-WE", f"the weekend before {ARTICLE}"),
        ("He left two days before Christmas.", "two days before Christmas", "2021-12-23", FROM_CHRISTMAS),
        ("He came the day before yesterday.", "the day before yesterday", "2022-01-04", f"2 days before {ARTICLE}"),
        ("See you on Friday of next week.", "Friday of next week", "2022-01-14", f"Friday of the week after {ARTICLE}"),
        ("It was on 1/6/2022.", "1/6/2022", "2022-01-06", f"read as month/day, near {ARTICLE}"),
    ],
)  # fmt: skip
def test_dates_counted_from_the_article(text: str, words: str, value: str, how: str) -> None:
    mention = next(mention for mention in find_dates(text, PUBLISHED) if mention.span.of(text) == words)
    assert (mention.kind, mention.value, mention.how) == (DATE, value, how)


@pytest.mark.parametrize(
    ("text", "words", "value", "how"),
    [
        ("On January 2 they came. Two days later they left.", "Two days later", "2022-01-04", FROM_2_JANUARY),
        ("On January 2 they came. The next day they left.", "The next day", "2022-01-03", FROM_2_JANUARY),
        ("On January 2 they came. The day after, all was over.", "The day after", "2022-01-03", FROM_2_JANUARY),
        ("On January 2 they came. Three weeks earlier none did.", "Three weeks earlier", "2021-W49", FROM_2_JANUARY),
        ("In March 2020 it rose. The following month it fell.", "The following month", "2020-04", FROM_MARCH),
        ("In 1986 they met. Five years later they married.", "Five years later", "1991", "counted from 1986"),
        ("On 5 May 2020 they met. That day it rained.", "That day", "2020-05-05", NAMED_BEFORE),
        ("On 5 May 2020 they met. It rained later that year.", "later that year", "2020", "the year of 5 May 2020"),
        ("It fell in March 2009 from the same month last year.", "the same month last year", "2008-03", YEAR_BEFORE),
    ],
)  # fmt: skip
def test_dates_counted_from_the_date_before_them(text: str, words: str, value: str, how: str) -> None:
    mention = next(mention for mention in find_dates(text, PUBLISHED) if mention.span.of(text) == words)
    assert (mention.value, mention.how) == (value, how)


@pytest.mark.parametrize(
    ("text", "mod", "value"),
    [
        ("They spoke early Jan. 6.", "START", "2022-01-06"),
        ("They spoke late Jan. 4.", "END", "2022-01-04"),
        ("It opens in mid-January.", "MID", "2022-01"),
        ("It closed at the end of last year.", "END", "2021"),
        ("It opens early next year.", "START", "2023"),
        ("It closed about five years ago.", "APPROX", "2017"),
    ],
)
def test_what_narrows_a_date_is_kept_beside_its_value(text: str, mod: str, value: str) -> None:
    mention = only(text)
    assert (mention.detail, mention.value) == (mod, value)


@pytest.mark.parametrize(
    "text",
    [
        "1500 people and 2000 workers marched.",
        "About 1800 houses were lost; the firm has 2010 employees.",
        "Mr. May may march on.",
        "Theresa May and April Jones met.",
        "The Sunday Times and USA Today reported it, said Russia Today.",
        "Boeing 747 flight 1907, page 1999, Windows 2000.",
        "The Daily Mail has it.",
        "The score was 3:15.",
        "It costs $2010 or €1999.",
        "The Seven Years' War and the Six-Day War.",
        "At the end of the day, it is a game.",
        "How many days does it take?",
        "the second quarter-final",
        "Prices fall and spring back.",
        "They fell on Bloody Sunday.",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert find_dates(text, PUBLISHED) == ()


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("what happened on january 5?", "january 5", "XXXX-01-05"),
        ("what happened in may?", "may", "XXXX-05"),
        ("what happened on 5 january 2022?", "5 january 2022", "2022-01-05"),
        ("who spoke on friday?", "friday", "XXXX-WXX-5"),
        ("what happened yesterday?", "yesterday", None),
        ("who won last year?", "last year", None),
        ("In March 2020 it began. The next month it ended.", "The next month", "2020-04"),
    ],
)
def test_without_a_day_of_publication(text: str, words: str, value: str | None) -> None:
    assert (words, value) in found(text, None)


def test_a_date_line_stands_in_for_the_day_of_publication() -> None:
    text = "Sales fall\nFebruary 03, 2009\nSales fell in January and again on Monday."
    assert found(text, None)[1:] == [("January", "2009-01"), ("Monday", "2009-02-02")]


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


def test_the_seeds() -> None:
    turkish, russian = (path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    first = {mention.span.of(turkish): mention for mention in find_dates(turkish, PUBLISHED)}
    second = {mention.span.of(russian): mention for mention in find_dates(russian, PUBLISHED)}
    assert first["Friday"].value == "2022-01-07"
    assert first["next week"].value == "2022-W02"
    assert (first["late Jan. 4"].value, first["late Jan. 4"].detail) == ("2022-01-04", "END")
    assert first["Earlier in the day"].value == "2022-01-06"
    assert (second["Two days later"].value, second["Two days later"].how) == ("2022-01-04", FROM_2_JANUARY)
    assert second["Thursday"].value == "2022-01-06"
    assert second["December 17"].value == "2021-12-17"
    assert second["two-week"].value == "P2W"
    assert second["January 10"].value == "2022-01-10"


PIECES = st.sampled_from(
    (
        "the a last next this two 3 twenty half early late mid- of in on at by since ago later earlier before after "
        "day days week month years decade century January Jan. may March 5 31 2022 1066 19th first Friday Monday's "
        'morning noon 10:30 a.m. UTC 12/01/2022 2022-01-06 1990s ’70s BC every daily and to - – , . \n ( ) " '
        "İ ² ٣ AD between quarter Q3 spring Christmas today now will said same period old 99999999999999999999 $ %"
    ).split(" ")
)
SPACED, RUN_TOGETHER = st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=9).map("".join)
TEXTS = st.one_of(st.text(max_size=80), SPACED, RUN_TOGETHER)
MODERN_DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
DAYS = st.none() | st.dates()


@settings(max_examples=300, deadline=None)
@given(TEXTS, DAYS)
def test_mentions_lie_in_the_text_in_order_and_apart(text: str, published: date | None) -> None:
    reached = 0
    for mention in find_dates(text, published):
        assert reached <= mention.span.start
        reached = mention.span.end
        words = mention.span.of(text)
        assert words == words.strip() != ""
    assert reached <= len(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, DAYS)
def test_the_same_text_has_the_same_dates(text: str, published: date | None) -> None:
    assert find_dates(text, published) == find_dates(text, published)


@settings(max_examples=100, deadline=None)
@given(
    st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31)), st.dates(date(1990, 1, 1), date(2040, 12, 31))
)
def test_a_full_date_means_itself_whenever_it_is_read(day: date, published: date) -> None:
    for written in (f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day.year}", day.isoformat(), f"{day:%A}, {day:%d %B %Y}"):
        mention = only(f"It was on {written}.", published)
        assert (mention.value, mention.how) == (day.isoformat(), None)


@settings(max_examples=100, deadline=None)
@given(MODERN_DAYS, st.integers(1, 27), st.integers(1, 12))
def test_a_date_without_year_lies_within_a_year_of_the_article(published: date, day: int, month: int) -> None:
    written = date(2001, month, day).strftime("%d %B")
    value = only(f"It was signed on {written}.", published).value
    assert value is not None
    assert abs(date.fromisoformat(value) - published).days < 366
