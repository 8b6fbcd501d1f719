"""The word tables: lines, named lists, values, and no list twice."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources

import pytest

from retrieval.text import tables

NAMES = sorted(file.name for file in (resources.files("retrieval.text") / "data").iterdir())
LISTS = ("grammar_words.txt", "organisation_words.txt", "date_words.txt", "quotation_words.txt", "numbers.txt")


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_words_and_no_empty_ones(name: str) -> None:
    rows = tables.rows(name)
    assert rows
    assert all(word for row in rows for word in row)


def test_a_line_is_split_at_tabs_where_it_has_any() -> None:
    assert ("11", "thanksgiving", "thanksgiving day") in tables.rows("feasts.txt")
    assert ("month", "9", "september", "sep", "sept") in tables.rows("calendar.txt")
    assert ("02-14", "valentine's day") in tables.lines("feasts.txt")


def test_several_lines_add_to_one_list() -> None:
    firms = tables.lists("organisation_words.txt")["firm"]
    assert {"company", "carrier"} <= set(firms)


def test_words_have_the_value_before_them() -> None:
    assert tables.values("calendar.txt", "season")["fall"] == "FA"
    assert "fall" not in tables.values("calendar.txt", "month")


def test_remarks_are_no_words() -> None:
    assert "#" not in tables.words("uncounted.txt")


@pytest.mark.parametrize("name", LISTS)
def test_no_list_has_a_word_twice(name: str) -> None:
    for key, words in tables.lists(name).items():
        assert {word: count for word, count in Counter(words).items() if count > 1} == {}, key


def test_a_pattern_takes_the_longest_word_first_and_signs_as_they_are() -> None:
    assert re.match(tables.any_of(["rs", "rs.", "r"]), "rs. 5")[0] == "rs."  # type: ignore[index]
