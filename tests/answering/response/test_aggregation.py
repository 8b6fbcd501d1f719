"""Aggregation: one sentence of every article that reports, every dated sentence of some days, every name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.reader.context import AnswerContext
from bot.answering.response.aggregation import DatedSentence, dated_sentences, source_evidence, spread_over_articles
from tests.answering.workbench import System, report

Ask = Callable[..., AnswerContext]


def test_every_article_that_reports_is_quoted_once(ask: Ask) -> None:
    context = ask(
        "Which outlets reported the sinking of the ferry?",
        report("The ferry is sinking. The ferry was old.", "one", "Coastal Herald"),
        report("Off Norway a ferry is sinking.", "two", "Morning Tribune"),
        report("A ferry opened its bar.", "three", "Evening Star"),
    )
    found = source_evidence(context)
    assert sorted(evidence.hit.passage.article_id for evidence in found) == ["one", "two"]


def test_a_headline_may_say_what_the_report_is_about(ask: Ask) -> None:
    context = ask(
        "Which outlets reported the sinking of the Sverre?",
        report("The sinking of the Sverre shocked the coast.", "one"),
        report("She was an old ship, and her sinking came fast.", "two", "Morning Tribune", title="Sverre is lost"),
    )
    assert {evidence.hit.passage.article_id for evidence in source_evidence(context)} == {"one", "two"}


def test_a_word_that_no_article_has_may_be_matched_by_a_synonym(new_system: Callable[..., System]) -> None:
    system = new_system(
        report("The ministers held telephone talks on Norway.", "one", "Coastal Herald"),
        report("A ferry opened its bar.", "two", "Evening Star"),
    )
    assert [citation.article_id for citation in system.answer("Which outlets reported the call?").citations] == ["one"]


def sentences(sentences: list[DatedSentence]) -> list[str]:
    return [sentence.evidence.text for sentence in sentences]


def test_the_days_facts_come_oldest_first(ask: Ask) -> None:
    context = ask(
        "What happened between 2 and 4 May?",
        "On 4 May the ferry sank. On 2 May the ferry sailed. On 9 May a dog barked. The ferry was old.",
    )
    assert sentences(dated_sentences(context)) == ["On 2 May the ferry sailed.", "On 4 May the ferry sank."]


def test_a_day_reckoned_from_the_words_counts(ask: Ask) -> None:
    context = ask(
        "What happened on 4 May?", "The ferry sailed on 2 May. Two days later, the ferry sank in a May storm."
    )
    assert sentences(dated_sentences(context)) == ["Two days later, the ferry sank in a May storm."]


def test_an_hour_of_the_day_is_of_the_day(ask: Ask) -> None:
    assert sentences(dated_sentences(ask("What happened on 4 May?", "At 6 p.m. on 4 May the ferry sank."))) != []


def test_a_day_that_no_sentence_names_has_none(ask: Ask) -> None:
    context = ask("What happened on 24 December?", "The ferry sank on 4 May. December was calm.")
    assert dated_sentences(context) == []


def test_of_a_day_only_what_the_question_names(ask: Ask) -> None:
    context = ask(
        "What happened in Norway on 4 May?",
        report("On 4 May a ferry sank off Norway.", "one"),
        report("On 4 May a ferry sailed to Sweden.", "two"),
    )
    assert sentences(dated_sentences(context)) == ["On 4 May a ferry sank off Norway."]


def test_what_is_planned_lies_ahead_of_its_article(ask: Ask) -> None:
    context = ask("What is planned for May?", "On 4 May the ferry sank. Divers will look for the ferry on 9 May.")
    assert sentences(dated_sentences(context)) == ["Divers will look for the ferry on 9 May."]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_article_is_quoted_before_any_is_quoted_twice(ask: Ask, count: int) -> None:
    context = ask(
        "What happened on 4 May?",
        report("On 4 May a ferry sank. On 4 May a dog barked. On 4 May it rained.", "one"),
        report("On 4 May a bakery opened.", "two"),
    )
    chosen = spread_over_articles(dated_sentences(context), count)
    assert len(chosen) == count
    assert len({sentence.evidence.hit.passage.article_id for sentence in chosen}) == min(count, 2)
