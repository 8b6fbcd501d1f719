"""Questions that only name somebody: a name that is known is enough to answer, and what somebody is comes first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.models import NoAnswer
from tests.answering.workbench import Desk, told


@pytest.fixture(scope="module")
def port(new_desk: Callable[..., Desk]) -> Desk:
    return new_desk(
        told("Lund waved. Lund was tired. Oslo's mayor, Anna Lund, waved again. Anna Lund is a joy."),
        told("The ministers Olav Berg and Kari Dahl met in Bergen. Berg smiled.", "two"),
        told("The founder of Nordlys, Jan Moe, sings.", "three"),
    )


@pytest.mark.parametrize("question", ["Who is Lund?", "who is lund", "Who is Anna Lund?", "Who's Lund?"])
def test_a_surname_is_enough_and_the_office_comes_first(port: Desk, question: str) -> None:
    reply = port.answer(question)
    assert "Oslo's mayor, Anna Lund" in reply.citations[0].quote


def test_an_office_is_as_of_its_article(port: Desk) -> None:
    short = port.answer("Who is Jan Moe?").short
    assert short is not None
    assert short.note == "as of 6 May 2021"


def test_a_shared_office_names_all_of_whom_it_is_said(port: Desk) -> None:
    short = port.answer("Who is Kari Dahl?").short
    assert short is None or short.note == "as of 6 May 2021, said of Olav Berg and Kari Dahl"


@pytest.mark.parametrize("text", ["Lund", "Anna Lund", "Tell me about Lund", "Bergen"])
def test_a_known_name_alone_brings_what_is_said_of_it(port: Desk, text: str) -> None:
    assert port.answer(text).citations


@pytest.mark.parametrize("text", ["Who is Petrov?", "Petrov"])
def test_an_unknown_name_brings_nothing(port: Desk, text: str) -> None:
    assert isinstance(port.ask(text).reply, NoAnswer)
