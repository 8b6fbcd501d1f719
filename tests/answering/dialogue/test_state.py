"""What else: quotes that a talk has shown are not given again."""

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


def talk(system: System, *questions: str) -> list[Reply]:
    turn: DialogueState | None = None
    replies = []
    for question in questions:
        trace = system.answerer.answer(question, previous=turn, today=DAY)
        turn = state_after(trace, turn)
        replies.append(trace.reply)
    return replies


def quotes(reply: Reply) -> set[str]:
    return {citation.quote for citation in reply.citations} if isinstance(reply, Answer) else set()


def test_nothing_is_told_twice(port: System) -> None:
    first, second = talk(port, "latest news about the ferry", "What else happened on 4 May?")
    assert isinstance(second, Answer)
    assert quotes(first).isdisjoint(quotes(second))


def test_when_all_is_told_that_is_said(port: System) -> None:
    _, second = talk(port, "What happened on 4 May?", "What else happened on 4 May?")
    assert isinstance(second, NoAnswer)
    assert second.reason is Reason.NOTHING_ELSE


def test_the_closest_quotes_were_shown() -> None:
    assert [shown.article_id for shown in shown_by(make_closest(), ())] == ["ferry"]
    assert shown_by(make_silence(), ()) == ()


def test_asked_anew_it_is_told_anew(port: System) -> None:
    first, second = talk(port, "What happened on 4 May?", "What happened on 4 May?")
    assert quotes(first) == quotes(second)


def test_a_long_talk_forgets_its_oldest_quotes(port: System) -> None:
    before = tuple(ShownQuote(article_id="old", span=Span(start=n, end=n + 1)) for n in range(MOST_QUOTES))
    (reply,) = talk(port, "What happened on 4 May?")
    kept = shown_by(reply, before)
    assert len(kept) == MOST_QUOTES
    assert kept[0].article_id == "report"
    assert before[-1] not in kept


def test_a_talk_moves_on_with_a_question_that_takes_nothing_from_it(language: EntityRecogniser) -> None:
    text = "The Dairy Board raised the price of milk."
    proof = CitedText(text=text, mentions=language.analyse(text).mentions)
    question = language.analyse("What happened on May 9?")
    moved = update_state(CONVERSATION, question, (proof,))
    assert moved.topic is not None
    assert "Board" in moved.topic.text
    assert update_state(CONVERSATION, question, (proof,), carried=("Zofia Wrona",)).topic == WRONA
    assert update_state(CONVERSATION, question, ()).topic == WRONA


def test_an_article_named_for_something_is_the_topic_while_it_is_cited(language: EntityRecogniser) -> None:
    proof = CitedText(text="The ferry sank in May.", title="Salt Harbour (novel)", heading="Plot")
    first = update_state(None, language.analyse("What happens to the ferry?"), (proof,))
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


def test_a_name_that_is_told_in_full_is_not_cut_at_the_part_known_before() -> None:
    text = "Who is Zofia Wrona?"
    wrona = NamedEntity(text="Wrona")
    full = Mention(span=Span(start=7, end=18), kind=MentionKind.PERSON)
    assert [name.text for name in names_in(text, (full,), (wrona,))] == ["Zofia Wrona"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6), st.lists(st.text(max_size=200), max_size=6))
def test_a_turn_stays_small_and_survives_storage(questions: list[str], proofs: list[str]) -> None:
    turn: DialogueState | None = None
    for question in questions:
        turn = update_state(
            turn, Analysis(text=question), tuple(CitedText(text=proof) for proof in proofs), short=question
        )
        assert max(len(part) for part in (turn.asked, turn.answered, turn.said, turn.earlier, turn.days)) <= MOST_NAMES
        assert DialogueState.model_validate_json(turn.model_dump_json()) == turn
