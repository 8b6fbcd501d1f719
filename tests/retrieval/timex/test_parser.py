"""Expressions are found left to right, the longest first, and neighbours are joined."""

from __future__ import annotations

import pytest

from retrieval.timex.expressions import Annual, Clock, DateModifier, Relative, Stepped, Weekday
from retrieval.timex.parser import parse_dates
from tests.retrieval.timex.dated_texts import JANUARY, dates_in


def meanings(text: str) -> list[object]:
    return [reading.meaning for reading in parse_dates(text).readings]


def test_neighbours_become_one_expression() -> None:
    (friday,) = meanings("Friday, Jan. 7")
    assert isinstance(friday, Annual)
    assert (friday.form, friday.weekday) == ("XXXX-01-07", 5)
    assert meanings("Friday of next week") == [Weekday(5, week=Relative("week", 1))]
    (october,) = meanings("October of next year")
    assert isinstance(october, Annual)
    assert october.year == Relative("year", 1)


def test_a_step_takes_the_day_after_it() -> None:
    (step,) = meanings("two days before Christmas")
    assert isinstance(step, Stepped)
    assert (step.unit, step.steps) == ("day", -2)


def test_a_time_takes_the_day_beside_it() -> None:
    (morning,) = meanings("Friday morning")
    assert isinstance(morning, Clock)
    assert (morning.time, morning.day) == ("TMO", Weekday(5))


def test_a_modifier_without_a_date_is_dropped() -> None:
    assert not any(isinstance(meaning, DateModifier) for meaning in meanings("late, he came early in May"))


def test_the_longest_expression_counts() -> None:
    text = "the last Sunday in March 2024"
    (reading,) = parse_dates(text).readings
    assert text[reading.start : reading.end] == text


def test_a_text_is_parsed_once_for_two_uses() -> None:
    assert parse_dates("He came on Friday.") is parse_dates("He came on Friday.")


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
    assert dates_in(text, JANUARY) == expected
