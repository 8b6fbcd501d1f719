"""Gathering: one sentence of every article that reports, every dated sentence of a day."""

from __future__ import annotations

from collections.abc import Callable

from bot.answering.case import Case
from bot.answering.gathering import on_days, source_evidence
from tests.answering.workbench import told

Ask = Callable[..., Case]


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


def test_the_days_facts_come_oldest_first(case: Ask) -> None:
    put = case(
        "What happened on 4 May and on 2 May?",
        "On 4 May the ferry sank. On 2 May the ferry sailed. On 9 May a dog barked. The ferry was old.",
    )
    assert [piece.text for piece in on_days(put)] == ["On 2 May the ferry sailed.", "On 4 May the ferry sank."]


def test_a_day_reckoned_from_the_words_counts(case: Ask) -> None:
    put = case("What happened on 4 May?", "The ferry sailed on 2 May. Two days later, the ferry sank in a May storm.")
    assert [piece.text for piece in on_days(put)] == ["Two days later, the ferry sank in a May storm."]


def test_a_day_that_nothing_is_told_of_brings_nothing(case: Ask) -> None:
    put = case("What happened on 24 December?", "The ferry sank on 4 May. December was calm.")
    assert on_days(put) == []
