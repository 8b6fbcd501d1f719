"""Days and periods named by their place."""

from __future__ import annotations

from datetime import date

import pytest

from tests.retrieval.timex.dated_texts import JANUARY, MAY, dates_in


@pytest.mark.parametrize(
    ("text", "published", "words", "value"),
    [
        ("It ends tonight.", JANUARY, "tonight", "2022-01-06TNI"),
        ("He left last night.", JANUARY, "last night", "2022-01-05TNI"),
        ("The port was shut for a second consecutive day.", MAY, "a second consecutive day", "2021-05-06"),
        ("Wool rose for the fourth week in a row.", MAY, "the fourth week in a row", "2021-W18"),
        ("Wool rises for fifth day running.", MAY, "fifth day running", "2021-05-06"),
        ("Sales fell for a third straight month.", MAY, "a third straight month", "2021-05"),
        ("They lost money over the entire year.", MAY, "the entire year", "2021"),
        ("The week before last he was ill.", MAY, "The week before last", "2021-W16"),
    ],
)
def test_relative_have_a_value(text: str, published: date, words: str, value: str | None) -> None:
    assert (words, value) in dates_in(text, published)


@pytest.mark.parametrize("text", ["USA Today reported it.", "At the end of the day, it is a game."])
def test_names_and_idioms_are_no_days(text: str) -> None:
    assert dates_in(text, JANUARY) == []


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He came yesterday.", "yesterday", "2022-01-05"),
        ("They meet next week.", "next week", "2022-W02"),
        ("On January 2 they came. The next day they left.", "The next day", "2022-01-03"),
        ("In 1986 they met. A year earlier none did.", "A year earlier", "1985"),
    ],
)
def test_places_beside_the_article_or_the_date_before(text: str, words: str, value: str) -> None:
    assert (words, value) in dates_in(text, JANUARY)
