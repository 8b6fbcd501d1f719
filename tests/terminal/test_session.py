"""The conversation in a terminal, over a Dateline in memory."""

from __future__ import annotations

import io
from datetime import date

import pytest

from bot.answering.models import Trace
from bot.terminal.session import converse, reply
from tests.factories import SENTENCE, FakeDateline, make_article, make_closest, make_trace

TODAY = date(2022, 1, 6)


@pytest.fixture
def dateline() -> FakeDateline:
    return FakeDateline([make_article()])


def replies(dateline: FakeDateline, typed: str) -> str:
    out = io.StringIO()
    converse(dateline, io.StringIO(typed), out, clock=lambda: TODAY)
    return out.getvalue()


def test_each_line_is_answered(dateline: FakeDateline) -> None:
    assert replies(dateline, "Where is the ferry?\n\nthe ferry\n").count(SENTENCE) == 2


class Unsure(FakeDateline):
    """Dateline in memory that claims nothing."""

    def answer(self, text: str, *args: object, **options: object) -> Trace:
        return make_trace(make_closest(text=text))


def test_the_closest_quotes_are_shown() -> None:
    assert replies(Unsure(), "When?\n").startswith(f"Not sure. Closest:\n| {SENTENCE} [1]\n\n[1] Channel News")


def test_a_pipe_sees_no_prompt_and_no_welcome(dateline: FakeDateline) -> None:
    assert replies(dateline, "") == ""
    assert "> " not in replies(dateline, "the ferry\n")


def test_quit_ends_the_conversation(dateline: FakeDateline) -> None:
    replies(dateline, "/quit\nthe ferry\n")
    assert dateline.asked == []


def test_today_is_passed_on(dateline: FakeDateline) -> None:
    replies(dateline, "the ferry")
    assert dateline.asked == [("the ferry", TODAY, False)]


def test_a_question_is_asked_in_its_conversation(dateline: FakeDateline) -> None:
    replies(dateline, "Where is the ferry?\nthe ferry\n/sources\nthe ferry\n/new\nthe ferry\n")
    questions = [state.question if state else None for state in dateline.talks]
    assert questions == [None, "Where is the ferry?", "the ferry", None]


def test_ask_is_a_question(dateline: FakeDateline) -> None:
    assert SENTENCE in reply(dateline, "/ask the ferry", TODAY).text


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("/start", "answers from 1 article,"),
        ("/help", "/article ID"),
        ("/about", "1 article, 1 passages"),
        ("/sources", "ferry  Channel News, 6 May 2021: Ferry reaches Dover"),
        ("/ARTICLE ferry", SENTENCE),
        ("/article tunnel", "No article has the id tunnel"),
        ("/article", "Which article?"),
        ("/new", "A new conversation"),
        ("/dance", "There is no command /dance"),
    ],
)
def test_commands(dateline: FakeDateline, typed: str, part: str) -> None:
    assert part in reply(dateline, typed, TODAY).text


def test_the_reply_says_that_there_are_no_articles() -> None:
    assert "no articles yet" in reply(FakeDateline(), "/sources", TODAY).text
