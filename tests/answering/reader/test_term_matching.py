"""Term matching: which words of a question a sentence has, how exactly, and how close together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.reader.term_matching import QuestionTerms, TermOverlap, is_negation, tokens_of_title
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Token
from retrieval.text.tokens import tokenize
from tests.answering.workbench import hits_of, report, terms_of, words_at


def overlap(terms: QuestionTerms, sentence: str) -> TermOverlap:
    return TermOverlap.of(terms, tokenize(sentence))


@pytest.mark.parametrize(
    ("word", "negates"),
    [("not", True), ("never", True), ("without", True), ("didn't", True), ("knot", False), ("note", False)],
)
def test_negations(word: str, negates: bool) -> None:
    (token,) = tokenize(word)
    assert is_negation(token) is negates


@pytest.mark.parametrize(
    ("question", "sentence", "met", "loose"),
    [
        ("Did the ferry sink?", "The ferries sank.", {"ferry", "sink"}, set()),
        ("Did the ferry sink?", "A storm rose.", set(), set()),
        ("When did the strike start?", "The strike began on Monday.", {"strike"}, {"start"}),
        ("Who will govern?", "She became governor.", set(), {"govern"}),
        ("Who is the top diplomat?", "The foreign minister spoke.", set(), {"top", "diplomat"}),
        ("Who is the top diplomat?", "The minister spoke of foreign trade.", set(), {"top", "diplomat"}),
        ("What did the ferrier do?", "The ferryman slept.", set(), set()),
    ],
)
def test_what_a_sentence_matches(
    language: EntityRecogniser, question: str, sentence: str, met: set[str], loose: set[str]
) -> None:
    terms = terms_of(language, question)
    found = overlap(terms, sentence)
    assert (words_at(terms, found.exact), words_at(terms, found.fuzzy)) == (met, loose)
    assert found.matched == found.exact | found.fuzzy


def test_the_opposite_and_a_denial_are_noticed(language: EntityRecogniser) -> None:
    terms = terms_of(language, "Why did prices rise?")
    assert overlap(terms, "Prices fell.").opposed
    assert not overlap(terms, "Prices rose.").opposed
    assert overlap(terms, "Prices did not rise.").negated
    assert not overlap(terms, "Prices rose.").negated


@pytest.mark.parametrize(
    ("sentence", "reach", "share"),
    [
        ("The ferry sank off Dover.", 1, 0.5),
        ("The ferry sank off Dover.", 2, 1.0),
        ("The ferry, which was old, sank off Dover.", 2, 0.5),
        ("Dover mourns: sunk is the ferry.", 5, 0.0),
        ("Only the ferry came.", 5, 0.0),
    ],
)
def test_neighbouring_terms_of_the_question_are_close_and_in_order(
    language: EntityRecogniser, sentence: str, reach: int, share: float
) -> None:
    terms = terms_of(language, "Did the ferry sink in Dover?")
    assert overlap(terms, sentence).pairs(reach, terms) == pytest.approx(share)


@pytest.mark.parametrize(
    ("sentence", "density"),
    [
        ("ferry sank Dover", 1.0),
        ("Dover ferry sank", 1.0),
        ("The ferry that left Dover sank", 3 / 5),
        ("ferry one two three ferry sank Dover", 1.0),
        ("Only a ferry", 0.0),
        ("Nothing at all", 0.0),
    ],
)
def test_density_of_the_matched_words(language: EntityRecogniser, sentence: str, density: float) -> None:
    found = overlap(terms_of(language, "Did the ferry sink in Dover?"), sentence)
    assert found.proximity() == pytest.approx(density)


def test_shares_are_weighted(language: EntityRecogniser) -> None:
    terms = terms_of(language, "Did the ferry sink in Dover?")
    ferry, sink, dover = (terms.index[term] for term in ("ferri", "sink", "dover"))
    assert terms.share(frozenset([ferry])) == pytest.approx(2 / 7)
    assert terms.share(terms.all) == pytest.approx(1.0)
    assert terms.heaviest([ferry, sink]) == pytest.approx(0.5)
    assert terms.heaviest([]) == 0.0
    assert terms.share_of([ferry, dover], frozenset([ferry, sink])) == pytest.approx(2 / 3)
    assert terms.share_of([ferry], frozenset()) == 0.0


def test_a_question_without_terms_has_shares_of_0(language: EntityRecogniser) -> None:
    terms = terms_of(language, "?!")
    found = overlap(terms, "The ferry sank.")
    assert (terms.share(terms.all), found.pairs(3, terms), found.proximity()) == (0, 0, 0)


VOCABULARY = ["ferry", "sank", "Dover", "storm", "the", "never", "42", "captain"]


@settings(deadline=None)
@given(
    asked=st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8),
    said=st.lists(st.sampled_from(VOCABULARY), max_size=12),
)
def test_every_measure_stays_in_its_range(
    language: EntityRecogniser, asked: Sequence[str], said: Sequence[str]
) -> None:
    terms = terms_of(language, " ".join(asked))
    found = overlap(terms, " ".join(said))
    assert found.exact.isdisjoint(found.fuzzy)
    for value in (terms.share(found.matched), terms.heaviest(found.exact), found.pairs(4, terms), found.proximity()):
        assert 0.0 <= value <= 1.0 + 1e-9
    assert terms.share(overlap(terms, " ".join(asked)).exact) == pytest.approx(float(bool(terms.distinct)))


def test_the_tokens_of_a_title_know_their_places() -> None:
    title = "Ferry sinks off Dover"
    tokens: tuple[Token, ...] = tokens_of_title(title)
    assert [title[token.start : token.end] for token in tokens] == title.split()


def test_the_mentions_of_a_sentence_are_its_own(language: EntityRecogniser) -> None:
    (hit,) = hits_of(language, [report("The ferry left Norway on 3 May 2021. It sank in Denmark.")])
    names = [{hit.passage.words_of(mention.span) for mention in hit.mentions_in(index)} for index in (0, 1)]
    assert names == [{"Norway", "3 May 2021"}, {"Denmark"}]
