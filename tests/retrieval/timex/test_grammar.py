"""How a rule of the grammar is written, found by its first word, and tried."""

from __future__ import annotations

import re

from retrieval.models import MentionKind
from retrieval.timex.expressions import DateReading, Fixed
from retrieval.timex.grammar import DIGIT, Grammar, SourceText, whole

SAMPLE = Grammar()


@SAMPLE.rule(("long", DIGIT), r"long_ago\b|\d+_ages")
def _long_ago(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, MentionKind.DATE, Fixed("PAST_REF"), "APPROX")


@SAMPLE.rule(("long",), r"long_ago_indeed")
def _indeed(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return () if source.is_capital(found.start()) else whole(found, MentionKind.DATE, Fixed("INDEED"))


def read(text: str, word: str = "long") -> list[tuple[int, int, object]]:
    found = SAMPLE.read_at(word, text.lower().index(word), SourceText(text, text.lower()))
    return [(each.start, each.end, each.meaning) for each in found]


def test_an_underscore_is_a_gap_also_over_a_line() -> None:
    assert read("long\nago") == [(0, 8, Fixed("PAST_REF"))]
    assert read("long   ago") == [(0, 10, Fixed("PAST_REF"))]
    assert read("long-ago") == []


def test_the_longest_rule_counts_unless_it_declines() -> None:
    assert read("long ago indeed") == [(0, 15, Fixed("INDEED"))]
    assert read("Long ago indeed") == [(0, 8, Fixed("PAST_REF"))]


def test_a_word_that_starts_no_rule_reads_nothing() -> None:
    assert read("ago", "ago") == []


def test_one_digit_is_written_for_all() -> None:
    assert SAMPLE.read_at(DIGIT, 0, SourceText("12 ages", "12 ages"))[0].detail == "APPROX"


def test_the_words_around_a_match() -> None:
    source = SourceText("It was Long ago.", "it was long ago.")
    found = re.compile("long").search(source.plain)
    assert found is not None
    assert (source.before(found, 4), source.after(found, 4)) == ("was ", " ago")
    assert source.is_capital(7)
