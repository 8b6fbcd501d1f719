"""Comparison: each outlet that is named is quoted with its own sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.models import Answer, Reason, StatementKind
from bot.answering.reader.context import AnswerContext
from bot.answering.response.comparison import outlet_quotes
from bot.answering.response.text import to_plain
from tests.answering.workbench import System, report

Ask = Callable[..., AnswerContext]


@pytest.fixture(scope="module")
def port(new_system: Callable[..., System]) -> System:
    return new_system(
        report("Twelve passengers of the ferry drowned. The captain was sober, police said.", "one", "Coastal Herald"),
        report("Fourteen passengers of the ferry drowned. The captain had been drinking.", "two", "Morning Tribune"),
        report("A bakery opened in the harbour.", "three", "Evening Star"),
    )


def quotes(reply: Answer) -> list[tuple[str | None, str]]:
    return [(each.note, each.text) for each in reply.statements if each.kind is StatementKind.QUOTE]


def test_outlets_are_shown_in_the_order_in_which_they_are_named(port: System) -> None:
    reply = port.answer("Compare what the Morning Tribune and the Coastal Herald say about the captain of the ferry")
    (first, tribune), (second, herald) = quotes(reply)
    assert (first, second) == ("Morning Tribune", "Coastal Herald")
    assert tribune.endswith("The captain had been drinking.")
    assert herald.endswith("The captain was sober, police said.")


def test_values_that_differ_are_shown_and_not_decided(port: System) -> None:
    reply = port.answer("How many passengers drowned according to the Coastal Herald and the Morning Tribune?")
    shorts = [(each.text, each.numbers) for each in reply.statements if each.kind is StatementKind.SHORT]
    assert shorts == [("Twelve", (1,)), ("Fourteen", (2,))]
    assert "Twelve, says Coastal Herald" in to_plain(reply)


def test_each_outlet_is_quoted_on_its_own_half_of_the_question(ask: Ask) -> None:
    context = ask(
        "Does the Coastal Herald article say that passengers drowned, while the Morning Tribune article says that the "
        "captain was drinking?",
        report("Twelve passengers drowned. The captain was not drinking.", "one", "Coastal Herald"),
        report("Passengers drowned in the storm. The captain had been drinking.", "two", "Morning Tribune"),
    )
    chosen = {side.name: side.evidence.text for side in outlet_quotes(context) if side.evidence}
    assert chosen == {
        "Coastal Herald": "Twelve passengers drowned.",
        "Morning Tribune": "The captain had been drinking.",
    }


def test_an_outlet_that_says_nothing_of_it_is_named(port: System) -> None:
    reply = port.answer("Compare what the Coastal Herald and the Evening Star say about the drowned passengers")
    assert "Nothing on this from Evening Star." in to_plain(reply)


@pytest.mark.parametrize(
    "question",
    [
        "Compare what the Coastal Herald and Reuters say about the ferry",
        "What do the Coastal Herald and Reuters say about the ferry?",
        "What does Reuters say about the ferry?",
    ],
)
def test_an_outlet_that_is_not_there_is_said_at_once(port: System, question: str) -> None:
    reply = port.silence(question)
    assert (reply.reason, [gap.words for gap in reply.missing]) == (Reason.UNKNOWN_OUTLET, ["Reuters"])


def test_without_outlets_each_article_is_quoted(port: System) -> None:
    reply = port.answer("Compare what the articles say about the number of passengers of the ferry that drowned")
    assert {note for note, _ in quotes(reply)} == {"Coastal Herald", "Morning Tribune"}
