"""Calendar values written, read back, moved and filled in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.models import DateRange
from retrieval.timex.values import days_of, in_year, periods_in, shift_day, value_in_words, value_of

UNITS = ("day", "week", "weekend", "month", "quarter", "year", "decade", "century")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2022-01-04", date(2022, 1, 4), date(2022, 1, 4)),
        ("2022-01-04TNI", date(2022, 1, 4), date(2022, 1, 4)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-W02", date(2022, 1, 10), date(2022, 1, 16)),
        ("2022-W02-WE", date(2022, 1, 15), date(2022, 1, 16)),
        ("2022-Q4", date(2022, 10, 1), date(2022, 12, 31)),
        ("2022-H1", date(2022, 1, 1), date(2022, 6, 30)),
        ("2021-WI", date(2021, 12, 1), date(2022, 2, 28)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("199", date(1990, 1, 1), date(1999, 12, 31)),
        ("19", date(1900, 1, 1), date(1999, 12, 31)),
        ("2022-01-10/2022-01-12", date(2022, 1, 10), date(2022, 1, 12)),
        ("2014/2015", date(2014, 1, 1), date(2015, 12, 31)),
    ],
)
def test_the_days_a_value_covers(value: str, first: date, last: date) -> None:
    window = days_of(value)
    assert window is not None
    assert (window.first, window.last) == (first, last)


@pytest.mark.parametrize(
    "value",
    ["P2W", "XXXX-01-06", "XXXX-WXX-5", "PRESENT_REF", "BC0044", "2021-02-29", "2022-13", "2022-W60", "FY2021", ""],
)
def test_what_covers_no_days(value: str) -> None:
    assert days_of(value) is None


@given(st.text(alphabet="0123456789-/WQHXTSPBC", max_size=14))
def test_any_value_is_taken(value: str) -> None:
    window = days_of(value)
    assert window is None or (window.first is not None and window.last is not None)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9990, 12, 31)), st.sampled_from(UNITS))
def test_the_unit_of_a_day_holds_it(day: date, unit: str) -> None:
    window = days_of(value_of(day, unit))
    assert window is not None
    assert window.contains(day) or unit == "weekend"


@pytest.mark.parametrize(
    ("day", "count", "unit", "expected"),
    [
        (date(2022, 1, 2), 2, "day", date(2022, 1, 4)),
        (date(2022, 1, 31), 1, "month", date(2022, 2, 28)),
        (date(2024, 2, 29), -1, "year", date(2023, 2, 28)),
        (date(2022, 1, 6), -1, "quarter", date(2021, 10, 6)),
        (date(2022, 1, 6), -6000, "year", None),
        (date(9999, 12, 31), 1, "day", None),
        (date(2022, 1, 6), 10**30, "week", None),
    ],
)
def test_moved(day: date, count: int, unit: str, expected: date | None) -> None:
    assert shift_day(day, count, unit) == expected


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-3000, 3000), st.sampled_from(("day", "week")))
def test_moving_back_undoes_moving(day: date, count: int, unit: str) -> None:
    there = shift_day(day, count, unit)
    assert there is not None
    assert shift_day(there, -count, unit) == day


@pytest.mark.parametrize(
    ("form", "year", "value"),
    [
        ("XXXX-01-06", 2022, "2022-01-06"),
        ("XXXX-02-29", 2021, None),
        ("XXXX-Q1", 2021, "2021-Q1"),
        ("easter", 2021, "2021-04-04"),
        ("easter", 2024, "2024-03-31"),
        ("easter", 1954, "1954-04-18"),
        ("good friday", 2022, "2022-04-15"),
        ("thanksgiving", 2023, "2023-11-23"),
        ("black friday", 2022, "2022-11-25"),
        ("memorial day", 2022, "2022-05-30"),
        ("week -1 of 03", 2009, "2009-W13"),
        ("week 1 of 01", 2022, "2022-W01"),
        ("7 -1 of 03", 2024, "2024-03-31"),
        ("XXXX-01-06", 10000, None),
    ],
)
def test_an_annual_form_in_a_year(form: str, year: int, value: str | None) -> None:
    assert in_year(form, year) == value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2022-01-04", "4 January 2022"),
        ("2022-01", "January 2022"),
        ("2022-W02", "the week of 10 January 2022"),
        ("2021", "2021"),
    ],
)
def test_a_value_in_words(value: str, words: str) -> None:
    assert value_in_words(value) == words


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2022, 1, 10), date(2022, 1, 16), {"2022-W02", "2022-W02-WE"}),
        (date(2022, 1, 5), date(2022, 1, 5), set()),
        (date(2022, 2, 1), date(2022, 2, 28), {"2022-02", "2022-W06", "2022-W07", "2022-W08"}),
        (None, date(2022, 2, 28), set()),
    ],
)
def test_the_weeks_and_months_within_some_days(first: date | None, last: date | None, expected: set[str]) -> None:
    found = periods_in(DateRange(first=first, last=last))
    assert {value for value in found if not value.endswith("WE")} == {v for v in expected if not v.endswith("WE")}
    assert expected <= found
