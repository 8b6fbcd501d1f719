"""Where, when and by whom an article says it was written."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.documents.datelines import read_dateline, read_day


@pytest.mark.parametrize(
    ("paragraph", "place", "outlet", "day"),
    [
        ("ANKARA, January 6. /TASS/. They met.", "ANKARA", "TASS", None),
        ("LONDON, March 3, 2021 (AP) — They met.", "LONDON", "AP", date(2021, 3, 3)),
        ("Moscow, January 6 (Interfax) – They met.", "Moscow", "Interfax", None),
        ("KABUL, Afghanistan (AP) — They met.", "KABUL", "AP", None),
        ("Source: The Paper", None, "The Paper", None),
        ("Thursday, Sept. 2, 2021", None, None, date(2021, 9, 2)),
    ],
)
def test_a_dateline_gives_place_outlet_and_day(
    paragraph: str, place: str | None, outlet: str | None, day: date | None
) -> None:
    dateline = read_dateline(paragraph)
    assert dateline is not None
    assert (dateline.place, dateline.outlet, dateline.day) == (place, outlet, day)


def test_the_length_leaves_the_sentence_behind_it() -> None:
    paragraph = "ANKARA, January 6. /TASS/. They met."
    dateline = read_dateline(paragraph)
    assert dateline is not None
    assert paragraph[dateline.length :].strip() == "They met."


def test_a_line_of_metadata_may_give_the_title() -> None:
    dateline = read_dateline("Headline: A ferry sinks\nDate: 6 May 2021")
    assert dateline is not None
    assert (dateline.title, dateline.day) == ("A ferry sinks", date(2021, 5, 6))


@pytest.mark.parametrize(
    "sentence",
    [
        "NASA (National Aeronautics and Space Administration) launched it.",
        "NATO ministers meet on Friday.",
        "Turkey, which offered help, is a member (of NATO).",
        "January 6 was a Thursday.",
        "U.S. President Joe Biden spoke.",
        "BREAKING — The government resigned.",
        "By then it was late.",
    ],
)
def test_a_sentence_is_not_a_dateline(sentence: str) -> None:
    assert read_dateline(sentence) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2022-01-06T10:00:00Z", date(2022, 1, 6)),
        ("Thursday, Jan. 6, 2022", date(2022, 1, 6)),
        ("6th January 2022", date(2022, 1, 6)),
        ("January 6", None),
        ("2022-02-31", None),
    ],
)
def test_only_a_complete_day_is_read(words: str, day: date | None) -> None:
    assert read_day(words) == day
