"""Whatever goes wrong on the line, every question gets one answer; the bot's waiting is a twentieth of the usual."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import bot, ended_well
from tests.journeys.hasty import TIMES_AS_FAST
from tests.journeys.test_running import ANSWER, QUESTION, answered_in
from tests.tglab import TelegramLab

MINUTE = 60 / TIMES_AS_FAST
# all that an answer is tried before it is put off, in seconds of the usual
TRIED_FOR = 120


@pytest.fixture(scope="module")
def running(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelegramLab]:
    """The Bot API server of a bot in a hurry, for the whole module."""
    with TelegramLab(privacy=False) as lab:
        process = bot(lab, tmp_path_factory.mktemp("hasty"), filled)
        process.argv[1:3] = ["-m", "tests.journeys.hasty"]
        process.start()
        yield lab
        ended_well(process)


@pytest.fixture
def lab(running: TelegramLab) -> Iterator[TelegramLab]:
    """The bot's server; the edits by which the bot searches for what it may have sent are refused, and nothing else."""
    before = len(running.refused())
    yield running
    running.clear_faults()
    assert {call.method for call in running.refused()[before:]} <= {"editMessageText"}


def asked(lab: TelegramLab, person: int) -> int:
    """Ask, and return the id of the question's message."""
    return int(lab.send_dm(QUESTION, person)["message_id"])


def wait_until_answered(lab: TelegramLab, person: int, *questions: int, seconds: float = 15) -> None:
    """Wait until every question of a person has one answer, and none has another."""
    lab.wait(lambda: set(questions) <= set(answered_in(lab, person)), seconds, "the answers")
    lab.send_dm("/help", person)  # what it brings comes after any answer that is sent again
    lab.wait_replies(person, 1, seconds)
    lab.wait(lambda: sorted(answered_in(lab, person))[: len(questions)] == sorted(questions), seconds, "one of each")


@pytest.mark.parametrize("method", ["sendMessage", "getUpdates"])
def test_a_request_that_hangs_is_given_up_and_made_again(lab: TelegramLab, person: int, method: str) -> None:
    fault = lab.fault("hang", method, chat_id=person if method == "sendMessage" else None)
    if method == "getUpdates":
        lab.wait(lambda: fault.hits, 10, "a poll to hang")
    question = asked(lab, person)
    wait_until_answered(lab, person, question)
    assert fault.hits == 1


def test_a_chat_whose_line_hangs_delays_no_other(lab: TelegramLab, person: int, group: int) -> None:
    fault = lab.fault("hang", "sendMessage", chat_id=group, times=None)
    lab.send_group(f"/ask {QUESTION}", group, person)
    lab.wait(lambda: fault.hits, what="the group's line to hang")
    asked(lab, person)
    (answer,) = lab.wait_replies(person)
    assert answer["text"].startswith(ANSWER)
    assert lab.replies(group) == []
    lab.clear_faults()
    lab.wait_replies(group, timeout=20)


FAILURES = [("html", 500, 4), ("html", 502, 4), ("error", 500, 4), ("garbage", 200, 1), ("drop_after", 200, 1)]


@pytest.mark.parametrize(("kind", "status", "times"), FAILURES)
def test_a_server_that_fails_is_asked_again(lab: TelegramLab, person: int, kind: str, status: int, times: int) -> None:
    fault = lab.fault(kind, "sendMessage", status=status, times=times, chat_id=person)
    question = asked(lab, person)
    lab.wait(lambda: fault.hits == times, 15, "the failures")
    wait_until_answered(lab, person, question)


def test_too_many_requests_at_the_poll_are_waited_for(lab: TelegramLab, person: int) -> None:
    fault = lab.rate_limited(1, "getUpdates")
    lab.wait(lambda: fault.hits, 10, "the poll to be refused")
    question = asked(lab, person)
    wait_until_answered(lab, person, question)


def test_an_outage_of_a_minute_costs_no_question(lab: TelegramLab, person: int) -> None:
    lab.fault("slow", "sendMessage", seconds=0.5, chat_id=person)
    before = asked(lab, person)
    lab.wait(lambda: lab.server.faults[-1].hits, what="the first answer to be on its way")
    lab.outage()
    during = asked(lab, person)
    time.sleep(MINUTE)
    lab.outage(False)
    wait_until_answered(lab, person, before, during, asked(lab, person))


def test_an_answer_that_was_put_off_is_given_when_the_line_is_back(lab: TelegramLab, person: int) -> None:
    fault = lab.fault("drop", "sendMessage", times=None, chat_id=person)
    question = asked(lab, person)
    lab.wait(lambda: fault.hits, what="the first try")
    time.sleep(TRIED_FOR / TIMES_AS_FAST + 0.5)
    tries = fault.hits
    assert tries >= 10
    lab.clear_faults()
    wait_until_answered(lab, person, question)


def test_the_same_update_several_times_over_is_answered_once(lab: TelegramLab, person: int) -> None:
    questions = [asked(lab, person) for _ in range(3)]
    for _ in range(3):
        lab.redeliver(3)
    wait_until_answered(lab, person, *questions)
