"""Sentence boundaries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "They spoke early Jan. 6, the U.S. said, informing J. K. Rowling.",
        "Mr. Smith of St. Louis, No. 5, paid $26.3 billion to Apple Inc. on Dec. 17.",
        "“We trust them,” it said.",
        '"Why?" he asked.',
        "“We won!” Prime Minister Smith said.",
        "ANKARA, January 6. /TASS/.",
        "In Roe v. Wade, e.g. on p. 5, i.e. there, it was so.",
        "He came at 5 p.m. Eastern on a flight by Delta Air Lines Inc. and left.",
        "U.S. President Joe Biden met Gen. Mark Milley.",
        "Use Amazon.com or Node.js at 3.5 per cent.",
        "1. Introduction to the matter.",
        "He waited... then left.",
        "The line breaks\nhere, not the sentence.",
    ],
)
def test_one_sentence_stays_one(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is in the U.S. The president agreed.", ["It is in the U.S.", "The president agreed."]),
        ("“We attach importance. We wish peace.” He left.", ["“We attach importance.", "We wish peace.”", "He left."]),
        ("``It is so.'' They left. '' More.", ["``It is so.''", "They left. ''", "More."]),
        ("ANKARA, January 6. /TASS/. Minister spoke.", ["ANKARA, January 6. /TASS/.", "Minister spoke."]),
        ("He joined Apple Inc. The firm grew.", ["He joined Apple Inc.", "The firm grew."]),
        ("It closed at 6 p.m. He slept.", ["It closed at 6 p.m.", "He slept."]),
        ("(It was late.) He slept! Did he? Yes.", ["(It was late.)", "He slept!", "Did he?", "Yes."]),
        ("It fell today.The rest rose.", ["It fell today.", "The rest rose."]),
        ("A headline\n\nA sentence.", ["A headline", "A sentence."]),
        ("He uses it. iPhone sales rose. $5 more.", ["He uses it.", "iPhone sales rose.", "$5 more."]),
        ("Он пришёл. Она ушла.", ["Он пришёл.", "Она ушла."]),
        ("他来了。他走了。", ["他来了。", "他走了。"]),
    ],
)
def test_several_sentences_are_split(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


_PIECES = st.sampled_from(
    ["Jan. ", "U.S. ", "He said", ". ", "? ", '." ', ".”", "\n", "\n\n", "The ", "it", " ", "\u00a0", "5.", "...", "。"]
)


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    end = 0
    for span in split_sentences(text):
        assert text[end : span.start].strip() == ""
        assert span.of(text) == span.of(text).strip() != ""
        end = span.end
    assert text[end:].strip() == ""
