"""Words, folding, stems and index terms."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.tokens import ANALYSER_VERSION, fold, index_terms, stem, tokenize


def words(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokenize(text)]


def terms(text: str) -> list[str]:
    return [token.term for token in tokenize(text)]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Çavuşoğlu", "cavusoglu"),
        ("Işık", "isik"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("Лавров", "lavrov"),
        ("“so-called” ’s", '"so-called" \'s'),
        ("Mu\u0308ller", "muller"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_fold_drops_case_marks_and_scripts(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("pair", [("Çavuşoğlu", "Cavusoglu"), ("Lavrov", "Лавров"), ("S\u0327entop", "Şentop")])
def test_one_name_in_two_spellings_has_one_term(pair: tuple[str, str]) -> None:
    assert terms(pair[0]) == terms(pair[1])


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("said", "say"),
        ("took", "take"),
        ("taken", "take"),
        ("held", "hold"),
        ("spoke", "speak"),
        ("met", "meet"),
        ("began", "begin"),
        ("won", "win"),
        ("killed", "kill"),
        ("children", "child"),
        ("men", "man"),
        ("women", "woman"),
        ("organisations", "organization"),
        ("colours", "color"),
        ("centre", "center"),
        ("defence", "defense"),
    ],
)
def test_forms_of_a_word_share_its_stem(form: str, base: str) -> None:
    assert stem(form) == stem(base)


@pytest.mark.parametrize("pair", [("found", "founded"), ("turkey", "turkish"), ("leave", "leaf")])
def test_different_words_keep_different_stems(pair: tuple[str, str]) -> None:
    assert stem(pair[0]) != stem(pair[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kazakhstan’s capital Nur-Sultan", ["Kazakhstan", "capital", "Nur", "Sultan"]),
        ("the countries' 44,000 jobs at $26.3bn", ["the", "countries", "44,000", "jobs", "at", "26.3bn"]),
        ("on 2022-01-06, in 2022", ["on", "2022-01-06", "in", "2022"]),
        ("the U.S. and the U.K.'s AT&T", ["the", "U.S.", "and", "the", "U.K.", "AT&T"]),
        ("J. K. Rowling, O'Brien", ["J", "K", "Rowling", "O'Brien"]),
        ("it's he'll they've", ["it", "he", "they"]),
        ("/TASS/. _x_", ["TASS", "x"]),
    ],
)
def test_words_as_they_stand(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("written", ["US", "U.S.", "U.S", "USA", "U.S.A.", "US's"])
def test_the_united_states_are_not_a_pronoun(written: str) -> None:
    (token,) = tokenize(written)
    assert token.term == "usa"
    assert token.content


def test_us_is_a_pronoun_unless_it_has_an_article() -> None:
    assert index_terms("they told us") == ("tell",)
    assert "usa" in index_terms("did the us agree")


def test_negations_are_one_term() -> None:
    assert index_terms("don't can't cannot isn’t had n't not") == ("not",) * 6


def test_acronyms_that_look_like_function_words_carry_content() -> None:
    assert "who" in index_terms("The WHO warned")
    assert index_terms("WHO IS LAVROV") == ("lavrov",)


def test_the_month_of_may_carries_content() -> None:
    assert index_terms("It may rain in May") == ("rain", "may")


def test_only_function_words_are_dropped() -> None:
    assert index_terms("who was not the first of the last three before and after most") == (
        "not",
        "first",
        "last",
        "three",
        "befor",
        "after",
        "most",
    )


def test_thousands_separators_do_not_make_another_number() -> None:
    assert terms("44,000") == terms("44000")


def test_offset_shifts_every_token() -> None:
    shifted = tokenize("Almaty burns", offset=7)
    assert [(token.start, token.end) for token in shifted] == [(7, 13), (14, 19)]


@given(st.text())
def test_tokens_are_ordered_disjoint_and_inside(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        assert token.term
        assert token.word
        end = token.end


@given(st.text())
def test_every_letter_and_digit_is_in_a_word_or_its_clitic(text: str) -> None:
    covered = {place for token in tokenize(text) for place in range(token.start, token.end)}
    missed = {text[place] for place in range(len(text)) if place not in covered and text[place].isalnum()}
    assert missed <= set("sSdDmMlLrRvVeE")


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Zs", "Po"])))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_change_of_terms_comes_with_a_new_version() -> None:
    sample = "Çavuşoğlu's U.S. talks weren't held on Jan. 6; 44,000 organisations' women said: neighbours left."
    digest = hashlib.sha256(" ".join(index_terms(sample)).encode()).hexdigest()[:12]
    assert (ANALYSER_VERSION, digest) == ("1", "61912d6ba264")
