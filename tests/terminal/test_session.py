"""The conversation in a terminal, over a Dateline in memory."""

from __future__ import annotations

import io
from datetime import date

import pytest

from bot.terminal.session import converse, reply
from tests.factories import SENTENCE, FakeDateline, make_article

TODAY = date(2022, 1, 6)


@pytest.fixture
def dateline() -> FakeDateline:
    return FakeDateline([make_article()])


def said(dateline: FakeDateline, typed: str) -> str:
    out = io.StringIO()
    converse(dateline, io.StringIO(typed), out, clock=lambda: TODAY)
    return out.getvalue()


def test_each_line_is_answered(dateline: FakeDateline) -> None:
    assert said(dateline, "Where is the ferry?\n\nthe ferry\n").count(SENTENCE) == 2


def test_a_pipe_sees_no_prompt_and_no_welcome(dateline: FakeDateline) -> None:
    assert said(dateline, "") == ""
    assert "> " not in said(dateline, "the ferry\n")


def test_quit_ends_the_talk(dateline: FakeDateline) -> None:
    said(dateline, "/quit\nthe ferry\n")
    assert dateline.asked == []


def test_today_is_handed_in(dateline: FakeDateline) -> None:
    said(dateline, "the ferry")
    assert dateline.asked == [("the ferry", TODAY, False)]


def test_a_question_is_put_in_its_talk(dateline: FakeDateline) -> None:
    said(dateline, "Where is the ferry?\nthe ferry\n/sources\nthe ferry\n/new\nthe ferry\n")
    questions = [talk.question if talk else None for talk in dateline.talks]
    assert questions == [None, "Where is the ferry?", "the ferry", None]


def test_ask_is_a_question(dateline: FakeDateline) -> None:
    assert SENTENCE in reply(dateline, "/ask the ferry", TODAY).words


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("/start", "answers from 1 article,"),
        ("/help", "/article ID"),
        ("/about", "1 article, 1 passages"),
        ("/sources", "ferry  Channel News, 6 May 2021: Ferry reaches Dover"),
        ("/ARTICLE ferry", SENTENCE),
        ("/article tunnel", "No article has the id tunnel"),
        ("/article", "Say which"),
        ("/new", "Forgotten"),
        ("/dance", "There is no /dance here"),
    ],
)
def test_commands(dateline: FakeDateline, typed: str, part: str) -> None:
    assert part in reply(dateline, typed, TODAY).words


def test_no_articles_is_said() -> None:
    assert "no articles yet" in reply(FakeDateline(), "/sources", TODAY).words
