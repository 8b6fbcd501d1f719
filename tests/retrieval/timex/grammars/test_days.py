"""Days in words and figures, months, and days of the week."""

from __future__ import annotations

from datetime import date

import pytest

from tests.retrieval.timex.dated_texts import JANUARY, MAY, dates_in


@pytest.mark.parametrize(
    ("text", "published", "words", "value"),
    [
        ("They spoke on Jan. 6.", JANUARY, "Jan. 6", "2022-01-06"),
        ("They spoke on January 6.", JANUARY, "January 6", "2022-01-06"),
        ("They spoke on 6 January 2022.", JANUARY, "6 January 2022", "2022-01-06"),
        ("They spoke on 6th of January, 2022.", JANUARY, "6th of January, 2022", "2022-01-06"),
        ("They spoke on the 6th of January.", JANUARY, "the 6th of January", "2022-01-06"),
        ("They spoke on Sept. 11, 2001.", JANUARY, "Sept. 11, 2001", "2001-09-11"),
        ("It is 2022-01-06 now-ish", JANUARY, "2022-01-06", "2022-01-06"),
        ("It was on 13/01/2022.", JANUARY, "13/01/2022", "2022-01-13"),
        ("It was on 12/25/21.", JANUARY, "12/25/21", "2021-12-25"),
        ("It was on 25.12.2021.", JANUARY, "25.12.2021", "2021-12-25"),
        ("It was on 06/06/2020.", JANUARY, "06/06/2020", "2020-06-06"),
        ("It was on 03/04/2019.", JANUARY, "03/04/2019", None),
        ("They fell on Black Monday.", JANUARY, "Monday", None),
        ("It began in March.", JANUARY, "March", "2021-03"),
        ("It began in March 2020.", JANUARY, "March 2020", "2020-03"),
        ("It lasts January 10-12.", JANUARY, "January 10-12", "2022-01-10/2022-01-12"),
        ("It is set for October of next year.", JANUARY, "October of next year", "2023-10"),
        ("It ends on the last day of October 2023.", JANUARY, "the last day of October 2023", "2023-10-31"),
        ("Before 9/11 it was otherwise.", JANUARY, "9/11", "2001-09-11"),
        ("He left on Tuesday morning.", JANUARY, "Tuesday morning", "2022-01-04TMO"),
        ("It was on 6.5.2021.", MAY, "6.5.2021", "2021-05-06"),
        ("It was on 5.6.2019.", MAY, "5.6.2019", "2019-06-05"),
        ("It was on 4.30.2021.", MAY, "4.30.2021", "2021-04-30"),
        ("It was on 5/6/21.", MAY, "5/6/21", "2021-05-06"),
    ],
)
def test_days_have_a_value(text: str, published: date, words: str, value: str | None) -> None:
    assert (words, value) in dates_in(text, published)


@pytest.mark.parametrize(
    "text", ["Mr. May may march on.", "Theresa May and April Jones met.", "The Sunday Times has it."]
)
def test_names_and_verbs_are_no_days(text: str) -> None:
    assert dates_in(text, JANUARY) == []


def test_a_day_that_no_month_has_is_none() -> None:
    assert ("February 30", "2022-02-30") not in dates_in("It was on February 30.", JANUARY)
