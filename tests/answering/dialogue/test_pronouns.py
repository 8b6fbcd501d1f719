"""Pronouns: which name of the conversation each refers to, and which refer to nothing."""

from __future__ import annotations

import pytest

from bot.answering.dialogue.pronouns import has_personal_pronoun, pronoun_references
from bot.answering.dialogue.state import (
    DialogueState,
    NamedEntity,
    names_in,
)
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import MentionKind
from tests.answering.dialogue.scenes import BOARD, CONVERSATION, GENEVA, ILIEV, WRONA, rewritten


def test_pronouns_go_to_whoever_fits(language: EntityRecogniser) -> None:
    def with_names(words: str, previous: DialogueState) -> str:
        return rewritten(language, words, previous).text

    both = DialogueState(
        question="When did Zofia Wrona meet Petar Iliev?", topic=WRONA, asked=(WRONA, ILIEV), said=(BOARD,)
    )
    assert with_names("What did they say?", both) == "What did Zofia Wrona and Petar Iliev say?"
    assert with_names("What is it?", both) == "What is Dairy Board?"
    turned = both.model_copy(update={"asked": (ILIEV,)})
    assert with_names("When did he resign?", turned) == "When did Petar Iliev resign?"
    answered = DialogueState(question="Who chairs the Dairy Board?", topic=BOARD, asked=(BOARD,), answered=(ILIEV,))
    assert with_names("When did he resign?", answered) == "When did Petar Iliev resign?"
    assert with_names("Since when?", answered) == "Since when Petar Iliev chairs the Dairy Board?"
    office = DialogueState(question="Who is he?", topic=NamedEntity(text="the mayor of Split", kind=MentionKind.PERSON))
    assert with_names("What did he open?", office) == "What did the mayor of Split open?"


@pytest.mark.parametrize("question", ["Is it true that the strike is over?", "What was said that was new?"])
def test_words_that_refer_to_nothing_stay(language: EntityRecogniser, question: str) -> None:
    assert rewritten(language, question).text.startswith(question.rstrip("?"))


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
    assert rewritten(language, question).text == question


def test_it_refers_to_the_topic(language: EntityRecogniser) -> None:
    rocket, satellite = NamedEntity(text="Falcon-9"), NamedEntity(text="Aurora-1")
    previous = DialogueState(
        question="What is Aurora-1?", topic=satellite, asked=(satellite,), said=(rocket, satellite)
    )
    assert rewritten(language, "Who built it?", previous).text == "Who built Aurora-1?"
    assert [name.text for name in names_in("What is Aurora-1?", ())] == ["Aurora-1"]


PLACE_OF = DialogueState(question="Where did Zofia Wrona win?", topic=WRONA, asked=(WRONA,), answered=(GENEVA,))
STRIKE = DialogueState(question="When did the strike begin?", days=("May 7",))


@pytest.mark.parametrize(
    ("question", "previous", "expected"),
    [
        ("Who met her?", CONVERSATION, [("her", "Zofia Wrona")]),
        ("Who met her there?", CONVERSATION, [("her", "Zofia Wrona"), ("there", "Geneva")]),
        ("Who lives there?", PLACE_OF, [("there", "Geneva")]),
        ("Is there a strike?", PLACE_OF, []),
        ("What happened that year?", STRIKE, [(None, "May 7")]),
        ("What happened then?", STRIKE, [(None, "May 7")]),
        ("Who met her?", STRIKE, []),
        ("Who met the mayor?", CONVERSATION, []),
    ],
)
def test_the_names_that_pronouns_refer_to(
    language: EntityRecogniser, question: str, previous: DialogueState, expected: list[tuple[str | None, str]]
) -> None:
    found = pronoun_references(language.analyse(question), previous, own=())
    assert [(each.place and each.place.of(question), each.name.text) for each in found] == expected


def test_a_pronoun_after_a_fitting_name_of_the_question_refers_to_that_name(language: EntityRecogniser) -> None:
    question = language.analyse("Did Petar Iliev paint his house?")
    assert list(pronoun_references(question, CONVERSATION, own=(ILIEV,))) == []
    assert [each.name for each in pronoun_references(question, CONVERSATION, own=())] == [WRONA]


@pytest.mark.parametrize(
    ("question", "does"), [("Where was she?", True), ("Who paid him?", True), ("Who paid them?", False), ("?", False)]
)
def test_he_and_she_mean_a_person(language: EntityRecogniser, question: str, does: bool) -> None:
    assert has_personal_pronoun(language.analyse(question)) is does
