"""Years, decades, centuries, seasons, quarters and feasts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.retrieval.timex.dated_texts import JANUARY, MAY, dates_in


@pytest.mark.parametrize(
    ("text", "published", "words", "value"),
    [
        ("It began in 2021.", JANUARY, "2021", "2021"),
        ("It began in the 1990s.", JANUARY, "the 1990s", "199"),
        ("In the 1800s it was so.", JANUARY, "the 1800s", "18"),
        ("It began in the nineteenth century.", JANUARY, "the nineteenth century", "18"),
        ("The treaty of 44 BC held.", JANUARY, "44 BC", "BC0044"),
        ("It stood in A.D. 79, too.", JANUARY, "A.D. 79", "0079"),
        ("By 1000 CE it had ended.", JANUARY, "1000 CE", "1000"),
        ("The season of 2014-15 was good.", JANUARY, "2014-15", "2014/2015"),
        ("The war of 1939–1945 was bad.", JANUARY, "1939–1945", "1939/1945"),
        ("It began in spring 2020.", JANUARY, "spring 2020", "2020-SP"),
        ("It began in the winter of 1941-42.", JANUARY, "the winter of 1941-42", "1941-WI"),
        ("It began last summer.", JANUARY, "last summer", "2021-SU"),
        ("It fell in the first quarter of 2021.", JANUARY, "the first quarter of 2021", "2021-Q1"),
        ("It fell in Q3 2023.", JANUARY, "Q3 2023", "2023-Q3"),
        ("It fell in the second half of 2021.", JANUARY, "the second half of 2021", "2021-H2"),
        ("Profit fell in the third quarter of last year.", JANUARY, "the third quarter of last year", "2021-Q3"),
        ("It opens in the last week of March 2009.", JANUARY, "the last week of March 2009", "2009-W13"),
        ("Clocks change on the last Sunday in March 2024.", JANUARY, "the last Sunday in March 2024", "2024-03-31"),
        ("Sales rose in fiscal 2021.", JANUARY, "fiscal 2021", "FY2021"),
        ("They met at Christmas 2020.", JANUARY, "Christmas 2020", "2020-12-25"),
        ("They met on Easter Monday 2021.", JANUARY, "Easter Monday 2021", "2021-04-05"),
        ("They met on Thanksgiving 2023.", JANUARY, "Thanksgiving 2023", "2023-11-23"),
        ("They sang it in '82.", MAY, "'82", "1982"),
        ("They sang it in the summer of '82.", MAY, "the summer of '82", "1982-SU"),
        ("The class of ’09 met again.", MAY, "’09", "2009"),
        ("In FY21 the mill lost money.", MAY, "FY21", "FY2021"),
        ("Profit fell in the fiscal second quarter.", MAY, "the fiscal second quarter", "2021-Q2"),
    ],
)
def test_periods_have_a_value(text: str, published: date, words: str, value: str | None) -> None:
    assert (words, value) in dates_in(text, published)


@pytest.mark.parametrize(
    "text", ["She scored in the fourth quarter of the game, her ninth touchdown.", "Prices fall and spring back."]
)
def test_play_and_verbs_are_no_periods(text: str) -> None:
    assert [value for _, value in dates_in(text, JANUARY) if value] == []


@pytest.mark.parametrize(
    ("feast", "value"),
    [("Boxing Day", "12-26"), ("Halloween", "10-31"), ("Good Friday", "04-02"), ("Veterans Day", "11-11")],
)
def test_feasts_have_their_day(feast: str, value: str) -> None:
    assert dates_in(f"They met on {feast} 2021.", JANUARY) == [(f"{feast} 2021", f"2021-{value}")]
