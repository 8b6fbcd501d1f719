"""The typos that questions are measured with: one letter, in the rarest word, the same in every run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from benchmarks.typos import rarest, spoilt
from retrieval.text.tokens import tokenize

QUESTION = "Who did Çavuşoğlu call before the meeting of the Council?"
FREQUENCIES = {token.term: count for token, count in zip(tokenize(QUESTION), range(90, 0, -1), strict=False)}


@given(key=st.text(max_size=12))
def test_a_typo_is_one_edit_of_one_word(key: str) -> None:
    typo = spoilt(QUESTION, FREQUENCIES, key)
    assert typo is not None
    assert (typo.word, OSA.distance(typo.word, typo.spoilt)) == ("Council", 1)
    assert typo.question == QUESTION.replace(typo.word, typo.spoilt)


def test_the_same_question_gets_the_same_typo_and_others_get_others() -> None:
    typos = [spoilt(QUESTION, FREQUENCIES, str(key)) for key in range(40)]
    assert typos == [spoilt(QUESTION, FREQUENCIES, str(key)) for key in range(40)]
    assert {typo.kind for typo in typos if typo} == {"swap", "drop", "double", "replace"}


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Where did the call with Çavuşoğlu begin?", "Çavuşoğlu"),
        ("When does the NATO meeting in Geneva begin in 2022?", "Geneva"),
        ("Who is in it?", None),
        ("Where is Atlantis?", None),
    ],
)
def test_the_rarest_known_word_of_four_letters_is_spoilt(question: str, word: str | None) -> None:
    counts = {"Çavuşoğlu": 2, "call": 9, "begin": 9, "Geneva": 2, "meeting": 3, "2022": 1}
    token = rarest(question, {tokenize(known)[0].term: count for known, count in counts.items()})
    assert (token and question[token.start : token.end]) == word
