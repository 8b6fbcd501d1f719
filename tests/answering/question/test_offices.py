"""Offices: which office a question asks the holder of, and whose office it is."""

from __future__ import annotations

import pytest

from retrieval.entities.recogniser import EntityRecogniser
from tests.answering.workbench import question_of


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
