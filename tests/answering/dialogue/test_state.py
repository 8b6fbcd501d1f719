"""Dialogue state: its topic and names, and the quotes that are not given again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.dialogue.state import (
    MOST_NAMES,
    MOST_QUOTES,
    CitedText,
    DialogueState,
    NamedEntity,
    ShownQuote,
    asks_for_more,
    names_in,
    shown_by,
    state_after,
    update_state,
)
from bot.answering.models import Answer, NoAnswer, Reason, Reply
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Analysis, Mention, MentionKind, Span
from tests.answering.dialogue.scenes import CONVERSATION, WRONA
from tests.answering.workbench import DAY, System, report
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
def port(new_system: Callable[..., System]) -> System:
    return new_system(report("On 4 May the ferry sank. On 4 May a dog barked.\n\nOn 4 May it rained on the ferry."))


def conversation(system: System, *questions: str) -> list[Reply]:
    state: DialogueState | None = None
    replies = []
    for question in questions:
        trace = system.answerer.answer(question, previous=state, today=DAY)
        state = state_after(trace, state)
        replies.append(trace.reply)
    return replies


def quotes(reply: Reply) -> set[str]:
    return {citation.quote for citation in reply.citations} if isinstance(reply, Answer) else set()


def test_no_quote_is_given_twice(port: System) -> None:
    first, second = conversation(port, "latest news about the ferry", "What else happened on 4 May?")
    assert isinstance(second, Answer)
    assert quotes(first).isdisjoint(quotes(second))


def test_where_nothing_else_is_left_the_reply_says_so(port: System) -> None:
    _, second = conversation(port, "What happened on 4 May?", "What else happened on 4 May?")
    assert isinstance(second, NoAnswer)
    assert second.reason is Reason.NOTHING_ELSE


def test_the_closest_quotes_were_shown() -> None:
    assert [shown.article_id for shown in shown_by(make_closest(), ())] == ["ferry"]
    assert shown_by(make_silence(), ()) == ()


def test_the_same_question_gets_the_same_quotes_again(port: System) -> None:
    first, second = conversation(port, "What happened on 4 May?", "What happened on 4 May?")
    assert quotes(first) == quotes(second)


def test_a_long_conversation_forgets_its_oldest_quotes(port: System) -> None:
    before = tuple(ShownQuote(article_id="old", span=Span(start=n, end=n + 1)) for n in range(MOST_QUOTES))
    (reply,) = conversation(port, "What happened on 4 May?")
    kept = shown_by(reply, before)
    assert len(kept) == MOST_QUOTES
    assert kept[0].article_id == "report"
    assert before[-1] not in kept


def test_the_topic_changes_with_a_question_that_carries_nothing(language: EntityRecogniser) -> None:
    text = "The Dairy Board raised the price of milk."
    quote = CitedText(text=text, mentions=language.analyse(text).mentions)
    question = language.analyse("What happened on May 9?")
    moved = update_state(CONVERSATION, question, (quote,))
    assert moved.topic is not None
    assert "Board" in moved.topic.text
    assert update_state(CONVERSATION, question, (quote,), carried=("Zofia Wrona",)).topic == WRONA
    assert update_state(CONVERSATION, question, ()).topic == WRONA


def test_an_article_named_for_something_is_the_topic_while_it_is_cited(language: EntityRecogniser) -> None:
    quote = CitedText(text="The ferry sank in May.", title="Salt Harbour (novel)", heading="Plot")
    first = update_state(None, language.analyse("What happens to the ferry?"), (quote,))
    assert first.topic is not None
    assert (first.topic.text, first.titled, first.heading) == ("Salt Harbour", True, "Plot")
    second = update_state(first, language.analyse("Does Petar Iliev like it?"), ())
    assert second.topic == first.topic
    headline = CitedText(text="Petar Iliev came second.", title="Teenager wins, losers complain", mentions=())
    third = update_state(second, language.analyse("Who is Petar Iliev?"), (headline,))
    assert (third.topic and third.topic.text, third.titled) == ("Petar Iliev", False)


def test_names_are_found_with_and_without_mentions(language: EntityRecogniser) -> None:
    text = "In May, the Order of Saint Anne sent Zofia Wrona “Salt Harbour”. Nobody in LISBON heard."
    names = [name.text for name in names_in(text, language.analyse(text).mentions)]
    assert names == ["Order of Saint Anne", "Zofia Wrona", "Salt Harbour", "LISBON"]
    assert names_in("WHO WON THE CUP", ()) == ()


def test_a_full_name_is_not_cut_to_the_part_that_is_known() -> None:
    text = "Who is Zofia Wrona?"
    wrona = NamedEntity(text="Wrona")
    full = Mention(span=Span(start=7, end=18), kind=MentionKind.PERSON)
    assert [name.text for name in names_in(text, (full,), (wrona,))] == ["Zofia Wrona"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6), st.lists(st.text(max_size=200), max_size=6))
def test_a_state_stays_small_and_survives_storage(questions: list[str], cited: list[str]) -> None:
    state: DialogueState | None = None
    for question in questions:
        state = update_state(
            state, Analysis(text=question), tuple(CitedText(text=text) for text in cited), short=question
        )
        assert (
            max(len(part) for part in (state.asked, state.answered, state.said, state.earlier, state.days))
            <= MOST_NAMES
        )
        assert DialogueState.model_validate_json(state.model_dump_json()) == state
