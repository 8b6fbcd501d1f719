"""Follow-ups: what a question needs is carried over and shown, and nothing where it needs nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.dialogue.rewriter import RewrittenQuestion, rewrite
from bot.answering.dialogue.state import (
    MOST_NAMES,
    CitedText,
    DialogueState,
    NamedEntity,
    names_in,
    turn_of,
    update_state,
)
from bot.answering.models import Answer, NoAnswer, Trace
from bot.answering.pipeline import Answerer
from bot.answering.response.explanation import explain
from bot.answering.response.text import html_blocks, plain
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Analysis, Mention, MentionKind, Span
from tests.answering.workbench import DAY, Desk

WRONA = NamedEntity(text="Zofia Wrona", kind=MentionKind.PERSON)
ILIEV = NamedEntity(text="Petar Iliev", kind=MentionKind.PERSON)
GENEVA = NamedEntity(text="Geneva", kind=MentionKind.PLACE)
BOARD = NamedEntity(text="Dairy Board", kind=MentionKind.ORGANISATION)
TALK = DialogueState(
    question="What did Zofia Wrona say in Geneva on May 7?", topic=WRONA, asked=(WRONA, GENEVA), days=("May 7",)
)


def asked(language: EntityRecogniser, text: str, previous: DialogueState | None = TALK) -> RewrittenQuestion:
    return rewrite(language.analyse(text), previous)


def talk(desk: Desk, *questions: str) -> list[Trace]:
    traces: list[Trace] = []
    previous: DialogueState | None = None
    for question in questions:
        traces.append(desk.answerer.answer(question, previous=previous, today=DAY))
        previous = turn_of(traces[-1], previous)
    return traces


@pytest.mark.parametrize(
    ("question", "resumed", "carried"),
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
def test_what_a_question_leans_on_is_written_into_it(
    language: EntityRecogniser, question: str, resumed: str, carried: tuple[str, ...]
) -> None:
    found = asked(language, question)
    assert (found.text, found.carried) == (resumed, carried)


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
def test_a_question_that_stands_alone_is_left_as_it_is(language: EntityRecogniser, question: str) -> None:
    assert asked(language, question) == RewrittenQuestion(text=question, offered=asked(language, question).offered)


@pytest.mark.parametrize("question", ["Why?", "Who is she?", "and in Vienna?", "Who paid for the trip?"])
def test_nothing_is_carried_where_nothing_was_said(language: EntityRecogniser, question: str) -> None:
    assert asked(language, question, None) == RewrittenQuestion(text=question)
    assert asked(language, question, DialogueState()).text == question


def test_pronouns_go_to_whoever_fits() -> None:
    def resumed(words: str, previous: DialogueState) -> str:
        return rewrite(EntityRecogniser().analyse(words), previous).text

    both = DialogueState(
        question="When did Zofia Wrona meet Petar Iliev?", topic=WRONA, asked=(WRONA, ILIEV), said=(BOARD,)
    )
    assert resumed("What did they say?", both) == "What did Zofia Wrona and Petar Iliev say?"
    assert resumed("What is it?", both) == "What is Dairy Board?"
    turned = both.model_copy(update={"asked": (ILIEV,)})
    assert resumed("When did he resign?", turned) == "When did Petar Iliev resign?"
    answered = DialogueState(question="Who chairs the Dairy Board?", topic=BOARD, asked=(BOARD,), answered=(ILIEV,))
    assert resumed("When did he resign?", answered) == "When did Petar Iliev resign?"
    assert resumed("Since when?", answered) == "Since when Petar Iliev chairs the Dairy Board?"
    office = DialogueState(question="Who is he?", topic=NamedEntity(text="the mayor of Split", kind=MentionKind.PERSON))
    assert resumed("What did he open?", office) == "What did the mayor of Split open?"


@pytest.mark.parametrize("question", ["Is it true that the strike is over?", "What was said that was new?"])
def test_words_that_stand_for_nothing_stay(language: EntityRecogniser, question: str) -> None:
    assert asked(language, question).text.startswith(question.rstrip("?"))


def test_a_noun_means_what_stood_beside_it(language: EntityRecogniser) -> None:
    text = 'She wrote the novel "Salt Harbour" in a hut.'
    proof = CitedText(text=text, mentions=language.analyse(text).mentions)
    previous = update_state(TALK, language.analyse("What did Zofia Wrona write?"), (proof,))
    assert "Salt Harbour" in asked(language, "When was the novel printed?", previous).text
    assert "Salt Harbour" not in asked(language, "When was the bridge built?", previous).text


def test_others_are_others_than_those_named(language: EntityRecogniser, desk: Desk) -> None:
    said = DialogueState(question="Who spoke?", topic=BOARD, asked=(BOARD,), said=(WRONA, ILIEV))
    found = asked(language, "Who else spoke?", said)
    assert found.text == "Who else spoke (Dairy Board) besides Zofia Wrona, Petar Iliev?"
    assert found.carried == ("Dairy Board",)
    question = desk.answerer.answer(found.text).question
    assert question is not None
    assert {token.word for token in question.terms} == {"spoke", "dairy", "board"}


def test_a_part_of_a_name_is_written_in_full_and_not_called_carried(language: EntityRecogniser) -> None:
    found = asked(language, "What did Wrona drink?")
    assert (found.text, found.carried) == ("What did Zofia Wrona drink?", ())
    assert asked(language, "what did wrona drink?").text == "what did Zofia Wrona drink?"


def test_a_question_that_names_something_may_only_be_asked_back(language: EntityRecogniser) -> None:
    found = asked(language, "Who won the Lake Cup?")
    assert found.carried == ()
    assert found.offered == "Who won the Lake Cup (Zofia Wrona)?"


LEGION = NamedEntity(text="Blue Lanterns")
"""Something named whose kind nobody told."""


@pytest.mark.parametrize(
    "question",
    [
        "Did Petar Iliev say that Bulgaria paid him?",
        "Did Petar Iliev paint his house?",
        "Who is the president of Bulgaria?",
        "Did Petar Iliev watch the news?",
        "Did Petar Iliev call the man who paid?",
        "What did Petar Iliev say about the strike in Lisbon?",
    ],
)
def test_a_name_of_its_own_is_enough(language: EntityRecogniser, question: str) -> None:
    assert asked(language, question).text == question


def test_an_article_named_for_its_topic_is_asked_of_under_its_heading(language: EntityRecogniser) -> None:
    novel = DialogueState(
        question="Who wrote it?", topic=NamedEntity(text="Salt Harbour"), titled=True, heading="The Ferry Trial"
    )
    assert asked(language, "Who was the judge?", novel).text == "Who was the judge (Salt Harbour, The Ferry Trial)?"
    early = novel.model_copy(update={"heading": "Early life"})
    assert asked(language, "Who was the judge?", early).carried == ("Salt Harbour",)
    more = asked(language, "Anything else of interest in this article? Anything interesting?", early)
    assert more.text.endswith("(Salt Harbour) besides Early life?")
    assert more.carried == ("Salt Harbour",)


def test_that_which_joins_a_clause_points_at_nothing(language: EntityRecogniser) -> None:
    said = TALK.model_copy(update={"said": (BOARD,)})
    assert "Dairy Board" not in asked(language, "Which prizes that were given did she like?", said).text
    assert "Dairy Board" in asked(language, "Which of those prizes did she like?", said).text
    assert "Dairy Board" not in asked(language, "Is there more in this article?", said).text


MAYOR = NamedEntity(text="Petar Iliev", kind=MentionKind.PERSON, beside=("mayor", "petar", "iliev"))
CLERK = NamedEntity(text="Ana Costa", kind=MentionKind.PERSON, beside=("spokeswoman", "ana", "costa"))


def test_an_office_is_whose_it_was_said_to_be(language: EntityRecogniser) -> None:
    told = DialogueState(question="How many trees fell in Split?", topic=GENEVA, asked=(GENEVA,), said=(CLERK, MAYOR))
    assert asked(language, "What did the mayor say?", told).carried == ("Petar Iliev", "Geneva")
    assert asked(language, "What did the judge say?", told).carried == ("Geneva",)
    assert asked(language, "Who is the woman?", told).carried == ("Ana Costa", "Geneva")


def test_it_is_what_the_talk_is_about(language: EntityRecogniser) -> None:
    rocket, satellite = NamedEntity(text="Falcon-9"), NamedEntity(text="Aurora-1")
    told = DialogueState(question="What is Aurora-1?", topic=satellite, asked=(satellite,), said=(rocket, satellite))
    assert asked(language, "Who built it?", told).text == "Who built Aurora-1?"
    assert [name.text for name in names_in("What is Aurora-1?", ())] == ["Aurora-1"]


@pytest.mark.parametrize(
    "question", ["Anything else?", "and what else?", "Tell me more", "more", "Is there anything more?"]
)
def test_more_is_more_of_the_same(language: EntityRecogniser, question: str) -> None:
    found = asked(language, question)
    assert (found.text, found.carried) == ("What did Zofia Wrona say in Geneva on May 7?", ("Zofia Wrona", "Geneva"))
    assert "more" not in asked(language, question, DialogueState()).carried


def test_a_talk_moves_on_with_a_question_that_takes_nothing_from_it(language: EntityRecogniser) -> None:
    text = "The Dairy Board raised the price of milk."
    proof = CitedText(text=text, mentions=language.analyse(text).mentions)
    question = language.analyse("What happened on May 9?")
    moved = update_state(TALK, question, (proof,))
    assert moved.topic is not None
    assert "Board" in moved.topic.text
    assert update_state(TALK, question, (proof,), carried=("Zofia Wrona",)).topic == WRONA
    assert update_state(TALK, question, ()).topic == WRONA


def test_what_is_carried_of_a_question_without_names_has_no_asking_words(language: EntityRecogniser) -> None:
    told = DialogueState(question="When did the strike begin?")
    assert asked(language, "Why?", told).carried == ("the strike begin",)


def test_a_conversation(desk: Desk) -> None:
    traces = talk(
        desk, "Who won the chess marathon?", "How old is she?", "What did she say?", "When was the museum founded?"
    )
    replies = [trace.reply for trace in traces]
    assert all(isinstance(reply, Answer) for reply in replies)
    assert [reply.carried for reply in replies] == [(), ("Zofia Wrona",), ("Zofia Wrona",), ()]
    assert "coffee" in plain(replies[2])
    assert plain(replies[1]).startswith("About: Zofia Wrona\n")
    assert html_blocks(replies[1])[0] == "About: Zofia Wrona"
    assert "About" not in plain(replies[3])
    assert "asked as: How old is Zofia Wrona?" in explain(traces[1])
    assert "asked as" not in explain(traces[3])


def test_silence_says_what_it_was_asked_about(desk: Desk) -> None:
    reply = talk(desk, "Who won the chess marathon?", "Which university did she attend?")[1].reply
    assert isinstance(reply, NoAnswer)
    assert reply.carried == ("Zofia Wrona",)
    assert "About: Zofia Wrona" in plain(reply)


def test_a_new_subject_without_a_name_is_not_lost_to_the_topic(desk: Desk) -> None:
    reply = talk(desk, "Who won the chess marathon?", "What was the cost of rebuilding the museum?")[1].reply
    assert isinstance(reply, Answer)
    assert {citation.article_id for citation in reply.citations} <= {"herald-fire", "tribune-fire"}
    assert reply.carried == ()


def test_a_greeting_changes_no_topic(desk: Desk) -> None:
    traces = talk(desk, "Who won the chess marathon?", "thanks", "How old is she?")
    assert isinstance(traces[2].reply, Answer)
    assert traces[2].reply.carried == ("Zofia Wrona",)


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


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=60) | st.sampled_from(["her", "it's", "they?", "and", "that that", "why why", "the the"]))
def test_any_words_can_follow(language: EntityRecogniser, text: str) -> None:
    found = asked(language, text)
    assert found.text.strip() == text.strip() or found.carried or found.text != text
    assert asked(language, text, None).text == text


def test_a_question_without_a_talk_is_answered_as_ever(desk: Desk) -> None:
    answerer: Answerer = desk.answerer
    question = "How many games did Wrona play?"
    assert answerer.answer(question, today=DAY) == answerer.answer(question, previous=None, today=DAY)
    assert (
        answerer.answer(question, previous=DialogueState(), today=DAY).reply
        == answerer.answer(question, today=DAY).reply
    )
