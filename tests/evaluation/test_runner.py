"""Putting questions: quotes are checked against their articles, passages against the right one, time is taken."""

from __future__ import annotations

from bot.evaluation.models import EvaluationQuestion
from bot.evaluation.runner import judge
from tests.factories import SENTENCE, FakeDateline, make_article


def test_an_answer_is_judged_whole() -> None:
    given = judge(FakeDateline([make_article()]), EvaluationQuestion(id="1", question="the ferry?")).given
    assert given.answered
    assert given.short == "4 May"
    assert [(quote.article_id, quote.text, quote.true) for quote in given.quotes] == [("ferry", SENTENCE, True)]
    assert SENTENCE in given.text
    assert given.wall_ms > 0


def test_silence_is_judged() -> None:
    given = judge(FakeDateline(), EvaluationQuestion(id="1", question="the ferry?")).given
    assert not given.answered
    assert given.quotes == ()


def test_a_quote_that_its_article_does_not_hold_is_false() -> None:
    class Forgetful(FakeDateline):
        def article(self, article_id: str):  # type: ignore[no-untyped-def]
            return make_article(text="Something else was printed here in the meantime.")

    (quote,) = judge(Forgetful([make_article()]), EvaluationQuestion(id="1", question="the ferry?")).given.quotes
    assert not quote.true


def test_the_first_hit_must_cover_half_of_the_right_paragraph() -> None:
    dateline = FakeDateline([make_article(), make_article("other", "the ferry sank.")])
    right = judge(dateline, EvaluationQuestion(id="1", question="the ferry", passage=SENTENCE))
    wrong = judge(dateline, EvaluationQuestion(id="2", question="the ferry", passage="the ferry sank."))
    assert right.given.first_hit_is_right is True
    assert wrong.given.first_hit_is_right is False


def test_facts_are_looked_for_in_the_hits_whatever_their_white_space() -> None:
    facts = ("The ferry  reached\nDover", "The ferry sank")
    given = judge(FakeDateline([make_article()]), EvaluationQuestion(id="1", question="the ferry", facts=facts)).given
    assert given.facts_found == (True, False)


def test_a_set_without_passages_is_not_searched_for_them() -> None:
    given = judge(FakeDateline([make_article()]), EvaluationQuestion(id="1", question="the ferry")).given
    assert given.first_hit_is_right is None
    assert given.facts_found == ()
