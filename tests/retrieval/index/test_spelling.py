from __future__ import annotations

import random
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from retrieval.index import spelling
from retrieval.index.spelling import SimilarTerm, Vocabulary, allowed_edits

NAMES = ("almaty", "astana", "blinken", "cavusoglu", "kazakhstan", "kyrgyzstan", "lavrov", "nato", "tokayev", "2022")

words = st.text("abcdé1", min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("lavrof", "lavrov"),
        ("kazahkstan", "kazakhstan"),
        ("kazakstan", "kazakhstan"),
        ("lmaty", "almaty"),
        ("laamty", None),
        ("amlaty", "almaty"),
        ("zavusoglu", "cavusoglu"),
        ("qlinken", "blinken"),
        ("cvausogul", "cavusoglu"),
        ("nata", "nato"),
        ("nat", None),
        ("lawrof", None),
        ("washington", None),
    ],
)
def test_a_misspelt_word_finds_the_one_that_was_meant(asked: str, meant: str | None) -> None:
    found = Vocabulary(NAMES).closest(asked)
    assert [near.term for near in found] == ([meant] if meant else [])


def test_numbers_are_never_respelt_nor_offered() -> None:
    vocabulary = Vocabulary(["20220106", "covid19", "january"])
    assert vocabulary.closest("20220107") == ()
    assert vocabulary.closest("covid18") == ()
    assert vocabulary.closest("covid") == ()
    assert vocabulary.closest("covidl9") == ()


def test_a_known_term_is_its_own_only_answer() -> None:
    vocabulary = Vocabulary(["lavrov", "lavrova", "42"])
    assert vocabulary.closest("lavrov") == (SimilarTerm("lavrov", 1.0),)
    assert vocabulary.closest("42") == (SimilarTerm("42", 1.0),)
    assert "42" in vocabulary
    assert len(vocabulary) == 3


def test_the_most_similar_come_first_then_the_alphabet_decides() -> None:
    vocabulary = Vocabulary(["merchants", "marchands", "marchantss", "marchant", "merchant"])
    found = vocabulary.closest("marchants")
    assert [near.term for near in found] == ["marchantss", "marchands", "marchant", "merchants", "merchant"]
    assert vocabulary.closest("marchants", limit=2) == found[:2]
    assert vocabulary.closest("marchants", limit=0) == ()


@settings(max_examples=300, deadline=None)
@given(st.lists(words, max_size=30), words)
def test_every_word_within_reach_is_found_and_no_other(terms: list[str], asked: str) -> None:
    edits = allowed_edits(asked)
    candidates = {term for term in terms if not any(letter.isdigit() for letter in term)}
    near = {term for term in candidates if edits and OSA.distance(asked, term) <= edits}
    if asked in terms:
        near = {asked}
    found = Vocabulary(terms).closest(asked, limit=100)
    assert {word.term for word in found} == near
    assert all(word.similarity == pytest.approx(OSA.normalized_similarity(asked, word.term)) for word in found)


@settings(max_examples=50, deadline=None)
@given(st.lists(words, max_size=20), st.lists(words, max_size=20), words)
def test_extending_is_as_good_as_building_anew(first: list[str], second: list[str], asked: str) -> None:
    grown = Vocabulary(first)
    grown.extend(second)
    anew = Vocabulary([*first, *second])
    assert grown.closest(asked) == anew.closest(asked)
    assert len(grown) == len(anew) == len({*first, *second})


def test_terms_taken_in_by_batches_are_all_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "BATCH", 2)
    vocabulary = Vocabulary(NAMES)
    assert all(vocabulary.closest("x" + name)[0].term == name for name in NAMES if name != "2022")


def test_few_of_many_words_need_a_closer_look() -> None:
    chance = random.Random(4)
    terms = ["".join(chance.choices(ascii_lowercase, k=chance.randint(5, 11))) for _ in range(20_000)]
    vocabulary = Vocabulary([*terms, "kazakhstan"])
    assert [near.term for near in vocabulary.closest("qazahkstan")] == ["kazakhstan"]
    assert len(vocabulary._candidates("qazahkstan", 2)) < 400


def test_nothing_is_near_in_an_empty_vocabulary() -> None:
    assert Vocabulary().closest("lavrov") == ()
    assert Vocabulary([""]).closest("") == (SimilarTerm("", 1.0),)
    assert Vocabulary(["\ud800abcd", "日本東京新聞"]).closest("日本東亰新聞") == (
        SimilarTerm("日本東京新聞", 1 - 1 / 6),
    )
