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
    ("text", "words", "value"),
    [
        ("They spoke on Jan. 6.", "Jan. 6", "2022-01-06"),
        ("They spoke on January 6.", "January 6", "2022-01-06"),
        ("They spoke on 6 January 2022.", "6 January 2022", "2022-01-06"),
        ("They spoke on 6th of January, 2022.", "6th of January, 2022", "2022-01-06"),
        ("They spoke on the 6th of January.", "the 6th of January", "2022-01-06"),
        ("They spoke on Sept. 11, 2001.", "Sept. 11, 2001", "2001-09-11"),
        ("It is 2022-01-06 now-ish", "2022-01-06", "2022-01-06"),
        ("It was on 13/01/2022.", "13/01/2022", "2022-01-13"),
        ("It was on 12/25/21.", "12/25/21", "2021-12-25"),
        ("It was on 25.12.2021.", "25.12.2021", "2021-12-25"),
        ("It was on 06/06/2020.", "06/06/2020", "2020-06-06"),
        ("It was on 03/04/2019.", "03/04/2019", None),
        ("They fell on Black Monday.", "Monday", None),
        ("It began in 2021.", "2021", "2021"),
        ("It began in March.", "March", "2021-03"),
        ("It began in March 2020.", "March 2020", "2020-03"),
        ("It began in the 1990s.", "the 1990s", "199"),
        ("The early 90s were quiet.", "early 90s", "199"),
        ("In the 1800s it was so.", "the 1800s", "18"),
        ("It began in late 2007.", "late 2007", "2007"),
        ("It began in the early 20th century.", "early 20th century", "19"),
        ("It began in the nineteenth century.", "the nineteenth century", "18"),
        ("The treaty of 44 BC held.", "44 BC", "BC0044"),
        ("It stood in A.D. 79, too.", "A.D. 79", "0079"),
        ("By 1000 CE it had ended.", "1000 CE", "1000"),
        ("The season of 2014-15 was good.", "2014-15", "2014/2015"),
        ("The war of 1939–1945 was bad.", "1939–1945", "1939/1945"),
        ("It lasts January 10-12.", "January 10-12", "2022-01-10/2022-01-12"),
        ("It began in spring 2020.", "spring 2020", "2020-SP"),
        ("It began in the winter of 1941-42.", "the winter of 1941-42", "1941-WI"),
        ("It began last summer.", "last summer", "2021-SU"),
        ("It fell in the first quarter of 2021.", "the first quarter of 2021", "2021-Q1"),
        ("It fell in Q3 2023.", "Q3 2023", "2023-Q3"),
        ("It fell in the second half of 2021.", "the second half of 2021", "2021-H2"),
        ("Profit fell in the third quarter of last year.", "the third quarter of last year", "2021-Q3"),
        ("It is set for October of next year.", "October of next year", "2023-10"),
        ("It opens in the last week of March 2009.", "the last week of March 2009", "2009-W13"),
        ("Clocks change on the last Sunday in March 2024.", "the last Sunday in March 2024", "2024-03-31"),
        ("It ends on the last day of October 2023.", "the last day of October 2023", "2023-10-31"),
        ("Sales rose in fiscal 2021.", "fiscal 2021", "FY2021"),
        ("They met at Christmas 2020.", "Christmas 2020", "2020-12-25"),
        ("They met on Easter Monday 2021.", "Easter Monday 2021", "2021-04-05"),
        ("They met on Thanksgiving 2023.", "Thanksgiving 2023", "2023-11-23"),
        ("Before 9/11 it was otherwise.", "9/11", "2001-09-11"),
    ],
)
def test_calendar_dates(text: str, words: str, value: str | None) -> None:
    assert (words, value) in found(text)


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


