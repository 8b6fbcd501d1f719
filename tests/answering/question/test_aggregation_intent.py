"""Aggregation intent: which questions want all there is, and which only look as if they did."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.models import Question, QuestionKind
from bot.answering.question.aggregation_intent import intent_of
from bot.answering.question.parser import parse_question
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Scope
from tests.answering.articles import CHESS, FIRE, MOURNING
from tests.answering.workbench import DAY, profile_of


@pytest.fixture
def ask(language: EntityRecogniser) -> Callable[[str], Question]:
    def read_it(text: str) -> Question:
        return parse_question(language.analyse(text), profile_of((FIRE, MOURNING, CHESS)), today=DAY)

    return read_it


@pytest.mark.parametrize(
    ("text", "kind", "scope"),
    [
        ("How many articles mention the fire?", "count", "articles"),
        ("In how many articles is Split named?", "count", "articles"),
        ("How many outlets reported the flood?", "count", "articles"),
        ("How often is the museum mentioned?", "count", "articles"),
        ("How many articles are there about chess?", "count", "articles"),
        ("Which outlets reported the fire?", "sources", "articles"),
        ("Which newspapers have written about Split?", "sources", "articles"),
        ("Who reported the fire in the museum?", "sources", "articles"),
        ("latest news about chess", "latest", "newest"),
        ("What's new on the fire?", "latest", "newest"),
        ("What is the latest on the museum?", "latest", "newest"),
        ("Any updates on the fire?", "latest", "newest"),
        ("What happened on 3 May?", "on_date", "dated"),
        ("What happened in Split between 1 and 5 May?", "on_date", "dated"),
        ("Which events took place in May 2021?", "on_date", "dated"),
        ("What else happened on May 3?", "on_date", "dated"),
        ("What is planned for next week?", "planned", "dated"),
        ("Which events are planned?", "planned", "dated"),
        ("What meetings are scheduled for Friday?", "planned", "dated"),
        ("What will happen on 9 May?", "planned", "dated"),
        ("List all countries", "list", "names"),
        ("Which people are named in the articles?", "list", "names"),
        ("Which cities does the Coastal Herald mention?", "list", "names"),
    ],
)
def test_a_question_for_all_there_is(ask: Callable[[str], Question], text: str, kind: str, scope: str) -> None:
    question = ask(text)
    assert (question.kind, question.scope) == (QuestionKind(kind), Scope(scope))


@pytest.mark.parametrize(
    "text",
    [
        "How many people died?",
        "Who covered the costs?",
        "What is the latest date for bids?",
        "What happened to the museum on 3 May?",
        "What happened when the roof fell in?",
        "Which cities saw fires?",
        "List all ministers",
        "When is the marathon planned?",
        "What is expected of the minister?",
        "What was announced by the minister?",
        "Who won in May?",
    ],
)
def test_a_question_for_a_fact(ask: Callable[[str], Question], text: str) -> None:
    assert ask(text).scope is Scope.NEAREST


def test_happenings_without_a_day_are_no_overview() -> None:
    assert intent_of("What happened in Split?", dated=False) is None


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("What happened in Split between 1 and 5 May?", ["Split"]),
        ("What is planned in Geneva next week?", ["Geneva"]),
        ("What happened on 3 May?", []),
        ("latest news", []),
        ("List all countries", []),
    ],
)
def test_only_what_the_overview_is_of_is_searched_for(
    ask: Callable[[str], Question], text: str, terms: list[str]
) -> None:
    question = ask(text)
    assert [text[token.start : token.end] for token in question.terms] == terms


def test_a_comparison_may_ask_for_a_value(ask: Callable[[str], Question]) -> None:
    assert ask("Compare the Coastal Herald and the Morning Tribune on the number of deaths").head == "number"
    assert ask("Compare the Coastal Herald and the Morning Tribune on the fire").expected_types == ()
