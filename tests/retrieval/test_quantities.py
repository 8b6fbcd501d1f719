"""Numbers, money and percentages."""

from __future__ import annotations

import pytest

from retrieval.models import MentionKind
from retrieval.quantities import find_quantities
from retrieval.words import read_line


def found(text: str) -> list[tuple[MentionKind, str, str | None]]:
    line = read_line(text, 0, len(text))
    figures = [line.words[place] for place in line.numbers]
    return [(mention.kind, mention.span.of(text), mention.value) for mention in find_quantities(text, figures)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("a two-week state of emergency", "two", "2 week"),
        ("to fill 44,000 new positions", "44,000", "44000 position"),
        ("some 1.5 million people fled", "1.5 million", "1500000 person"),
        ("twenty-five thousand troops", "twenty-five thousand", "25000 troop"),
        ("two hundred and fifty cars", "two hundred and fifty", "250 car"),
        ("hundreds of thousands of people", "hundreds of thousands", None),
        ("one person was killed", "one", "1 person"),
        ("a pipe of 300 km", "300 km", "300 km"),
        ("10-15 metres deep", "10-15 metres", "10-15 metre"),
        ("12 died", "12", "12"),
    ],
)
def test_numbers_come_with_what_they_count(text: str, words: str, value: str | None) -> None:
    ((kind, span, got),) = found(text)
    assert (kind, span) == (MentionKind.NUMBER, words)
    assert value is None or got == value


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("a US$40 billion deal", "US$40 billion", "40000000000 dollar"),
        ("worth $26.3 billion.", "$26.3 billion", "26300000000 dollar"),
        ("for €5m", "€5m", "5000000 euro"),
        ("some GB # 20.1 billion", "GB # 20.1 billion", "20100000000 pound"),
        ("cost 5 million euros", "5 million euros", "5000000 euro"),
        ("fell to 60¢", "60¢", "60 cent"),
        ("for $3 to $5 billion", "$3 to $5 billion", "3-5000000000 dollar"),
    ],
)
def test_money_has_an_amount_and_a_currency(text: str, words: str, value: str) -> None:
    assert found(text) == [(MentionKind.MONEY, words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("up 0.6 per cent", "0.6 per cent", "0.6 percent"),
        ("20 to 25 percent", "20 to 25 percent", "20-25 percent"),
        ("down 29%.", "29%", "29 percent"),
        ("by ten percentage points", "ten percentage points", "10 percent"),
    ],
)
def test_percentages(text: str, words: str, value: str) -> None:
    assert found(text) == [(MentionKind.PERCENT, words, value)]


@pytest.mark.parametrize(
    "text", ["in 2008", "the A380 and Series 9", "at 16:30", "one of them", "No. 5 said", "half of it"]
)
def test_years_codes_times_and_pronouns_count_nothing(text: str) -> None:
    assert found(text) == []
