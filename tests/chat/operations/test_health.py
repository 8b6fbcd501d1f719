"""The bot knows when Telegram does not respond, and says so."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.chat.operations import health as health_module
from bot.chat.operations.health import UNREACHABLE_AFTER, Health, Heartbeat
from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.update_log import UpdateLog
from bot.chat.transport.web_server import HttpRequest

REQUEST = HttpRequest(headers={}, body=b"")


class Clock:
    def __init__(self) -> None:
        self.now = 500.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def heartbeat(clock):
    return Heartbeat(clock)


@pytest.fixture
def health(heartbeat, state):
    return Health(heartbeat, UpdateLog(state, clock=lambda: 1000.0), Metrics())


def status_of(health: Health) -> tuple[int, dict[str, object]]:
    response = asyncio.run(health.healthz(REQUEST))
    return response.status, json.loads(response.body)


def test_a_bot_that_starts_counts_as_connected_only_for_a_while(health, clock):
    assert status_of(health)[1]["status"] == "starting"
    clock.now += UNREACHABLE_AFTER + 1
    assert (status_of(health)[0], status_of(health)[1]["status"]) == (503, "not_connected")


def test_two_minutes_without_a_response_mean_not_connected(health, heartbeat, clock):
    heartbeat.record_contact()
    clock.now += UNREACHABLE_AFTER
    status, report = status_of(health)
    assert (status, report["status"], report["seconds_since_telegram"]) == (200, "ok", 120.0)
    clock.now += 1
    assert status_of(health)[0] == 503
    heartbeat.record_contact()
    assert (status_of(health)[0], status_of(health)[1]["seconds_since_telegram"]) == (200, 0.0)


def test_the_report_counts_the_updates_that_wait(heartbeat, state):
    now = [1000.0]
    update_log = UpdateLog(state, clock=lambda: now[0])
    update_log.accept([{"update_id": 1}, {"update_id": 2}])
    now[0] += 7
    status, report = status_of(Health(heartbeat, update_log, Metrics()))
    assert (status, report["open_updates"], report["lag_seconds"]) == (200, 2, 7.0)


def test_metrics_show_it_too(health, heartbeat, clock):
    heartbeat.record_contact()
    clock.now += 130
    response = asyncio.run(health.metrics(REQUEST))
    assert response.type.startswith("text/plain; version=0.0.4")
    for line in (
        "dateline_telegram_unreachable 1.0",
        "dateline_seconds_since_telegram 130.0",
        "dateline_open_updates 0.0",
    ):
        assert f"{line}\n" in response.body


def test_the_log_says_once_that_the_connection_is_lost_and_once_that_it_is_back(
    health, heartbeat, clock, caplog, monkeypatch
):
    passing = iter([0.0, UNREACHABLE_AFTER + 1, 1.0, None, 1.0])

    async def run() -> None:
        stopping = asyncio.Event()

        async def pause(stopping: asyncio.Event, seconds: float) -> None:
            passes = next(passing, "end")
            if passes == "end":
                stopping.set()
            elif passes is None:
                heartbeat.record_contact()
            else:
                clock.now += passes

        monkeypatch.setattr(health_module, "pause", pause)
        await health.watch(stopping)

    asyncio.run(run())
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert caplog.messages[0].startswith("Not connected: Telegram has not responded for 120 seconds")
