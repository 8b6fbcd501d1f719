"""Gathering: one sentence of every article that reports, every dated sentence of some days, every name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.reader.context import AnswerContext
from bot.answering.response.aggregation import DatedSentence, fairest, on_days, source_evidence
from tests.answering.workbench import Desk, told

Ask = Callable[..., AnswerContext]


def test_every_article_that_reports_speaks_once(case: Ask) -> None:
    put = case(
        "Which outlets reported the sinking of the ferry?",
        told("The ferry is sinking. The ferry was old.", "one", "Coastal Herald"),
        told("Off Norway a ferry is sinking.", "two", "Morning Tribune"),
        told("A ferry opened its bar.", "three", "Evening Star"),
    )
    found = source_evidence(put)
    assert sorted(piece.hit.passage.article_id for piece in found) == ["one", "two"]


def test_a_headline_may_say_what_the_report_is_about(case: Ask) -> None:
    put = case(
        "Which outlets reported the sinking of the Sverre?",
        told("The sinking of the Sverre shocked the coast.", "one"),
        told("She was an old ship, and her sinking came fast.", "two", "Morning Tribune", title="Sverre is lost"),
    )
    assert {piece.hit.passage.article_id for piece in source_evidence(put)} == {"one", "two"}


def test_a_word_that_no_article_has_may_be_met_by_another(new_desk: Callable[..., Desk]) -> None:
    desk = new_desk(
        told("The ministers held telephone talks on Norway.", "one", "Coastal Herald"),
        told("A ferry opened its bar.", "two", "Evening Star"),
    )
    assert [citation.article_id for citation in desk.answer("Which outlets reported the call?").citations] == ["one"]


def sentences(pieces: list[DatedSentence]) -> list[str]:
    return [piece.evidence.text for piece in pieces]


def test_the_days_facts_come_oldest_first(case: Ask) -> None:
    put = case(
        "What happened between 2 and 4 May?",
        "On 4 May the ferry sank. On 2 May the ferry sailed. On 9 May a dog barked. The ferry was old.",
    )
    assert sentences(on_days(put)) == ["On 2 May the ferry sailed.", "On 4 May the ferry sank."]


def test_a_day_reckoned_from_the_words_counts(case: Ask) -> None:
    put = case("What happened on 4 May?", "The ferry sailed on 2 May. Two days later, the ferry sank in a May storm.")
    assert sentences(on_days(put)) == ["Two days later, the ferry sank in a May storm."]


def test_an_hour_of_the_day_is_of_the_day(case: Ask) -> None:
    assert sentences(on_days(case("What happened on 4 May?", "At 6 p.m. on 4 May the ferry sank."))) != []


def test_a_day_that_nothing_is_told_of_brings_nothing(case: Ask) -> None:
    put = case("What happened on 24 December?", "The ferry sank on 4 May. December was calm.")
    assert on_days(put) == []


def test_of_a_day_only_what_the_question_names(case: Ask) -> None:
    put = case(
        "What happened in Norway on 4 May?",
        told("On 4 May a ferry sank off Norway.", "one"),
        told("On 4 May a ferry sailed to Sweden.", "two"),
    )
    assert sentences(on_days(put)) == ["On 4 May a ferry sank off Norway."]


def test_what_is_planned_lies_ahead_of_its_article(case: Ask) -> None:
    put = case("What is planned for May?", "On 4 May the ferry sank. Divers will look for the ferry on 9 May.")
    assert sentences(on_days(put)) == ["Divers will look for the ferry on 9 May."]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_article_is_heard_before_any_is_heard_twice(case: Ask, count: int) -> None:
    put = case(
        "What happened on 4 May?",
        told("On 4 May a ferry sank. On 4 May a dog barked. On 4 May it rained.", "one"),
        told("On 4 May a bakery opened.", "two"),
    )
    chosen = fairest(on_days(put), count)
    assert len(chosen) == count
    assert len({piece.evidence.hit.passage.article_id for piece in chosen}) == min(count, 2)
