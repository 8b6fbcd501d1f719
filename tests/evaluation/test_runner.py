"""Asking gold questions: quotes are checked against their articles, hits against the right passage, time is taken."""

from __future__ import annotations

from bot.evaluation.models import EvaluationQuestion, Prediction
from bot.evaluation.runner import evaluate_question
from tests.factories import SENTENCE, FakeDateline, make_article, make_closest, make_trace


def predicted(dateline: FakeDateline, text: str = "the ferry?", **gold: object) -> Prediction:
    return evaluate_question(
        dateline, EvaluationQuestion.model_validate({"id": "1", "question": text, **gold})
    ).prediction


def test_an_answer_is_recorded_whole() -> None:
    prediction = predicted(FakeDateline([make_article()]))
    assert prediction.answered
    assert prediction.short == "4 May"
    assert [(quote.article_id, quote.text, quote.true) for quote in prediction.quotes] == [("ferry", SENTENCE, True)]
    assert SENTENCE in prediction.text
    assert prediction.wall_ms > 0


def test_an_abstention_is_recorded() -> None:
    prediction = predicted(FakeDateline())
    assert not prediction.answered
    assert prediction.quotes == ()


def test_the_closest_quotes_are_checked_but_nothing_is_claimed() -> None:
    class Unsure(FakeDateline):
        def answer(self, *args: object, **options: object):  # type: ignore[no-untyped-def]
            return make_trace(make_closest())

    prediction = predicted(Unsure([make_article()]))
    assert (prediction.answered, prediction.closest, prediction.short) == (False, True, None)
    assert [(quote.text, quote.true) for quote in prediction.quotes] == [(SENTENCE, True)]
    assert prediction.confidence == 0.3


def test_a_quote_that_its_article_does_not_have_is_false() -> None:
    class ChangedArticles(FakeDateline):
        def article(self, article_id: str):  # type: ignore[no-untyped-def]
            return make_article(text="Something else was printed here in the meantime.")

    (quote,) = predicted(ChangedArticles([make_article()])).quotes
    assert not quote.true


def test_the_first_hit_must_cover_half_of_the_right_paragraph() -> None:
    dateline = FakeDateline([make_article(), make_article("other", "the ferry sank.")])
    assert predicted(dateline, "the ferry", passage=SENTENCE).first_hit_is_right is True
    assert predicted(dateline, "the ferry", passage="the ferry sank.").first_hit_is_right is False


def test_facts_are_looked_for_in_the_hits_whatever_their_white_space_is() -> None:
    facts = ("The ferry  reached\nDover", "The ferry sank")
    assert predicted(FakeDateline([make_article()]), "the ferry", facts=facts).facts_found == (True, False)


def test_a_question_without_a_passage_is_not_searched_for() -> None:
    prediction = predicted(FakeDateline([make_article()]), "the ferry")
    assert prediction.first_hit_is_right is None
    assert prediction.facts_found == ()
