"""Query rewriting: what a question needs of the conversation is carried over and shown, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.dialogue.rewriter import RewrittenQuestion
from bot.answering.dialogue.state import (
    DialogueState,
    state_after,
)
from bot.answering.models import Answer, NoAnswer, Trace
from bot.answering.pipeline import Answerer
from bot.answering.response.explanation import explain
from bot.answering.response.text import to_html, to_plain
from retrieval.entities.recogniser import EntityRecogniser
from tests.answering.dialogue.scenes import rewritten
from tests.answering.workbench import DAY, System


def conversation(system: System, *questions: str) -> list[Trace]:
    traces: list[Trace] = []
    previous: DialogueState | None = None
    for question in questions:
        traces.append(system.answerer.answer(question, previous=previous, today=DAY))
        previous = state_after(traces[-1], previous)
    return traces


@pytest.mark.parametrize(
    ("question", "expected", "carried"),
    [
        ("When did she resign?", "When did Zofia Wrona resign?", ("Zofia Wrona",)),
        ("What is her job?", "What is Zofia Wrona's job?", ("Zofia Wrona",)),
        ("Who met her there?", "Who met Zofia Wrona Geneva?", ("Zofia Wrona", "Geneva")),
        ("Where is his house?", "Where is Zofia Wrona's house?", ("Zofia Wrona",)),
        ("Why?", "Why did Zofia Wrona say in Geneva on May 7?", ("Zofia Wrona", "Geneva")),
        ("And why was that?", "Why did Zofia Wrona say in Geneva on May 7?", ("Zofia Wrona", "Geneva")),
        ("and in Vienna?", "What did Zofia Wrona say in Vienna on May 7?", ("Zofia Wrona",)),
        ("What about Petar Iliev?", "What did Petar Iliev say in Geneva on May 7?", ("Geneva",)),
        ("And on May 9?", "What did Zofia Wrona say in Geneva on May 9?", ("Zofia Wrona", "Geneva")),
        (
            "What about the strike?",
            "What did Zofia Wrona say in Geneva on May 7 the strike?",
            ("Zofia Wrona", "Geneva"),
        ),
        ("Who won that year?", "Who won that year (May 7, Zofia Wrona)?", ("May 7", "Zofia Wrona")),
        ("Who paid?", "Who paid (Zofia Wrona)?", ("Zofia Wrona",)),
        ("Who paid for the trip?", "Who paid for the trip (Zofia Wrona)?", ("Zofia Wrona",)),
        ("how many children", "how many children (Zofia Wrona)", ("Zofia Wrona",)),
    ],
)
def test_what_a_question_refers_to_is_written_into_it(
    language: EntityRecogniser, question: str, expected: str, carried: tuple[str, ...]
) -> None:
    found = rewritten(language, question)
    assert (found.text, found.carried) == (expected, carried)


@pytest.mark.parametrize(
    "question",
    [
        "When did Petar Iliev resign?",
        "When did Bulgaria publish its budget?",
        "Did Petar Iliev find his coat?",
        "What happened on May 9?",
        "What is the latest news?",
        "How many articles mention the strike?",
        "Is there a strike in Lisbon?",
        "thanks",
        "hello there",
        "?!",
    ],
)
def test_a_self_contained_question_is_left_as_it_is(language: EntityRecogniser, question: str) -> None:
    assert rewritten(language, question) == RewrittenQuestion(
        text=question, offered=rewritten(language, question).offered
    )


@pytest.mark.parametrize("question", ["Why?", "Who is she?", "and in Vienna?", "Who paid for the trip?"])
def test_nothing_is_carried_where_nothing_was_said(language: EntityRecogniser, question: str) -> None:
    assert rewritten(language, question, None) == RewrittenQuestion(text=question)
    assert rewritten(language, question, DialogueState()).text == question


def test_a_part_of_a_name_is_written_in_full_and_not_called_carried(language: EntityRecogniser) -> None:
    found = rewritten(language, "What did Wrona drink?")
    assert (found.text, found.carried) == ("What did Zofia Wrona drink?", ())
    assert rewritten(language, "what did wrona drink?").text == "what did Zofia Wrona drink?"


def test_a_question_that_names_something_may_only_be_asked_back(language: EntityRecogniser) -> None:
    found = rewritten(language, "Who won the Lake Cup?")
    assert found.carried == ()
    assert found.offered == "Who won the Lake Cup (Zofia Wrona)?"


def test_a_conversation(system: System) -> None:
    traces = conversation(
        system, "Who won the chess marathon?", "How old is she?", "What did she say?", "When was the museum founded?"
    )
    replies = [trace.reply for trace in traces]
    assert all(isinstance(reply, Answer) for reply in replies)
    assert [reply.carried for reply in replies] == [(), ("Zofia Wrona",), ("Zofia Wrona",), ()]
    assert "coffee" in to_plain(replies[2])
    assert to_plain(replies[1]).startswith("About: Zofia Wrona\n")
    assert to_html(replies[1])[0] == "About: Zofia Wrona"
    assert "About" not in to_plain(replies[3])
    assert "asked as: How old is Zofia Wrona?" in explain(traces[1])
    assert "asked as" not in explain(traces[3])


def test_a_reply_without_an_answer_says_what_it_was_asked_about(system: System) -> None:
    reply = conversation(system, "Who won the chess marathon?", "Which university did she attend?")[1].reply
    assert isinstance(reply, NoAnswer)
    assert reply.carried == ("Zofia Wrona",)
    assert "About: Zofia Wrona" in to_plain(reply)


def test_a_new_subject_without_a_name_is_not_lost_to_the_topic(system: System) -> None:
    reply = conversation(system, "Who won the chess marathon?", "What was the cost of rebuilding the museum?")[1].reply
    assert isinstance(reply, Answer)
    assert {citation.article_id for citation in reply.citations} <= {"herald-fire", "tribune-fire"}
    assert reply.carried == ()


def test_a_greeting_changes_no_topic(system: System) -> None:
    traces = conversation(system, "Who won the chess marathon?", "thanks", "How old is she?")
    assert isinstance(traces[2].reply, Answer)
    assert traces[2].reply.carried == ("Zofia Wrona",)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=60) | st.sampled_from(["her", "it's", "they?", "and", "that that", "why why", "the the"]))
def test_any_words_can_follow(language: EntityRecogniser, text: str) -> None:
    found = rewritten(language, text)
    assert found.text.strip() == text.strip() or found.carried or found.text != text
    assert rewritten(language, text, None).text == text


def test_a_question_without_a_conversation_is_answered_as_before(system: System) -> None:
    answerer: Answerer = system.answerer
    question = "How many games did Wrona play?"
    assert answerer.answer(question, today=DAY) == answerer.answer(question, previous=None, today=DAY)
    assert (
        answerer.answer(question, previous=DialogueState(), today=DAY).reply
        == answerer.answer(question, today=DAY).reply
    )
