"""Which year, which weekday, day or month first, where the words leave it open."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.models import DateRange, MentionKind
from retrieval.timex.disambiguation import (
    agreed_order,
    length_of,
    nearer_order,
    orders_of,
    same_either_way,
    weekday_near,
    year_of,
)
from retrieval.timex.expressions import Annual, DateReading, Numeric
from retrieval.timex.tense import Tense
from tests.retrieval.timex.dated_texts import JANUARY, dates_in

DECEMBER = Annual("XXXX-12-17", 12, "December")


@pytest.mark.parametrize(
    ("annual", "tense", "year"),
    [
        (DECEMBER, Tense.PAST, 2021),
        (DECEMBER, Tense.UNKNOWN, 2021),
        (DECEMBER, Tense.FUTURE, 2021),  # three weeks ago: a slip of the tense
        (Annual("XXXX-10-17", 10, "October"), Tense.FUTURE, 2022),
        (Annual("XXXX-01-12", 1, "January"), Tense.UNKNOWN, 2022),
        (Annual("XXXX-01", 1, "January", which=-1), Tense.PAST, 2021),
        (Annual("XXXX-01", 1, "January", which=1), Tense.FUTURE, 2023),
        (Annual("XXXX-01-07", 1, "January", weekday=5), Tense.UNKNOWN, 2022),
        (Annual("XXXX-02-29", 2, "February"), Tense.PAST, None),
    ],
)
def test_the_year_is_the_nearest_that_the_tense_allows(annual: Annual, tense: Tense, year: int | None) -> None:
    assert year_of(annual, JANUARY, tense) == year


@pytest.mark.parametrize(
    ("weekday", "ahead", "strictly", "day"),
    [
        (5, True, False, date(2022, 1, 7)),
        (5, False, False, date(2021, 12, 31)),
        (4, True, False, JANUARY),
        (4, True, True, date(2022, 1, 13)),
        (4, False, True, date(2021, 12, 30)),
    ],
)
def test_the_nearest_weekday_on_a_side(weekday: int, ahead: bool, strictly: bool, day: date) -> None:
    assert weekday_near(JANUARY, weekday, ahead=ahead, strictly=strictly) == day


def test_the_calendar_ends() -> None:
    assert weekday_near(date.max, 1, ahead=True, strictly=True) is None


def test_a_range_counts_both_ends() -> None:
    assert length_of(DateRange(first=date(2022, 1, 1), last=date(2022, 1, 31))) == 31


def test_figures_may_mean_two_days() -> None:
    assert orders_of(Numeric(3, 4, 2019)) == {"day/month": date(2019, 4, 3), "month/day": date(2019, 3, 4)}
    assert orders_of(Numeric(13, 1, 2022)) == {"day/month": date(2022, 1, 13)}
    assert same_either_way(Numeric(6, 6, 2020)) == date(2020, 6, 6)
    assert same_either_way(Numeric(3, 4, 2019)) is None


def test_a_text_agrees_on_an_order_or_not() -> None:
    def reading(first: int, second: int) -> DateReading:
        return DateReading(0, 1, MentionKind.DATE, Numeric(first, second, 2021))

    assert agreed_order([reading(25, 12), reading(3, 4)]) == "day/month"
    assert agreed_order([reading(12, 25)]) == "month/day"
    assert agreed_order([reading(25, 12), reading(12, 25)]) is None


def test_the_order_near_the_article_is_taken_only_where_the_other_is_far() -> None:
    assert nearer_order(orders_of(Numeric(1, 6, 2022)), JANUARY) == "month/day"
    assert nearer_order(orders_of(Numeric(1, 2, 2022)), JANUARY) is None


def test_a_weekday_beside_a_date_chooses_the_year() -> None:
    assert ("Friday, Jan. 7", "2022-01-07") in dates_in("The ruling of Friday, Jan. 7, stands.", date(2022, 8, 1))
    assert ("Saturday, Jan. 7", "2023-01-07") in dates_in("The meeting of Saturday, Jan. 7, stands.", date(2022, 8, 1))
