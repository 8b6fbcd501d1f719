"""Numbers, money and percentages."""

from __future__ import annotations

import pytest

from retrieval.entities.quantities import find_quantities
from retrieval.models import MentionKind
from retrieval.text.word_traits import tag_sentence


def found(text: str) -> list[tuple[MentionKind, str, str | None]]:
    line = tag_sentence(text, 0, len(text))
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
        ("five or more seats are needed", "five", "5 seat"),
        ("60,000 European settlers came", "60,000", "60000 settler"),
        ("a garden of 10,000 m2", "10,000 m2", "10000 m2"),
        ("325 mi east of here", "325 mi", "325 mi"),
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
        ("worth 190 billion PLN", "190 billion PLN", "190000000000 pln"),
        ("had 200,000 Danish krone", "200,000 Danish krone", "200000 krone"),
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


@pytest.mark.parametrize(
    "text",
    ["one-fifth of the voters stayed away", "a two-thirds majority", "a third man came", "three quarters of the town"],
)
def test_a_part_of_a_whole_is_not_a_number_of_parts(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He faces five to ten years in prison.", "five to ten years", "P5Y/P10Y"),
        ("It took 10-15 minutes.", "10-15 minutes", "PT10M/PT15M"),
        ("within 24 to 48 hours", "24 to 48 hours", "PT24H/PT48H"),
    ],
)
def test_a_range_of_time_lasts(text: str, words: str, value: str) -> None:
    assert found(text) == [(MentionKind.DURATION, words, value)]


@pytest.mark.parametrize("text", ["She died at the age of 81.", "A woman aged 81 died."])
def test_a_number_after_aged_is_an_age(text: str) -> None:
    line = tag_sentence(text, 0, len(text))
    (mention,) = find_quantities(text, [line.words[place] for place in line.numbers])
    assert (mention.span.of(text), mention.detail) == ("81", "age")


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("nearly 3,000 people", "3,000", "3000 person"),
        ("almost 25,000 houses", "25,000", "25000 house"),
        ("up to 12 boats", "12", "12 boat"),
    ],
)
def test_a_word_of_approximation_stays_outside(text: str, words: str, value: str) -> None:
    assert found(text) == [(MentionKind.NUMBER, words, value)]
