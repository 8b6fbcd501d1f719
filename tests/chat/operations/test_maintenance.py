"""Jobs run when they are due, once, also across restarts; the digest lists what was not answered."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from telegram.error import Forbidden, NetworkError

from bot.chat.operations import maintenance
from bot.chat.operations.maintenance import DAY, WEEK, Job, Maintenance, UnansweredDigest, cleaning
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.preferences import Preferences, PreferenceStore

BEGAN = 1_800_000_000.0


class Clock:
    now = BEGAN

    def __call__(self) -> float:
        return self.now

    def turn(self, span: timedelta) -> None:
        self.now += span.total_seconds()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def memory(tmp_path, clock):
    with ChatDatabase(tmp_path / "memory.sqlite3", clock) as kept:
        yield kept


class Diary:
    """A job that writes down when it was done and since when; ``outcomes`` are what it comes to, then done."""

    def __init__(self) -> None:
        self.done: list[tuple[datetime, datetime | None]] = []
        self.outcomes: list[bool | Exception] = []

    async def work(self, now: datetime, last: datetime | None) -> bool:
        self.done.append((now, last))
        outcome = self.outcomes.pop(0) if self.outcomes else True
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def look(memory: ChatDatabase, clock: Clock, *jobs: Job) -> None:
    asyncio.run(Maintenance(jobs, memory, clock).run_due())


def test_a_job_is_done_at_once_then_when_it_is_due_also_after_a_restart(memory, clock):
    diary = Diary()
    for hours in (0, 23, 1, 1, 100):
        clock.turn(timedelta(hours=hours))
        look(memory, clock, Job("diary", DAY, diary.work))
    first, second, third = diary.done
    assert first == (datetime.fromtimestamp(BEGAN, UTC), None)
    assert second == (first[0] + DAY, first[0])
    assert third[1] == second[0]


@pytest.mark.parametrize("outcome", [False, RuntimeError("disk full")])
def test_what_fails_is_tried_again_and_keeps_no_other_job_from_being_done(memory, clock, caplog, outcome):
    failing, other = Diary(), Diary()
    failing.outcomes = [outcome]
    jobs = (Job("failing", DAY, failing.work), Job("other", DAY, other.work))
    look(memory, clock, *jobs)
    look(memory, clock, *jobs)
    look(memory, clock, *jobs)
    assert (len(failing.done), len(other.done)) == (2, 1)
    assert ("The job failing failed" in caplog.text) is isinstance(outcome, Exception)


def test_it_looks_until_the_bot_stops(memory, clock, monkeypatch):
    diary, waits = Diary(), []

    async def run() -> None:
        stopping = asyncio.Event()

        async def pause(_: object, seconds: float) -> None:
            waits.append(seconds)
            clock.turn(DAY)
            if len(waits) == 3:
                stopping.set()

        monkeypatch.setattr(maintenance, "pause", pause)
        await Maintenance([Job("diary", DAY, diary.work)], memory, clock).run(stopping)

    asyncio.run(run())
    assert len(diary.done) == len(waits) == 3


def test_cleaning_drops_what_is_older_than_the_days_of_the_setting(memory, clock):
    moments: list[datetime] = []
    look(memory, clock, cleaning([moments.append, moments.append], 12))
    assert moments == [datetime.fromtimestamp(BEGAN, UTC) - timedelta(days=12)] * 2


# ---------------------------------------------------------------- the digest


class FakeTelegram:
    """Telegram: what was sent to whom; each sending first raises what is next in ``failures``."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.failures: list[Exception | None] = []

    async def send_message(self, chat_id: int, text: str, **options: Any) -> None:
        if self.failures and (failure := self.failures.pop(0)):
            raise failure
        self.sent.append((chat_id, text))


def miss(memory: ChatDatabase, question: str, asked: int = 1) -> None:
    sql = "INSERT INTO silences (at, bare, question, reason, asked) VALUES (?, ?, ?, 'nothing_found', ?)"
    memory.run(sql, memory.now(), question.lower(), question, asked)


@pytest.fixture
def digest(memory):
    telegram = FakeTelegram()
    return SimpleNamespace(telegram=telegram, job=UnansweredDigest(telegram, frozenset({7, 8}), memory).job())


def weeks(memory: ChatDatabase, clock: Clock, job: Job, *missed: str) -> None:
    """A first look, then a week for each question that is missed in it."""
    look(memory, clock, job)
    for question in missed:
        clock.turn(DAY)
        miss(memory, question)
        clock.turn(WEEK - DAY)
        look(memory, clock, job)


def test_administrators_get_a_digest_of_each_week(memory, clock, digest):
    miss(memory, "Before the first week?")
    clock.turn(DAY)
    weeks(memory, clock, digest.job, "Who <b>sank</b>?", "Who swam?")
    assert [admin for admin, _ in digest.telegram.sent] == [7, 8, 7, 8]
    first, _, second, _ = (text for _, text in digest.telegram.sent)
    assert "1: Who &lt;b&gt;sank&lt;/b&gt;?" in first and "first week" not in first
    assert "Who swam?" in second and "sank" not in second


def test_the_most_asked_come_first_and_not_all(memory, clock, digest):
    look(memory, clock, digest.job)
    for number in range(40):
        miss(memory, f"Question {number}?", asked=number + 1)
    clock.turn(WEEK)
    look(memory, clock, digest.job)
    text = digest.telegram.sent[0][1]
    assert text.index("40: Question 39?") < text.index("39: Question 38?")
    assert "Question 20?" in text and "Question 19?" not in text


def test_no_digest_is_sent_where_everything_was_answered(memory, clock, digest):
    look(memory, clock, digest.job)
    clock.turn(WEEK)
    look(memory, clock, digest.job)
    assert digest.telegram.sent == []


def test_the_digest_is_in_the_administrators_language(memory, clock, digest):
    PreferenceStore(memory).keep(8, Preferences(language="ru"))
    weeks(memory, clock, digest.job, "Who swam?")
    assert [text.startswith("<b>Questions") for _, text in digest.telegram.sent] == [True, False]


def test_who_cannot_be_reached_does_not_keep_it_from_the_others(memory, clock, digest):
    digest.telegram.failures = [Forbidden("bot can't initiate conversation with a user")]
    weeks(memory, clock, digest.job, "Who swam?")
    assert [admin for admin, _ in digest.telegram.sent] == [8]
    look(memory, clock, digest.job)
    assert len(digest.telegram.sent) == 1


def test_where_telegram_cannot_be_reached_the_digest_comes_later(memory, clock, digest):
    digest.telegram.failures = [NetworkError("down"), NetworkError("down")]
    weeks(memory, clock, digest.job, "Who swam?")
    assert digest.telegram.sent == []
    look(memory, clock, digest.job)
    assert [admin for admin, _ in digest.telegram.sent] == [7, 8]
