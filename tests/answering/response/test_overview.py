"""Overviews: how many, which, the newest, what happened on days, every name; each line with its proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.answering.models import Answer, NoAnswer, Reason, StatementKind
from bot.answering.response.text import to_plain
from retrieval.models import Article, Published
from tests.answering.workbench import System
from tests.factories import make_article


def written(article_id: str, outlet: str | None, day: int, text: str, title: str | None = None) -> Article:
    published = Published(day=date(2021, 5, day))
    return make_article(article_id, text=text, title=title, outlet=outlet, published=published)


@pytest.fixture(scope="module")
def harbour(new_system: Callable[..., System]) -> System:
    return new_system(
        written(
            "sinks",
            "Coastal Herald",
            4,
            "The ferry Sverre sank off Norway on Monday. Kari Dahl was rescued by a Danish ship.",
        ),
        written(
            "raised", "Morning Tribune", 20, "The ferry Sverre was raised off Norway. An inquiry will begin on June 2."
        ),
        written(
            "bread", None, 6, "A bakery opened in Denmark on May 3. Its baker is Olav Berg.", title="Bread for all"
        ),
    )


def said(reply: Answer, kind: StatementKind) -> list[str]:
    return [statement.text for statement in reply.statements if statement.kind is kind]


def test_every_outlet_that_reported_is_named_with_its_words(harbour: System) -> None:
    reply = harbour.answer("Which outlets reported the ferry Sverre?")
    assert sorted(said(reply, StatementKind.ITEM)) == ["Coastal Herald", "Morning Tribune"]
    assert {citation.article_id for citation in reply.citations} == {"sinks", "raised"}


def test_an_article_without_an_outlet_is_named_by_its_headline(harbour: System) -> None:
    assert said(harbour.answer("Which articles mention the bakery?"), StatementKind.ITEM) == ["“Bread for all”"]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How many articles mention the ferry?", "2 articles"),
        ("How many articles mention Norway?", "2 articles"),
        ("In how many articles is Denmark mentioned?", "1 article"),
        ("How many articles of the Coastal Herald mention the ferry?", "1 article"),
    ],
)
def test_articles_are_counted_and_it_is_said_what_was(harbour: System, question: str, count: str) -> None:
    reply = harbour.answer(question)
    assert reply.short is not None
    assert reply.short.text == count
    assert "counted: articles" in (reply.short.note or "")
    assert len(reply.citations) == int(count.split(maxsplit=1)[0])


def test_all_articles_can_be_counted(harbour: System) -> None:
    short = harbour.answer("How many articles are there?").short
    assert short is not None
    assert (short.text, short.note) == ("3 articles", "all there are")


def test_words_in_different_articles_are_not_counted_together(harbour: System) -> None:
    assert harbour.silence("How many articles mention the bakery and the ferry?").reason is Reason.NOT_SURE


def test_a_name_that_no_article_has_is_not_counted(harbour: System) -> None:
    reply = harbour.silence("How many articles mention Karlsson?")
    assert (reply.reason, [gap.words for gap in reply.missing]) == (Reason.UNKNOWN_NAME, ["Karlsson"])


def test_the_newest_comes_first_with_its_day(harbour: System) -> None:
    reply = harbour.answer("What is the latest news about the ferry?")
    quotes = [statement for statement in reply.statements if statement.kind is StatementKind.QUOTE]
    assert [(quote.note, reply.citation(quote.numbers[0]).article_id) for quote in quotes] == [
        ("20 May 2021", "raised"),
        ("4 May 2021", "sinks"),
    ]


def test_the_newest_of_all_is_what_each_article_says_first(harbour: System) -> None:
    assert said(harbour.answer("latest news"), StatementKind.QUOTE) == [
        "The ferry Sverre was raised off Norway.",
        "A bakery opened in Denmark on May 3.",
        "The ferry Sverre sank off Norway on Monday.",
    ]


def test_a_day_is_shown_with_how_it_was_worked_out(harbour: System) -> None:
    reply = harbour.answer("What happened on 3 May?")
    assert said(reply, StatementKind.HEADING) == ["3 May 2021"]
    notes = {statement.text: statement.note for statement in reply.statements if statement.kind is StatementKind.QUOTE}
    assert notes["A bakery opened in Denmark on May 3."] is None
    assert "Monday" in (notes["The ferry Sverre sank off Norway on Monday."] or "")


def test_what_is_planned_says_when_it_was_announced(harbour: System) -> None:
    reply = harbour.answer("What is planned for June?")
    (quote,) = [statement for statement in reply.statements if statement.kind is StatementKind.QUOTE]
    assert quote.text == "An inquiry will begin on June 2."
    assert quote.note == "2 June 2021, announced on 20 May 2021"


@pytest.mark.parametrize("question", ["What happened on 9 April?", "What is planned for December?"])
def test_a_day_without_events_is_said_to_have_none(harbour: System, question: str) -> None:
    reply = harbour.silence(question)
    assert reply.reason is Reason.NOTHING_DATED
    assert "The articles tell of nothing" in to_plain(reply)


def test_every_name_of_a_kind_once_with_its_sentence(harbour: System) -> None:
    reply = harbour.answer("List all countries")
    assert said(reply, StatementKind.ITEM) == ["Norway", "Denmark"]
    for statement in reply.statements:
        if statement.kind is StatementKind.ITEM:
            assert statement.text in reply.citation(statement.numbers[0]).quote


def test_the_names_in_one_outlets_articles(harbour: System) -> None:
    assert said(harbour.answer("Which people does the Coastal Herald mention?"), StatementKind.ITEM) == ["Kari Dahl"]


def test_more_names_than_are_shown_are_counted(new_system: Callable[..., System]) -> None:
    towns = "Oslo Bergen Paris London Madrid Rome Vienna Prague Warsaw Berlin Hamburg Munich Lyon Milan Turin Athens"
    more = "Lisbon Dublin Brussels Geneva Zurich Budapest"
    text = " ".join(f"A ferry sailed to {town}." for town in f"{towns} {more}".split())
    reply = new_system(written("many", "Coastal Herald", 4, text)).answer("Which cities are named?")
    assert isinstance(reply, Answer)
    assert len(said(reply, StatementKind.ITEM)) == 20
    assert said(reply, StatementKind.REMARK)[0].startswith("20 of 2")


def test_an_overview_of_an_empty_corpus_is_refused(new_system: Callable[..., System]) -> None:
    reply = new_system().ask("latest news").reply
    assert isinstance(reply, NoAnswer)
    assert reply.reason is Reason.EMPTY_CORPUS
