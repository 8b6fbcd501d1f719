"""The terms of a question: each once, with its weight in the corpus and what may be said instead of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.reader.context import AnswerContext
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Respelling
from tests.answering.workbench import WEIGHTS, terms_of, words_at


def test_each_term_is_there_once_with_its_weight(language: EntityRecogniser) -> None:
    terms = terms_of(language, "Did the ferry to Dover sink before the Dover ferry?")
    assert [(term.word, term.weight) for term in terms.distinct] == [("ferry", 2.0), ("dover", 4.0), ("sink", 1.0)]
    assert terms.order == (0, 1, 2, 1, 0)
    assert (terms.total, terms.top) == (7.0, 4.0)
    assert words_at(terms, terms.names) == {"dover"}


def test_a_word_of_no_article_weighs_as_much_as_the_rarest(language: EntityRecogniser) -> None:
    (ferry, zeppelin) = terms_of(language, "ferry zeppelin").distinct
    assert (ferry.known, zeppelin.known) == (True, False)
    assert zeppelin.weight == max(WEIGHTS.values())


def test_a_respelled_word_counts_as_the_corpus_has_it(language: EntityRecogniser) -> None:
    respelling = Respelling(asked="ferrry", used="ferry", used_term="ferri", similarity=0.8)
    (term,) = terms_of(language, "ferrry", respellings=(respelling,)).distinct
    assert (term.term, term.known, term.weight) == ("ferri", True, 2.0)


@pytest.mark.parametrize(
    ("text", "negated", "numbers", "days"),
    [
        ("Which ferry did not sink?", True, set(), set()),
        ("Which ferry sank?", False, set(), set()),
        ("Did 40 ferries sink?", False, {"40"}, set()),
        ("Which ferry sank on 4 May 2021?", False, {"4", "2021"}, {"2021-05-04"}),
    ],
)
def test_negation_numbers_and_days_are_noticed(
    language: EntityRecogniser, text: str, negated: bool, numbers: set[str], days: set[str]
) -> None:
    terms = terms_of(language, text)
    assert (terms.negated, words_at(terms, terms.numbers), set(terms.days)) == (negated, numbers, days)


def test_what_may_be_said_instead_comes_with_the_terms(language: EntityRecogniser) -> None:
    terms = terms_of(language, "Did the top diplomat of Norway begin?")
    begin = terms.index["begin"]
    assert "start" in terms.synonyms[begin][0]
    assert [words_at(terms, numbers) for numbers, _ in terms.phrases] == [{"top", "diplomat"}]
    assert words_at(terms, terms.nations["norway"]) == {"norway"}
    assert begin in terms.varied and terms.index["norway"] not in terms.varied


@pytest.mark.parametrize(("word", "beginning"), [("governor", "govern"), ("ferry", "ferri"), ("May", ""), ("2021", "")])
def test_like_words_share_a_beginning(language: EntityRecogniser, word: str, beginning: str) -> None:
    (found,) = terms_of(language, f"the {word}").beginnings
    assert found == beginning


def test_an_acronym_that_a_passage_spells_out_is_known(ask: Callable[..., AnswerContext]) -> None:
    context = ask("Who did the HMA elect?", "The Harbour Masters Association elected Anna Lund.")
    assert set(context.terms.acronyms) == {"HMA"}
    assert context.terms.distinct[context.terms.acronyms["HMA"]].known
    other = ask("Who did the HMA elect?", "The harbour elected Anna Lund.")
    assert other.terms.acronyms == {}
