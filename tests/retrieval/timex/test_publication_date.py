"""The day of an article that names none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.models import Knowledge
from retrieval.timex.finder import infer_published
from tests.paths import ROOT

SEED = (ROOT / "seeds" / "000_e8299791b4f47585.txt").read_text(encoding="utf-8")


def inferred(text: str, *dated: date) -> date | None:
    published = infer_published(text, dated)
    return published.day if published else None


def test_the_seed_without_a_date() -> None:
    published = infer_published(SEED, [date(2022, 1, 6)])
    assert published is not None
    assert (published.day, published.known) == (date(2022, 1, 6), Knowledge.INFERRED)
    assert published.how.startswith(
        'its latest past date is "early Jan. 6"; the year is that of the nearest dated article (6 January 2022)'
    )


def test_the_weekday_it_looks_ahead_to_chooses_the_year() -> None:
    assert inferred(SEED, date(2021, 12, 20), date(2023, 1, 9)) == date(2022, 1, 6)
    assert inferred(SEED, date(2023, 1, 6)) is None


@pytest.mark.parametrize("dated", [(), (date(2019, 6, 1),)])
def test_no_year_without_a_dated_article_near_it(dated: tuple[date, ...]) -> None:
    assert inferred("The ministers spoke on Jan. 6, and will meet on Friday.", *dated) is None


def test_dates_to_come_are_later_than_the_article() -> None:
    text = "They spoke on Jan. 6. On January 12 they will meet, and on January 13 the council. It is to end next week."
    assert inferred(text, date(2022, 1, 20)) == date(2022, 1, 6)


def test_the_turn_of_the_year_is_read_around_the_dated_article() -> None:
    text = "On December 30 a draft was published. On January 2 they met; they will meet again on Friday."
    assert inferred(text, date(2021, 12, 28)) == date(2022, 1, 2)


def test_a_stated_year_needs_no_dated_article() -> None:
    text = "It was signed on 5 March 2021. He said on Thursday that it will hold."
    published = infer_published(text, [])
    assert published is not None
    assert published.day == date(2021, 3, 5)
    assert published.how == 'its latest past date is "5 March 2021"'


def test_a_dateline_counts_as_past() -> None:
    text = "ANKARA, January 6. /TASS/. Ministers held talks on Thursday. On January 5 they met."
    assert inferred(text, date(2022, 1, 10)) == date(2022, 1, 6)


def test_a_weekday_beside_the_date_must_fit_the_year() -> None:
    text = "They met on Friday, Jan. 7."
    assert inferred(text, date(2022, 1, 10)) == date(2022, 1, 7)
    assert inferred(text, date(2021, 1, 10)) is None


@pytest.mark.parametrize(
    "text",
    [
        "The duke landed on 28 September 1066 and was crowned on 25 December 1066.",
        "He was born on 5 March 1970.",
        "They said on Thursday that the bridge, opened on 3 May 1998, was rebuilt in 2005.",
        "On Friday they will meet.",
        "Nothing of the kind.",
        "",
    ],
)
def test_no_guess_where_the_text_speaks_from_no_day(text: str) -> None:
    assert inferred(text, date(2022, 1, 6)) is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120), st.lists(st.dates(), max_size=3))
def test_any_text_is_taken(text: str, dated: list[date]) -> None:
    published = infer_published(text, dated)
    assert published is None or published.known is Knowledge.INFERRED


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1990, 2, 1), date(2040, 11, 30)), st.integers(-31, 31))
def test_the_day_is_found_beside_any_dated_article(day: date, apart: int) -> None:
    text = f"They met on {day:%B} {day.day}, he said. They will meet again next week."
    assert inferred(text, date.fromordinal(day.toordinal() + apart)) == day
