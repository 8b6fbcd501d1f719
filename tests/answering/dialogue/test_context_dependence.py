"""Context dependence: a self-contained question is answered without the conversation unless that helps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot import bootstrap
from bot.answering.dialogue.context_dependence import is_self_contained
from bot.answering.dialogue.state import DialogueState, state_after
from bot.answering.models import Answer
from bot.bootstrap import Dateline
from bot.settings import Settings

TODAY = date(2021, 5, 7)
STORY = """DOVER, May 6, 2021. The ferry Pelican sank off Dover on May 4.

Forty passengers were saved by lifeboats. Mayor Peter Holt thanked the crews.

A storm felled trees in Kent on May 5. Schools in Ashford and Maidstone were closed on Thursday."""


@pytest.mark.parametrize(
    ("question", "does"),
    [
        ("Why?", False),
        ("and in Vienna?", False),
        ("When did he resign?", False),
        ("How many?", False),
        ("In Vienna?", False),
        ("asdfgh", True),
        ("Tell me everything", True),
        ("What happened after that?", False),
        ("Who is the president of Kazakhstan?", True),
        ("How many people died in Almaty?", True),
    ],
)
def test_a_question_that_refers_back_or_is_a_part_is_not_self_contained(question: str, does: bool) -> None:
    assert is_self_contained(question) is does


@pytest.fixture(scope="module")
def dateline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dateline]:
    folder = tmp_path_factory.mktemp("ferry")
    (folder / "ferry.txt").write_text(STORY, encoding="utf-8")
    opened = bootstrap.build(Settings(data_dir=folder / "data"), empty=True)
    opened.add([folder / "ferry.txt"])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def conversation(dateline: Dateline) -> DialogueState:
    state = state_after(dateline.answer("When did the ferry Pelican sink?", TODAY), None)
    assert state is not None
    return state


@pytest.mark.parametrize("question", ["When is the next football world cup?", "Who is the president of Norway?"])
def test_a_self_contained_question_without_an_answer_carries_nothing(
    dateline: Dateline, conversation: DialogueState, question: str
) -> None:
    reply = dateline.answer(question, TODAY, previous=conversation).reply
    assert not isinstance(reply, Answer)
    assert reply.carried == ()
    assert reply == dateline.answer(question, TODAY).reply


def test_a_question_that_refers_back_carries_names(dateline: Dateline, conversation: DialogueState) -> None:
    assert dateline.answer("Who steered it then?", TODAY, previous=conversation).reply.carried


def test_a_sentence_of_the_conversation_is_no_answer_to_another_question(dateline: Dateline) -> None:
    before = state_after(dateline.answer("Who is Peter Holt?", TODAY), None)
    reply = dateline.answer("Which schools were closed on Thursday?", TODAY, previous=before).reply
    assert reply.carried == ()
    assert isinstance(reply, Answer) and "Schools in Ashford" in reply.citations[0].quote


def test_the_conversation_is_not_named_where_it_changes_nothing(
    dateline: Dateline, conversation: DialogueState
) -> None:
    reply = dateline.answer("How many passengers were saved by lifeboats?", TODAY, previous=conversation).reply
    assert isinstance(reply, Answer) and reply.carried == ()
