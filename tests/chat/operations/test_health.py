"""The bot knows when it hears nothing, and says so."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.chat.operations import health as rooms
from bot.chat.operations.health import DEAF_AFTER, Health, Heartbeat
from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.update_log import UpdateLog
from bot.chat.transport.web_server import HttpRequest

ASKED = HttpRequest(headers={}, body=b"")


class Clock:
    def __init__(self) -> None:
        self.now = 500.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pulse(clock):
    return Heartbeat(clock)


@pytest.fixture
def health(pulse, state):
    return Health(pulse, UpdateLog(state, clock=lambda: 1000.0), Metrics())


def asked(health: Health) -> tuple[int, dict[str, object]]:
    told = asyncio.run(health.healthz(ASKED))
    return told.status, json.loads(told.body)


def test_a_bot_that_starts_is_not_yet_deaf_but_does_not_stay_so(health, clock):
    assert asked(health)[1]["status"] == "starting"
    clock.now += DEAF_AFTER + 1
    assert (asked(health)[0], asked(health)[1]["status"]) == (503, "deaf")


def test_two_minutes_without_a_word_from_telegram_are_deafness(health, pulse, clock):
    pulse.heard()
    clock.now += DEAF_AFTER
    status, told = asked(health)
    assert (status, told["status"], told["seconds_since_telegram"]) == (200, "ok", 120.0)
    clock.now += 1
    assert asked(health)[0] == 503
    pulse.heard()
    assert (asked(health)[0], asked(health)[1]["seconds_since_telegram"]) == (200, 0.0)


def test_health_tells_what_waits(pulse, state):
    now = [1000.0]
    journal = UpdateLog(state, clock=lambda: now[0])
    journal.accept([{"update_id": 1}, {"update_id": 2}])
    now[0] += 7
    status, told = asked(Health(pulse, journal, Metrics()))
    assert (status, told["open_updates"], told["lag_seconds"]) == (200, 2, 7.0)


def test_metrics_tell_it_too(health, pulse, clock):
    pulse.heard()
    clock.now += 130
    told = asyncio.run(health.metrics(ASKED))
    assert told.type.startswith("text/plain; version=0.0.4")
    for line in ("dateline_deaf 1", "dateline_seconds_since_telegram 130", "dateline_open_updates 0"):
        assert f"{line}\n" in told.body


def test_the_log_says_once_that_the_bot_is_deaf_and_that_it_hears_again(health, pulse, clock, caplog, monkeypatch):
    story = iter([0.0, DEAF_AFTER + 1, 1.0, None, 1.0])

    async def run() -> None:
        stopping = asyncio.Event()

        async def pause(stopping: asyncio.Event, seconds: float) -> None:
            passes = next(story, "end")
            if passes == "end":
                stopping.set()
            elif passes is None:
                pulse.heard()
            else:
                clock.now += passes

        monkeypatch.setattr(rooms, "pause", pause)
        await health.watch(stopping)

    asyncio.run(run())
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert caplog.messages[0].startswith("Deaf: for 120 seconds")