def test_a_later_day_is_not_counted_from_a_day_of_the_article_itself() -> None:
    assert ("Four years later", None) in found("He spoke today. Four years later, the crowd had remembered it.")


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("a two-week state of emergency", "two-week", DURATION, "P2W"),
        ("It lasted for three hours.", "three hours", DURATION, "PT3H"),
        ("It took a decade.", "a decade", DURATION, "P10Y"),
        ("about twenty-five years of war", "about twenty-five years", DURATION, "P25Y"),
        ("for several years now", "several years", DURATION, "PXY"),
        ("two and a half years on", "two and a half years", DURATION, "P2.5Y"),
        ("It took half an hour.", "half an hour", DURATION, "PT30M"),
        ("one year and three months", "one year and three months", DURATION, "P1Y3M"),
        ("It takes between 60 and 90 days.", "60", DURATION, "P60D"),
        ("over the next four years", "the next four years", DURATION, "P4Y"),
        ("in the past decade", "the past decade", DURATION, "P10Y"),
        ("two days before the vote", "two days", DURATION, "P2D"),
        ("a year-long ban", "year-long", DURATION, "P1Y"),
        ("It meets every Monday.", "every Monday", SET, "XXXX-WXX-1"),
        ("a daily walk", "daily", SET, "P1D"),
        ("every two years", "every two years", SET, "P2Y"),
        ("twice a week", "a week", SET, "P1W"),
        ("$25 million a year", "a year", SET, "P1Y"),
        ("closed on Sundays", "Sundays", SET, "XXXX-WXX-7"),
        ("It was at 10:30 a.m. EST.", "10:30 a.m. EST", TIME, "2022-01-06T10:30"),
        ("It was at 18:00 UTC.", "18:00 UTC", TIME, "2022-01-06T18:00Z"),
        ("It ended at noon.", "noon", TIME, "2022-01-06T12:00"),
        ("It ends tonight.", "tonight", TIME, "2022-01-06TNI"),
        ("He left last night.", "last night", TIME, "2022-01-05TNI"),
        ("He left on Tuesday morning.", "Tuesday morning", TIME, "2022-01-04TMO"),
        ("It is at 5 p.m. on Friday, January 7.", "5 p.m. on Friday, January 7", TIME, "2022-01-07T17:00"),
        ("On January 5 it began at 7pm.", "7pm", TIME, "2022-01-05T19:00"),
        ("It is over now.", "now", DATE, "PRESENT_REF"),
        ("It has recently begun.", "recently", DATE, "PAST_REF"),
        ("It ends in the near future.", "the near future", DATE, "FUTURE_REF"),
    ],
)
def test_times_durations_and_repetitions(text: str, words: str, kind: MentionKind, value: str) -> None:
    assert (words, kind, value) in [(each.span.of(text), each.kind, each.value) for each in find_dates(text, PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("between 5 and 7 January", [("5", "2022-01-05"), ("7 January", "2022-01-07")]),
        ("the 10th and 11th centuries", [("the 10th", "09"), ("11th centuries", "10")]),
        ("from January to March 2021", [("January", "2021-01"), ("March 2021", "2021-03")]),
        ("from Dec. 30, 2020 to Jan. 3", [("Dec. 30, 2020", "2020-12-30"), ("Jan. 3", "2021-01-03")]),
        ("It was shut from Monday to Friday.", [("Monday", "2022-01-03"), ("Friday", "2022-01-07")]),
        ("16:15 UTC, June 1st, 2009", [("16:15 UTC", "2009-06-01T16:15Z"), ("June 1st, 2009", "2009-06-01")]),
        ("on 25/12/2021 and 03/04/2019", [("25/12/2021", "2021-12-25"), ("03/04/2019", "2019-04-03")]),
    ],
)
def test_rows_of_dates_share_what_one_of_them_says(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


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


def test_a_headline_without_tense_follows_the_body() -> None:
    text = "Ministers on Friday\n\nThe ministers will meet on Friday."
    assert [value for _, value in found(text)] == ["2022-01-07", "2022-01-07"]


def test_a_weekday_beside_a_date_chooses_the_year() -> None:
    assert ("Friday, Jan. 7", "2022-01-07") in found("The ruling of Friday, Jan. 7, stands.", date(2022, 8, 1))
    assert ("Saturday, Jan. 7", "2023-01-07") in found("The meeting of Saturday, Jan. 7, stands.", date(2022, 8, 1))


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
