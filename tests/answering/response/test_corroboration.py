"""Corroboration: other articles count where they are about the question too, and once each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.answering.reader.answer_extractor import sure_candidate
from bot.answering.reader.context import AnswerContext
from bot.answering.response.corroboration import (
    Agreement,
    CorroboratingArticle,
    corroborating_articles,
    same_name,
    value_of,
)
from retrieval.models import Published
from tests.answering.workbench import report

Ask = Callable[..., AnswerContext]


def corroborating(context: AnswerContext) -> tuple[CorroboratingArticle, ...]:
    best = context.evidence[0]
    return corroborating_articles(context, best, sure_candidate(context, best))


@pytest.mark.parametrize(
    ("question", "first", "second", "agrees"),
    [
        ("When did the ferry sink?", "The ferry sank on 4 May.", "On Tuesday the ferry sank.", True),
        ("When did the ferry sink?", "The ferry sank on 4 May.", "The ferry sank on 5 May.", False),
        ("How many passengers drowned?", "Some 12 passengers drowned.", "Twelve passengers drowned.", True),
        ("How many passengers drowned?", "Some 12 passengers drowned.", "Some 14 passengers drowned.", False),
        ("How much did the ferry cost?", "The ferry cost 2 million euros.", "The ferry cost €2 million.", True),
        ("What did the ferry hit?", "The ferry hit a reef.", "The old ferry hit the reef.", True),
    ],
)
def test_another_article_agrees_or_differs(ask: Ask, question: str, first: str, second: str, agrees: bool) -> None:
    (other,) = corroborating(ask(question, report(first, "one"), report(second, "two")))
    assert other.agrees is agrees


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        pytest.param(
            "When did the ferry sink?", "The ferry sank on 4 May.", "The ferry was painted.", id="off the topic"
        ),
        pytest.param(
            "When did the ferry sink?", "The ferry sank on 4 May.", "The ferry will sink.", id="without a value"
        ),
        pytest.param(
            "When did the ferry sink off Norway?",
            "The ferry sank off Norway on 4 May.",
            "The ferry sank off Sweden on 5 May.",
            id="on another place",
        ),
        pytest.param(
            "When did the old ferry sink in the storm?",
            "The old ferry sank in the storm on 4 May.",
            "The old ferry sank on 9 May.",
            id="on less than was asked",
        ),
    ],
)
def test_an_article_that_is_not_about_the_question_corroborates_nothing(
    ask: Ask, question: str, first: str, second: str
) -> None:
    context = ask(question, report(first, "one"), report(second, "two"))
    assert context.evidence[0].hit.passage.article_id == "one"
    assert corroborating(context) == ()


def test_a_headline_may_name_the_topic_of_another_article(ask: Ask) -> None:
    context = ask(
        "How many people drowned in the floods around Bergen?",
        report("Nine people drowned in the floods around Bergen.", "one"),
        report("Seven people drowned, police said.", "two", title="Floods around Bergen"),
    )
    assert [other.agrees for other in corroborating(context)] == [False]


def test_an_article_counts_once_and_never_corroborates_itself(ask: Ask) -> None:
    twice = "The ferry sank on 4 May. The ferry sank on 4 May, they said."
    context = ask("When did the ferry sink?", report(twice, "one"), report(twice, "two"))
    others = [other.evidence.hit.passage.article_id for other in corroborating(context)]
    assert len(others) == 1
    assert context.evidence[0].hit.passage.article_id not in others


def test_values_are_compared_not_words(ask: Ask) -> None:
    context = ask(
        "When did the ferry sink?",
        report("The ferry sank on 4 May.", "one"),
        report("The ferry sank on Tuesday.", "two"),
    )
    assert {value_of(candidate) for candidate in context.candidates} == {"2021-05-04"}


def test_a_span_that_is_no_mention_is_compared_by_its_words(ask: Ask) -> None:
    context = ask("Why did the ferry sink?", "The ferry sank because of A Leak in the hull.")
    assert [value_of(candidate) for candidate in context.candidates] == ["because of a leak in the hull"]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("When did the ferry sink?", "The ferry sank on 4 May.", "The ferry sank in May."),
        ("How many passengers drowned?", "Some 12 passengers drowned.", "At least nine passengers drowned."),
        ("How many passengers drowned?", "Some 12 passengers drowned.", "Up to 20 passengers drowned."),
    ],
)
def test_a_vaguer_value_fits(ask: Ask, question: str, first: str, second: str) -> None:
    (other,) = corroborating(ask(question, report(first, "one"), report(second, "two")))
    assert other.agreement is Agreement.FITS


def test_a_bound_that_the_other_breaks_does_not_fit(ask: Ask) -> None:
    context = ask(
        "How many passengers drowned?",
        report("Some 12 passengers drowned.", "one"),
        report("At least 20 passengers drowned.", "two"),
    )
    assert [other.agreement for other in corroborating(context)] == [Agreement.OTHER]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mevlut cavusoglu", "cavusoglu"),
        ("cavusoglu", "chavushoglu"),
        ("sergey lavrov", "sergei lavrov"),
        ("lavrov", "lavrov"),
    ],
)
def test_spellings_and_lengths_of_one_name(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(("one", "other"), [("anna lund", "olav lund"), ("lavrov", "larsen"), ("", "lund")])
def test_names_of_two_people(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_one_person_in_two_spellings_agrees(ask: Ask) -> None:
    context = ask(
        "Who raised the ferry?",
        report("The ferry was raised by Sergei Petrov.", "one"),
        report("The ferry was raised by Sergey Petrov.", "two"),
    )
    assert [other.agreement for other in corroborating(context)] == [Agreement.SAME]


def test_the_same_text_in_two_outlets_is_a_copy(ask: Ask) -> None:
    wire = "The ferry Sverre sank off the coast of Norway on 4 May in a storm, police said"
    context = ask("When did the ferry Sverre sink?", report(f"{wire}.", "one"), report(f"{wire} on Thursday.", "two"))
    assert [other.copied for other in corroborating(context)] == [True]


def test_values_of_different_times_are_not_compared(ask: Ask) -> None:
    late = report("Some 14 passengers drowned.", "two")
    year_later = late.model_copy(update={"published": Published(day=date(2022, 5, 6))})
    assert (
        corroborating(ask("How many passengers drowned?", report("Some 12 passengers drowned.", "one"), year_later))
        == ()
    )
