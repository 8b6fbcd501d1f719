"""What else: quotes that a talk has shown are not given again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.dialogue.state import MOST_QUOTES, DialogueState, ShownQuote, asks_for_more, shown_by, state_after
from bot.answering.models import Answer, NoAnswer, Reason, Reply
from retrieval.models import Span
from tests.answering.workbench import DAY, Desk, told
from tests.factories import make_closest, make_silence


@pytest.mark.parametrize(
    "text",
    [
        "What else?",
        "what else did he say",
        "Who else came?",
        "Anything else?",
        "any other news?",
        "Tell me more",
        "more",
    ],
)
def test_a_question_for_more(text: str) -> None:
    assert asks_for_more(text)


@pytest.mark.parametrize(
    "text", ["What did he say?", "How many more people than in May drowned last year?", "Who won?"]
)
def test_a_question_that_is_new(text: str) -> None:
    assert not asks_for_more(text)


@pytest.fixture(scope="module")
def port(new_desk: Callable[..., Desk]) -> Desk:
    return new_desk(told("On 4 May the ferry sank. On 4 May a dog barked.\n\nOn 4 May it rained on the ferry."))


def talk(desk: Desk, *questions: str) -> list[Reply]:
    turn: DialogueState | None = None
    replies = []
    for question in questions:
        trace = desk.answerer.answer(question, previous=turn, today=DAY)
        turn = state_after(trace, turn)
        replies.append(trace.reply)
    return replies


def quotes(reply: Reply) -> set[str]:
    return {citation.quote for citation in reply.citations} if isinstance(reply, Answer) else set()


def test_nothing_is_told_twice(port: Desk) -> None:
    first, second = talk(port, "latest news about the ferry", "What else happened on 4 May?")
    assert isinstance(second, Answer)
    assert quotes(first).isdisjoint(quotes(second))


def test_when_all_is_told_that_is_said(port: Desk) -> None:
    _, second = talk(port, "What happened on 4 May?", "What else happened on 4 May?")
    assert isinstance(second, NoAnswer)
    assert second.reason is Reason.NOTHING_ELSE


def test_the_closest_quotes_were_shown() -> None:
    assert [shown.article_id for shown in shown_by(make_closest(), ())] == ["ferry"]
    assert shown_by(make_silence(), ()) == ()


def test_asked_anew_it_is_told_anew(port: Desk) -> None:
    first, second = talk(port, "What happened on 4 May?", "What happened on 4 May?")
    assert quotes(first) == quotes(second)


def test_a_long_talk_forgets_its_oldest_quotes(port: Desk) -> None:
    before = tuple(ShownQuote(article_id="old", span=Span(start=n, end=n + 1)) for n in range(MOST_QUOTES))
    (reply,) = talk(port, "What happened on 4 May?")
    kept = shown_by(reply, before)
    assert len(kept) == MOST_QUOTES
    assert kept[0].article_id == "report"
    assert before[-1] not in kept
