"""Roles: an office is bound to its holder and its owner, or to nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.reader.context import AnswerContext
from bot.answering.reader.offices import people_with_role, roles_of
from retrieval.entities.recogniser import EntityRecogniser
from tests.answering.workbench import question_of

Ask = Callable[..., AnswerContext]


@pytest.mark.parametrize(
    ("text", "office", "owners"),
    [
        ("Who is the foreign minister of Norway?", ("foreign", "minist"), {"norway"}),
        ("Who is the Norwegian foreign minister?", ("foreign", "minist"), {"norway"}),
        ("Who's Norway's president?", ("presid",), {"norway"}),
        ("Name the president of Norway", ("presid",), {"norway"}),
        ("Who is the president?", ("presid",), set()),
    ],
)
def test_the_office_asked_for_and_whose_it_is(
    language: EntityRecogniser, text: str, office: tuple[str, ...], owners: set[str]
) -> None:
    role = question_of(language, text).office
    assert role is not None
    assert (role.office, set(role.owners)) == (office, owners)


@pytest.mark.parametrize(
    "text",
    [
        "Who sank the ferry?",
        "Who is Anna Lund?",
        "When was the president of Norway elected?",
        "Who is the owner of the largest fleet of red fishing boats in the north?",
        "Who called the president of Norway?",
    ],
)
def test_other_questions_ask_for_no_office(language: EntityRecogniser, text: str) -> None:
    assert question_of(language, text).office is None


HOLDERS = [
    ("Who is the foreign minister of Norway?", "Norway's Foreign Minister Anna Lund spoke.", ["Anna Lund"]),
    ("Who is the foreign minister of Norway?", "The Norwegian foreign minister, Anna Lund, spoke.", ["Anna Lund"]),
    ("Who is Norway's top diplomat?", "Norway's Foreign Minister Anna Lund spoke.", ["Anna Lund"]),
    ("Who is the foreign minister of Sweden?", "Norway's Foreign Minister Anna Lund visited Sweden.", []),
    ("Who is the prime minister of Norway?", "Norway's Foreign Minister Anna Lund spoke.", []),
    ("Who is the foreign minister of Norway?", "Norway's foreign minister met the actor Anna Lund.", []),
]


@pytest.mark.parametrize(("question", "sentence", "names"), HOLDERS)
def test_who_holds_the_office(case: Ask, question: str, sentence: str, names: list[str]) -> None:
    put = case(question, sentence)
    role, (hit,) = put.question.office, put.finding.hits
    assert role is not None
    assert [hit.passage.words_of(mention.span) for mention in people_with_role(role, hit, 0)] == names


@pytest.mark.parametrize(
    ("question", "sentence", "roles"),
    [
        ("Who is Anna Lund?", "Norway's Foreign Minister Anna Lund spoke.", ["Norway's Foreign Minister"]),
        ("Who is Lund?", "Norway's Foreign Minister Anna Lund spoke.", ["Norway's Foreign Minister"]),
        ("Who is Anna Lund?", "Norway's Foreign Minister Maria Holm met Anna Lund.", []),
        ("Who is Anna Holm?", "Norway's Foreign Minister Anna Lund spoke.", []),
        pytest.param(
            "Who is Anna Lund?",
            "Nobody drowned, said Anna Lund, the harbour's director.",
            ["the harbour's director"],
            marks=pytest.mark.xfail(strict=True, reason="a description behind the name is not read as a role"),
        ),
    ],
)
def test_what_a_person_is(case: Ask, question: str, sentence: str, roles: list[str]) -> None:
    put = case(question, sentence)
    (piece,) = put.evidence
    assert [piece.hit.passage.words_of(span) for span in roles_of(put.question, piece)] == roles
