"""Definite references: which name of the conversation ``the novel``, ``those talks`` and ``who else`` refer to."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.answering.dialogue.definite_references import (
    DefiniteReference,
    besides,
    definite_nouns,
    demonstrative_references,
    excluded_references,
    heading_references,
    noun_references,
    of_kinds,
)
from bot.answering.dialogue.state import (
    CitedText,
    DialogueState,
    NamedEntity,
    update_state,
)
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import MentionKind
from tests.answering.dialogue.scenes import BOARD, CLERK, CONVERSATION, GENEVA, ILIEV, MAYOR, WRONA, rewritten
from tests.answering.workbench import System


def test_a_noun_means_what_stood_beside_it(language: EntityRecogniser) -> None:
    text = 'She wrote the novel "Salt Harbour" in a hut.'
    proof = CitedText(text=text, mentions=language.analyse(text).mentions)
    previous = update_state(CONVERSATION, language.analyse("What did Zofia Wrona write?"), (proof,))
    assert "Salt Harbour" in rewritten(language, "When was the novel printed?", previous).text
    assert "Salt Harbour" not in rewritten(language, "When was the bridge built?", previous).text


def test_others_are_others_than_those_named(language: EntityRecogniser, system: System) -> None:
    said = DialogueState(question="Who spoke?", topic=BOARD, asked=(BOARD,), said=(WRONA, ILIEV))
    found = rewritten(language, "Who else spoke?", said)
    assert found.text == "Who else spoke (Dairy Board) besides Zofia Wrona, Petar Iliev?"
    assert found.carried == ("Dairy Board",)
    question = system.answerer.answer(found.text).question
    assert question is not None
    assert {token.word for token in question.terms} == {"spoke", "dairy", "board"}


def test_an_article_named_for_its_topic_is_asked_of_under_its_heading(language: EntityRecogniser) -> None:
    novel = DialogueState(
        question="Who wrote it?", topic=NamedEntity(text="Salt Harbour"), titled=True, heading="The Ferry Trial"
    )
    assert rewritten(language, "Who was the judge?", novel).text == "Who was the judge (Salt Harbour, The Ferry Trial)?"
    early = novel.model_copy(update={"heading": "Early life"})
    assert rewritten(language, "Who was the judge?", early).carried == ("Salt Harbour",)
    more = rewritten(language, "Anything else of interest in this article? Anything interesting?", early)
    assert more.text.endswith("(Salt Harbour) besides Early life?")
    assert more.carried == ("Salt Harbour",)


def test_that_before_a_clause_refers_to_nothing(language: EntityRecogniser) -> None:
    said = CONVERSATION.model_copy(update={"said": (BOARD,)})
    assert "Dairy Board" not in rewritten(language, "Which prizes that were given did she like?", said).text
    assert "Dairy Board" in rewritten(language, "Which of those prizes did she like?", said).text
    assert "Dairy Board" not in rewritten(language, "Is there more in this article?", said).text


def test_an_office_is_whose_it_was_said_to_be(language: EntityRecogniser) -> None:
    previous = DialogueState(
        question="How many trees fell in Split?", topic=GENEVA, asked=(GENEVA,), said=(CLERK, MAYOR)
    )
    assert rewritten(language, "What did the mayor say?", previous).carried == ("Petar Iliev", "Geneva")
    assert rewritten(language, "What did the judge say?", previous).carried == ("Geneva",)
    assert rewritten(language, "Who is the woman?", previous).carried == ("Ana Costa", "Geneva")


def texts(references: Iterable[DefiniteReference]) -> list[str]:
    return [reference.name.text for reference in references]


@pytest.mark.parametrize(
    ("question", "nouns"),
    [
        ("When was the novel printed?", ["novel", "printed"]),
        ("Who wrote this old novel?", ["old", "novel"]),
        ("Who wrote a novel?", []),
        ("What is this article?", []),
        ("Who wrote?", []),
    ],
)
def test_the_words_after_the_and_this_may_mean_something_named_before(
    language: EntityRecogniser, question: str, nouns: list[str]
) -> None:
    assert [token.word for token in definite_nouns(language.analyse(question))] == nouns


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which of those prizes did it win?", ["Dairy Board", "4 May"]),
        ("Which of this article's prizes did it win?", []),
        ("Who won a prize?", []),
    ],
)
def test_those_and_this_refer_to_things_named_before(
    language: EntityRecogniser, question: str, expected: list[str]
) -> None:
    previous = CONVERSATION.model_copy(update={"said": (BOARD, ILIEV), "short": "4 May"})
    assert texts(demonstrative_references(language.analyse(question), previous)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [("What did the mayor say?", ["Petar Iliev"]), ("What did the judge say?", []), ("What did mayors say?", [])],
)
def test_a_noun_refers_to_the_name_that_it_was_said_with(
    language: EntityRecogniser, question: str, expected: list[str]
) -> None:
    previous = DialogueState(question="Who spoke?", said=(CLERK, MAYOR))
    assert texts(noun_references(language.analyse(question), previous)) == expected


@pytest.mark.parametrize(
    ("heading", "titled", "expected"),
    [
        ("The Ferry Trial", True, ["The Ferry Trial"]),
        ("1962–1998: The Ferry Trial", True, ["The Ferry Trial"]),
        ("The Ferry Trial", False, []),
        ("Early life", True, []),
        ("Trial", True, []),
        (None, True, []),
    ],
)
def test_a_heading_that_is_a_name_is_referred_to_in_an_article_named_for_its_topic(
    heading: str | None, titled: bool, expected: list[str]
) -> None:
    assert texts(heading_references(DialogueState(titled=titled, heading=heading))) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [("Who else spoke?", ["Ana Costa", "Petar Iliev"]), ("Anything else?", ["Early life"]), ("Who spoke?", [])],
)
def test_a_question_for_others_leaves_out_those_named(
    language: EntityRecogniser, question: str, expected: list[str]
) -> None:
    found = tuple(
        excluded_references(language.analyse(question), DialogueState(said=(CLERK, MAYOR), heading="Early life"))
    )
    assert texts(found) == expected
    assert all(reference.besides for reference in found)


def test_names_of_some_kinds_and_names_besides_the_topic() -> None:
    assert of_kinds((WRONA, BOARD, GENEVA), MentionKind.PERSON, MentionKind.PLACE) == (WRONA, GENEVA)
    assert besides(WRONA, (NamedEntity(text="Wrona"), BOARD)) == (BOARD,)
    assert besides(None, (WRONA, BOARD)) == (WRONA, BOARD)
