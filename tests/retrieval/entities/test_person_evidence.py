"""What beside capitalised words shows that they name a person."""

from __future__ import annotations

from collections import Counter

import pytest

from retrieval.entities.matches import ArticleLines
from retrieval.entities.person_evidence import NameSegment, age_after, is_person, is_vetoed, may_be_person
from retrieval.text.word_traits import tag_sentence


def evidence(text: str, name: str = "Duarte Pimentel") -> tuple[ArticleLines, NameSegment]:
    line = tag_sentence(text, 0, len(text))
    start = next(place for place, word in enumerate(line.words) if word.text == name.split(maxsplit=1)[0])
    lines = ArticleLines([line], [{}], [()], common=(), bodies=())
    return lines, NameSegment(0, start, start + len(name.split()))


@pytest.mark.parametrize(
    "text",
    [
        "Mr Duarte Pimentel left.",
        "Mayor Duarte Pimentel left.",
        "Duarte Pimentel, 54, left.",
        "Duarte Pimentel was born there.",
        "Duarte Pimentel and his wife left.",
        "Who is Duarte Pimentel?",
    ],
)
def test_words_beside_a_name_show_a_person(text: str) -> None:
    lines, segment = evidence(text)
    assert is_person(lines, segment, Counter())


@pytest.mark.parametrize("text", ["The ferry Duarte Pimentel sank.", "HMS Duarte Pimentel sank."])
def test_ships_are_no_people(text: str) -> None:
    lines, segment = evidence(text)
    assert not is_person(lines, segment, Counter())


def test_a_surname_alone_elsewhere_is_evidence_where_it_speaks() -> None:
    lines, segment = evidence("Zorblax Qwarn said so.", "Zorblax Qwarn")
    assert not is_person(lines, segment, Counter())
    assert is_person(lines, segment, Counter({"qwarn": 1}))


def test_an_unknown_name_alone_is_none() -> None:
    lines, segment = evidence("Zorblax Qwarn fell by 3%.", "Zorblax Qwarn")
    assert not is_person(lines, segment, Counter())


def test_an_article_before_a_name_is_evidence_against() -> None:
    assert may_be_person(*evidence("Yesterday Duarte Pimentel left."))
    assert not may_be_person(*evidence("The Duarte Pimentel left."))


def test_a_name_that_ends_as_a_body_is_none() -> None:
    lines, segment = evidence("The Qwarn Foundation paid.", "Qwarn Foundation")
    assert is_vetoed(lines.lines[0].words, segment.start, segment.end)


@pytest.mark.parametrize(
    ("text", "age"), [("Pimentel, 44, left.", "44"), ("Pimentel, 3, left.", None), ("Pimentel, 27. Lund", None)]
)
def test_an_age_is_between_commas(text: str, age: str | None) -> None:
    words = tag_sentence(text, 0, len(text)).words
    place = age_after(words, 1)
    assert (None if place is None else words[place].text) == age
